// Appraisals: forms of a few scored questions, for some days and a group. They open and close by their days; a result
// is told once a form is over, and hangs on the public board as its notice.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { Appraisal } from "./appraisal.js";
import { pageOf } from "./listing.js";
import { NewAppraisal } from "./appraisal-new.js";
import "./appraisal-words.js";

export class Appraisals extends Screen {
  async load() {
    this.page = await pageOf(this.app.server, "/appraisals");
  }

  view() {
    const { app } = this;
    const open = (form) => button(say("appraisals.open"), () => app.open(Appraisal, { form }), "quiet", { "aria-label": say("appraisals.open.one", form) });
    const days = (form) => say("appraisal.days", { from: day(form.from_on), until: day(form.until_on) });
    return h(
      "div",
      { class: "list" },
      h("div", { class: "headed" }, h("h1", {}, say("appraisals.title")), button(say("appraisal.new"), () => app.open(NewAppraisal), "primary")),
      p(say("appraisals.how"), "quiet-words"),
      table({
        caption: say("appraisals.title"),
        columns: [
          { key: "title", label: say("appraisal.name"), head: true },
          { key: "kind", narrow: true, label: say("appraisal.kind"), cell: (form) => say(`appraisal.kind.${form.kind}`) },
          { key: "organisation_name", label: say("appraisal.group") },
          { key: "days", label: say("appraisal.period"), cell: days, sort: (form) => form.from_on },
          { key: "state", narrow: true, label: say("appraisal.state"), cell: (form) => say(`appraisal.state.${form.state}`), sort: (form) => form.state },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("appraisals.empty"),
        exports: exportsOf(app.server, "/appraisals"),
      }),
    );
  }
}

customElements.define("admin-appraisals", Appraisals);
