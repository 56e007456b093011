// The lists beside the screen at the door: who came, who is expected, and the latest for everybody to read.

import { button, h, p } from "../kit/element.js";
import { timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { about, who } from "./looks.js";

export const latest = ({ checked_in_at: came, checked_out_at: left }, name) =>
  h("li", {}, say(left ? "door.latest.out" : "door.latest.in", { name, at: timeOf(left ?? came) }));

export const absent = (one, note) =>
  h("li", { class: "line" }, who(one), button(say("door.check_in"), note, null, about(say("door.check_in"), one.name)));

export const present = (one, leave, takeBack) => {
  const times = { from: timeOf(one.checked_in_at), to: one.checked_out_at ? timeOf(one.checked_out_at) : "" };
  const act = (key, done, look) => button(say(key), done, look, about(say(key), one.name));
  return h(
    "li",
    { class: "line" },
    h(
      "div",
      {},
      who(one),
      p(say(one.checked_out_at ? "door.times" : "door.time", times)),
      p(say(`door.way.${one.checked_in_by}`), "quiet-words"),
    ),
    h(
      "div",
      { class: "actions" },
      one.checked_out_at ? null : act("door.check_out", leave),
      act("door.void", takeBack, "quiet"),
    ),
  );
};

export const empty = (key) => h("li", { class: "empty" }, say(key));
