// What the board says of appraisals.

import { learn } from "../kit/language.js";

learn({
  "appraisals.title": { zh: "评议结果", en: "What appraisals came to" },
  "appraisals.lead": {
    zh: "居民怎样评物业、业委会和社区的事。结束后才公布；匿名的只留合计，谁打了几分无处可查。",
    en: "How residents score the property company, the committee and more. Told once a form is over; of an anonymous one only tallies are kept.",
  },
  "appraisals.caption": { zh: "已结束的评议，新的在前", en: "Appraisals that are over, the newest first" },
  "appraisals.empty": { zh: "还没有结束的评议。正在进行的，请在自助机上打分。", en: "None is over yet. Those that are open are answered at the kiosk." },
  "appraisal.title": { zh: "评议", en: "Appraisal" },
  "appraisal.kind": { zh: "评议谁", en: "Of" },
  "appraisal.kind.property_company": { zh: "物业公司", en: "property company" },
  "appraisal.kind.owners_committee": { zh: "业主委员会", en: "owners' committee" },
  "appraisal.kind.activity": { zh: "活动", en: "activity" },
  "appraisal.kind.request": { zh: "办结的需求", en: "closed request" },
  "appraisal.kind.self": { zh: "先锋银行", en: "the bank itself" },
  "appraisal.kind.other": { zh: "其他", en: "other" },
  "appraisal.by": { zh: "由谁评", en: "By" },
  "appraisal.days": { zh: "时间", en: "Days" },
  "appraisal.from.to": { zh: "{from} 至 {until}", en: "{from} to {until}" },
  "appraisal.ended": { zh: "结束", en: "Ended" },
  "appraisal.stars": { zh: "结果", en: "Result" },
  "appraisal.stars.are": { zh: "{stars} 星", en: "{stars} of 5 stars" },
  "appraisal.percent": { zh: "得分率 {percent}%", en: "{percent} % of the highest score" },
  "appraisal.voices": { zh: "票数", en: "Voices" },
  "appraisal.voice": { zh: "怎样算一票", en: "One voice" },
  "appraisal.voice.person": { zh: "每人一票", en: "a person" },
  "appraisal.voice.household": { zh: "每户一票", en: "a household" },
  "appraisal.few": { zh: "票数太少，不公布分数", en: "Too few voices to tell scores" },
  "appraisal.nobody": { zh: "没有人参加", en: "Nobody answered" },
  "appraisal.questions": { zh: "各个问题", en: "Question by question" },
  "appraisal.question": { zh: "问题", en: "Question" },
  "appraisal.average": { zh: "平均分", en: "Average" },
  "appraisal.score": { zh: "{score} 分", en: "Gave {score}" },
  "appraisal.anonymous": {
    zh: "这次评议是匿名的：只保存每个分数有几票，不保存谁打了几分。",
    en: "It was anonymous: how often each score was given is kept, and nobody's own scores.",
  },
  "appraisal.named": { zh: "这次评议是记名的：分数和打分的人一起保存，这里只公布合计。", en: "Scores were kept with whoever gave them; here are only sums." },
  "hall.appraisal": { zh: "{by}，{count} 票", en: "{by}, voices: {count}" },
});
