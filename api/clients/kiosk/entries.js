// The statement, in plain words: what came, what went, and why.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { day, dayOf, hours, points, signed } from "../kit/formats.js";
import { chosen, knows, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 10;
const DISPUTES = 50;
const REASONS = ["hours_wrong", "day_wrong", "points_wrong", "not_me", "other"];
const DAYS_BACK = 7;
const DAY_MS = 86_400_000;
const SET_ASIDE = ["reservation", "reservation_release"];

export class Entries extends Screen {
  entries = [];
  cursor = null;

  async load() {
    this.unit = this.given.unit ?? "points";
    const [page] = await Promise.all([this.app.mine.get("/me/disputes", { limit: DISPUTES }), this.#fetch()]);
    this.disputes = page.items;
  }

  async #fetch() {
    const query = { unit: this.unit, limit: PAGE, cursor: this.cursor };
    const page = await this.app.mine.get(`/volunteers/${this.app.number}/statement`, query);
    this.entries.push(...page.items);
    this.cursor = page.next_cursor;
  }

  view() {
    const choice = (unit) => {
      const look = { "aria-pressed": String(this.unit === unit) };
      return button(say(`entries.${unit}`), () => this.app.go(Entries, { unit }), null, look);
    };
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("entries.title")),
      h("div", { class: "actions choice" }, ["points", "minutes"].map(choice)),
      this.entries.length
        ? h("ol", {}, together(this.entries).map((entry) => this.#entry(entry)))
        : p(say("entries.empty"), "empty panel"),
      h(
        "div",
        { class: "actions" },
        this.cursor ? button(say("kit.more"), () => this.#more()) : null,
        button(say("entries.missing"), () => this.#missing(), "quiet"),
      ),
      this.disputes.filter((each) => each.disputed_seq === null).map((each) => p(told(each), "panel disputed")),
    );
  }

  #entry(entry) {
    const kind = knows(`kind.${entry.kind}`) ? `kind.${entry.kind}` : "kind.other";
    const balance = this.unit === "points" ? points(entry.balance_after) : hours(entry.balance_after);
    const on = h("time", { datetime: entry.on }, day(entry.on));
    return h(
      "li",
      { class: "panel entry" },
      h("div", {}, h("h2", {}, say(kind)), p(on, "quiet-words")),
      p(this.unit === "points" ? counted(entry) : timed(entry.amount), `amount ${entry.amount < 0 ? "out" : "in"}`),
      h("div", { class: "why" }, entry.explanation.map((line) => p(chosen(line)))),
      h(
        "div",
        { class: "after" },
        p(say("entries.after", { balance }), "quiet-words"),
        button(say("entries.wrong"), () => this.#wrong(entry), "quiet"),
      ),
      this.disputes.filter((each) => each.disputed_seq === entry.seq).map((each) => p(told(each), "disputed why")),
    );
  }

  // The reasons are ready to touch: few can type in a hall. Whoever has more to say tells the staff.
  async #wrong({ seq }) {
    const reasons = REASONS.map((each) => [each, say(`entries.because.${each}`)]);
    const code = await choose("entries.wrong", reasons);
    if (code) await this.#dispute({ transaction_seq: seq, reason_code: code });
  }

  async #missing() {
    const back = Array.from({ length: DAYS_BACK }, (_, days) => dayOf(new Date(Date.now() - days * DAY_MS).toISOString()));
    const on = await choose("entries.missing", back.map((each) => [each, day(each)]));
    if (on) await this.#dispute({ day: on, reason_code: "missing" });
  }

  async #dispute(body) {
    try {
      const made = await this.app.mine.posting("/me/disputes").send(body);
      const number = h("output", { class: "pickup" }, String(made.transaction_seq));
      const words = [number, p(say("entries.disputed.how"))];
      await ask(say("entries.disputed.title"), words, [["", say("kit.close"), "primary"]]);
    } catch (error) {
      return this.app.failed(error);
    }
    await this.app.go(Entries, { unit: this.unit });
  }

  async #more() {
    try {
      await this.#fetch();
      this.draw();
    } catch (error) {
      this.app.failed(error);
    }
  }
}

// One entry for each posting, whatever lots it took from. Setting aside leaves the balance as it is: `moved` says how
// much was held or let go.
const together = (entries) => {
  const found = new Map();
  for (const entry of entries) {
    const of = found.get(entry.seq) ?? { ...entry, amount: 0, moved: 0 };
    of.amount += entry.amount;
    if (SET_ASIDE.includes(entry.kind)) of.moved += Math.max(0, entry.amount);
    found.set(entry.seq, of);
  }
  return [...found.values()];
};

const counted = ({ kind, amount, moved }) =>
  moved ? say(`entries.moved.${kind}`, { points: points(moved) }) : signed(amount);

const timed = (minutes) => say(minutes < 0 ? "format.less" : "format.plus", { time: hours(Math.abs(minutes)) });

const choose = (key, choices) =>
  ask(say(`${key}.title`), p(say(`${key}.how`)), [...choices, ["", say("kit.close"), "quiet"]]);

// What became of a dispute: by when it is answered, or the answer.
const told = ({ state, transaction_seq: seq, due_on, answer, reason_code }) => {
  const what = say(`entries.because.${reason_code}`);
  const until = day(due_on);
  return say(`entries.disputed.${state}`, { seq, what, until, answer: answer ?? "" });
};

customElements.define("kiosk-entries", Entries);
