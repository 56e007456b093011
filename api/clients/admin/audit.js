// The audit: who did, saw or was refused what, when and where.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { pageOf } from "./listing.js";
import "./trust-words.js";

const OUTCOMES = ["done", "viewed", "refused"];

export class Audit extends FormScreen {
  async load() {
    this.query = this.given;
    this.page = await pageOf(this.app.server, "/audit", this.query);
  }

  view() {
    const who = (each) => each.actor_name ?? say(`audit.actor.${each.actor_kind}`);
    const change = (each) => h("code", {}, Object.keys(each.change).length ? JSON.stringify(each.change) : "");
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("audit.title")),
      p(say("audit.how"), "quiet-words"),
      h("section", { class: "panel" }, this.#asked()),
      table({
        caption: say("audit.lines"),
        columns: [
          { key: "at", narrow: true, label: say("audit.at"), cell: (each) => instant(each.recorded_at) },
          { key: "who", label: say("audit.who"), cell: who },
          { key: "outcome", narrow: true, label: say("audit.outcome"), cell: (each) => say(`audit.outcome.${each.outcome}`) },
          { key: "action", narrow: true, label: say("audit.action") },
          { key: "subject_kind", narrow: true, label: say("audit.subject") },
          { key: "organisation", label: say("admin.organisation"), cell: (each) => (each.organisation_id ? this.app.places.name(each.organisation_id) : "") },
          { key: "change", label: say("audit.change"), cell: change },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("audit.empty"),
        exports: exportsOf(this.app.server, "/audit", this.query),
      }),
    );
  }

  #asked() {
    const given = this.given;
    const outcomes = [["", say("audit.any")], ...OUTCOMES.map((each) => [each, say(`audit.outcome.${each}`)])];
    const fields = [
      field({ name: "from", type: "date", label: say("audit.from"), value: given.from ?? "", required: false }),
      field({ name: "to", type: "date", label: say("audit.to"), value: given.to ?? "", required: false }),
      field({ name: "outcome", label: say("audit.outcome"), choices: outcomes, value: given.outcome ?? "", required: false }),
      field({ name: "action", label: say("audit.action"), hint: say("audit.action.hint"), value: given.action ?? "", required: false }),
      field({ name: "subject_kind", label: say("audit.subject"), hint: say("audit.subject.hint"), value: given.subject_kind ?? "", required: false }),
      field({ name: "subject_id", label: say("audit.subject.id"), hint: say("audit.subject.id.hint"), value: given.subject_id ?? "", required: false }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), any: say("admin.organisation.all"), value: given.organisation_id ?? "" }),
    ];
    const made = form(fields, say("audit.look"), () => this.#look(values(fields)));
    made.classList.add("two");
    return made;
  }

  // Faults stand at their fields, so it is asked for before the screen is left.
  async #look(typed) {
    await this.app.server.get("/audit", { ...typed, limit: 1 });
    await this.app.visit("audit", typed);
  }
}

customElements.define("admin-audit", Audit);
