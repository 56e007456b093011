// What waits for whoever is signed in, the most pressing first, and the way to each.

import { button, h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { DUTIES } from "./waiting.js";

export class Home extends Screen {
  async load() {
    const mine = DUTIES.filter((duty) => duty.scopes.every((scope) => this.app.may(scope)));
    const found = await Promise.all(mine.map(async (duty) => ({ duty, found: await duty.ask(this.app) })));
    this.waiting = found.filter(({ found: { items } }) => items.length);
    this.done = found.filter(({ found: { items } }) => !items.length);
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("home.hello", { name: this.app.me.name })),
      p(say("home.today", { day: day(this.app.bank.today) }), "quiet-words"),
      this.waiting.length
        ? h("ul", { class: "duties" }, this.waiting.map((each) => h("li", {}, this.#duty(each))))
        : p(say("home.nothing"), "empty panel"),
      this.waiting.length && this.done.length
        ? p(say("home.rest", { what: this.done.map(({ duty }) => say(`duty.${duty.id}`)).join(say("list.comma")) }), "quiet-words")
        : null,
    );
  }

  #duty({ duty, found }) {
    const many = found.items.length;
    const number = found.more ? say("home.more.than", { count: count(many) }) : count(many);
    const urgent = duty.urgent?.(found.items, this.app) ?? null;
    return h(
      "section",
      { class: `panel duty ${urgent ? "pressing" : ""}`, "aria-labelledby": `duty-${duty.id}` },
      h("h2", { id: `duty-${duty.id}` }, say(`duty.${duty.id}`)),
      h("output", { class: "many" }, number),
      p(say(`duty.${duty.id}.why`), "quiet-words"),
      urgent ? p(urgent, "care") : null,
      h("div", { class: "actions" }, button(say("home.see"), () => this.app.visit(duty.screen, duty.given), "primary", {
        "aria-describedby": `duty-${duty.id}`,
      })),
    );
  }
}

customElements.define("admin-home", Home);
