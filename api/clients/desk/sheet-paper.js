// The day sheet on A4: what was there, what moved, what was counted, between which transactions; and two lines to sign.

import { h, p } from "../kit/element.js";
import { count, day, points } from "../kit/formats.js";
import { say } from "../kit/language.js";

const MOVES = ["opening", "received", "transferred", "handed_out", "returned", "written_off", "adjusted", "expected", "held", "counted"];

const counted = ({ differences }, differs) =>
  differences.length ? h("ul", {}, differences.map(differs)) : p(say("sheet.agrees"));

export const sheetPaper = (sheet) => {
  const told = (line, name) => (line[name] === null ? "" : line[name] < 0 ? `−${count(-line[name])}` : count(line[name]));
  const column = (name) => h("th", { scope: "col", class: "number" }, say(`sheet.${name}`));
  const head = h("tr", {}, h("th", { scope: "col" }, say("stock.prize")), MOVES.map(column));
  const row = (line) => h("tr", {}, h("td", {}, line.title), MOVES.map((name) => h("td", { class: "number" }, told(line, name))));
  const facts = {
    redemptions: count(sheet.points.redemptions),
    redeemed: points(sheet.points.redeemed),
    refunds: count(sheet.points.refunds),
    refunded: points(sheet.points.refunded),
  };
  const differs = (line) => {
    const reason = line.reason ? say(`reason.${line.reason}`) : "";
    return h("li", {}, say("sheet.differs", { title: line.title, expected: count(line.expected), counted: count(line.counted), reason }));
  };
  return [
    h("h1", {}, say("sheet.of", { desk: sheet.desk_name, day: day(sheet.session.opened_on) })),
    p(say(`top.day.${sheet.session.state}`)),
    h("table", {}, h("thead", {}, head), h("tbody", {}, sheet.lines.map(row))),
    p(say("sheet.points", facts)),
    sheet.session.state === "open" ? p(say("sheet.uncounted")) : counted(sheet, differs),
    p(say("sheet.seqs", { from: sheet.from_seq, until: sheet.until_seq })),
    h("p", { class: "leaf" }, say("sheet.leaf", { hash: sheet.leaf_hash })),
    h("p", { class: "signs" }, h("span", {}, say("sheet.first")), h("span", {}, say("sheet.second"))),
  ];
};
