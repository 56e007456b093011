// What the board says of wishes.

import { learn } from "../kit/language.js";

learn({
  "wishes.title": { zh: "心愿墙", en: "The wish wall" },
  "wishes.lead": {
    zh: "邻居的微心愿：一件小东西、帮个忙、有人陪伴。不涉及钱，不写姓名住址，都核实过。",
    en: "What neighbours wish for: a small thing, some help, some company. Never money, no names or flats, and each was looked over.",
  },
  "wishes.empty": { zh: "现在没有等待认领的心愿。您有心愿，也可以在自助机写下来。", en: "No wish is waiting just now. If you have one, make it at the kiosk." },
  "wishes.how": { zh: "怎样认领", en: "How to take one up" },
  "wishes.how.look": { zh: "在这里看好一个心愿。", en: "Choose a wish here." },
  "wishes.how.take": { zh: "到自助机刷卡，打开“心愿墙”，点“我来圆梦”；也可以告诉服务台或社区工作人员。", en: "At a kiosk scan your card, open the wish wall and take it up; or tell the desk or the staff." },
  "wishes.how.do": { zh: "在到期前办好，告诉社区工作人员。东西由社区转交，不用知道许愿人是谁。", en: "Grant it by the day you are told, and tell the staff. They hand things on: you need not know who wished." },
  "wishes.how.confirm": { zh: "许愿人确认后，积分计入您的账户；帮忙、陪伴还记服务时长。", en: "Once the wisher confirms, the points are yours; service and company count as hours, too." },
  "wishes.open": { zh: "等人认领", en: "Waiting to be taken up" },
  "wishes.held": { zh: "正在圆梦", en: "Being granted" },
  "wishes.granted": { zh: "已实现的心愿", en: "Wishes that came true" },
  "wishes.of": { zh: "{name}，{organisation}", en: "{name}, {organisation}" },
  "wishes.resident": { zh: "一位居民", en: "A resident" },
  "wishes.points": { zh: "圆梦得 {points} 分", en: "{points} points" },
  "wishes.thanks": { zh: "不计积分，谢谢您", en: "No points, and our thanks" },
  "wishes.free": { zh: "等人认领", en: "Free to be taken up" },
  "wishes.free.many": { zh: "还可以有 {count} 人认领", en: "Free for {count} more" },
  "wishes.taken": { zh: "已有人认领", en: "Somebody has taken it up" },
  "wishes.done": { zh: "{day}实现", en: "Granted on {day}" },
  "wishes.helpers": { zh: "圆梦人：{names}", en: "Granted by {names}" },
  "wishes.helpers.unnamed": { zh: "圆梦人没有公开姓名", en: "Granted by somebody who is not named" },
  "hall.wishes.how": { zh: "到自助机刷卡，打开“心愿墙”认领；或告诉服务台。", en: "Take one up at a kiosk, or tell the desk." },
  "hall.wishes.more": { zh: "墙上还有 {count} 个心愿", en: "{count} more are on the wall" },
});
