// Charts: inline SVG, as wide as its place, with the data behind it as a table. Looks come from kit.css, so that they
// follow the tokens; series differ by more than their colour, so that they can be told apart in black and white.

import { drawn, h, newId } from "./element.js";
import { say } from "./language.js";
import { bars, key, lines, stacks } from "./plot.js";
import { table } from "./table.js";
import "./words.js";

const KINDS = { bars, stacked: stacks, line: lines };

// <kit-plot>: what is drawn. Drawn anew when its place has another width, so that its words stay as large as words are.
class Plot extends HTMLElement {
  #width = 0;
  #watching = new ResizeObserver(() => this.#draw());

  connectedCallback() {
    this.#watching.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    this.#watching.disconnect();
  }

  #draw() {
    if (!this.clientWidth || this.clientWidth === this.#width) return;
    this.#width = this.clientWidth;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { kind } = this.given;
    const { size, parts } = KINDS[kind]({ ...this.given, width: this.#width, height: this.clientHeight, rem });
    this.replaceChildren(drawn("svg", { role: "img", ...this.names, ...size, class: kind }, parts));
  }
}

customElements.define("kit-plot", Plot);

// `labels` along the bottom (months, say); up to four `series` of { label, values }, each value whole; `written(value)`
// is how it is told. `kind` is "bars" (side by side), "stacked" or "line". `of` is what the labels are, the heading of
// the first column of the data; `exports` as of a table; `open` shows the data from the beginning, `bare` not at
// all, where nobody can touch anything.
export const chart = (given) => {
  const { title, labels, series, written = String, kind = "bars", of = title, exports = [], open, bare } = given;
  const [id, about] = [newId("chart"), newId("about")];
  const plot = Object.assign(document.createElement("kit-plot"), {
    given: { labels, series, written, kind },
    names: { "aria-labelledby": id, "aria-describedby": about },
  });
  const empty = labels.length === 0 || series.every((each) => each.values.every((value) => !value));
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", { id }, title),
    empty ? h("p", { class: "empty" }, say("kit.empty")) : plot,
    series.length > 1 && !empty ? h("ul", { class: "key" }, series.map((each, nth) => key(each, nth, kind))) : null,
    h("p", { id: about, class: "unseen" }, empty ? "" : series.map((each) => told(each, labels, written)).join(" ")),
    empty || bare ? null : data({ title, labels, series, written, of, exports, open }),
  );
};

// What a series says, for whoever cannot see it.
const told = ({ label, values }, labels, written) => {
  const most = Math.max(...values);
  const at = labels[values.indexOf(most)];
  return say("kit.chart.told", { label, most: written(most), at, last: written(values.at(-1)), end: labels.at(-1) });
};

const data = ({ title, labels, series, written, of, exports, open }) => {
  const rows = labels.map((label, at) => ({ label, at }));
  const column = (each, nth) => {
    return { key: `series-${nth}`, label: each.label, number: true, cell: (row) => written(each.values[row.at]) };
  };
  const columns = [{ key: "label", label: of, head: true, narrow: true }, ...series.map(column)];
  const shown = table({ caption: title, columns, rows, exports });
  return h("details", { class: "data", open: Boolean(open) }, h("summary", {}, say("kit.chart.table")), shown);
};

// How far on the way: a bar with words. `done` of `whole`.
export const progress = ({ label, done, whole }) =>
  h("div", { class: "way" }, h("progress", { value: done, max: whole, "aria-label": label }), h("p", {}, label));

// On paper nothing can be touched: what is behind a button stands there.
window.addEventListener("beforeprint", () => {
  for (const shut of document.querySelectorAll("details.data:not([open])")) shut.open = shut.dataset.printed = true;
});
window.addEventListener("afterprint", () => {
  for (const opened of document.querySelectorAll("details.data[data-printed]")) {
    opened.open = false;
    delete opened.dataset.printed;
  }
});
