// The keys, on one panel.

import { h, p } from "../kit/element.js";
import { say } from "../kit/language.js";

const KEYS = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "Enter", "+ −", "Del", "↑ ↓", "PgUp PgDn", "Esc"];

export const help = (ask) => {
  const line = (name, at) => [h("dt", {}, h("kbd", {}, name)), h("dd", {}, say(`help.key.${at + 1}`))];
  const content = [p(say("help.how")), h("dl", { class: "keys" }, KEYS.map(line)), p(say("help.quantity"))];
  return ask(say("help.title"), content, [["", say("kit.close"), "primary"]], { kind: "wide" });
};
