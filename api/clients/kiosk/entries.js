// The statement, in plain words: what came, what went, and why.

import { ask } from "../kit/dialog.js";
import { h } from "../kit/element.js";
import { day, hours, points, signed } from "../kit/formats.js";
import { chosen, knows, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 10;

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
    const choice = (unit, words) =>
      h("button", { type: "button", "aria-pressed": String(this.unit === unit), onclick: () => this.app.go(Entries, { unit }) }, words);
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("entries.title")),
      h("div", { class: "actions choice" }, choice("points", say("entries.points")), choice("minutes", say("entries.minutes"))),
      this.entries.length ? h("ol", {}, this.entries.map((entry) => this.#entry(entry))) : h("p", { class: "empty panel" }, say("entries.empty")),
      h("div", { class: "actions" }, this.cursor ? h("button", { type: "button", onclick: () => this.#more() }, say("kit.more")) : null),
    );
  }

  #entry(entry) {
    const kind = knows(`kind.${entry.kind}`) ? `kind.${entry.kind}` : "kind.other";
    const written = this.unit === "points" ? signed(entry.amount) : timed(entry.amount);
    const after = this.unit === "points" ? points(entry.balance_after) : hours(entry.balance_after);
    return h(
      "li",
      { class: "panel entry" },
      h("div", { class: "of" }, h("h2", {}, say(kind)), h("p", { class: "quiet-words" }, h("time", { datetime: entry.on }, day(entry.on)))),
      h("p", { class: `amount ${entry.amount < 0 ? "out" : "in"}` }, written),
      h("div", { class: "why" }, entry.explanation.map((line) => h("p", {}, chosen(line)))),
      h("div", { class: "after" }, h("p", { class: "quiet-words" }, say("entries.after", { balance: after })), h("button", { type: "button", class: "quiet", onclick: () => this.#wrong(entry) }, say("entries.wrong"))),
    );
  }

  #wrong(entry) {
    ask(say("entries.wrong.title"), h("p", {}, say("entries.wrong.how", { seq: entry.seq })), [["", say("kit.close"), "primary"]]);
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

// Minutes with their sign.
const timed = (minutes) => (minutes < 0 ? say("format.less", { time: hours(-minutes) }) : say("format.plus", { time: hours(minutes) }));

customElements.define("kiosk-entries", Entries);
