// Volunteers: found by number, name, initials or telephone; registered; and each with what is known of them.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, dayOf, grouped } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen } from "./forms.js";
import { pageOf } from "./listing.js";
import "./people-words.js";
import { Person } from "./person.js";
import { Register } from "./register.js";

export class People extends FormScreen {
  async load() {
    this.query = { q: this.given.q };
    this.page = await pageOf(this.app.server, "/volunteers", this.query);
  }

  view() {
    const sought = field({ name: "q", type: "search", label: say("people.search"), hint: say("people.search.hint"), value: this.given.q ?? "", required: false });
    const look = () => this.app.visit("people", { q: sought.value.trim() });
    const open = (each) => button(say("people.open"), () => this.app.open(Person, { number: each.volunteer_no }), "quiet");
    return h(
      "div",
      { class: "list" },
      h(
        "div",
        { class: "headed" },
        h("h1", {}, say("people.title")),
        this.app.may("volunteers:write") ? button(say("register.title"), () => this.app.open(Register), "primary") : null,
      ),
      h("section", { class: "panel search" }, form([sought], say("people.look"), look)),
      table({
        caption: say(this.given.q ? "people.found" : "people.all"),
        columns: [
          { key: "name", label: say("people.name"), head: true },
          { key: "volunteer_no", narrow: true, label: say("people.number"), cell: (each) => grouped(each.volunteer_no, 3, 3, 4), sort: (each) => each.volunteer_no },
          { key: "organisation", label: say("admin.organisation"), cell: (each) => this.app.places.name(each.organisation_id) },
          { key: "registered", narrow: true, label: say("people.registered"), cell: (each) => day(dayOf(each.registered_at)), sort: (each) => each.registered_at },
          { key: "closed", narrow: true, label: say("people.state"), cell: (each) => say(`people.closed.${each.closed ?? "open"}`) },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: this.given.q ? [p(say("people.none"))] : say("people.empty"),
        exports: exportsOf(this.app.server, "/volunteers", this.query),
      }),
    );
  }
}

customElements.define("admin-people", People);
