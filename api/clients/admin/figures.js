// The figures of a period as charts with their data: points, hours and activities by month, and by organisation.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count, hours, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import "./figures-words.js";

const LEVELS = ["subdistrict", "community", "estate", "team", "unit", "social"];
const MOVES = ["issued", "redeemed", "lapsed"];

export class Figures extends FormScreen {
  async load() {
    const { server, bank } = this.app;
    this.asked = { from: `${bank.today.slice(0, 4)}-01-01`, to: bank.today, level: "community", ...this.given };
    const { level, ...period } = this.asked;
    this.months = { ...period, every: "month" };
    this.places = { ...period, every: "whole", level };
    [this.byMonth, this.byPlace] = await Promise.all([this.months, this.places].map((query) => server.get("/reports/figures", query)));
  }

  view() {
    const summed = overMonths(this.byMonth.items);
    const labels = summed.map((each) => each.period);
    const drawn = (title, kind, written, series) =>
      h(
        "section",
        { class: "panel" },
        chart({ title: say(title), labels, kind, written, series, of: say("figures.month"), exports: exportsOf(this.app.server, "/reports/figures", this.months) }),
      );
    const moved = (name) => ({ label: say(`figures.${name}`), values: summed.map((each) => Math.abs(each[`points_${name}`])) });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("figures.title")),
      h("section", { class: "panel" }, this.#asked()),
      p(say("figures.as.of", { seq: count(this.byMonth.as_of_seq) }), "quiet-words"),
      h(
        "div",
        { class: "beside" },
        drawn("figures.points", "bars", points, MOVES.map(moved)),
        drawn("figures.outstanding", "line", points, [moved("outstanding")]),
        drawn("figures.hours", "bars", hours, [{ label: say("figures.minutes"), values: summed.map((each) => each.minutes) }]),
        drawn("figures.activity", "bars", count, [
          { label: say("figures.activities"), values: summed.map((each) => each.activities) },
          { label: say("figures.active"), values: summed.map((each) => each.active) },
        ]),
      ),
      this.#byPlace(),
    );
  }

  #asked() {
    const { today } = this.app.bank;
    const fields = [
      field({ name: "from", type: "date", label: say("figures.from"), value: this.asked.from, max: today }),
      field({ name: "to", type: "date", label: say("figures.to"), value: this.asked.to, max: today }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), any: say("admin.organisation.all"), value: this.asked.organisation_id ?? "" }),
      field({ name: "level", label: say("figures.level"), choices: LEVELS.map((each) => [each, say(`figures.level.${each}`)]), value: this.asked.level }),
    ];
    const made = form(fields, say("figures.look"), () => this.app.visit("figures", values(fields)));
    made.classList.add("two");
    return made;
  }

  #byPlace() {
    const number = (key, label, written = count, of = (row) => row[key]) => {
      return { key, number: true, label: say(label), cell: (row) => written(of(row)), sort: of };
    };
    const moved = (name) => number(`points_${name}`, `figures.${name}`, points, (row) => Math.abs(row[`points_${name}`]));
    return table({
      caption: say("figures.places"),
      columns: [
        { key: "organisation_name", label: say("admin.organisation"), head: true, sort: (row) => row.organisation_name },
        number("volunteers", "figures.volunteers"),
        number("active", "figures.active"),
        number("activities", "figures.activities"),
        number("minutes", "figures.minutes", hours),
        ...[...MOVES, "outstanding"].map(moved),
      ],
      rows: this.byPlace.items,
      empty: say("figures.places.none"),
      exports: exportsOf(this.app.server, "/reports/figures", this.places),
    });
  }
}

const SUMMED = ["minutes", "activities", "active", "points_issued", "points_redeemed", "points_lapsed", "points_outstanding"];

// One line a month: where somebody has rights in several places, all of them together.
const overMonths = (items) => {
  const months = new Map();
  for (const item of items) {
    const sum = months.get(item.period) ?? Object.fromEntries(SUMMED.map((name) => [name, 0]));
    for (const name of SUMMED) sum[name] += item[name];
    months.set(item.period, { ...sum, period: item.period });
  }
  return [...months.values()];
};

customElements.define("admin-figures", Figures);
