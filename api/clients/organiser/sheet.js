// The attendance list on paper: who signed up, room for who comes besides, and a column to sign in.

import { h, p } from "../kit/element.js";
import { grouped } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { when } from "./looks.js";

const BLANK_LINES = 8;
const COLUMNS = ["number", "name", "volunteer", "in", "out", "signature"];

// `people` are { name, volunteer_no } and, where they came already, { from, to } as times of day.
export const sheet = (activity, session, people) => {
  const listed = [...people].sort((a, b) => a.volunteer_no.localeCompare(b.volunteer_no));
  const blank = Array.from({ length: BLANK_LINES }, () => ({ name: "", volunteer_no: "" }));
  const line = (one, at) =>
    h(
      "tr",
      {},
      h("td", {}, String(at + 1)),
      h("td", {}, one.name),
      h("td", {}, grouped(one.volunteer_no, 3, 3, 4)),
      h("td", {}, one.from ?? ""),
      h("td", {}, one.to ?? ""),
      h("td", {}),
    );
  return [
    h("h1", {}, say("sheet.title", { title: activity.title })),
    p([when(session), " · ", session.place ?? activity.place]),
    p(say("sheet.person", { person: activity.person_in_charge })),
    h(
      "table",
      { class: "signed" },
      h("thead", {}, h("tr", {}, COLUMNS.map((column) => h("th", { scope: "col" }, say(`sheet.${column}`))))),
      h("tbody", {}, [...listed, ...blank].map(line)),
    ),
    p(say("sheet.foot"), "quiet-words"),
  ];
};
