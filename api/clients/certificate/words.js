// What the page says that verifies certificates.

import { learn } from "../kit/language.js";

learn({
  "title": { zh: "核验志愿服务记录证明", en: "Verify a certificate of service" },
  "how": {
    zh: "请输入证明上的编号，或扫描证明上的二维码。本页只显示核对所需的内容，不显示全名。",
    en: "Enter the number on the paper, or scan its code. This page shows what you need to compare, and no full name.",
  },
  "number": { zh: "证明编号", en: "Number" },
  "check": { zh: "核验", en: "Verify" },
  "checking": { zh: "正在核验……", en: "Verifying…" },
  "digits": { zh: "？编号是 20 位数字，请再看一遍。", en: "? The number has 20 digits; look again." },
  "none": { zh: "✘ 没有这张证明，请核对编号。", en: "✘ There is no such certificate: check the number." },
  "state.valid": { zh: "✔ 有效", en: "✔ Valid" },
  "state.superseded": {
    zh: "✘ 已失效：所依据的记录有更正，请持证人重新开具。",
    en: "✘ Superseded: a record was corrected; ask for a new one.",
  },
  "state.revoked": { zh: "✘ 已撤销", en: "✘ Revoked" },
  "state.erased": {
    zh: "？持证人的信息已依法删除，无法再核对姓名。",
    en: "? The holder's data were erased; the name can no longer be compared.",
  },
  "certificate": { zh: "编号", en: "Number" },
  "name": { zh: "姓名", en: "Name" },
  "tail": { zh: "志愿者编号尾号", en: "Volunteer number ends in" },
  "days": { zh: "起止", en: "From and until" },
  "days.of": { zh: "{from} 至 {until}", en: "{from} to {until}" },
  "service": { zh: "服务", en: "Service" },
  "service.of": { zh: "{records} 次，{time}", en: "{records} times, {time}" },
  "issued": { zh: "开具", en: "Issued" },
  "issued.of": { zh: "{organisation}，{on}", en: "{organisation}, {on}" },
  "entry": { zh: "账本", en: "In the log" },
  "entry.of": { zh: "第 {seq} 笔", en: "entry {seq}" },
  "compare": { zh: "请与纸上逐项比对。", en: "Compare each with the paper." },
  "proof.title": { zh: "不只相信本页", en: "Do not take this page's word" },
  "proof": {
    zh: "证明的电子文件里附有账本凭证（.tlog-proof），任何人都可以{verify}，不必信任银行。",
    en: "The certificate's PDF carries the proof that it is in the public log; anybody can {verify} without trusting us.",
  },
  "proof.verify": { zh: "自己核对", en: "verify it" },
});
