// The entries behind a figure of a report: what they come to is the figure.

import { h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { count, day, hours, signed } from "../kit/formats.js";
import { knows, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { headed, pageOf } from "./listing.js";
import "./reports-words.js";
import "./review-words.js";

const PATH = "/reports/entries";

// `given`: the `figure`, and the `query` of its report.
export class Entries extends Screen {
  async load() {
    this.query = { ...this.given.query, figure: this.given.figure };
    this.page = await pageOf(this.app.server, PATH, this.query);
  }

  view() {
    const { figure } = this.given;
    const unit = figure === "minutes" || figure === "prizes" ? figure : "points";
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("report.entries", { label: say(`figure.${figure}`) })),
      p(say("report.entries.how"), "quiet-words"),
      table({
        caption: say("report.entries.caption"),
        columns: [
          { key: "seq", narrow: true, number: true, label: say("report.seq"), cell: (each) => count(each.seq) },
          { key: "on", narrow: true, label: say("report.on"), cell: (each) => day(each.on), sort: (each) => each.on },
          { key: "kind", narrow: true, label: say("report.kind"), cell: (each) => kindOf(each.kind), sort: (each) => each.kind },
          { key: "what", label: say("report.what") },
          { key: unit, number: true, label: say(`report.unit.${unit}`), cell: (each) => amountOf(unit, each), sort: (each) => amount(unit, each) },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("report.entries.none"),
        exports: exportsOf(this.app.server, PATH, this.query),
      }),
    );
  }
}

// What was posted; of service, how its time was recorded.
const kindOf = (kind) => {
  const name = [`entry.${kind}`, `capture.${kind}`].find(knows);
  return name ? say(name) : kind;
};
const amount = (unit, entry) => (unit === "prizes" ? entry.quantity : entry[unit]);

// What takes something away again is below zero.
const amountOf = (unit, entry) => {
  const of = amount(unit, entry);
  if (unit === "points") return signed(of);
  const written = unit === "minutes" ? hours(Math.abs(of)) : count(Math.abs(of));
  return of < 0 ? `−${written}` : written;
};

customElements.define("admin-entries", Entries);
