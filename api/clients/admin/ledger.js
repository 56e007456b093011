// The ledger as its auditor reads it: what adds up, transactions looked for, and one of them with its transfers and proof.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, day, instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import "./ledger-words.js";
import { facts, headed, pageOf } from "./listing.js";

const KINDS = [
  "opening", "claim", "review", "claim_step", "award", "deed",
  "redemption", "stock_receipt", "adjustment", "reversal", "lapse", "pooling",
  "donation", "closing", "merge", "founding", "proposal_step", "rulebook",
  "price_list", "resolution", "certificate", "certificate_end", "stock_transfer", "stock_report",
  "stock_settlement", "desk_session", "reservation", "reservation_release", "key_change", "epoch_change",
  "star_change", "star_decision", "notice", "objection", "objection_resolution", "dispute",
  "dispute_answer",
];

// What is counted: points, minutes, or so many of a prize.
const unit = ({ unit: name }) => {
  const [kind, number] = name.split(":");
  return number ? say("unit.prize", { number }) : say(`unit.${kind}`);
};

export class Ledger extends FormScreen {
  async load() {
    this.query = this.given;
    [this.page, this.trial] = await Promise.all([
      pageOf(this.app.server, "/ledger/transactions", this.query),
      this.app.server.get("/ledger/trial-balance"),
    ]);
  }

  view() {
    const open = (each) => this.app.open(Transaction, { seq: each.seq });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("ledger.title")),
      p(say("ledger.how"), "quiet-words"),
      h("section", { class: "panel" }, this.#asked()),
      table({
        caption: say("ledger.title"),
        columns: [
          { key: "seq", narrow: true, label: say("ledger.seq"), head: true },
          { key: "kind", label: say("ledger.kind"), cell: (each) => say(`booked.${each.kind}`) },
          { key: "on", narrow: true, label: say("ledger.day"), cell: (each) => day(each.effective_on) },
          { key: "at", narrow: true, label: say("ledger.at"), cell: (each) => instant(each.recorded_at) },
          { key: "legs", label: say("ledger.legs"), number: true, cell: (each) => count(each.transfers.length) },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("ledger.empty"),
        exports: exportsOf(this.app.server, "/ledger/transactions", this.query),
        open,
      }),
      table({
        caption: say("ledger.balanced", { seq: count(this.trial.as_of_seq) }),
        columns: [
          { key: "unit", label: say("ledger.unit"), cell: (each) => unit(each), head: true },
          { key: "purpose", label: say("ledger.purpose"), cell: (each) => say(`purpose.${each.purpose}`) },
          { key: "accounts", label: say("ledger.accounts"), number: true, cell: (each) => count(each.accounts) },
          { key: "debit", label: say("ledger.debit"), number: true, cell: (each) => count(each.debit) },
          { key: "credit", label: say("ledger.credit"), number: true, cell: (each) => count(each.credit) },
        ],
        rows: this.trial.items,
      }),
    );
  }

  #asked() {
    const { given } = this;
    const kinds = [["", say("ledger.any")], ...KINDS.map((kind) => [kind, say(`booked.${kind}`)])];
    const seq = field({ name: "seq", label: say("ledger.seq"), inputmode: "numeric", required: false });
    const fields = [
      field({ name: "kind", label: say("ledger.kind"), choices: kinds, value: given.kind ?? "", required: false }),
      field({ name: "from", type: "date", label: say("ledger.from"), value: given.from ?? "", required: false }),
      field({ name: "to", type: "date", label: say("ledger.to"), value: given.to ?? "", required: false }),
    ];
    const look = async () => {
      const number = seq.value.trim();
      if (!number) return this.app.visit("ledger", values(fields));
      if (!/^\d+$/.test(number)) return void (seq.fault = say("ledger.empty"));
      await this.app.server.get(`/ledger/transactions/${number}`);
      return this.app.open(Transaction, { seq: number });
    };
    const made = form([seq, ...fields], say("ledger.look"), look);
    made.classList.add("two");
    return made;
  }
}

export class Transaction extends Screen {
  async load() {
    this.one = await this.app.server.get(`/ledger/transactions/${this.given.seq}`);
  }

  view() {
    const { one, app } = this;
    const code = (words) => h("code", {}, words);
    const side = (account, balance) => say("transaction.balance", { account, balance: count(balance) });
    return h(
      "div",
      { class: "list" },
      headed(app, say("transaction.title", { seq: count(one.seq), kind: say(`booked.${one.kind}`) }), button(say("transaction.proof"), () => this.#proof(), "primary")),
      p(say("transaction.proof.how"), "quiet-words"),
      h(
        "section",
        { class: "panel" },
        facts([
          [say("ledger.day"), day(one.effective_on)],
          [say("ledger.at"), instant(one.recorded_at)],
          [say("transaction.who"), app.who(one.actor_id)],
          [say("transaction.rulebook"), one.rulebook ? say("transaction.version", one.rulebook) : null],
          [say("transaction.reverses"), one.reverses ? this.#way(one.reverses) : null],
          [say("transaction.reversed"), one.reversed_by ? this.#way(one.reversed_by) : null],
          [say("transaction.detail"), code(JSON.stringify(one.detail))],
          [say("transaction.commitment"), code(one.commitment)],
          [say("transaction.leaf"), code(one.leaf_hash)],
        ]),
      ),
      table({
        caption: say("ledger.legs"),
        columns: [
          { key: "leg", narrow: true, label: say("transaction.leg"), head: true },
          { key: "unit", label: say("ledger.unit"), cell: (each) => unit(each) },
          { key: "amount", label: say("transaction.amount"), number: true, cell: (each) => count(each.amount) },
          { key: "debit", label: say("transaction.debit"), cell: (each) => side(each.debit_account_id, each.debit_balance) },
          { key: "credit", label: say("transaction.credit"), cell: (each) => side(each.credit_account_id, each.credit_balance) },
        ],
        rows: one.transfers,
        empty: say("transaction.none"),
      }),
    );
  }

  #way(seq) {
    return button(count(seq), () => this.app.open(Transaction, { seq }), "quiet");
  }

  async #proof() {
    try {
      save(await this.app.server.file(`/ledger/transactions/${this.one.seq}/proof`));
    } catch (error) {
      this.app.failed(error);
    }
  }
}

customElements.define("admin-ledger", Ledger);
customElements.define("admin-transaction", Transaction);
