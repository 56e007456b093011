// Goods come in: what, how many, from whom, on which paper.

import { h } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { backKey, prizeField, quantityField, takeLabel, whole } from "./goods.js";
import { all } from "./shelf.js";

const KINDS = ["donor", "unit", "purchase"];

export class Receive extends Screen {
  async load() {
    this.prizes = await all(this.app.api, "/prizes");
    this.posting = this.app.api.posting("/stock-receipts");
    this.last ??= {};
  }

  view() {
    const kinds = KINDS.map((kind) => [kind, say(`receive.kind.${kind}`)]);
    const text = (name, more = {}) => field({ name, label: say(`receive.${name}`), maxlength: 120, ...more });
    this.fields = [
      prizeField(this.prizes),
      quantityField(),
      field({ name: "source_kind", label: say("receive.source_kind"), choices: kinds }),
      text("source"),
      text("best_before", { type: "date", required: false, hint: say("receive.best_before.how") }),
      text("document", { required: false }),
      text("batch", { required: false }),
    ];
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("receive.title")),
      h("section", { class: "panel two" }, form(this.fields, say("receive.do"), (typed) => this.#send(typed))),
      backKey(() => this.app.toStock()),
    );
  }

  begin() {
    this.fields[0].focus();
  }

  scanned({ digits, is }) {
    return is === "prize" && takeLabel(this.prizes, digits, this.fields[0], this.fields[1]);
  }

  async #send(typed) {
    const quantity = whole(typed.quantity);
    if (quantity === null) return void (this.fields[1].fault = say("goods.number"));
    const answer = await this.posting.send({ ...typed, quantity, desk_id: this.app.desk.id });
    const { title } = this.prizes.find(({ id }) => id === answer.prize_id);
    for (const each of [this.fields[0], this.fields[1], this.fields[4], this.fields[6]]) each.value = "";
    this.fields[0].focus();
    this.app.status.tell(say("receive.done", { title, count: count(quantity) }));
  }
}

customElements.define("desk-receive", Receive);
