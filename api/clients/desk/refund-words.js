// What the desk says of refunds that wait for a second person.

import { learn } from "../kit/language.js";

learn({
  "prepare.later": { zh: "第二人不在这里", en: "The second person is not here" },
  "prepare.how": { zh: "记下来，第二人在自己的机器上签字后才退；签字前积分和奖品都不动。", en: "Note it down. Nothing moves until the second person signs at their own machine." },
  "prepare.do": { zh: "记下，等第二人签字", en: "Note it down for the second person" },
  "prepare.done": { zh: "已记下，等第二人签字。还没有退。", en: "Noted. It waits for the second person; nothing is refunded yet." },
  "waiting.title": { zh: "等第二人签字的退兑", en: "Refunds that wait for a second person" },
  "waiting.none": { zh: "没有等签字的退兑。", en: "No refund waits for a signature." },
  "waiting.reason": { zh: "原因", en: "Reason" },
  "waiting.until": { zh: "最晚签字", en: "Sign by" },
  "request.title": { zh: "退兑签字：凭条 {number}", en: "Sign a refund: slip {number}" },
  "request.said": { zh: "{day} 前签字有效", en: "To be signed by {day}" },
  "request.goods": { zh: "奖品：{goods}", en: "Goods: {goods}" },
  "request.reason": { zh: "原因：{reason}", en: "Reason: {reason}" },
  "request.look": { zh: "请核对奖品和原因，再签字。签字后积分和奖品一起退回。", en: "Look at the goods and the reason before you sign. Points and goods go back with your signature." },
  "request.not.you": { zh: "兑换或记下的人不能签字，请第二人在自己的机器上签。", en: "Who handed it over or noted it down cannot sign. The second person signs at their own machine." },
  "request.sign": { zh: "签字，退兑", en: "Sign and refund" },
  "request.withdraw": { zh: "不退了", en: "Keep it: no refund" },
  "request.withdrawn": { zh: "已撤回，没有退。", en: "Withdrawn. Nothing was refunded." },
  "request.over": { zh: "已经不在等签字。", en: "It waits no more." },
});
