// Rules as people read them: sentences, and what changes from one text to the next.

import { h, p } from "../kit/element.js";
import { chosen, say } from "../kit/language.js";
import "./rules-words.js";

// All of a rulebook, as one reads it aloud.
export const sentences = (both) => h("ol", { class: "sentences" }, chosen(both).map((each) => h("li", {}, each)));

// What changes, before and after.
export const changed = (changes) => {
  const line = ({ before, after }) =>
    h(
      "li",
      {},
      before === null ? null : h("p", { class: "before" }, h("span", { class: "unseen" }, say("changes.before")), h("del", {}, before)),
      after === null ? null : h("p", { class: "after" }, h("span", { class: "unseen" }, say("changes.after")), h("ins", {}, after)),
    );
  const lines = chosen(changes);
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, say("changes.title")),
    lines.length ? h("ul", { class: "changes" }, lines.map(line)) : p(say("changes.none"), "quiet-words"),
  );
};
