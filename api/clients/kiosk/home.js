// What one has: points, what lapses and when, hours and stars; and where to go from there.

import { button, h, p } from "../kit/element.js";
import { count, day, grouped, hours, points } from "../kit/formats.js";
import { chosen, parts, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Activities } from "./activities.js";
import { Appraisals } from "./appraisals.js";
import { Certificates } from "./certificates.js";
import { Entries } from "./entries.js";
import { ChangePin, Code } from "./identity.js";
import { Prizes } from "./prizes.js";
import { Requests } from "./requests.js";
import { Reservations } from "./reservations.js";
import { Wishes } from "./wishes.js";

const LAPSES_SHOWN = 2;

export class Home extends Screen {
  async load() {
    const of = `/volunteers/${this.app.number}`;
    [this.person, this.balance, this.session, this.appraisals] = await Promise.all(
      [of, `${of}/balance`, "/auth/volunteer", "/me/appraisals"].map((path) => this.app.mine.get(path)),
    );
  }

  view() {
    const hello = say("home.hello", { name: this.person.name });
    const number = say("home.number", { number: grouped(this.app.number, 3, 3, 4) });
    return h(
      "div",
      { class: "home" },
      h("div", { class: "greeting" }, h("h1", {}, hello), p(number, "quiet-words")),
      this.session.assisted ? p(say("kiosk.assisted"), "assisted") : null,
      this.#points(),
      this.#service(),
      h("nav", { class: "ways", "aria-label": hello }, this.#ways()),
    );
  }

  spoken() {
    const available = points(this.balance.points.available);
    return say("home.spoken", { points: available, hours: hours(this.balance.minutes.total) });
  }

  // Whoever is helped shows no code and changes no PIN: that is for themselves alone.
  #ways() {
    const way = (Class, key, look, facts) => button(say(key, facts), () => this.app.go(Class), look);
    const asked = this.appraisals.items.length;
    return [
      way(Prizes, "home.prizes", "primary"),
      way(Entries, "home.entries", "primary"),
      this.balance.points.held > 0 ? way(Reservations, "home.reservations") : null,
      way(Activities, "home.activities"),
      way(Certificates, "home.certificates"),
      way(Wishes, "home.wishes"),
      way(Requests, "home.requests"),
      asked ? way(Appraisals, "home.appraisals", null, { count: asked }) : null,
      this.session.assisted ? null : [way(Code, "home.code"), way(ChangePin, "home.pin", "quiet")],
    ];
  }

  #points() {
    const held = this.balance.points;
    const line = (key, units) => (units > 0 ? p(say(key, { points: points(units) })) : null);
    const lapses = ({ points: units, on }, at) =>
      p(say("home.lapsing", { points: points(units), day: day(on) }), at ? null : "lapsing");
    return h(
      "section",
      { class: "panel balance", "aria-labelledby": "available" },
      h("h2", { id: "available" }, say("home.available")),
      p(parts("home.points", { points: h("output", { class: "huge" }, points(held.available)) }), "amount"),
      line("home.held", held.held),
      line("home.debt", held.debt),
      line("home.donate", held.donate_only),
      line("home.honour", held.honour),
      held.lapsing.slice(0, LAPSES_SHOWN).map(lapses),
      held.lapsing.length || !held.available ? null : p(say("home.lasting")),
    );
  }

  #service() {
    const stars = this.balance.star_level;
    return h(
      "section",
      { class: "panel service", "aria-labelledby": "service" },
      h("h2", { id: "service" }, say("home.hours")),
      p(hours(this.balance.minutes.total), "big"),
      stars
        ? p([h("span", { "aria-hidden": "true" }, "★".repeat(stars)), say("home.stars", { count: stars })], "stars")
        : p(say("home.no.star"), "stars"),
      this.#next(),
    );
  }

  // The way to the next star: what it still asks for, one line each.
  #next() {
    const { next } = this.balance;
    if (!next) return null;
    const title = chosen({ zh: next.title_zh, en: next.title_en });
    const lacking = Object.entries(next.lacking);
    if (!lacking.length) return p(say("home.next.reached", { title }), "enough");
    const line = ([metric, amount]) =>
      h("li", {}, say(`home.lacks.${metric}`, { count: metric === "points" ? points(amount) : count(amount) }));
    return [p(say("home.next", { title })), h("ul", { class: "lacks" }, lacking.map(line))];
  }
}

customElements.define("kiosk-home", Home);
