// Requests (需求清单): what residents asked for, and what both clocks say.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { CHANNELS, kindOf, kinds, priorities } from "../kit/requests.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { pageOf } from "./listing.js";
import { accepting, closing } from "./request-clocks.js";
import { Request } from "./request.js";
import { RequestForm } from "./request-form.js";
import "./requests-words.js";

const STATES = ["received", "accepted", "dispatched", "closed", "settled", "declined", "withdrawn"];

export class Requests extends FormScreen {
  async load() {
    this.query = { ...this.given };
    this.page = await pageOf(this.app.server, "/requests", this.query);
  }

  view() {
    const { app } = this;
    const take = button(say("requests.take"), () => app.open(RequestForm), "primary");
    return h(
      "div",
      { class: "list" },
      h("div", { class: "headed" }, h("h1", {}, say("requests.title")), app.may("requests:write") ? take : null),
      h("section", { class: "panel" }, this.#asked()),
      table({
        caption: say("requests.title"),
        columns: [
          { key: "what", label: say("requests.what"), head: true, cell: what },
          { key: "organisation", label: say("admin.organisation"), sort: (each) => each.organisation },
          { key: "priority", narrow: true, label: say("requests.priority"), cell: (each) => say(`request.priority.${each.priority}`) },
          { key: "state", narrow: true, label: say("requests.state"), cell: (each) => say(`requests.state.${each.state}`) },
          { key: "accept", label: say("requests.accept.by"), cell: accepting, sort: (each) => each.accept_due_at },
          { key: "close", label: say("requests.close.by"), cell: closing, sort: (each) => each.close_due_at },
          { key: "open", narrow: true, label: say("admin.open"), cell: (each) => button(say("requests.open"), () => app.open(Request, { id: each.id }), "quiet") },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("requests.empty"),
        exports: exportsOf(app.server, "/requests", this.query),
      }),
    );
  }

  #asked() {
    const any = ["", say("requests.any")];
    const offered = (name, choices) =>
      field({ name, label: say(`requests.${name}`), choices: [any, ...choices], value: this.query[name] ?? "" });
    const fields = [
      offered("state", STATES.map((each) => [each, say(`requests.state.${each}`)])),
      offered("priority", priorities()),
      offered("kind", kinds(this.query.kind)),
      offered("channel", CHANNELS.map((each) => [each, say(`request.channel.${each}`)])),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), any: say("admin.organisation.all"), value: this.query.organisation_id ?? "", required: true }),
      offered("overdue", [["true", say("requests.overdue.only")]]),
    ];
    const made = form(fields, say("requests.look"), () => this.app.visit("requests", values(fields)));
    made.classList.add("asked");
    return made;
  }
}

const what = (each) =>
  h(
    "div",
    {},
    p(each.words),
    p(say("requests.came", { kind: kindOf(each.kind), channel: say(`request.channel.${each.channel}`), at: instant(each.received_at) }), "quiet-words small"),
    each.place ? p(each.place, "quiet-words small") : null,
    each.escalated_to ? p(say(`requests.up.${each.escalated_to}`), "care small") : null,
  );

customElements.define("admin-requests", Requests);
