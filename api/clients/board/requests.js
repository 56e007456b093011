// Requests in sums: how many residents asked for, how many were settled, and how long it took. Nobody's is told apart.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { kindOf, lasting } from "../kit/requests.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { sheet } from "./parts.js";
import "./requests-words.js";

export class Requests extends Screen {
  async load() {
    this.figures = await this.app.server.get("/requests/figures");
  }

  view() {
    const { all, first_day: from, last_day: to } = this.figures;
    return sheet(
      "requests",
      say("requests.title"),
      p(say("requests.lead"), "lead"),
      p(say("requests.days", { from: day(from), to: day(to) }), "quiet-words"),
      all ? [this.#sums(), this.#kinds(), this.#estates()] : h("div", { class: "empty panel" }, say("requests.few")),
      p(say("requests.left.out"), "read"),
    );
  }

  #sums() {
    const { all } = this.figures;
    const figure = (words, amount) => h("div", { class: "panel figure" }, p(words, "quiet-words"), h("output", {}, amount));
    return h(
      "div",
      { class: "figures" },
      figure(say("requests.received"), count(all.received)),
      figure(say("requests.closed"), count(all.closed)),
      figure(say("requests.average"), time(all)),
    );
  }

  #kinds() {
    const lines = this.figures.by_kind.map((each) => ({ ...each, of: kindOf(each.of) }));
    const series = ["received", "closed"].map((name) => ({ label: say(`requests.${name}`), values: lines.map((each) => each[name]) }));
    const drawing = { title: say("requests.chart"), labels: lines.map((each) => each.of), series, written: count, bare: true };
    return lines.length ? h("section", { class: "panel" }, chart(drawing), listed("requests.kind", lines)) : null;
  }

  #estates() {
    const { by_estate: lines } = this.figures;
    return lines.length ? h("section", { class: "panel" }, listed("requests.estate", lines)) : null;
  }
}

const listed = (of, rows) => {
  const number = (key) => ({ key, number: true, narrow: true, label: say(`requests.${key}`), cell: (row) => count(row[key]), sort: (row) => row[key] });
  const columns = [
    { key: "of", label: say(of), head: true },
    ...["received", "closed"].map(number),
    { key: "average", number: true, label: say("requests.average"), cell: time, sort: (row) => row.counted_minutes ?? -1 },
  ];
  return table({ caption: say("requests.by", { what: say(of) }), columns, rows });
};

// How long it took on average, in words.
export const time = ({ counted_minutes: minutes }) => (minutes === null ? say("requests.none") : lasting(minutes));

customElements.define("board-requests", Requests);
