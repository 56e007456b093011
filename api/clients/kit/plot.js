// What charts are drawn of: a scale that begins at nought, bars, stacks and lines. Everything is given in px for a place
// of this `width` and `height`, where 1 rem is `rem` px; the looks are in kit.css.

import { drawn } from "./element.js";

const MARKS = [
  (x, y, r) => drawn("circle", { cx: x, cy: y, r }),
  (x, y, r) => drawn("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r }),
  (x, y, r) => drawn("path", { d: `M${x} ${y - 1.3 * r}L${x + 1.3 * r} ${y + r}L${x - 1.3 * r} ${y + r}Z` }),
  (x, y, r) => drawn("path", { d: `M${x} ${y - 1.4 * r}L${x + 1.4 * r} ${y}L${x} ${y + 1.4 * r}L${x - 1.4 * r} ${y}Z` }),
];

// Up to five round steps from the least, or nought, to the most.
const stepsOf = (least, most) => {
  const rough = Math.max(1, (most - least) / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough);
  const [from, to] = [Math.floor(least / step), Math.max(1, Math.ceil(most / step))];
  return Array.from({ length: to - from + 1 }, (_, at) => (from + at) * step);
};

// Where things stand: `x(at)` is the middle of a slot, `y(value)` a height; `parts` the grid and what is written along it.
const scaleOf = ({ labels, written, width, height, rem }, values) => {
  const steps = stepsOf(Math.min(0, ...values), Math.max(0, ...values));
  const text = 0.8125 * rem;
  const wide = (words) => [...words].reduce((sum, each) => sum + (each > "\u2e7f" ? 1 : 0.6), 0) * text;
  const left = Math.min(width / 3, Math.max(...steps.map((step) => wide(written(step)))) + 0.5 * rem);
  const [top, foot] = [rem, height - 1.75 * rem];
  const slot = (width - left) / labels.length;
  const x = (at) => left + slot * (at + 0.5);
  const y = (value) => foot - ((foot - top) * (value - steps[0])) / (steps.at(-1) - steps[0]);
  // As many labels as have room, the last among them.
  const every = Math.ceil((Math.max(...labels.map(wide)) + 0.4 * rem) / slot);
  const tick = (label, at) => {
    if ((labels.length - 1 - at) % every) return null;
    const half = wide(label) / 2;
    const middle = Math.min(Math.max(x(at), half), width - half);
    return drawn("text", { class: "tick", x: middle, y: foot + 1.25 * rem, "text-anchor": "middle" }, label);
  };
  const rule = (step) => [
    drawn("line", { class: step === 0 ? "axis" : "grid", x1: left, x2: width, y1: y(step), y2: y(step) }),
    drawn("text", { class: "scale", x: left - 0.4 * rem, y: y(step) + text / 3, "text-anchor": "end" }, written(step)),
  ];
  const size = { viewBox: `0 0 ${width} ${height}`, width, height };
  return { x, y, slot, size, rem, grid: steps.map(rule), ticks: labels.map(tick).filter(Boolean) };
};

// A bar: filled, striped across, hollow, or striped along, so that no two series look alike without their colours.
const bar = (nth, { x, y, width, height }, words, rem = 16) => {
  const stripes = [];
  const step = 0.3 * rem;
  if (nth === 1) for (let at = y + step / 2; at < y + height - 1; at += step) stripes.push(`M${x + 1} ${at}H${x + width - 1}`);
  if (nth === 3) for (let at = x + step / 2; at < x + width - 1; at += step) stripes.push(`M${at} ${y + 1}V${y + height - 1}`);
  return drawn(
    "g",
    { class: `series-${nth}` },
    drawn("title", {}, words),
    drawn("rect", { x, y, width, height, rx: Math.min(2, height / 2) }),
    stripes.length ? drawn("path", { class: "stripes", d: stripes.join("") }) : null,
  );
};

const wordsOf = ({ label }, at, { labels, written }, value) => `${labels[at]} · ${label} · ${written(value)}`;

// Bars side by side.
export const bars = (given) => {
  const { series } = given;
  const scale = scaleOf(given, series.flatMap((each) => each.values));
  const gap = Math.min(3, scale.slot * 0.05);
  const width = Math.min((scale.slot * 0.76) / series.length, 3 * scale.rem);
  const drawOne = (each, nth) => (value, at) => {
    const [from, to] = [scale.y(Math.max(0, value)), scale.y(Math.min(0, value))];
    const x = scale.x(at) + (nth - series.length / 2) * width + gap / 2;
    const box = { x, y: from, width: Math.max(1, width - gap), height: to - from };
    return bar(nth, box, wordsOf(each, at, given, value), given.rem);
  };
  const drawing = series.map((each, nth) => each.values.map(drawOne(each, nth)));
  return { size: scale.size, parts: [scale.grid, drawing, scale.ticks] };
};

// Bars on top of one another: what the whole is made of. Nothing below nought can be stacked.
export const stacks = (given) => {
  const { series, labels } = given;
  const sums = labels.map((_, at) => series.reduce((sum, each) => sum + Math.max(0, each.values[at]), 0));
  const scale = scaleOf(given, sums);
  const width = Math.min(scale.slot * 0.6, 4 * scale.rem);
  const column = (_, at) => {
    let below = 0;
    return series.map((each, nth) => {
      const value = Math.max(0, each.values[at]);
      const [y, foot] = [scale.y(below + value), scale.y(below)];
      below += value;
      const box = { x: scale.x(at) - width / 2, y, width, height: Math.max(0, foot - y - (nth ? 1 : 0)) };
      return bar(nth, box, wordsOf(each, at, given, value), given.rem);
    });
  };
  return { size: scale.size, parts: [scale.grid, labels.map(column), scale.ticks] };
};

// Lines, each with marks of its own.
export const lines = (given) => {
  const { series } = given;
  const scale = scaleOf(given, series.flatMap((each) => each.values));
  const r = Math.min(0.25 * scale.rem, scale.slot / 3);
  const drawOne = (each, nth) => {
    const points = each.values.map((value, at) => `${scale.x(at)},${scale.y(value)}`).join(" ");
    const mark = (value, at) =>
      drawn("g", {}, drawn("title", {}, wordsOf(each, at, given, value)), MARKS[nth](scale.x(at), scale.y(value), r));
    return drawn("g", { class: `series-${nth}` }, drawn("polyline", { points }), each.values.map(mark));
  };
  return { size: scale.size, parts: [scale.grid, series.map(drawOne), scale.ticks] };
};

// What a series looks like, beside what it is called.
export const key = ({ label }, nth, kind) => {
  const item = document.createElement("li");
  const look = kind === "line" ? lineSample(nth) : bar(nth, { x: 1, y: 1, width: 22, height: 14 }, label);
  item.append(drawn("svg", { viewBox: "0 0 24 16", "aria-hidden": "true", class: kind }, look), label);
  return item;
};

const lineSample = (nth) =>
  drawn("g", { class: `series-${nth}` }, drawn("polyline", { points: "0,8 24,8" }), MARKS[nth](12, 8, 4));
