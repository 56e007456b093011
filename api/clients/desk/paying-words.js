// What the till says of who pays, and of a till that is locked.

import { learn } from "../kit/language.js";

learn({
  "payer.household": { zh: "用家庭的积分：{name}（{points} 分）", en: "From the household: {name} ({points} points)" },
  "payer.group": { zh: "用团体的积分：{name}（{points} 分）", en: "From the group: {name} ({points} points)" },
  "payer.is.household": { zh: "家庭支付：{name}（可用 {points} 分）", en: "The household pays: {name} ({points} points to spend)" },
  "payer.is.group": { zh: "团体支付：{name}（可用 {points} 分）", en: "The group pays: {name} ({points} points to spend)" },
});
