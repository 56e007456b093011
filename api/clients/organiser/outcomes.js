// What became of everybody's attendance when a session was handed in.

import { h, p } from "../kit/element.js";
import { day, grouped, hours, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { badge } from "./looks.js";

const LOOKS = { posted: "running", submitted: "care", refused: "bad", nothing: "" };

export const outcomes = (handed) => {
  const count = (outcome) => handed.filter((one) => one.outcome === outcome).length;
  const told = Object.keys(LOOKS).filter(count);
  const columns = [
    { key: "name", label: say("signups.column.name"), head: true },
    { key: "volunteer_no", label: say("signups.column.number"), cell: (one) => grouped(one.volunteer_no, 3, 3, 4), narrow: true },
    { key: "on", label: say("handin.column.day"), cell: (one) => (one.on ? day(one.on) : "") },
    { key: "minutes", label: say("handin.column.counted"), cell: (one) => (one.on ? hours(one.minutes) : say("handin.nothing")) },
    { key: "outcome", label: say("handin.column.outcome"), cell: (one) => badge(say(`outcome.${one.outcome}`), LOOKS[one.outcome]) },
    { key: "why", label: say("handin.column.why"), cell: why },
  ];
  return h(
    "div",
    { class: "outcomes", tabindex: "-1" },
    h("ul", { class: "tallies" }, told.map((each) => h("li", {}, badge(say(`outcome.${each}`), LOOKS[each]), ` ${count(each)}`))),
    p(say("outcome.how"), "quiet-words"),
    table({ caption: say("handin.result"), columns, rows: handed }),
  );
};

// The points and where they come from; what it waits for; or why it was refused.
const why = (one) => {
  if (one.problem) return one.problem.detail ?? one.problem.title;
  const made = one.record ?? one.deed;
  if (!made) return say("outcome.nothing.why");
  const lines = (made.explanation ?? []).map((line) => p(chosen(line), "quiet-words"));
  if (made.state === "posted") return h("div", {}, p(say("outcome.points", { points: points(made.points) })), lines);
  return say(made.state === "held" ? "outcome.held" : "outcome.reviews", { count: made.reviews_needed ?? 1 });
};
