// The statement, in plain words: what came, what went, and why.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { day, hours, points, signed } from "../kit/formats.js";
import { chosen, knows, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 10;
const SET_ASIDE = ["reservation", "reservation_release"];

export class Entries extends Screen {
  entries = [];
  cursor = null;

  async load() {
    this.unit = this.given.unit ?? "points";
    await this.#fetch();
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
      h("div", { class: "actions" }, this.cursor ? button(say("kit.more"), () => this.#more()) : null),
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
        button(say("entries.wrong"), () => wrong(entry), "quiet"),
      ),
    );
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

const wrong = ({ seq }) =>
  ask(say("entries.wrong.title"), p(say("entries.wrong.how", { seq })), [["", say("kit.close"), "primary"]]);

customElements.define("kiosk-entries", Entries);
