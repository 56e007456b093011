// Prizes: everybody may look; whoever is known sees what they can have.

import { h } from "../kit/element.js";
import { points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 200;

export class Prizes extends Screen {
  available = null;

  async load() {
    const known = this.app.number !== null;
    const [page, balance] = await Promise.all([
      (known ? this.app.mine : this.app.hall).get("/prizes", { limit: PAGE }),
      known ? this.app.mine.get(`/volunteers/${this.app.number}/balance`) : null,
    ]);
    this.prizes = page.items.filter((prize) => prize.on_shelf).sort((a, b) => a.cost_points - b.cost_points);
    this.available = balance?.points.available ?? null;
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("prizes.title")),
      this.available === null ? null : h("p", {}, say("prizes.mine", { points: points(this.available) })),
      this.prizes.length ? h("ul", { class: "prizes" }, this.prizes.map((prize) => this.#prize(prize))) : h("p", { class: "empty panel" }, say("prizes.empty")),
      this.prizes.length ? h("p", { class: "quiet-words" }, say("prizes.how")) : null,
    );
  }

  #prize(prize) {
    const missing = this.available === null ? null : prize.cost_points - this.available;
    return h(
      "li",
      { class: "panel prize" },
      h("h2", {}, prize.title),
      h("p", { class: "cost" }, say("prizes.cost", { points: points(prize.cost_points) })),
      missing === null ? null : h("p", { class: missing > 0 ? "short" : "enough" }, missing > 0 ? say("prizes.missing", { points: points(missing) }) : say("prizes.enough")),
    );
  }
}

customElements.define("kiosk-prizes", Prizes);
