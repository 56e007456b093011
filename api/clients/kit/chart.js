// Charts: inline SVG, with the data beside it as a table. Looks come from kit.css, so that they follow the tokens.

import { drawn, h, newId } from "./element.js";
import { say } from "./language.js";
import { table } from "./table.js";
import "./words.js";

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [640, 240, 8, 28];

// A rounded number not below the largest value, for the top of the scale.
const ceilingOf = (values) => {
  const most = Math.max(1, ...values);
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((times) => times * step).find((top) => top >= most);
};

// `labels` along the bottom; `series` are { label, values }, each value whole; `written(value)` is how it is told.
// Several series stand side by side. `kind` is "bars" or "line".
export const chart = ({ title, labels, series, written = String, kind = "bars" }) => {
  const id = newId("chart");
  const top = ceilingOf(series.flatMap((each) => each.values));
  const slot = (WIDTH - LEFT * 2) / labels.length;
  const y = (value) => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - 24) * Math.max(0, value)) / top;
  const middle = (at) => LEFT + slot * (at + 0.5);
  const bars = (each, of) => {
    const width = (slot * 0.7) / series.length;
    return each.values.map((value, at) => {
      const x = LEFT + slot * at + slot * 0.15 + width * of;
      const height = HEIGHT - BOTTOM - y(value);
      return drawn("rect", { class: `series-${of}`, x, y: y(value), width: Math.max(1, width - 2), height, rx: 2 });
    });
  };
  const line = (each, of) => {
    const points = each.values.map((value, at) => `${middle(at)},${y(value)}`).join(" ");
    return drawn("polyline", { class: `series-${of}`, points });
  };
  const tick = (label, at) =>
    drawn("text", { class: "tick", x: middle(at), y: HEIGHT - 8, "text-anchor": "middle" }, label);
  const shape = drawn(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": id, class: kind },
    drawn("line", { class: "axis", x1: 0, x2: WIDTH, y1: y(0), y2: y(0) }),
    drawn("line", { class: "grid", x1: 0, x2: WIDTH, y1: y(top), y2: y(top) }),
    drawn("text", { class: "scale", x: 0, y: y(top) - 6 }, written(top)),
    series.map(kind === "line" ? line : bars),
    labels.map(tick),
  );
  const key = series.map((each, of) => h("li", { class: `series-${of}` }, each.label));
  const rows = labels.map((label, at) => ({ label, at }));
  const column = (each, of) => {
    return { key: `series-${of}`, label: each.label, number: true, cell: (row) => written(each.values[row.at]) };
  };
  const columns = [{ key: "label", label: title }, ...series.map(column)];
  return h(
    "figure",
    { class: "chart" },
    h("figcaption", { id }, title),
    shape,
    series.length > 1 ? h("ul", { class: "key" }, key) : null,
    h("details", {}, h("summary", {}, say("kit.chart.table")), table({ caption: title, columns, rows })),
  );
};

// How far on the way: a bar with words. `done` of `whole`.
export const progress = ({ label, done, whole }) =>
  h("div", { class: "way" }, h("progress", { value: done, max: whole, "aria-label": label }), h("p", {}, label));
