// Proposals: what is on its way through the stages, and what was decided.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { pageOf } from "./listing.js";
import { Proposal } from "./proposal.js";
import "./rules-words.js";

export class Proposals extends Screen {
  async load() {
    const ways = await this.app.server.get("/proposals/templates");
    this.stages = new Map(ways.items.flatMap((way) => way.stages.map((stage) => [stage.id, stage.title])));
    this.page = await pageOf(this.app.server, "/proposals");
  }

  view() {
    const open = (each) => button(say("proposals.open"), () => this.app.open(Proposal, { id: each.id }), "quiet");
    const next = (each) => (each.next_stage ? chosen(this.stages.get(each.next_stage)) : say(`proposals.state.${each.state}`));
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("proposals.title")),
      p(say("proposals.how"), "quiet-words"),
      table({
        caption: say("proposals.title"),
        columns: [
          { key: "title", label: say("draft.name") },
          { key: "kind", narrow: true, label: say("proposals.kind"), cell: (each) => say(`proposals.kind.${each.kind}`) },
          { key: "organisation", label: say("admin.organisation"), sort: (each) => each.organisation },
          { key: "proposed", narrow: true, label: say("proposals.proposed"), cell: (each) => day(each.proposed_on), sort: (each) => each.proposed_on },
          { key: "next", label: say("proposals.next"), cell: next },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("proposals.empty"),
        exports: exportsOf(this.app.server, "/proposals"),
      }),
    );
  }
}

customElements.define("admin-proposals", Proposals);
