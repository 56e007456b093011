// Refunds that the first clerk prepared: they wait in a list until a second person signs at their own machine.

import { h, p } from "../kit/element.js";
import { showFaults } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { key } from "./keys.js";
import "./refund-words.js";
import { Refunds } from "./refunds.js";

const SHOWN = 50;

// What waits, the newest first.
export const waitingOf = async (app) => (await app.api.get("/refund-requests", { state: "waiting", limit: SHOWN })).items;

export const waitingTable = (app, rows) => {
  const columns = [
    { key: "receipt", label: say("refunds.receipt"), head: true },
    { key: "volunteer_no", label: say("pickups.who"), cell: (one) => grouped(one.volunteer_no, 3, 3, 4) },
    { key: "points", label: say("pickups.points"), number: true, cell: (one) => points(one.points), sort: (one) => one.points },
    { key: "reason", label: say("waiting.reason") },
    { key: "until_on", label: say("waiting.until"), cell: (one) => day(one.until_on), sort: (one) => one.until_on },
  ];
  const exports = exportsOf(app.api, "/refund-requests", { state: "waiting" });
  const open = (one) => app.go(RefundRequest, { one });
  return table({ caption: say("waiting.title"), columns, rows, empty: say("waiting.none"), open, exports });
};

// A way to prepare what the fields say, of `one` that was handed over. What is wrong is told at the fields.
export const preparing = (app, one, fields) => {
  const prepare = async (event) => {
    const pressed = event.currentTarget;
    pressed.disabled = true;
    try {
      await app.api.post(`/redemptions/${one.id}/refund-requests`, Object.fromEntries(fields.map((each) => [each.name, each.value])));
      await app.go(Refunds);
      app.status.tell(say("prepare.done"));
    } catch (error) {
      pressed.disabled = false;
      const rest = error.faults ? showFaults(fields, error) : null;
      if (rest !== "") app.failed(error);
    }
  };
  return h(
    "div",
    { class: "stack" },
    h("h3", {}, say("prepare.later")),
    p(say("prepare.how"), "quiet-words"),
    h("div", { class: "actions" }, key("F9", say("prepare.do"), prepare)),
  );
};

export class RefundRequest extends Screen {
  async load() {
    const { one } = this.given;
    this.handed = await this.app.api.get(`/redemptions/${one.redemption_id}`);
    this.posting = this.app.api.posting(`/refund-requests/${one.id}/countersign`);
  }

  view() {
    const { one } = this.given;
    const isFirst = [one.requested_by, this.handed.recorded_by].includes(this.app.me.id);
    const goods = say(`refunds.goods.${one.goods}`);
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("request.title", { number: one.receipt })),
      h(
        "section",
        { class: "panel stack" },
        p(say("refunds.when", { day: day(one.redeemed_on), who: grouped(one.volunteer_no, 3, 3, 4) })),
        h("ul", { class: "items" }, this.handed.items.map((item) => h("li", {}, say("till.item", item)))),
        p(say("refunds.points", { points: points(one.points) }), "large"),
        p(say("request.goods", { goods })),
        p(say("request.reason", { reason: one.reason })),
        p(say("request.said", { day: day(one.until_on) }), "quiet-words"),
        this.handed.is_refunded ? p(say("refunds.already"), "care") : p(say(isFirst ? "request.not.you" : "request.look"), isFirst ? "care" : null),
        h(
          "div",
          { class: "actions" },
          isFirst || this.handed.is_refunded ? null : key("F9", say("request.sign"), (event) => this.#sign(event.currentTarget), "primary"),
          this.handed.is_refunded ? null : key("Delete", say("request.withdraw"), (event) => this.#withdraw(event.currentTarget)),
          key("Escape", say("refunds.other"), () => this.app.go(Refunds), "quiet"),
        ),
      ),
    );
  }

  begin() {
    this.querySelector("button")?.focus();
  }

  async #sign(pressed) {
    const done = await this.app.done(pressed, this.posting, {}, { failed: (error) => this.#failed(error) });
    if (!done) return;
    await this.app.go(Refunds);
    this.app.status.tell(say("refunds.done"));
  }

  async #withdraw(pressed) {
    pressed.disabled = true;
    try {
      await this.app.api.post(`/refund-requests/${this.given.one.id}/withdraw`, {});
      await this.app.go(Refunds);
      this.app.status.tell(say("request.withdrawn"));
    } catch (error) {
      pressed.disabled = false;
      this.#failed(error);
    }
  }

  #failed(error) {
    if (error.code === "already_decided") this.app.status.warn(say("request.over"));
    else this.app.failed(error);
  }
}

customElements.define("desk-refund-request", RefundRequest);
