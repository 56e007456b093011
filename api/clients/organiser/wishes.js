// Micro-wishes to be granted: who holds which and until when, what the wisher has still to confirm, and what is free.

import { button, h, p } from "../kit/element.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { about, badge, everything, head, part } from "./looks.js";
import "./wish-words.js";

const SOON_DAYS = 3;
const DAY_MS = 86_400_000;

export class Wishes extends Screen {
  static under = "wishes";

  async load() {
    const { server } = this.app;
    const [held, done, hung, bank] = await Promise.all([
      everything(server, "/wish-claims"),
      everything(server, "/wishes", { state: "fulfilled" }),
      everything(server, "/wishes", { state: "published" }),
      server.get("/bank"),
    ]);
    const taken = new Map();
    for (const claim of held) taken.set(claim.wish_id, (taken.get(claim.wish_id) ?? 0) + 1);
    const free = hung.filter((wish) => (taken.get(wish.id) ?? 0) < wish.claimers_at_most);
    Object.assign(this, { held, done, free, today: bank.today });
  }

  view() {
    return h(
      "div",
      { class: "page" },
      head(say("wishes.title"), {
        under: say("wishes.how"),
        acts: [button(say("wishes.take.in"), () => this.app.go("wish-form"), "primary")],
      }),
      part(say("wishes.held"), this.#list(this.held, "wishes.held.empty", (claim) => this.#claim(claim))),
      part(say("wishes.done"), this.#list(this.done, "wishes.done.empty", (wish) => this.#wish(wish, "wishes.look"))),
      part(say("wishes.free"), this.#list(this.free, "wishes.free.empty", (wish) => this.#wish(wish, "wishes.claim"))),
    );
  }

  #list(rows, empty, line) {
    return rows.length ? h("ul", { class: "lines" }, rows.map(line)) : p(say(empty), "empty");
  }

  #claim(claim) {
    const left = Math.round((Date.parse(claim.until_on) - Date.parse(this.today)) / DAY_MS);
    const until = say("wishes.until", { day: day(claim.until_on) });
    return h(
      "li",
      { class: "line" },
      h(
        "div",
        {},
        h("h3", {}, claim.text),
        p(say("wishes.holder", { name: claim.name, number: grouped(claim.volunteer_no, 3, 3, 4) })),
        p(until, "quiet-words"),
      ),
      h(
        "div",
        { class: "actions" },
        left <= SOON_DAYS ? badge(say("wishes.left", { days: left }), "care") : null,
        this.#open(claim.wish_id, "wishes.prove", claim.text, "primary"),
      ),
    );
  }

  #wish(wish, act) {
    return h(
      "li",
      { class: "line" },
      h("div", {}, h("h3", {}, wish.text), p(say("wishes.worth", { points: points(wish.points), kind: say(`wish.kind.${wish.kind}`) }), "quiet-words")),
      h("div", { class: "actions" }, this.#open(wish.id, act, wish.text)),
    );
  }

  #open(wish_id, act, words, look = null) {
    return button(say(act), () => this.app.go("wish", { wish_id }), look, about(say(act), words));
  }
}

customElements.define("organiser-wishes", Wishes);
