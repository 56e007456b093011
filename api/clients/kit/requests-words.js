// What every client says of requests.

import { learn } from "./language.js";

learn({
  "request.kind.lighting": { zh: "照明", en: "Lighting" },
  "request.kind.plumbing": { zh: "水管", en: "Plumbing" },
  "request.kind.cleaning": { zh: "清洁", en: "Cleaning" },
  "request.kind.safety": { zh: "安全隐患", en: "Safety" },
  "request.kind.care": { zh: "照护陪伴", en: "Care" },
  "request.kind.haircut": { zh: "理发", en: "Haircut" },
  "request.kind.shoes": { zh: "修鞋修伞", en: "Mending shoes" },
  "request.kind.health": { zh: "健康咨询", en: "Advice on health" },
  "request.kind.meals": { zh: "助餐", en: "Meals" },
  "request.kind.dispute": { zh: "纠纷调解", en: "Dispute" },
  "request.kind.other": { zh: "其他", en: "Something else" },
  "request.priority.danger": { zh: "危险", en: "Danger" },
  "request.priority.utilities": { zh: "水电气", en: "Utilities" },
  "request.priority.normal": { zh: "一般", en: "Normal" },
  "request.priority.complex": { zh: "复杂", en: "Complex" },
  "request.channel.kiosk": { zh: "自助机", en: "kiosk" },
  "request.channel.phone": { zh: "电话", en: "telephone" },
  "request.channel.visit": { zh: "来访、走访", en: "visit" },
  "request.channel.qr": { zh: "楼道二维码", en: "stairwell code" },
  "request.channel.mobile_desk": { zh: "流动服务台", en: "mobile desk" },
  "request.channel.online": { zh: "网上", en: "online" },
  "request.clock.left": { zh: "还剩 {time}", en: "{time} left" },
  "request.clock.overdue": { zh: "已超时 {time}", en: "{time} overdue" },
  "request.clock.in.time": { zh: "按时", en: "in time" },
  "request.clock.was.late": { zh: "晚了 {time}", en: "{time} late" },
  "request.moment": { zh: "不到 1 分钟", en: "less than a minute" },
  "request.days": { zh: "{days} 天", en: "{days} days" },
  "request.days.hours": { zh: "{days} 天 {hours} 小时", en: "{days} days {hours} hours" },
});
