// Labels for the shelf: title, points, and bars that a scanner reads.

import { h, p } from "../kit/element.js";
import { points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";
import { bars } from "./bars.js";
import { key } from "./keys.js";
import { offered, short } from "./shelf.js";

export class Labels extends Screen {
  async load() {
    this.prizes = await offered(this.app);
  }

  view() {
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("labels.title")),
      p(say("labels.how"), "quiet-words"),
      h(
        "div",
        { class: "actions" },
        key("F10", say("labels.print"), () => print(this.#sheet(), "sheet"), "primary", { disabled: !this.prizes.length }),
        key("Escape", say("goods.back"), () => this.app.toStock(), "quiet"),
      ),
      this.prizes.length ? this.#sheet() : p(say("stock.none"), "empty panel"),
    );
  }

  begin() {
    this.querySelector("button")?.focus();
  }

  #sheet() {
    const label = (prize) =>
      h(
        "li",
        { class: "shelf-label" },
        h("strong", {}, prize.title),
        p(say("till.points", { points: points(prize.cost_points) })),
        bars(prize.code),
        p(say("till.code", { code: short(prize.code) })),
      );
    return h("ul", { class: "labels" }, this.prizes.map(label));
  }
}

customElements.define("desk-labels", Labels);
