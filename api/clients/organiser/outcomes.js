// What became of everybody's attendance when a session was handed in.

import { h, p } from "../kit/element.js";
import { day, hours, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { badge, column, numbers, tallies } from "./looks.js";

const LOOKS = { posted: "running", submitted: "care", refused: "bad", nothing: "" };

export const outcomes = (handed) => {
  const count = (outcome) => handed.filter((one) => one.outcome === outcome).length;
  const columns = [
    column("name", "signups.column.name", (one) => one.name, { head: true }),
    numbers(),
    column("on", "handin.column.day", (one) => (one.on ? day(one.on) : "")),
    column("minutes", "handin.column.counted", (one) => (one.on ? hours(one.minutes) : say("handin.nothing"))),
    column("outcome", "handin.column.outcome", (one) => badge(...called(one.outcome))),
    column("why", "handin.column.why", why),
  ];
  return h(
    "div",
    { class: "outcomes", tabindex: "-1" },
    tallies(Object.keys(LOOKS).filter(count).map((each) => [say(`outcome.${each}`), count(each), LOOKS[each]])),
    p(say("outcome.how"), "quiet-words"),
    table({ caption: say("handin.result"), columns, rows: handed }),
  );
};

const called = (outcome) => [say(`outcome.${outcome}`), LOOKS[outcome]];

// The points and where they come from; what it waits for; or why it was refused.
const why = (one) => {
  if (one.problem) return one.problem.detail ?? one.problem.title;
  const made = one.record ?? one.deed;
  if (!made) return say("outcome.nothing.why");
  const lines = (made.explanation ?? []).map((line) => p(chosen(line), "quiet-words"));
  if (made.state === "posted") return h("div", {}, p(say("outcome.points", { points: points(made.points) })), lines);
  return say(made.state === "held" ? "outcome.held" : "outcome.reviews", { count: made.reviews_needed ?? 1 });
};
