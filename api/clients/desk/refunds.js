// Refunds: what went over comes back, by another hand than the one that handed it over.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { countersign } from "./countersign.js";
import { shownBy } from "./identity.js";
import { key } from "./keys.js";
import { preparing, RefundRequest, waitingOf, waitingTable } from "./refund-request.js";
import { printSlip } from "./slip.js";

const SHOWN = 30;
const RECEIPT = /^\d{10}$/;

export class Refunds extends Screen {
  static get ways() {
    return [RefundRequest];
  }

  chosen = null;
  isBack = false;

  async load() {
    this.query = this.given.of ?? { desk_id: this.app.desk.id };
    const found = this.app.api.get("/redemptions", { limit: SHOWN, ...this.query });
    [{ items: this.found }, this.waiting] = await Promise.all([found, this.given.of ? [] : waitingOf(this.app)]);
    if (this.given.of && this.found.length === 1) this.#choose(this.found[0]);
  }

  #choose(one) {
    this.chosen = one;
    this.isBack = false;
    this.posting = this.app.api.posting(`/redemptions/${one.id}/reverse`);
  }

  view() {
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("refunds.title")),
      this.isBack ? this.#back() : this.chosen ? this.#one() : this.#asked(),
      this.waiting.length && !this.chosen ? h("section", { class: "panel" }, waitingTable(this.app, this.waiting)) : null,
      this.chosen ? null : this.#list(),
    );
  }

  begin() {
    (this.querySelector(".panel select, .panel input") ?? this.querySelector(".panel button"))?.focus();
  }

  // A slip's bars, or whose it was.
  async scanned({ digits, is }) {
    if (RECEIPT.test(digits)) await this.#find(digits);
    else if (is === "card" || is === "screen") await this.#ofPerson(shownBy(digits));
    else return false;
    return true;
  }

  #asked() {
    const line = field({ name: "receipt", label: say("refunds.line"), hint: say("refunds.line.how"), inputmode: "numeric" });
    const send = async ({ receipt }) => {
      const digits = receipt.normalize("NFKC").replace(/\D/g, "");
      const shown = shownBy(digits);
      if (shown?.card) return this.#ofPerson(shown);
      if (!RECEIPT.test(digits)) return void (line.fault = say("refunds.no.number"));
      await this.#find(digits, line);
    };
    return h("section", { class: "panel" }, form([line], say("refunds.find"), send));
  }

  // By the number on the slip; where there is none such, by the volunteer's.
  async #find(digits, line = null) {
    const { items } = await this.app.api.get("/redemptions", { receipt: digits });
    if (items.length) return this.app.go(Refunds, { of: { receipt: digits } });
    const shown = shownBy(digits);
    if (shown) return this.#ofPerson(shown, line);
    if (line) line.fault = say("refunds.no.number");
    else this.app.status.warn(say("refunds.no.number"));
  }

  async #ofPerson(shown, line = null) {
    try {
      const { volunteer_no } = await this.app.api.post("/identifications", shown, { harmless: !shown.code });
      await this.app.go(Refunds, { of: { volunteer_no } });
    } catch (error) {
      if (line && error.code === "not_found") line.fault = say("refunds.no.number");
      else this.app.failed(error);
    }
  }

  #one() {
    const one = this.chosen;
    const isMine = one.recorded_by === this.app.me.id;
    const goods = ["sellable", "damaged"].map((state) => [state, say(`refunds.goods.${state}`)]);
    const fields = [
      field({ name: "goods", label: say("refunds.goods"), choices: goods }),
      field({ name: "reason", label: say("refunds.reason"), maxlength: 200 }),
    ];
    const body = () => ({ goods: fields[0].value, reason: fields[1].value });
    const done = () => this.#done();
    const path = `/redemptions/${one.id}/reverse`;
    const send = async () => {
      await this.posting.send(body());
      await this.#done();
    };
    return h(
      "section",
      { class: "panel stack" },
      h("h2", {}, say("refunds.of", { number: one.receipt })),
      p(say("refunds.when", { day: day(one.redeemed_on), who: grouped(one.volunteer_no, 3, 3, 4) })),
      h("ul", { class: "items" }, one.items.map((item) => h("li", {}, say("till.item", item)))),
      p(say("refunds.points", { points: points(one.points) }), "large"),
      one.is_refunded ? p(say("refunds.already"), "care") : null,
      one.is_refunded || !isMine ? null : p(say("refunds.mine"), "care"),
      one.is_refunded
        ? null
        : isMine
          ? this.#second({ path, body, words: say("refunds.do"), done, more: fields })
          : form(fields, say("refunds.do"), send),
      h(
        "div",
        { class: "actions" },
        key("F10", say("refunds.copy"), () => printSlip(this.app, one.id).catch((error) => this.app.failed(error)), "quiet"),
        key("Escape", say("refunds.other"), () => this.app.go(Refunds), "quiet"),
      ),
    );
  }

  // By somebody who signs here, or, later, at their own machine.
  #second(what) {
    return h("div", { class: "beside" }, countersign(what), preparing(this.app, this.chosen, what.more));
  }

  async #done() {
    this.isBack = true;
    this.draw();
    this.begin();
  }

  #back() {
    return h(
      "section",
      { class: "panel stack" },
      p(say("refunds.done"), "good large"),
      p(say("refunds.done.points", { points: points(this.chosen.points) })),
      h(
        "div",
        { class: "actions" },
        key("F4", say("refunds.other"), () => this.app.go(Refunds), "primary"),
        key("F10", say("till.print"), () => printSlip(this.app, this.chosen.id).catch((error) => this.app.failed(error))),
      ),
    );
  }

  #list() {
    const columns = [
      { key: "receipt", label: say("refunds.receipt"), head: true },
      { key: "redeemed_on", label: say("refunds.day"), cell: (one) => day(one.redeemed_on), sort: (one) => one.redeemed_on },
      { key: "volunteer_no", label: say("pickups.who"), cell: (one) => grouped(one.volunteer_no, 3, 3, 4) },
      { key: "items", label: say("pickups.what"), cell: (one) => one.items.map((item) => h("div", {}, say("till.item", item))) },
      { key: "points", label: say("pickups.points"), number: true, cell: (one) => points(one.points), sort: (one) => one.points },
      { key: "state", label: say("refunds.state"), cell: (one) => (one.is_refunded ? say("refunds.was") : "") },
    ];
    const caption = say(this.given.of ? "refunds.found" : "refunds.latest");
    const open = (one) => this.app.toRefund(one.receipt);
    const exports = exportsOf(this.app.api, "/redemptions", this.query);
    return h("section", { class: "panel" }, table({ caption, columns, rows: this.found, empty: say("refunds.none"), open, exports }));
  }
}

customElements.define("desk-refunds", Refunds);
