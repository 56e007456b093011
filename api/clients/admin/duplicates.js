// Pairs that look like one person: kept apart, or merged by somebody who may close accounts.

import { button, h, p } from "../kit/element.js";
import { day, dayOf, grouped } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { pageOf, takeAway } from "./listing.js";
import { Person } from "./person.js";
import "./people-words.js";

export class Duplicates extends Screen {
  async load() {
    const page = await pageOf(this.app.server, "/possible-duplicates");
    [this.pairs, this.more] = [page.rows, page.more];
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("duplicates.title")),
      p(say("duplicates.how"), "quiet-words"),
      this.pairs.length ? h("ol", { class: "queue" }, this.pairs.map((pair) => this.#pair(pair))) : p(say("duplicates.empty"), "empty panel"),
      h(
        "div",
        { class: "actions" },
        this.more ? button(say("kit.more"), () => this.#next()) : null,
        takeAway(this.app, "/possible-duplicates"),
      ),
    );
  }

  async #next() {
    const page = await this.more();
    this.pairs.push(...page.rows);
    this.more = page.more;
    this.draw();
  }

  #pair(pair) {
    const open = (person) => () => this.app.open(Person, { number: person.volunteer_no });
    const one = (person) =>
      h(
        "li",
        {},
        p(say("duplicates.one", { name: person.masked_name, day: day(dayOf(person.registered_at)) })),
        person.volunteer_no ? button(grouped(person.volunteer_no, 3, 3, 4), open(person), "quiet") : p(say("admin.elsewhere"), "quiet-words"),
      );
    const apart = button(say("duplicates.apart"), () => this.#apart(apart, pair));
    return h(
      "li",
      { class: "panel card" },
      h("h2", {}, pair.reasons.map((reason) => chosen(reason)).join(say("list.comma"))),
      h("ul", { class: "standing" }, one(pair.volunteer), one(pair.other)),
      this.app.may("volunteers:write") ? h("div", { class: "actions" }, apart) : null,
    );
  }

  async #apart(pressed, pair) {
    pressed.disabled = true;
    try {
      await this.app.server.post(`/possible-duplicates/${pair.id}/keep-apart`);
      await this.app.again();
      this.app.status.tell(say("duplicates.done"));
    } catch (error) {
      pressed.disabled = false;
      this.app.failed(error);
    }
  }
}

customElements.define("admin-duplicates", Duplicates);
