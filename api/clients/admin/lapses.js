// What will lapse, and when: a dry run of the lapses to come. Nothing lapses by looking.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count, day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen } from "./forms.js";
import { pageOf } from "./listing.js";
import "./figures-words.js";

const DAYS = 60;
const SUMMED = 2_000;
const PAGE = 200;

export class Lapses extends FormScreen {
  async load() {
    this.days = Number(this.given.days ?? DAYS);
    this.query = { days: this.days };
    this.page = await pageOf(this.app.server, "/lapses/upcoming", { ...this.query, limit: PAGE });
    // So many are summed up by day as fit a screen; the file holds them all.
    while (this.page.more && this.page.rows.length < SUMMED) {
      const next = await this.page.more();
      this.page = { rows: [...this.page.rows, ...next.rows], more: next.more };
    }
  }

  view() {
    const days = field({ name: "days", type: "number", min: 1, max: 366, label: say("lapses.days"), value: String(this.days) });
    const look = () => this.app.visit("lapses", { days: days.value });
    const byDay = new Map();
    for (const each of this.page.rows) byDay.set(each.on, (byDay.get(each.on) ?? 0) + each.points);
    const all = this.page.rows.reduce((sum, each) => sum + each.points, 0);
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("lapses.title")),
      p(say("lapses.how"), "quiet-words"),
      h("section", { class: "panel search" }, form([days], say("lapses.look"), look)),
      p(say("lapses.sum", { points: points(all), people: count(new Set(this.page.rows.map((each) => each.volunteer_no)).size) }), "state"),
      byDay.size
        ? h(
            "section",
            { class: "panel" },
            chart({
              title: say("lapses.chart"),
              of: say("lapses.on"),
              labels: [...byDay.keys()].map(day),
              series: [{ label: say("lapses.points"), values: [...byDay.values()] }],
              written: points,
            }),
          )
        : null,
      table({
        caption: say("lapses.list"),
        columns: [
          { key: "on", narrow: true, label: say("lapses.on"), cell: (each) => day(each.on), sort: (each) => each.on },
          { key: "volunteer_no", narrow: true, label: say("lapses.volunteer"), cell: (each) => grouped(each.volunteer_no, 3, 3, 4) },
          { key: "points", number: true, label: say("lapses.points"), cell: (each) => points(each.points), sort: (each) => each.points },
          { key: "carried", number: true, label: say("lapses.carried"), cell: (each) => points(each.carried_over), sort: (each) => each.carried_over },
          { key: "left", number: true, label: say("lapses.left"), cell: (each) => count(each.days_left), sort: (each) => each.days_left },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("lapses.empty"),
        exports: exportsOf(this.app.server, "/lapses/upcoming", this.query),
      }),
    );
  }
}

customElements.define("admin-lapses", Lapses);
