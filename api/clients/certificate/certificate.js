// Whether a certificate holds, and what must stand on the paper. The number comes from the paper, typed or as #number.

const at = (id) => document.getElementById(id);
const STATES = {
  valid: ["valid", "✔ 有效 Valid"],
  superseded: ["invalid", "✘ 已失效: 所依据的记录有更正, 请持证人重新开具。 Superseded: a record was corrected; ask for a new one."],
  revoked: ["invalid", "✘ 已撤销 Revoked"],
  erased: ["unsure", "? 持证人的信息已依法删除, 无法再核对姓名。 The holder's data were erased; the name can no longer be compared."],
};

function say(verdict, lines) {
  const box = at("told");
  box.className = verdict;
  box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

function time(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours ? `${hours} 小时 h ` : ""}${rest || !hours ? `${rest} 分 min` : ""}`;
}

function told(found) {
  const [verdict, word] = STATES[found.state];
  const lines = [word, `编号 number: ${found.certificate_no.match(/.{1,4}/g).join("-")}`];
  if (found.masked_name) lines.push(`姓名 name: ${found.masked_name}, 志愿者编号尾号 volunteer number ends in ${found.volunteer_no_tail}`);
  lines.push(
    `${found.from_on} — ${found.until_on}: ${found.records} 次 services, ${time(found.minutes)}`,
    `开具 issued: ${found.organisation}, ${found.issued_on}, 账本第 ${found.transaction_seq} 笔 entry ${found.transaction_seq}`,
    "请与纸上逐项比对。 Compare each with the paper.",
  );
  say(verdict, lines);
}

async function check() {
  const number = at("number").value.normalize("NFKC").replace(/[\s-]/g, "");
  if (!/^\d{20}$/.test(number)) return say("unsure", ["编号是 20 位数字, 请再看一遍。", "The number has 20 digits; look again."]);
  say("waiting", ["正在核验 … Verifying …"]);
  try {
    const answer = await fetch(`/api/v1/certificates/${number}`);
    if (answer.ok) return told(await answer.json());
    if (answer.status === 404) return say("invalid", ["✘ 没有这张证明, 请核对编号。 There is no such certificate: check the number."]);
    say("unsure", ["? 请稍后再试。 Try again in a moment."]);
  } catch {
    say("unsure", ["? 联系不上银行, 请稍后再试。 The bank cannot be reached; try again in a moment."]);
  }
}

function linked() {
  const number = location.hash.slice(1);
  if (!/^\d{20}$/.test(number)) return;
  at("number").value = number;
  check();
}

at("check").addEventListener("click", check);
at("number").addEventListener("keydown", (event) => event.key === "Enter" && check());
addEventListener("hashchange", linked);
linked();
