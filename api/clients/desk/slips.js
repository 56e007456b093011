// Paper slips: filled in while there was no power, keyed in afterwards, each number once; and those that a person has to
// settle.

import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, day, grouped } from "../kit/formats.js";
import { isSound } from "../kit/codes.js";
import { knows, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { countersign } from "./countersign.js";
import { prizeField, quantityField, takeLabel, whole } from "./goods.js";
import { shownBy } from "./identity.js";
import { key } from "./keys.js";
import { all } from "./shelf.js";

const LINES = 4;
const PRIZES = Array.from({ length: LINES }, (_, at) => 3 + 2 * at); // which of the fields name a prize

export class Slips extends Screen {
  static get ways() {
    return [Settle];
  }

  async load() {
    const { api, desk } = this.app;
    [this.prizes, this.exceptions, this.books] = await Promise.all([
      all(api, "/prizes"),
      all(api, "/paper-redemptions", { state: "exception" }),
      all(api, "/slip-books", { desk_id: desk.id }),
    ]);
    this.posting = api.posting("/paper-redemptions");
    this.today = (await api.get(`/desks/${desk.id}/stock`)).on;
  }

  view() {
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("slips.title")),
      h("section", { class: "panel stack slip" }, h("h2", {}, say("slips.key.in")), this.#form()),
      h("section", { class: "panel stack" }, this.#exceptions()),
      h("section", { class: "panel stack" }, this.#books()),
    );
  }

  begin() {
    this.fields[0].focus();
  }

  async scanned({ digits, is }) {
    if (is === "pairing") this.#into(this.fields[0], digits, this.fields[1]);
    else if (is === "volunteer") this.#into(this.fields[1], digits, this.fields[3]);
    else if (is === "card") await this.#card(digits);
    else if (is !== "prize") return false;
    else {
      const empty = PRIZES.find((at) => !this.fields[at].value) ?? PRIZES[0];
      return takeLabel(this.prizes, digits, this.fields[empty], this.fields[empty + 1]);
    }
    return true;
  }

  #into(into, digits, next) {
    into.value = digits;
    into.fault = "";
    next.focus();
  }

  async #card(digits) {
    try {
      const { volunteer_no } = await this.app.api.post("/identifications", shownBy(digits), { harmless: true });
      this.#into(this.fields[1], volunteer_no, this.fields[3]);
    } catch (error) {
      this.app.failed(error);
    }
  }

  #form() {
    const number = { inputmode: "numeric" };
    const lines = Array.from({ length: LINES }, (_, at) => [
      prizeField(this.prizes, { name: `prize_${at}`, required: at === 0, label: say("slips.prize", { number: at + 1 }) }),
      quantityField({ name: `quantity_${at}`, required: at === 0 }),
    ]);
    this.fields = [
      field({ name: "slip_no", label: say("slips.number"), hint: say("slips.number.how"), maxlength: 11, ...number }),
      field({ name: "volunteer_no", label: say("slips.volunteer"), maxlength: 12, ...number }),
      field({ name: "given_on", label: say("slips.given"), type: "date", value: this.today }),
      ...lines.flat(),
    ];
    for (const at of PRIZES) this.fields[at].classList.add("wide");
    const made = form(this.fields, say("slips.do"), (typed) => this.#send(typed));
    made.querySelector(".actions").append(button(say("slips.void"), () => this.#void(), "quiet"));
    return made;
  }

  #digits(at) {
    return this.fields[at].value.normalize("NFKC").replace(/\D/g, "");
  }

  async #send({ given_on }) {
    const items = [];
    for (const at of PRIZES) {
      const [prize, quantity] = this.fields.slice(at, at + 2);
      if (!prize.value && !quantity.value) continue;
      if (!prize.value) return void (prize.fault = say("goods.which"));
      if (!whole(quantity.value)) return void (quantity.fault = say("goods.number"));
      items.push({ prize_id: prize.value, quantity: whole(quantity.value) });
    }
    if (!items.length) return void (this.fields[3].fault = say("goods.which"));
    const slip_no = this.#digits(0);
    if (!isSound(slip_no)) return void (this.fields[0].fault = say("slips.misread"));
    const made = await this.posting.send({ slip_no, volunteer_no: this.#digits(1), items, given_on });
    await this.app.go(Slips);
    const number = grouped(made.slip_no, 3);
    if (made.state === "posted") this.app.status.tell(say("slips.posted", { number }));
    else this.app.status.warn(say("slips.exception", { number, why: why(made.refusal) }));
  }

  async #void() {
    const slip_no = this.#digits(0);
    try {
      await this.app.api.post("/paper-redemptions/void", { slip_no });
      await this.app.go(Slips);
      this.app.status.tell(say("slips.voided", { number: grouped(slip_no, 3) }));
    } catch (error) {
      const [fault] = error.faults?.values() ?? [];
      if (fault) this.fields[0].fault = fault;
      else this.app.failed(error);
    }
  }

  #exceptions() {
    const columns = [
      { key: "slip_no", label: say("slips.number"), head: true, cell: (one) => grouped(one.slip_no, 3) },
      { key: "given_on", label: say("slips.given"), cell: (one) => (one.given_on ? day(one.given_on) : "") },
      { key: "volunteer_no", label: say("pickups.who"), cell: (one) => (one.volunteer_no ? grouped(one.volunteer_no, 3, 3, 4) : "") },
      { key: "items", label: say("pickups.what"), cell: (one) => one.items.map((item) => h("div", {}, say("till.item", item))) },
      { key: "refusal", label: say("slips.why"), cell: (one) => why(one.refusal) },
    ];
    const [caption, empty] = [say("slips.exceptions"), say("slips.exceptions.none")];
    const open = (one) => this.app.go(Settle, { slip: one });
    const exports = exportsOf(this.app.api, "/paper-redemptions", { state: "exception" });
    return table({ caption, columns, rows: this.exceptions, empty, open, exports });
  }

  #books() {
    const slips = field({ name: "slips", label: say("slips.how.many"), inputmode: "numeric", maxlength: 4, value: "50" });
    const prepare = async () => {
      const wanted = whole(slips.value);
      if (!wanted) return void (slips.fault = say("goods.number"));
      await this.app.api.post("/slip-books", { desk_id: this.app.desk.id, slips: wanted });
      await this.app.go(Slips);
    };
    const failed = (error) => this.app.failed(error);
    const paper = (one) => this.app.api.file(`/slip-books/${one.id}/slips.pdf`).then(save, failed);
    const number = (name) => ({ key: name, label: say(`slips.${name}`), number: true, cell: (one) => count(one[name]) });
    const columns = [
      { key: "first_no", label: say("slips.from"), cell: (one) => grouped(one.first_no, 3) },
      { key: "last_no", label: say("slips.to"), cell: (one) => grouped(one.last_no, 3) },
      number("back"),
      number("missing"),
      { key: "act", label: say("slips.act"), cell: (one) => button(say("slips.paper"), () => paper(one), "quiet") },
    ];
    return [
      table({ caption: say("slips.books"), columns, rows: this.books, empty: say("slips.books.none") }),
      h("details", {}, h("summary", {}, say("slips.prepare")), form([slips], say("slips.prepare.do"), prepare)),
    ];
  }
}

// Why a slip could not be posted, in words; the code of a reason that has none here.
const why = (refusal) => (refusal && knows(`refusal.${refusal}`) ? say(`refusal.${refusal}`) : (refusal ?? ""));

// One slip that could not be posted: another person than who keyed it in says what becomes of it.
export class Settle extends Screen {
  view() {
    const { slip } = this.given;
    const isMine = slip.keyed_by === this.app.me.id;
    const outcomes = ["posted", "debt", "loss"].map((name) => [name, say(`settle.${name}`)]);
    const fields = [
      field({ name: "outcome", label: say("settle.outcome"), choices: outcomes }),
      field({ name: "reason", label: say("refunds.reason"), maxlength: 200 }),
    ];
    const path = `/paper-redemptions/${slip.id}/settle`;
    this.posting ??= this.app.api.posting(path);
    const body = () => ({ outcome: fields[0].value, reason: fields[1].value });
    const done = async () => {
      await this.app.go(Slips);
      this.app.status.tell(say("settle.done"));
    };
    const send = async () => {
      await this.posting.send(body());
      await done();
    };
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("settle.title", { number: grouped(slip.slip_no, 3) })),
      h(
        "section",
        { class: "panel stack" },
        h("ul", { class: "items" }, slip.items.map((item) => h("li", {}, say("till.item", item)))),
        p(why(slip.refusal), "care"),
        isMine ? p(say("settle.mine"), "care") : null,
        isMine ? countersign({ path, body, words: say("settle.do"), done, more: fields }) : form(fields, say("settle.do"), send),
        h("div", { class: "actions" }, key("Escape", say("goods.back"), () => this.app.go(Slips), "quiet")),
      ),
    );
  }

  begin() {
    this.querySelector("select")?.focus();
  }
}

customElements.define("desk-slips", Slips);
customElements.define("desk-settle", Settle);
