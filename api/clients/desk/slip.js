// The slip: what went over, on the narrow paper, with bars for the day it comes back and a code for whoever checks it.

import { h, p } from "../kit/element.js";
import { count, day, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { bars } from "./bars.js";
import { machine } from "./machine.js";

// Prints the slip of a redemption; each print after the first says that it is a copy.
export const printSlip = async ({ api }, id) => {
  const width = Number(machine.paper);
  const slip = await api.post(`/redemptions/${id}/slips`, { width });
  const code = slip.link ? await picture(slip.link.split("#")[1]) : null;
  await print(paper(slip, code), `slip-${width}`);
};

const picture = async (token) => {
  const made = h("img", { class: "check", src: `/api/v1/receipts/${token}/qr`, alt: say("slip.code") });
  await made.decode().catch(() => {});
  return made;
};

const paper = (slip, code) => {
  const row = (words, value) => h("tr", {}, h("th", { scope: "row" }, words), h("td", {}, value));
  return [
    h("h2", {}, slip.bank),
    p(say("slip.title")),
    slip.copy ? p(say("slip.copy", { count: slip.copy }), "mark") : null,
    slip.is_refunded ? p(say("slip.refunded"), "mark") : null,
    h(
      "table",
      { class: "goods" },
      h("tbody", {}, slip.lines.map((line) => h("tr", {}, h("td", {}, line.title), times(line), cost(line)))),
    ),
    h(
      "table",
      {},
      h(
        "tbody",
        {},
        row(say("slip.sum"), points(slip.points)),
        row(say(slip.is_shared ? "slip.left.shared" : "slip.left"), points(slip.balance_after)),
        row(say("slip.day"), day(slip.redeemed_on)),
        row(say("slip.desk"), slip.desk),
        row(say("slip.volunteer"), say("slip.tail", { tail: slip.volunteer_tail })),
        row(say("slip.clerk"), slip.clerk),
        row(say("slip.number"), slip.number),
      ),
    ),
    bars(slip.number),
    code,
    code ? p(say("slip.check")) : null,
  ].filter(Boolean);
};

const times = (line) => h("td", {}, say("slip.times", { count: count(line.quantity), cost: points(line.cost_points) }));
const cost = (line) => h("td", { class: "number" }, points(line.quantity * line.cost_points));
