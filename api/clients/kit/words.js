// What the kit itself says.

import { learn } from "./language.js";

learn({
  "kit.away": {
    zh: "暂时连不上服务器，正在重试。您填写的内容还在，请稍候。",
    en: "The server cannot be reached. Trying again; what you typed is kept. Please wait.",
  },
  "kit.away.unknown": {
    zh: "没有收到回答，还不知道是否办成。请不要换个方式再办一次，点“再问一次”会得到确定的结果，绝不会办两遍。",
    en: "No answer came, so we do not know yet whether it is done. Do not do it another way: “Ask again” tells for certain, and never does it twice.",
  },
  "kit.away.unsure": {
    zh: "没有收到回答，不知道是否办成。请先查看是否已经办好，再决定要不要重办。",
    en: "No answer came, so it is not certain whether it was done. Look first, before you do it again.",
  },
  "kit.ask.again": { zh: "再问一次", en: "Ask again" },
  "kit.away.nothing": {
    zh: "连不上服务器，什么也没有改变。请稍后再试。",
    en: "The server cannot be reached. Nothing was changed. Try again in a moment.",
  },
  "kit.broken": { zh: "系统出错了，已经记录。请告诉工作人员。", en: "Something broke here and was logged. Please tell the staff." },
  "kit.wait": { zh: "试得太多了，请等 {seconds} 秒再试。", en: "Too many tries. Wait {seconds} seconds, then try again." },
  "kit.close": { zh: "关闭", en: "Close" },
  "kit.working": { zh: "正在办理……", en: "Working on it…" },
  "kit.empty": { zh: "这里还没有内容。", en: "There is nothing here yet." },
  "kit.more": { zh: "再看一些", en: "Show more" },
  "kit.export": { zh: "导出 {format}", en: "Export {format}" },
  "kit.sort": { zh: "按“{column}”排序", en: "Sort by “{column}”" },
  "kit.chart.table": { zh: "看数据表", en: "Show the data as a table" },
  "kit.optional": { zh: "选填", en: "optional" },
  "kit.digit": { zh: "数字 {digit}", en: "Digit {digit}" },
  "kit.digit.back": { zh: "删一位", en: "Delete" },
  "kit.digit.clear": { zh: "清空", en: "Clear" },
  "kit.typed": { zh: "已输入 {count} 位，共 {all} 位", en: "{count} of {all} digits entered" },
  "kit.listen": { zh: "朗读", en: "Read aloud" },
  "format.hours": { zh: "{hours} 小时", en: "{hours} h" },
  "format.minutes": { zh: "{minutes} 分钟", en: "{minutes} min" },
  "format.hours.minutes": { zh: "{hours} 小时 {minutes} 分钟", en: "{hours} h {minutes} min" },
  "format.plus": { zh: "+{time}", en: "+{time}" },
  "format.less": { zh: "−{time}", en: "−{time}" },
  "format.day": { zh: "{year}年{month}月{day}日", en: "{day} {monthname} {year}" },
  "format.day.week": { zh: "{year}年{month}月{day}日 {weekday}", en: "{weekday}, {day} {monthname} {year}" },
  "format.instant": { zh: "{day} {time}", en: "{day}, {time}" },
  "format.months": {
    zh: "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    en: "January February March April May June July August September October November December",
  },
  "format.weekdays": {
    zh: "星期日 星期一 星期二 星期三 星期四 星期五 星期六",
    en: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
  },
});
