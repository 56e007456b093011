// What the desk says of requests.

import { learn } from "../kit/language.js";

learn({
  "ask.title": { zh: "登记需求", en: "Take a request in" },
  "ask.how": { zh: "灯坏了、水管漏了、想请人陪同。登记后由负责的人受理，按时限办理。志愿者可以直接刷卡。", en: "A lamp that is out, a pipe that leaks, some company. Whoever is in charge accepts it, against the clock. Volunteers may scan their card." },
  "ask.words": { zh: "说了什么", en: "What was said" },
  "ask.words.how": { zh: "只写事情，不写姓名、电话、门牌", en: "The matter only: no name, telephone or flat" },
  "ask.kind": { zh: "类别", en: "Kind" },
  "ask.priority": { zh: "紧急程度", en: "Priority" },
  "ask.channel": { zh: "怎样来的", en: "Came by" },
  "ask.place": { zh: "地点", en: "Place" },
  "ask.place.how": { zh: "到楼道为止，不写门牌", en: "As far as the stairwell, never the flat" },
  "ask.volunteer_no": { zh: "志愿者编号", en: "Volunteer number" },
  "ask.volunteer_no.how": { zh: "刷卡或输入；不愿留名的不填", en: "Scan or type it; leave it empty for whoever gives no name" },
  "ask.name": { zh: "姓名", en: "Name" },
  "ask.name.how": { zh: "不是志愿者的才填；加密保存", en: "Of a neighbour who is no volunteer; it is sealed" },
  "ask.phone": { zh: "电话", en: "Telephone" },
  "ask.flat": { zh: "门牌", en: "Flat" },
  "ask.do": { zh: "登记", en: "Take it in" },
  "ask.whose": { zh: "{name}提出的需求", en: "It is {name} who asks" },
  "ask.done": { zh: "需求已登记，{day} {time} 前受理。", en: "It is taken in, to be accepted by {day} {time}." },
});
