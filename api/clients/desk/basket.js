// The basket: what somebody is to get, how many of it, and what it comes to.

import { h, p } from "../kit/element.js";
import { count, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { key } from "./keys.js";

const MOST = 999;

export class Basket {
  lines = [];
  at = 0;

  get isEmpty() {
    return this.lines.length === 0;
  }

  // As the API takes it.
  get items() {
    return this.lines.map(({ prize, quantity }) => ({ prize_id: prize.id, quantity }));
  }

  get cost() {
    return this.lines.reduce((sum, { prize, quantity }) => sum + prize.cost_points * quantity, 0);
  }

  add(prize, quantity = 1) {
    const at = this.lines.findIndex((line) => line.prize.id === prize.id);
    this.at = at < 0 ? this.lines.push({ prize, quantity: 0 }) - 1 : at;
    this.#set(this.lines[this.at].quantity + quantity);
  }

  // One more or fewer of the line that is marked, or so many; none takes it out.
  change(step) {
    if (!this.isEmpty) this.#set(this.lines[this.at].quantity + step);
  }

  set(quantity) {
    if (!this.isEmpty) this.#set(quantity);
  }

  mark(step) {
    const { length } = this.lines;
    if (length) this.at = (this.at + step + length) % length;
  }

  #set(quantity) {
    this.lines[this.at].quantity = Math.min(quantity, MOST);
    if (quantity <= 0) this.lines.splice(this.at, 1);
    this.at = Math.max(0, Math.min(this.at, this.lines.length - 1));
  }
}

// The basket as it is shown; `frozen` while it is asked about or done.
export const basketView = (basket, frozen, act) => [
  h("h2", {}, say("till.basket")),
  basket.isEmpty
    ? p(say("till.basket.empty"), "empty")
    : h("ol", { class: "lines" }, basket.lines.map((line, at) => lineView(line, at === basket.at && !frozen))),
  h(
    "div",
    { class: "actions small" },
    key("NumpadAdd", say("till.more"), () => act(() => basket.change(1)), "quiet", { disabled: frozen || basket.isEmpty }),
    key("NumpadSubtract", say("till.fewer"), () => act(() => basket.change(-1)), "quiet", { disabled: frozen || basket.isEmpty }),
    key("Delete", say("till.remove"), () => act(() => basket.set(0)), "quiet", { disabled: frozen || basket.isEmpty }),
  ),
];

const lineView = ({ prize, quantity }, marked) =>
  h(
    "li",
    { class: marked ? "marked" : null, "aria-current": marked ? "true" : false },
    h("span", { class: "title" }, prize.title),
    h("span", { class: "times" }, say("till.times", { count: count(quantity) })),
    h("span", { class: "cost" }, points(prize.cost_points * quantity)),
  );

// What it comes to, against what there is.
export const sumView = (cost, available) => [
  h("span", { class: "label" }, say("till.sum")),
  h("output", { class: "sum" }, points(cost)),
  h("span", { class: "quiet-words" }, available === null ? "" : left(available - cost)),
];

const left = (units) =>
  units < 0 ? say("till.short", { points: points(-units) }) : say("till.after", { points: points(units) });
