// A queue: what waits for somebody's word, one card each, the longest waiting first. A screen of it says where it is
// read, what a card tells, and what may be done.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { FormScreen, required } from "./forms.js";
import { choices, facts, pageOf, takeAway } from "./listing.js";

// What extends it has `id`, `path`, `states` (the first is what waits), and answers `said(key)` (its own words),
// `heading(item)`, `told(item)` (pairs for facts), `acts(item)`: { name, path, body, look, needs, reason } with `needs`
// where a reason must be given and `reason` false where none can.
export class Queue extends FormScreen {
  notes() {
    return null;
  }

  async load() {
    this.state = this.given.state ?? this.states[0];
    this.query = this.asked(this.state);
    const page = await pageOf(this.app.server, this.path, this.query);
    this.items = page.rows;
    this.more = page.more;
    this.postings = new Map();
  }

  asked(state) {
    return { state };
  }

  view() {
    const state = (each) => [each, this.said(`state.${each}`)];
    const turn = (next) => this.app.visit(this.id, { state: next });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, this.said("title")),
      this.notes(),
      choices(say("queue.state"), this.states.map(state), this.state, turn),
      this.items.length
        ? h("ol", { class: "queue" }, this.items.map((item) => this.#card(item)))
        : p(this.said(`empty.${this.state}`), "empty panel"),
      h(
        "div",
        { class: "actions" },
        this.more ? button(say("kit.more"), () => this.#next()) : null,
        takeAway(this.app, this.path, this.query),
      ),
    );
  }

  async #next() {
    const page = await this.more();
    this.items.push(...page.rows);
    this.more = page.more;
    this.draw();
  }

  #card(item) {
    const acts = this.acts(item);
    return h(
      "li",
      { class: "panel card" },
      h("h2", {}, this.heading(item)),
      facts(this.told(item)),
      this.beside(item),
      acts.length ? this.#deciding(item, acts) : null,
    );
  }

  beside() {
    return null;
  }

  #deciding(item, acts) {
    const asks = acts.some((act) => act.reason !== false);
    const reason = asks ? field({ name: "reason", label: this.said("reason"), hint: this.said("reason.hint"), rows: 2, required: false }) : null;
    const press = (act) => {
      const pressed = button(this.said(`act.${act.name}`), () => this.#act(pressed, item, act, reason), act.look);
      return pressed;
    };
    const content = [reason, h("div", { class: "actions" }, acts.map(press))];
    if (!asks) return content;
    return h("details", {}, h("summary", {}, this.said("deal")), h("div", { class: "deciding" }, content));
  }

  async #act(pressed, item, act, reason) {
    const words = act.needs ? required(reason) : (reason?.value.trim() ?? "");
    if (words === null) return;
    const key = `${act.path} ${act.name} ${JSON.stringify(act.body)}`;
    if (!this.postings.has(key)) this.postings.set(key, this.app.server.posting(act.path));
    const told = await this.app.sent(pressed, this.postings.get(key), words ? { ...act.body, reason: words } : act.body);
    if (!told) return;
    await this.app.again();
    this.app.status.tell(this.said(`done.${act.name}`));
  }
}
