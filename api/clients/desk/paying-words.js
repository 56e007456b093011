// What the till says of who pays, and of a till that is locked.

import { learn } from "../kit/language.js";

learn({
  "payer.household": { zh: "用家庭的积分：{name}（{points} 分）", en: "From the household: {name} ({points} points)" },
  "payer.group": { zh: "用团体的积分：{name}（{points} 分）", en: "From the group: {name} ({points} points)" },
  "payer.is.household": { zh: "家庭支付：{name}（可用 {points} 分）", en: "The household pays: {name} ({points} points to spend)" },
  "payer.is.group": { zh: "团体支付：{name}（可用 {points} 分）", en: "The group pays: {name} ({points} points to spend)" },

  "lock.title": { zh: "已锁定", en: "Locked" },
  "lock.how": { zh: "{name} 输入密码，接着办；打了一半的都还在。", en: "{name} types the password and goes on: what was begun is still there." },
  "lock.open": { zh: "解锁", en: "Unlock" },
  "lock.other": { zh: "换人登录（放下没办完的）", en: "Somebody else (what was begun is set aside)" },
  "machine.lock": { zh: "没人操作时，多久锁定", en: "Lock when nobody touches it for" },
  "machine.minutes": { zh: "{minutes} 分钟", en: "{minutes} minutes" },
});
