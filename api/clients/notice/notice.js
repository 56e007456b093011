// A public notice as everybody reads it, and objections to its lines. Which notice it is stands behind the # of the address.

const at = (id) => document.getElementById(id);
const API = "/api/v1";
const STATES = { shown: "公示 shown", objected: "有异议 objected to", withdrawn: "异议成立 withdrawn", posted: "已入账 posted" };
const ANSWERS = { open: "处理中 open", upheld: "异议成立 upheld", dismissed: "异议不成立 dismissed" };
let scale = 0;
let shown = null;
let cursor = null;
let posting = null; // the key of what was sent and not answered yet: sent again it counts once

function element(tag, text) {
  return Object.assign(document.createElement(tag), { textContent: text });
}

function say(place, verdict, ...lines) {
  const box = at(place);
  box.className = verdict;
  box.replaceChildren(...lines.map((line) => element("p", line)));
}

function time(minutes) {
  if (minutes === null) return "";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours ? `${hours} 小时 h ` : ""}${rest || !hours ? `${rest} 分 min` : ""}`;
}

function points(amount) {
  return amount === null ? "" : (amount / 10 ** scale).toFixed(scale);
}

function who(line) {
  if (line.shown === null) return "(已删除 erased)";
  return line.tail === null ? "" : `${line.name ?? "(未公示姓名 not named)"} 尾号 …${line.tail}`;
}

function row(line) {
  const cells = [`${line.line}`, who(line), line.activity ?? "", line.on ?? "", time(line.minutes), points(line.points)];
  const made = document.createElement("tr");
  const state = line.corrects ? `撤销一行 takes back line ${line.corrects.line}` : STATES[line.state];
  made.append(...[...cells, state].map((text) => element("td", text)));
  return made;
}

async function got(path) {
  const answer = await fetch(API + path);
  if (!answer.ok) throw Object.assign(new Error(path), { status: answer.status });
  return answer.json();
}

async function more() {
  const page = await got(`/notices/${shown.id}/lines?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
  at("lines").append(...page.items.map(row));
  cursor = page.next_cursor;
  at("more").hidden = cursor === null;
}

async function show(id) {
  shown = await got(`/notices/${id}`);
  at("title").textContent = shown.title;
  const unit = shown.in_working_days ? "个工作日 working days" : "天 days";
  const facts = [
    ["公示单位 by", shown.organisation],
    ["公示期 days", `${shown.begins_on} — ${shown.ends_on} (${shown.days} ${unit})${shown.is_open ? "" : " 已结束 over"}`],
    ["账本 entry", `第 ${shown.transaction_seq} 笔`],
    ["摘要 digest", shown.digest],
  ];
  if (shown.unannounced_years.length) {
    facts.push(["注意 note", `${shown.unannounced_years.join(", ")} 年放假安排尚未公布, 截止日以公布后为准。 Its holidays are not announced yet.`]);
  }
  at("facts").replaceChildren(...facts.flatMap(([name, text]) => [element("dt", name), element("dd", text)]));
  at("remark").textContent = shown.remark;
  for (const size of ["a4", "a3"]) at(`paper-${size}`).href = `${API}/notices/${id}.pdf?paper=${size}`;
  at("lines").replaceChildren();
  cursor = null;
  await more();
  at("notice").hidden = false;
}

async function list() {
  const page = await got("/notices?limit=50");
  const made = document.createElement("ul");
  for (const notice of page.items) {
    const link = Object.assign(element("a", `${notice.title} · ${notice.organisation}`), { href: `#${notice.id}` });
    const item = element("li", "");
    item.append(link, ` ${notice.begins_on} — ${notice.ends_on}${notice.is_open ? "" : " (已结束 over)"}`);
    made.append(item);
  }
  at("list").replaceChildren(page.items.length ? made : element("p", "目前没有公示。 There are no notices."));
}

async function opened() {
  const id = location.hash.slice(1);
  at("list").replaceChildren();
  at("notice").hidden = true;
  say("told", "");
  try {
    scale = (await got("/bank")).points_scale;
    await (id ? show(id) : list());
  } catch (error) {
    if (error.status === 404) say("told", "invalid", "✘ 没有这份公示。 There is no such notice.");
    else say("told", "unsure", "? 联系不上银行, 请稍后再试。 The bank cannot be reached; try again in a moment.");
  }
}

function key() {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => (byte % 36).toString(36)).join("");
}

async function object(event) {
  event.preventDefault();
  const body = { line: Number(at("line").value.normalize("NFKC")), reason: at("reason").value.replace(/\s+/g, " ").trim() };
  const contact = at("contact").value.trim();
  if (contact) body.contact = contact;
  const sent = JSON.stringify(body);
  if (posting?.sent !== sent) posting = { sent, key: key() };
  say("answer", "waiting", "正在提交 … Sending …");
  try {
    const answer = await fetch(`${API}/notices/${shown.id}/objections`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": posting.key },
      body: sent,
    });
    const told = await answer.json();
    if (!answer.ok) return say("answer", "invalid", `✘ ${told.detail ?? told.errors?.[0]?.detail ?? told.title}`);
    posting = null;
    event.target.reset();
    at("receipt").value = told.receipt_no;
    say("answer", "valid", `✔ 已收到。回执号 ${told.receipt_no.match(/.{1,4}/g).join("-")}, 请记下。`, "Received. Keep this number to ask how it stands.");
  } catch {
    say("answer", "unsure", "? 没有收到答复, 可能已经提交; 再点一次不会重复。 No answer; it may have arrived. Sending it again counts once.");
  }
}

async function ask() {
  const number = at("receipt").value.normalize("NFKC").replace(/[\s-]/g, "");
  if (!/^\d{12}$/.test(number)) return say("answer", "unsure", "? 回执号是 12 位数字。 The number has 12 digits.");
  try {
    const told = await got(`/objections/${number}`);
    const lines = [`${ANSWERS[told.state]}: 公示第 ${told.line} 行, ${told.made_on} 提出`];
    if (told.answer) lines.push(told.answer);
    say("answer", told.state === "open" ? "waiting" : "valid", ...lines);
  } catch (error) {
    if (error.status === 404) say("answer", "invalid", "✘ 没有这个回执号。 There is no such number.");
    else say("answer", "unsure", "? 请稍后再试。 Try again in a moment.");
  }
}

at("more").addEventListener("click", () => more().catch(() => say("told", "unsure", "? 请稍后再试。 Try again in a moment.")));
at("objecting").addEventListener("submit", object);
at("ask").addEventListener("click", ask);
addEventListener("hashchange", opened);
opened();
