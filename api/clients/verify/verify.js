// The page: takes a key from you, a receipt from a file or the link, and says what follows. Nothing is sent anywhere.

import { Invalid, keyOf, receiptOf, wholeLog } from "./log.js";

const at = (id) => document.getElementById(id);
const KINDS = {
  award: "奖励积分 award", redemption: "兑换 redemption", reversal: "冲正 reversal", lapse: "失效 lapse",
  adjustment: "人工调整 adjustment", stock_receipt: "入库 stock receipt", opening: "开户 opening",
  key_change: "钥匙更换 key change", epoch_change: "新纪元 new epoch", claim: "申报 claim", review: "审核 review",
  notice: "公示 public notice", objection: "异议 objection", objection_resolution: "异议处理 objection answered",
};

function say(place, verdict, lines) {
  const box = at(place);
  box.className = verdict;
  box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

async function asked(place, question) {
  say(place, "waiting", ["正在核对 … Verifying …"]);
  try {
    const words = at("key").value.split("\n").filter((line) => line.trim());
    if (!words.length) return say(place, "unsure", ["请先填写银行的公钥。", "Give the bank's key first; not from this server."]);
    const keys = await Promise.all(words.map(keyOf));
    say(place, "valid", await question(keys));
  } catch (error) {
    const isInvalid = error instanceof Invalid || error instanceof SyntaxError;
    say(place, isInvalid ? "invalid" : "unsure", [
      isInvalid ? "✘ 无效 INVALID" : "? 无法判断 Cannot tell",
      error.message,
    ]);
  }
}

function told(receipt) {
  const { head, index, entry, opening } = receipt;
  const lines = [`✔ 有效 VALID: 第 ${index + 1} 笔 entry ${index + 1}`, `${head.origin}, ${head.size} 笔之内 entries`];
  if (!entry) return [...lines, "这张凭证不透露内容。 This receipt tells nothing else."];
  lines.push(`${KINDS[entry.kind.split(".")[1]] ?? entry.kind}, ${entry.on}`);
  for (const [n, move] of entry.moves.entries()) {
    lines.push(`${move.amount} ${move.unit}: ${move.debit} → ${move.credit}`);
    const leg = opening?.legs[n];
    if (leg && move.debit.startsWith("person/")) lines.push(`　第 ${leg[1]} 笔, 余额 ${leg[2]} (No. ${leg[1]}, balance ${leg[2]})`);
    if (leg && move.credit.startsWith("person/")) lines.push(`　第 ${leg[4]} 笔, 余额 ${leg[5]} (No. ${leg[4]}, balance ${leg[5]})`);
  }
  for (const why of opening?.why?.explanation ?? []) lines.push(why.zh, why.en);
  return lines;
}

async function fetched(path) {
  const answer = await fetch(`/log/${path}`);
  if (!answer.ok) throw answer.status === 404 ? new Invalid(`${path}: 404`) : new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function all(keys) {
  const stated = JSON.parse(new TextDecoder().decode(await fetched("totals")));
  const { head, meaning } = await wholeLog(fetched, keys, stated, (done, size) => {
    at("progress").value = done / size;
  });
  const kinds = [...meaning.kinds].map(([kind, count]) => `${KINDS[kind.split(".")[1]] ?? kind}: ${count}`);
  const totals = Object.entries(meaning.totals()).flatMap(([what, units]) =>
    Object.entries(units).map(([unit, held]) => `合计 total ${what}: ${held} ${unit}`),
  );
  const compared = stated.size > head.size
    ? "银行公布的合计比签名新, 请稍候再核对。 The totals are newer than the signed head: ask again."
    : "与银行公布的合计一致。 Equal to the totals that the bank states.";
  return [`✔ 有效 VALID: ${head.origin}, ${head.size} 笔 entries`, ...kinds, ...totals, compared];
}

async function linked() {
  const token = location.hash.slice(1);
  if (!/^[a-z2-7]{32}$/.test(token)) return;
  const answer = await fetch(`/api/v1/receipts/${token}`);
  if (!answer.ok) return say("told", "unsure", ["没有这张凭证。 There is no such receipt (any more)."]);
  const receipt = await answer.json();
  at("words").value = receipt.proof ?? receipt.promise;
  if (!receipt.proof) say("told", "unsure", ["已承诺, 尚待签名, 请稍候。", "Promised, not yet under a signed head."]);
}

at("receipt").addEventListener("change", async () => {
  at("words").value = (await at("receipt").files[0]?.text()) ?? "";
});
at("check").addEventListener("click", () => asked("told", async (keys) => told(await receiptOf(at("words").value, keys))));
at("check-all").addEventListener("click", () => asked("told-all", all));
addEventListener("hashchange", linked);
linked();
