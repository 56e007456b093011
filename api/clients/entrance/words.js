// What the front page says.

import { learn } from "../kit/language.js";

learn({
  "entrance.what": {
    zh: "为小区做了好事，就记下时间，得到积分，换成需要的东西。",
    en: "Whoever does something for the neighbourhood has it recorded, earns points, and gets what they need for them.",
  },
  "entrance.how": {
    zh: "积分规则由居民商定、公开；每一笔都说得出为什么。积分不能买卖，也不能换钱。",
    en: "Neighbours decide the rules in the open, and every entry can say why it is there. Points cannot be bought, sold or cashed.",
  },
  "entrance.trust": {
    zh: "账目只能添加，不能修改或删去；不必相信我们，人人都能自己核对。",
    en: "The books only grow: nothing is changed or dropped. You need not trust us; anybody can check.",
  },
  "entrance.everybody": { zh: "人人可看", en: "For everybody" },
  "entrance.staff": { zh: "居民和工作人员使用", en: "For those who use it" },
  "entrance.makers": { zh: "安装和开发", en: "For those who set it up" },
  "door.board": { zh: "公开栏", en: "Public board" },
  "door.board.for": { zh: "规则、决定、奖品、总账，可打印，可放大厅屏幕", en: "Rules, decisions, prizes and totals; to print, or for the screen in the hall" },
  "door.notice": { zh: "公示与异议", en: "Notices and objections" },
  "door.notice.for": { zh: "正在公示的记录，哪里不对就提出来", en: "What is about to be recorded; object to what is wrong" },
  "door.verify": { zh: "核对账本", en: "Verify the log" },
  "door.verify.for": { zh: "由您的浏览器重新算一遍", en: "Your own browser does the sums again" },
  "door.certificate": { zh: "核验证明", en: "Verify a certificate" },
  "door.certificate.for": { zh: "看一张志愿服务证明是真是假", en: "See whether a certificate of service holds" },
  "door.kiosk": { zh: "自助机", en: "Kiosk" },
  "door.kiosk.for": { zh: "志愿者：查积分、换奖品、报名、开证明", en: "Volunteers: points, prizes, activities, certificates" },
  "door.desk": { zh: "兑换点", en: "Desk" },
  "door.desk.for": { zh: "兑换点工作人员：扫码、发放、盘点、日结", en: "At the desk: scan, hand over, count, close the day" },
  "door.organiser": { zh: "活动组织", en: "Organiser" },
  "door.organiser.for": { zh: "活动负责人：发布活动、签到、交名单", en: "Those in charge of activities: publish, check in, hand in rosters" },
  "door.admin": { zh: "管理端", en: "Administration" },
  "door.admin.for": { zh: "审核、公示、规则、人员和报表", en: "Reviews, notices, rules, people and reports" },
  "door.docs": { zh: "接口文档", en: "API documentation" },
  "door.docs.for": { zh: "所有页面都只用这套公开接口", en: "Every page here uses this API and nothing else" },
  "door.pair": { zh: "配对设备", en: "Pair a device" },
  "door.pair.for": { zh: "新装的自助机、兑换点设备从这里开始", en: "Where a new kiosk or desk begins" },
});
