// Prizes: everybody may look; whoever is known sees what they can have, and sets it aside.

import { button, h, p } from "../kit/element.js";
import { points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { reserve } from "./reservations.js";

const PAGE = 200;

export class Prizes extends Screen {
  async load() {
    const { number, mine, hall } = this.app;
    const [page, balance, desks] = await Promise.all([
      (number ? mine : hall).get("/prizes", { limit: PAGE }),
      number ? mine.get(`/volunteers/${number}/balance`) : null,
      number ? hall.get("/desks", { limit: PAGE }) : null,
    ]);
    this.prizes = page.items.filter((prize) => prize.on_shelf).sort((a, b) => a.cost_points - b.cost_points);
    this.available = balance?.points.available ?? null;
    this.desks = desks?.items ?? [];
    this.reserving = new Map(this.prizes.map((prize) => [prize.id, mine.posting("/reservations")]));
  }

  view() {
    const known = this.available !== null;
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("prizes.title")),
      known ? p(say("prizes.mine", { points: points(this.available) })) : null,
      this.prizes.length
        ? h("ul", { class: "prizes" }, this.prizes.map((prize) => this.#prize(prize)))
        : p(say("prizes.empty"), "empty panel"),
      this.prizes.length ? p(say("prizes.how"), "quiet-words") : null,
    );
  }

  #prize(prize) {
    return h(
      "li",
      { class: "panel prize" },
      h("h2", {}, prize.title),
      p(say("prizes.cost", { points: points(prize.cost_points) }), "cost"),
      this.available === null ? null : this.#mine(prize, prize.cost_points - this.available),
    );
  }

  #mine(prize, missing) {
    if (missing > 0) return p(say("prizes.missing", { points: points(missing) }), "short");
    const act = (event) => reserve(this.app, prize, this.desks, this.reserving.get(prize.id), event.currentTarget);
    return [
      p(say("prizes.enough"), "enough"),
      this.desks.length ? button(say("prizes.reserve"), act, "primary") : null,
    ];
  }
}

customElements.define("kiosk-prizes", Prizes);
