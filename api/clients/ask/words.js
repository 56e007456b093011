// What the page says that the code in a stairwell opens.

import { learn } from "../kit/language.js";

learn({
  "title": { zh: "有需要，告诉我们", en: "Tell us what is needed" },
  "how": {
    zh: "不用登录，也可以不留姓名。提交后本页会显示办理情况。",
    en: "No sign-in, and no name if you like. This page then shows what comes of it.",
  },
  "no.code": {
    zh: "请扫描楼道里的二维码打开本页。",
    en: "Open this page by the code in your stairwell.",
  },
  "kind": { zh: "是哪一类", en: "What is it" },
  "kind.lighting": { zh: "照明", en: "Lighting" },
  "kind.plumbing": { zh: "水电", en: "Water or power" },
  "kind.cleaning": { zh: "保洁", en: "Cleaning" },
  "kind.safety": { zh: "安全隐患", en: "A danger" },
  "kind.care": { zh: "照料帮助", en: "Care" },
  "kind.other": { zh: "其他", en: "Something else" },
  "words": { zh: "请说说情况", en: "What is the matter" },
  "place": { zh: "在哪里", en: "Where" },
  "place.how": { zh: "楼栋、单元或院子，不必写门牌号。", en: "Building, stairwell or yard; no flat is needed." },
  "name": { zh: "姓名", en: "Name" },
  "name.how": {
    zh: "只有办理的人看得到，办结后删除。",
    en: "Seen only by those who answer, and deleted once it is settled.",
  },
  "phone": { zh: "电话", en: "Telephone" },
  "send": { zh: "提交", en: "Send" },
  "asked": { zh: "办理情况", en: "What comes of it" },
  "state.received": { zh: "已收到", en: "Received" },
  "state.accepted": { zh: "已受理", en: "Accepted" },
  "state.dispatched": { zh: "已派人办理", en: "Somebody is on it" },
  "state.closed": { zh: "已办结", en: "Done" },
  "state.settled": { zh: "已办结", en: "Done" },
  "state.declined": { zh: "不予受理", en: "Not for us" },
  "state.withdrawn": { zh: "已撤回", en: "Taken back" },
  "due": { zh: "最迟 {day} {time} 前办结", en: "To be done by {day} {time}" },
  "answer": { zh: "答复：{words}", en: "Answer: {words}" },
  "keep": {
    zh: "请收藏或截屏本页地址，以后凭它查看。",
    en: "Keep the address of this page: it is how you look again.",
  },
  "another": { zh: "再提一件", en: "Ask for something else" },
});
