// What the kiosk says of appraisals.

import { learn } from "../kit/language.js";

learn({
  "home.appraisals": { zh: "请您评议（{count}）", en: "Your opinion ({count})" },
  "appraisals.title": { zh: "请您评议", en: "Your opinion, please" },
  "appraisals.how": { zh: "点几下就好。每份只能交一次，交了不能改。", en: "A few touches. Each is handed in once, and for good." },
  "appraisals.empty": { zh: "现在没有要您评议的，谢谢您。", en: "Nothing is asked of you just now. Thank you." },
  "appraisals.about": { zh: "评{kind}，到 {day} 截止", en: "About: {kind}; until {day}" },
  "appraisals.kind.property_company": { zh: "物业公司", en: "the property company" },
  "appraisals.kind.owners_committee": { zh: "业主委员会", en: "the owners' committee" },
  "appraisals.kind.activity": { zh: "您参加过的活动", en: "an activity you took part in" },
  "appraisals.kind.request": { zh: "您提过的需求", en: "what you asked for" },
  "appraisals.kind.self": { zh: "先锋银行", en: "the bank itself" },
  "appraisals.kind.other": { zh: "社区的事", en: "a matter of the neighbourhood" },
  "appraisals.voice.person": { zh: "每人一票。", en: "One voice a person." },
  "appraisals.voice.household": { zh: "每户一票，您家里有一个人评了就算评过。", en: "One voice a household: once one of you has answered, it is answered." },
  "appraisals.answer": { zh: "开始打分", en: "Answer" },
  "appraisals.answer.one": { zh: "开始打分：{title}", en: "Answer: {title}" },
  "appraisals.anonymous": { zh: "匿名：只记下您评过，不记您打了几分，谁也查不到。", en: "Anonymous: it is kept that you answered, and nowhere what you answered." },
  "appraisals.named": { zh: "记名：您打的分会和您的姓名一起保存。", en: "Not anonymous: your scores are kept with your name." },
  "appraisals.assisted": { zh: "工作人员正在协助您，会看到您打的分。想自己评，请退出后自己登录。", en: "The staff who helps you sees your scores. To answer alone, finish and sign in yourself." },
  "appraisals.scale": { zh: "1 分最差，{most} 分最好。", en: "1 is worst, {most} is best." },
  "appraisals.score": { zh: "{score} 分", en: "{score}" },
  "appraisals.score.of": { zh: "{score} 分，最高 {most} 分", en: "{score} of {most}" },
  "appraisals.missing": { zh: "还有问题没有打分。", en: "One question has no score yet." },
  "appraisals.send": { zh: "交上去", en: "Hand it in" },
  "appraisals.sure.ask": { zh: "交上去吗？", en: "Hand it in?" },
  "appraisals.sure.how": { zh: "交了以后不能再改。", en: "It cannot be changed afterwards." },
  "appraisals.sure": { zh: "交上去", en: "Yes, hand it in" },
  "appraisals.unsure": { zh: "再看看", en: "Let me look again" },
  "appraisals.counted": { zh: "已计入，谢谢您的意见。", en: "It was counted. Thank you." },
});
