// Stock: what is there, what is low, what expires; and from here what comes, goes elsewhere, is lost or is counted.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { key } from "./keys.js";
import { Labels } from "./labels.js";
import { Receive } from "./receive.js";
import { Reports } from "./reports.js";
import { Stocktake } from "./stocktake.js";
import { Transfer } from "./transfer.js";
import { WriteOff } from "./write-off.js";

const WAYS = [
  ["Digit1", Receive, "stock.receive"],
  ["Digit2", Transfer, "stock.transfer"],
  ["Digit3", WriteOff, "stock.lose"],
  ["Digit4", Stocktake, "stock.count"],
  ["Digit5", Reports, "stock.reports"],
  ["Digit6", Labels, "stock.labels"],
];

export class Stock extends Screen {
  static ways = WAYS.map(([, Class]) => Class);

  async load() {
    const { api, desk } = this.app;
    const [stock, waiting] = await Promise.all([
      api.get(`/desks/${desk.id}/stock`),
      api.get("/stock-reports", { state: "reported", limit: 200 }),
    ]);
    this.items = stock.items;
    this.waiting = waiting.items.length;
  }

  view() {
    const way = ([code, Class, words]) =>
      key(code, say(words, { count: this.waiting }), () => this.app.go(Class), Class === Receive ? "primary" : null);
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("stock.title")),
      h("nav", { class: "actions", "aria-label": say("stock.ways") }, WAYS.map(way)),
      this.#worth(),
      h("section", { class: "panel" }, this.#table()),
    );
  }

  // The first of the ways, so that digits choose and arrows scroll.
  begin() {
    this.querySelector("nav button")?.focus();
  }

  // What somebody should see to.
  #worth() {
    const low = this.items.filter((one) => one.is_low);
    const soon = this.items.flatMap((one) => one.batches.filter((batch) => batch.expires_soon).map((batch) => ({ one, batch })));
    const gone = this.items.filter((one) => one.expired > 0);
    const lines = [
      ...gone.map((one) => p(say("stock.expired", { title: one.title, count: count(one.expired) }), "refused")),
      ...soon.map(({ one, batch }) =>
        p(say("stock.soon", { title: one.title, count: count(batch.quantity), day: day(batch.best_before) }), "care"),
      ),
      ...low.map((one) => p(say("stock.low", { title: one.title, count: count(one.quantity) }), "care")),
    ];
    return lines.length ? h("section", { class: "panel stack", "aria-label": say("stock.worth") }, lines) : null;
  }

  #table() {
    const columns = [
      { key: "title", label: say("stock.prize"), sort: (one) => one.title },
      { key: "quantity", label: say("stock.there"), number: true, cell: (one) => count(one.quantity), sort: (one) => one.quantity },
      { key: "expired", label: say("stock.past"), number: true, cell: (one) => (one.expired ? count(one.expired) : "") },
      { key: "batches", label: say("stock.batches"), cell: (one) => one.batches.map((batch) => h("div", {}, told(batch))) },
    ];
    return table({ caption: say("stock.list"), columns, rows: this.items, empty: say("stock.none") });
  }
}

const told = ({ best_before, quantity, has_expired }) => {
  const facts = { count: count(quantity), day: best_before ? day(best_before) : "" };
  return say(best_before === null ? "stock.batch.lasting" : has_expired ? "stock.batch.expired" : "stock.batch", facts);
};

customElements.define("desk-stock", Stock);
