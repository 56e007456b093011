// Public notices: what hangs, what hung, and drawing up the next one.

import { button, h } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { Screen } from "../kit/screen.js";
import { choices, pageOf } from "./listing.js";
import { Drawing } from "./drawing.js";
import { Notice } from "./notice.js";
import "./notice-words.js";

export class Notices extends Screen {
  async load() {
    this.open = this.given.open ?? "true";
    this.query = { open: this.open };
    this.page = await pageOf(this.app.server, "/notices", this.query);
  }

  view() {
    const turn = (open) => this.app.visit("notices", { open });
    const kinds = ["true", "false"].map((open) => [open, say(`notices.open.${open}`)]);
    return h(
      "div",
      { class: "list" },
      h(
        "div",
        { class: "headed" },
        h("h1", {}, say("notices.title")),
        this.app.may("notices:write") ? button(say("notices.draw"), () => this.app.open(Drawing), "primary") : null,
      ),
      choices(say("notices.which"), kinds, this.open, turn),
      this.#table(),
    );
  }

  #table() {
    const see = (notice) => button(say("notices.see"), () => this.app.open(Notice, { id: notice.id }), "quiet");
    return table({
      caption: say(`notices.open.${this.open}`),
      columns: [
        { key: "title", label: say("notices.column.title") },
        { key: "organisation", label: say("admin.organisation"), sort: (each) => each.organisation },
        { key: "kind", narrow: true, label: say("notices.column.kind"), cell: (each) => say(`notices.kind.${each.kind}`) },
        { key: "lines", label: say("notices.column.lines"), number: true, cell: (each) => count(each.lines), sort: (each) => each.lines },
        { key: "ends_on", narrow: true, label: say("notices.column.ends"), cell: (each) => day(each.ends_on), sort: (each) => each.ends_on },
        { key: "open", narrow: true, label: say("admin.open"), cell: see },
      ],
      rows: this.page.rows,
      more: this.page.more,
      empty: say(`notices.empty.${this.open}`),
      exports: exportsOf(this.app.server, "/notices", this.query),
    });
  }
}

customElements.define("admin-notices", Notices);
