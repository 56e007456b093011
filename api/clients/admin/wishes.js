// Micro-wishes: what waits for somebody's word first, who holds which wish and for how long, and what came of the rest.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day, dayOf, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { choices, pageOf } from "./listing.js";
import { NewWish } from "./wish-new.js";
import { Wish } from "./wish.js";
import "./wish-words.js";

const HELD = "held";
const STATES = ["collected", HELD, "fulfilled", "published", "confirmed", "refused", "withdrawn"];
const SOON_DAYS = 3;

export class Wishes extends Screen {
  async load() {
    this.state = this.given.state ?? STATES[0];
    [this.path, this.query] = this.state === HELD ? ["/wish-claims", {}] : ["/wishes", { state: this.state }];
    this.page = await pageOf(this.app.server, this.path, this.query);
  }

  view() {
    const turn = (state) => this.app.visit("wishes", { state });
    return h(
      "div",
      { class: "list" },
      h(
        "div",
        { class: "headed" },
        h("h1", {}, say("wishes.title")),
        this.app.may("wishes:write") ? button(say("wish.new"), () => this.app.open(NewWish), "primary") : null,
      ),
      choices(say("queue.state"), STATES.map((state) => [state, say(`wishes.state.${state}`)]), this.state, turn),
      p(say(`wishes.how.${this.state}`), "quiet-words"),
      table({
        caption: say(`wishes.state.${this.state}`),
        columns: this.state === HELD ? this.#held() : this.#wishes(),
        rows: this.page.rows,
        more: this.page.more,
        empty: say(`wishes.empty.${this.state}`),
        exports: exportsOf(this.app.server, this.path, this.query),
      }),
    );
  }

  #open(id, words) {
    const more = { "aria-label": say("wishes.open.one", { words }) };
    return button(say("wishes.open"), () => this.app.open(Wish, { id }), "quiet", more);
  }

  #wishes() {
    const { places } = this.app;
    const since = { collected: "collected_at", published: "verified_at", fulfilled: "fulfilled_at" }[this.state] ?? "ended_at";
    const words = (wish) => wish.text ?? wish.words;
    const when = (wish) => (wish[since] ? day(dayOf(wish[since])) : "");
    const columns = [
      { key: "words", label: say("wish.words"), head: true, cell: words },
      { key: "kind", narrow: true, label: say("wish.kind"), cell: (wish) => say(`wish.kind.${wish.kind}`) },
      { key: "asker", narrow: true, label: say("wish.asker"), cell: asker },
      { key: "organisation", label: say("admin.organisation"), cell: (wish) => places.name(wish.organisation_id) },
      { key: "since", narrow: true, label: say(`wishes.since.${since}`), cell: when, sort: (wish) => wish[since] ?? "" },
    ];
    const worth = { key: "points", number: true, label: say("wish.points"), cell: ({ points: units }) => (units === null ? "" : points(units)) };
    const why = { key: "reason", label: say("wish.reason"), cell: ({ reason }) => (reason ? say(`wish.because.${reason}`) : "") };
    const last = { key: "open", narrow: true, label: say("admin.open"), cell: (wish) => this.#open(wish.id, words(wish)) };
    const more = { collected: [], refused: [why], withdrawn: [why] }[this.state] ?? [worth];
    return [...columns, ...more, last];
  }

  #held() {
    return [
      { key: "text", label: say("wish.words"), head: true },
      { key: "name", narrow: true, label: say("wish.holder"), cell: (claim) => holder(claim) },
      { key: "until", narrow: true, label: say("wish.until"), cell: (claim) => this.#until(claim), sort: (claim) => claim.until_on },
      { key: "open", narrow: true, label: say("admin.open"), cell: (claim) => this.#open(claim.wish_id, claim.text) },
    ];
  }

  #until({ until_on }) {
    const left = Math.round((Date.parse(until_on) - Date.parse(this.app.bank.today)) / 86_400_000);
    return left > SOON_DAYS ? day(until_on) : h("strong", {}, say("wishes.soon", { day: day(until_on), days: left }));
  }
}

const asker = (wish) => {
  const name = wish.asker ?? say("wish.asker.gone");
  return wish.is_minor ? say("wish.asker.minor", { name }) : name;
};

// Somebody by masked name and number.
export const holder = ({ name, volunteer_no }) => say("wish.person", { name, number: grouped(volunteer_no, 3, 3, 4) });

customElements.define("admin-wishes", Wishes);
