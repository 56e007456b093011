// What the board says of requests.

import { learn } from "../kit/language.js";

learn({
  "requests.title": { zh: "居民需求", en: "What residents ask for" },
  "requests.lead": { zh: "收到多少，办结多少，平均用了多久。有事请到自助机点“我需要帮助”，或扫楼道里的码。", en: "How much was asked for, how much was settled, and how long it took. To ask: at the kiosk under “I need help”, or by the code in your stairwell." },
  "requests.days": { zh: "{from}到{to}收到的需求", en: "Asked for from {from} to {to}" },
  "requests.few": { zh: "这段时间收到的很少，不公布数字，以免看出是谁提出的。", en: "So few that no number is published: it could tell who asked." },
  "requests.left.out": { zh: "数量很少的类别和小区不单列，但算在合计里。时间按各类时限的算法计：一般的只算工作时间。", en: "Kinds and estates with very few are not listed, but they are in the sum. Time is counted as the clock that holds for it counts: in working hours where nothing is urgent." },
  "requests.received": { zh: "收到", en: "Received" },
  "requests.closed": { zh: "办结", en: "Settled" },
  "requests.average": { zh: "平均用时", en: "On average" },
  "requests.none": { zh: "无", en: "none" },
  "requests.kind": { zh: "类别", en: "Kind" },
  "requests.estate": { zh: "小区", en: "Estate" },
  "requests.by": { zh: "按{what}", en: "By: {what}" },
  "requests.chart": { zh: "各类需求：收到和办结", en: "Received and settled, by kind" },
  "requests.year": { zh: "一年来", en: "In a year" },
  "requests.of.head": { zh: "收到／办结", en: "Received / settled" },
  "requests.of": { zh: "{received}／{closed}", en: "{received} / {closed}" },
  "requests.card": { zh: "一年收到 {received} 件，办结 {closed} 件，平均用时 {time}。", en: "{received} in a year, {closed} of them settled, in {time} on average." },
  "requests.how": { zh: "有事请到自助机点“我需要帮助”，或扫楼道里的码。", en: "To ask: at the kiosk under “I need help”, or by the code in your stairwell." },
});
