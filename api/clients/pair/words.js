// How to pair a device.

import { learn } from "../kit/language.js";

learn({
  "pair.title": { zh: "配对自助机或兑换点设备", en: "Pair a kiosk or desk" },
  "pair.sign": {
    zh: "请管理员登录管理端，输入设备屏幕上的 9 位配对码。",
    en: "An administrator signs in and enters the nine digits that the device shows.",
  },
  "pair.compare": {
    zh: "核对设备的名称、网络地址和申请时间，确认就是眼前这一台。",
    en: "Compare its name, its network address and the time it asked: it must be the one before you.",
  },
  "pair.approve": {
    zh: "选定类型、所属组织（兑换点设备还要选定兑换点），然后批准；不是眼前这一台，请拒绝。",
    en: "Say what it is, whose it is and, for a desk, which one; then approve it. If it is any other, deny it.",
  },
  "pair.admin": { zh: "打开管理端", en: "Open the administration" },
  "pair.without": {
    zh: "没有管理端时，在服务器上运行 {command}。",
    en: "Without a client for administrators, run {command} on the server.",
  },
  "pair.command": { zh: "pioneer devices approve 配对码", en: "pioneer devices approve CODE" },
});
