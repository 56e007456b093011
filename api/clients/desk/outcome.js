// What comes of the basket: what is missing yet, every reason for a no, that it can be had, or that it was done.

import { h, p } from "../kit/element.js";
import { points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";

// `till` has `done`, `isUnknown`, `verdict`, `customer` and `basket` (see till.js).
export const outcomeView = (till) => {
  if (till.done) return doneView(till.done);
  if (till.isUnknown) return [p(say("kit.away.unknown"), "refused")];
  if (!till.verdict) {
    return [p(say(till.basket.isEmpty || !till.customer ? "till.waits" : "till.checking"), "quiet-words")];
  }
  const { possible, reasons, notices } = till.verdict;
  return [
    possible
      ? p(say("till.possible"), "good")
      : h("ul", { class: "refused" }, reasons.map((one) => h("li", {}, chosen(one)))),
    ...notices.map((one) => p(chosen(one), "care")),
  ];
};

const doneView = ({ answer, left }) => [
  p(say("till.done"), "good large"),
  p(say("till.done.points", { points: points(answer.points) })),
  p(left === null ? "" : say("till.done.left", { points: points(left) }), "large left"),
  p(say("till.done.receipt", { number: answer.receipt.number }), "quiet-words"),
  ...(answer.notices ?? []).map((one) => p(chosen(one), "care")),
];
