// How requests are doing, live: how many came in and were closed, how long it took, what is overdue.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { kindOf, lasting } from "../kit/requests.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import "./requests-words.js";

const PATH = "/requests/report";
const WAYS = ["estate", "kind", "channel", "priority"];
const DRAWN = 12;

export class RequestFigures extends FormScreen {
  async load() {
    const { server, bank } = this.app;
    this.asked = { from: `${bank.today.slice(0, 4)}-01-01`, to: bank.today, by: "estate", ...this.given };
    const [lines, all] = await Promise.all([
      server.get(PATH, this.asked),
      server.get(PATH, { ...this.asked, by: "all" }),
    ]);
    this.lines = lines.items;
    this.all = all.items[0] ?? null;
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("requests.figures")),
      h("section", { class: "panel" }, this.#asked()),
      this.all ? this.#sums() : null,
      this.lines.length ? h("section", { class: "panel" }, this.#chart()) : null,
      this.#table(),
    );
  }

  #asked() {
    const { today } = this.app.bank;
    const fields = [
      field({ name: "from", type: "date", label: say("requests.since"), value: this.asked.from, max: today }),
      field({ name: "to", type: "date", label: say("requests.until"), value: this.asked.to, max: today }),
      field({ name: "by", label: say("requests.figures.by"), choices: WAYS.map((each) => [each, say(`requests.by.${each}`)]), value: this.asked.by }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), any: say("admin.organisation.all"), value: this.asked.organisation_id ?? "", required: true }),
    ];
    const made = form(fields, say("requests.look"), () => this.app.visit("requests_figures", values(fields)));
    made.classList.add("asked");
    return made;
  }

  #sums() {
    const { all } = this;
    const figure = (words, amount) => h("div", { class: "panel figure" }, p(words, "quiet-words"), h("output", {}, amount));
    return h(
      "div",
      { class: "figures" },
      figure(say("requests.count.received"), count(all.received)),
      figure(say("requests.count.closed"), count(all.closed)),
      figure(say("requests.count.counted_minutes"), time(all.counted_minutes)),
      figure(say("requests.count.close_overdue"), count(all.close_overdue)),
      figure(say("requests.count.score"), score(all)),
    );
  }

  #chart() {
    const shown = this.lines.slice(0, DRAWN);
    const series = (name) => ({ label: say(`requests.count.${name}`), values: shown.map((each) => each[name]) });
    const by = say(`requests.by.${this.asked.by}`);
    return chart({
      title: say("requests.figures.chart", { by }),
      labels: shown.map((each) => this.#of(each)),
      of: by,
      series: ["received", "closed"].map(series),
      written: count,
    });
  }

  #of({ of }) {
    const { by } = this.asked;
    if (by === "kind") return kindOf(of);
    if (by === "channel") return say(`request.channel.${of}`);
    return by === "priority" ? say(`request.priority.${of}`) : of;
  }

  #table() {
    const number = (key) => ({ key, number: true, label: say(`requests.count.${key}`), cell: (row) => count(row[key]), sort: (row) => row[key] });
    const taken = (key) => ({ key, number: true, label: say(`requests.count.${key}`), cell: (row) => time(row[key]), sort: (row) => row[key] ?? -1 });
    return table({
      caption: say("requests.figures"),
      columns: [
        { key: "of", label: say(`requests.by.${this.asked.by}`), head: true, cell: (row) => (row === this.all ? say("requests.all") : this.#of(row)), sort: (row) => this.#of(row) },
        ...["received", "closed", "open", "close_overdue", "closed_late"].map(number),
        ...["counted_minutes", "close_minutes"].map(taken),
        { key: "score_hundredths", number: true, label: say("requests.count.score"), cell: score },
      ],
      rows: this.lines,
      foot: this.lines.length > 1 ? this.all : null,
      empty: say("requests.figures.empty"),
      exports: exportsOf(this.app.server, PATH, this.asked),
    });
  }
}

const time = (minutes) => (minutes === null ? say("requests.count.none") : lasting(minutes));
const score = ({ score_hundredths: hundredths }) => (hundredths === null ? say("requests.count.none") : (hundredths / 100).toFixed(1));

customElements.define("admin-requests-figures", RequestFigures);
