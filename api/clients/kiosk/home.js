// What one has: points, what lapses and when, hours and stars; and where to go from there.

import { h } from "../kit/element.js";
import { day, grouped, hours, points } from "../kit/formats.js";
import { parts, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { ChangePin, Code } from "./identity.js";
import { Entries } from "./entries.js";
import { Prizes } from "./prizes.js";

const LAPSES_SHOWN = 2;

export class Home extends Screen {
  async load() {
    const of = `/volunteers/${this.app.number}`;
    [this.person, this.balance, this.session] = await Promise.all(
      [of, `${of}/balance`, "/auth/volunteer"].map((path) => this.app.mine.get(path)),
    );
  }

  view() {
    const way = (Class, words, look) => h("button", { type: "button", class: look, onclick: () => this.app.go(Class) }, words);
    return h(
      "div",
      { class: "home" },
      h("div", { class: "greeting" }, h("h1", {}, say("home.hello", { name: this.person.name })), h("p", { class: "quiet-words" }, say("home.number", { number: grouped(this.app.number, 3, 3, 4) }))),
      this.session.assisted ? h("p", { class: "assisted" }, say("kiosk.assisted")) : null,
      this.#points(),
      this.#service(),
      h(
        "nav",
        { class: "ways", "aria-label": say("home.hello", { name: this.person.name }) },
        way(Prizes, say("home.prizes"), "primary"),
        way(Entries, say("home.entries"), "primary"),
        this.session.assisted ? null : [way(Code, say("home.code")), way(ChangePin, say("home.pin"), "quiet")],
      ),
    );
  }

  spoken() {
    return say("home.spoken", { points: points(this.balance.points.available), hours: hours(this.balance.minutes.total) });
  }

  #points() {
    const held = this.balance.points;
    const line = (key, units) => (units > 0 ? h("p", {}, say(key, { points: points(units) })) : null);
    const lapsing = held.lapsing.slice(0, LAPSES_SHOWN);
    return h(
      "section",
      { class: "panel balance", "aria-labelledby": "available" },
      h("h2", { id: "available" }, say("home.available")),
      h("p", { class: "amount" }, parts("home.points", { points: h("output", { class: "huge" }, points(held.available)) })),
      line("home.held", held.held),
      line("home.debt", held.debt),
      line("home.donate", held.donate_only),
      line("home.honour", held.honour),
      lapsing.map((lot, at) => h("p", { class: at ? null : "lapsing" }, say("home.lapsing", { points: points(lot.points), day: day(lot.on) }))),
      lapsing.length || !held.available ? null : h("p", {}, say("home.lasting")),
    );
  }

  #service() {
    const stars = this.balance.star_level;
    return h(
      "section",
      { class: "panel service", "aria-labelledby": "service" },
      h("h2", { id: "service" }, say("home.hours")),
      h("p", { class: "big" }, hours(this.balance.minutes.total)),
      h(
        "p",
        { class: "stars" },
        stars ? h("span", { "aria-hidden": "true" }, "★".repeat(stars)) : null,
        stars ? say("home.stars", { count: stars }) : say("home.no.star"),
      ),
    );
  }
}

customElements.define("kiosk-home", Home);
