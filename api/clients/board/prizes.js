// Prizes: what they cost, how many there are, at which desk, and who may have them.

import { h, p } from "../kit/element.js";
import { count, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { all } from "./data.js";
import { sheet } from "./parts.js";

export class Prizes extends Screen {
  async load() {
    const prizes = await all(this.app.server, "/showcase");
    this.prizes = prizes.sort((one, other) => one.cost_points - other.cost_points);
  }

  view() {
    const desks = [...new Set(this.prizes.flatMap((prize) => prize.desks.map((desk) => desk.desk)))];
    return sheet(
      "prizes",
      say("prizes.title"),
      p(say("prizes.lead"), "lead"),
      this.prizes.length
        ? h("ul", { class: "prizes" }, this.prizes.map(prize))
        : h("div", { class: "empty panel" }, say("prizes.empty")),
      desks.length > 1 ? this.#desks(desks) : null,
    );
  }

  // Which desk has how many of what: one line a desk.
  #desks(desks) {
    const at = (name) => (prize) => prize.desks.find((desk) => desk.desk === name)?.quantity ?? 0;
    const rows = desks.map((name) => ({ name, has: new Map(this.prizes.map((each) => [each.id, at(name)(each)])) }));
    const shown = this.prizes.map((each) => {
      return { key: each.id, label: each.title, number: true, cell: ({ has }) => count(has.get(each.id)) };
    });
    const columns = [{ key: "name", label: say("prizes.desk"), head: true }, ...shown];
    return h("section", { class: "panel" }, table({ caption: say("prizes.where"), columns, rows }));
  }
}

const prize = (each) =>
  h(
    "li",
    { class: "panel" },
    each.picture ? h("img", { src: each.picture, alt: "", loading: "lazy" }) : null,
    h("h2", {}, each.title),
    p(say("prizes.cost", { points: points(each.cost_points) }), "cost"),
    p(stock(each), each.quantity ? "good-words" : "quiet-words"),
    termsOf(each.terms).map((words) => p(words, "quiet-words")),
  );

export const stock = ({ quantity, kind }) => (quantity ? say(`prizes.left.${kind}`, { count: count(quantity) }) : say("prizes.out"));

// Who may have it, a sentence for each condition.
const termsOf = (terms) => {
  const asked = [
    terms.limit && say(`terms.limit.${terms.limit.per}`, { count: terms.limit.items }),
    terms.balance_at_least && say("terms.balance", { points: points(terms.balance_at_least) }),
    terms.hours_at_least && say("terms.hours", { count: terms.hours_at_least }),
    terms.star_level_at_least && say("terms.stars", { count: terms.star_level_at_least }),
    terms.local_only && say("terms.local"),
  ];
  return asked.filter(Boolean);
};

customElements.define("board-prizes", Prizes);
