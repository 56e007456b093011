// What is outstanding, against the shelves and the budget: as a chart by the month in which it lapses, and as a table.

import { chart } from "../kit/chart.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, day, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen } from "./forms.js";
import "./figures-words.js";

export class Liability extends FormScreen {
  async load() {
    this.query = this.given.on ? { on: this.given.on } : {};
    this.report = await this.app.server.get("/reports/liability", this.query);
  }

  view() {
    const { report } = this;
    const owed = report.items.filter((each) => each.kind === "points");
    const on = field({ name: "on", type: "date", label: say("liability.on"), value: report.on, max: this.app.bank.today });
    const look = () => this.app.visit("liability", { on: on.value });
    return h(
      "div",
      { class: "list" },
      h("div", { class: "headed" }, h("h1", {}, say("liability.title")), button(say("liability.paper"), () => this.#paper(), "quiet")),
      h("section", { class: "panel search" }, form([on], say("figures.look"), look)),
      p(say("liability.as.of", { day: day(report.on), seq: count(report.seq) }), "quiet-words"),
      h(
        "section",
        { class: "panel" },
        chart({
          title: say("liability.chart"),
          of: say("liability.month"),
          labels: owed.map((each) => each.lapse_month ?? say("liability.never")),
          series: [{ label: say("liability.points"), values: owed.map((each) => each.points) }],
          written: points,
        }),
      ),
      this.#table(),
    );
  }

  #table() {
    const money = (fen) => (fen === null ? "" : say("liability.yuan", { yuan: (fen / 100).toFixed(2) }));
    const amount = (value, written) => (value === null ? "" : written(value));
    return table({
      caption: say("liability.title"),
      columns: [
        { key: "kind", label: say("liability.kind"), cell: (each) => say(`liability.kind.${each.kind}`) },
        { key: "title", label: say("liability.what"), cell: (each) => each.title ?? each.lapse_month ?? "" },
        { key: "quantity", number: true, label: say("liability.quantity"), cell: (each) => amount(each.quantity, count) },
        { key: "points", number: true, label: say("liability.points"), cell: (each) => amount(each.points, points) },
        { key: "value", number: true, label: say("liability.value"), cell: (each) => money(each.value_fen) },
      ],
      rows: this.report.items,
      exports: exportsOf(this.app.server, "/reports/liability", this.query),
    });
  }

  async #paper() {
    try {
      save(await this.app.server.file("/reports/liability.pdf", this.query));
    } catch (error) {
      this.app.failed(error);
    }
  }
}

customElements.define("admin-liability", Liability);
