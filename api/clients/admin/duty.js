// The duty to record (ten working days): which activities are due, which are late, and where.

import { h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { choices, pageOf } from "./listing.js";
import "./notice-words.js";
import "./review-words.js";

export class Duty extends Screen {
  async load() {
    this.overdue = this.given.overdue ?? "false";
    this.query = this.overdue === "true" ? { overdue: "true" } : {};
    [this.page, this.report] = await Promise.all([
      pageOf(this.app.server, "/duty", this.query),
      this.app.server.get("/duty/report"),
    ]);
  }

  view() {
    const kinds = ["false", "true"].map((each) => [each, say(`due.overdue.${each}`)]);
    const turn = (overdue) => this.app.visit("duty", { overdue });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("due.title")),
      p(say("due.how"), "quiet-words"),
      this.report.organisations.length ? this.#report() : null,
      choices(say("queue.state"), kinds, this.overdue, turn),
      this.#list(),
    );
  }

  #report() {
    return table({
      caption: say("due.report", { day: day(this.report.on) }),
      columns: [
        { key: "organisation_name", label: say("admin.organisation"), sort: (each) => each.organisation_name },
        { key: "due", label: say("due.due.count"), number: true, cell: (each) => count(each.due), sort: (each) => each.due },
        { key: "overdue", label: say("due.overdue.count"), number: true, cell: (each) => count(each.overdue), sort: (each) => each.overdue },
        { key: "oldest", label: say("due.oldest"), cell: (each) => day(each.oldest_due_on), sort: (each) => each.oldest_due_on },
      ],
      rows: this.report.organisations,
    });
  }

  #list() {
    const left = (each) => {
      if (each.is_overdue) return h("span", { class: "fault" }, say("due.late", { days: -each.days_left }));
      return say("due.left", { days: each.days_left });
    };
    return table({
      caption: say("due.list"),
      columns: [
        { key: "title", label: say("records.column.activity") },
        { key: "organisation_name", label: say("admin.organisation"), sort: (each) => each.organisation_name },
        { key: "held_on", narrow: true, label: say("due.held"), cell: (each) => day(each.held_on), sort: (each) => each.held_on },
        { key: "due_on", narrow: true, label: say("due.by"), cell: (each) => day(each.due_on), sort: (each) => each.due_on },
        { key: "left", narrow: true, label: say("due.days"), cell: left },
        { key: "state", label: say("due.state"), cell: (each) => say(`due.state.${each.state}`) },
      ],
      rows: this.page.rows,
      more: this.page.more,
      empty: say("due.empty"),
      exports: exportsOf(this.app.server, "/duty", this.query),
    });
  }
}

customElements.define("admin-duty", Duty);
