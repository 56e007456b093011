// Drafts: what is being written and is nobody else's business yet.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { Draft } from "./draft.js";
import { pageOf } from "./listing.js";
import "./rules-words.js";

export class Drafts extends Screen {
  async load() {
    this.page = await pageOf(this.app.server, "/rulebooks/drafts");
  }

  view() {
    const open = (draft) => button(say("drafts.open"), () => this.app.open(Draft, { id: draft.id }), "quiet");
    const faults = (draft) => (draft.findings.length ? h("span", { class: "fault" }, say("drafts.faults", { count: draft.findings.length })) : say("drafts.sound"));
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("drafts.title")),
      p(say("drafts.how"), "quiet-words"),
      table({
        caption: say("drafts.title"),
        columns: [
          { key: "title", label: say("draft.name") },
          { key: "kind", narrow: true, label: say("proposals.kind"), cell: (draft) => say(`proposals.kind.${draft.kind}`) },
          { key: "organisation", label: say("admin.organisation"), cell: (draft) => this.app.places.name(draft.organisation_id) },
          { key: "changed", narrow: true, label: say("drafts.changed"), cell: (draft) => instant(draft.changed_at), sort: (draft) => draft.changed_at },
          { key: "faults", narrow: true, label: say("drafts.state"), cell: faults },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("drafts.empty"),
        exports: exportsOf(this.app.server, "/rulebooks/drafts"),
      }),
    );
  }
}

customElements.define("admin-drafts", Drafts);
