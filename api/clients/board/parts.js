// What several screens of the board share: the way around it, and how it is printed.

import { button, h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { printed } from "../kit/print.js";
import { Screen } from "../kit/screen.js";
import "./words.js";

const WAYS = ["", "rules", "decisions", "notices", "prizes", "wishes", "appraisals", "requests", "totals", "trust"];

const way = (name, here) => {
  const words = say(name ? `ways.${name}` : "ways.overview");
  return h("li", {}, h("a", { href: `#${name}`, "aria-current": name === here && "page" }, words));
};

// A screen of the board: where one is, its title, what it says, and that it can be printed.
export const sheet = (here, title, ...content) =>
  h(
    "div",
    { class: "board" },
    h("nav", { class: "around", "aria-label": say("ways") }, h("ul", {}, WAYS.map((name) => way(name, here)))),
    h("h1", {}, title),
    content,
    h(
      "div",
      { class: "actions unprinted" },
      button(say("print"), () => window.print(), "quiet"),
      h("a", { href: "#hall", class: "quiet" }, say("hall.open")),
    ),
    h("div", { class: "on-paper" }, printed(), p(say("print.from", { address: location.host }))),
  );

// "As of entry 17,268, on 22 November 2026."
export const asOf = (size, today) => p(say("as.of", { size: count(size), today: day(today) }), "quiet-words");

// What a side of the sum is called: where points come "from" or go "to".
export const nameOf = (way, purpose) => (way === "from" ? say(`from.${purpose}`) : say(`to.${purpose}`));

export class Unknown extends Screen {
  view() {
    return sheet(null, say("unknown"), h("p", {}, h("a", { href: "#" }, say("ways.overview"))));
  }
}

customElements.define("board-unknown", Unknown);
