// What the desk says of wishes.

import { learn } from "../kit/language.js";

learn({
  "wish.title": { zh: "登记微心愿", en: "Take a wish in" },
  "wish.how": { zh: "小小的一件事，不收钱。由别人核实，隐去姓名住址后上墙。志愿者可以直接刷卡。", en: "A small thing, never money. Somebody else looks it over; then it is hung up without name or flat. Volunteers may scan their card." },
  "wish.words": { zh: "许愿人的原话", en: "In their own words" },
  "wish.words.how": { zh: "例如：想要一副老花镜", en: "For example: a pair of reading glasses" },
  "wish.kind": { zh: "类别", en: "Kind" },
  "wish.kind.thing": { zh: "一件小东西", en: "a small thing" },
  "wish.kind.service": { zh: "有人帮个忙", en: "some help" },
  "wish.kind.company": { zh: "有人陪伴", en: "some company" },
  "wish.volunteer_no": { zh: "志愿者编号", en: "Volunteer number" },
  "wish.volunteer_no.how": { zh: "刷卡或输入；不是志愿者的填姓名", en: "Scan or type it; of others give the name" },
  "wish.name": { zh: "姓名", en: "Name" },
  "wish.name.how": { zh: "不是志愿者的才填；加密保存", en: "Of a neighbour who is no volunteer; it is sealed" },
  "wish.phone": { zh: "电话", en: "Telephone" },
  "wish.flat": { zh: "住址", en: "Flat" },
  "wish.is_minor": { zh: "许愿人未满 18 岁", en: "They are under eighteen" },
  "wish.do": { zh: "登记", en: "Take it in" },
  "wish.whose": { zh: "许愿人：{name}", en: "Whose wish: {name}" },
  "wish.done": { zh: "已登记，等审核人核实。", en: "Taken in. A reviewer looks it over." },
});
