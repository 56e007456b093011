// The lines of a notice as a table, before and after it hangs.

import { day, hours, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import "./notice-words.js";

// Lines as they hang: masked names and the last digits of the number.
export const linesTable = (rows, caption, more = {}) =>
  table({
    caption,
    columns: [
      { key: "line", narrow: true, label: say("lines.number"), number: true },
      { key: "who", narrow: true, label: say("lines.who"), cell: whose },
      { key: "activity", label: say("lines.what") },
      { key: "on", narrow: true, label: say("lines.day"), cell: (line) => (line.on ? day(line.on) : "") },
      { key: "minutes", label: say("lines.time"), number: true, cell: (line) => (line.minutes === null ? "" : hours(line.minutes)) },
      { key: "points", label: say("lines.points"), number: true, cell: (line) => (line.points === null ? "" : points(line.points)) },
      ...(more.columns ?? []),
    ],
    rows,
    more: more.more ?? null,
    exports: more.exports ?? [],
  });

const whose = (line) => {
  if (line.tail === null) return say("lines.erased");
  return line.name ? say("lines.named", { name: line.name, tail: line.tail }) : say("lines.unnamed", { tail: line.tail });
};
