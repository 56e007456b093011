// What the whole book adds up to, so that anybody can follow the sum: every point that was ever given is either with
// somebody or went somewhere, and each month leads from the one before it.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { count, hours, points, signed } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { all, balance, byMonth, head, sums } from "./data.js";
import { asOf, nameOf, sheet } from "./parts.js";

const MONTHS = 24;
const FLOWS = ["issued", "redeemed", "lapsed"];
const THEIRS = ["wallet", "held", "donate_only", "honour"];

export class Totals extends Screen {
  async load() {
    const { server } = this.app;
    [this.sums, this.head, this.prizes] = await Promise.all([sums(server), head(server), all(server, "/showcase")]);
  }

  view() {
    return sheet(
      "totals",
      say("totals.title"),
      p(say("totals.lead"), "lead"),
      asOf(this.sums.size, this.app.bank.today),
      this.#unit("points", points),
      this.#months(),
      this.#unit("minutes", hours),
      this.#goods(),
      p(this.head ? say("totals.check", { size: count(this.head.size) }) : say("trust.unsigned"), "read"),
      h("p", { class: "unprinted" }, h("a", { class: "button", href: "/verify" }, say("totals.verify"))),
    );
  }

  #unit(unit, written) {
    const { from, to, given, kept } = balance(this.sums.totals, unit);
    const side = (way, rows, sum) => {
      const columns = [
        { key: "purpose", label: say("purpose"), cell: ({ purpose }) => named(way, purpose), head: true },
        { key: "amount", label: say(`unit.${unit}`), cell: ({ amount }) => written(amount), number: true },
      ];
      const foot = { purpose: "sum", amount: sum };
      const list = rows.map(([purpose, amount]) => ({ purpose, amount }));
      return table({ caption: say(`side.${way}`), columns, rows: list, foot });
    };
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say(`totals.${unit}`)),
      given || kept
        ? [h("div", { class: "sides" }, side("from", from, given), side("to", to, kept)), equal(given, kept, written)]
        : p(say("totals.none"), "empty"),
    );
  }

  // What people had at the end of each month is what they had before, and what came and went in it.
  #months() {
    const months = byMonth(this.sums.months);
    const shown = months.slice(-MONTHS);
    if (!shown.length) return null;
    const values = (key) => ({ label: say(`month.${key}`), values: shown.map((each) => each[key]) });
    const labels = shown.map((each) => each.month);
    const column = (key, written) => {
      return { key, label: say(`month.${key}`), number: true, cell: (row) => written(row[key]) };
    };
    const columns = [
      { key: "month", label: say("month"), head: true, narrow: true },
      column("issued", signed),
      column("redeemed", (units) => signed(-units)),
      column("lapsed", (units) => signed(-units)),
      column("other", signed),
      column("outstanding", points),
      column("minutes", hours),
    ];
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("months.title")),
      p(say("months.how"), "read"),
      chart({ title: say("months.chart"), labels, series: FLOWS.map(values), written: points, bare: true }),
      table({ caption: say("months.caption"), columns, rows: [...shown].reverse() }),
      this.#lead(months.at(-1).outstanding),
    );
  }

  // From the last month back to the sums above.
  #lead(outstanding) {
    const of = (purpose) => this.sums.totals[purpose]?.points ?? 0;
    const have = THEIRS.reduce((sum, purpose) => sum + of(purpose), 0);
    const owed = -of("debt");
    if (!this.sums.agree) return null;
    const told = { outstanding: points(outstanding), have: points(have), owed: points(owed) };
    return have - owed === outstanding ? p(say("months.lead", told), "good-words") : p(say("months.differ", told), "fault");
  }

  #goods() {
    const all = new Set(Object.values(this.sums.totals).flatMap(Object.keys));
    const units = [...all].filter((unit) => unit.startsWith("prize:"));
    if (!units.length) return null;
    const titles = new Map(this.prizes.map((prize) => [prize.unit, prize.title]));
    const of = (purpose, unit) => this.sums.totals[purpose]?.[unit] ?? 0;
    const rows = units
      .sort((one, other) => Number(one.slice(6)) - Number(other.slice(6)))
      .map((unit) => ({
        title: titles.get(unit) ?? say("goods.gone", { unit }),
        received: -of("received", unit),
        counted: -of("counted", unit),
        handed_out: of("handed_out", unit),
        written_off: of("written_off", unit),
        stock: of("stock", unit),
        held: of("held", unit),
      }));
    const written = (key) => (row) => (key === "counted" && row[key] > 0 ? `+${count(row[key])}` : number(row[key]));
    const column = (key) => ({ key, label: say(`goods.${key}`), number: true, cell: written(key) });
    const columns = [
      { key: "title", label: say("goods.title"), head: true },
      ...["received", "counted", "handed_out", "written_off", "held", "stock"].map(column),
      { key: "equal", label: say("goods.equal"), cell: (row) => say(isEqual(row) ? "goods.yes" : "goods.no") },
    ];
    const list = table({ caption: say("goods.caption"), columns, rows });
    return h("section", { class: "panel" }, h("h2", {}, say("goods.head")), p(say("goods.how"), "read"), list);
  }
}

const number = (amount) => (amount < 0 ? `−${count(-amount)}` : count(amount));

const isEqual = (row) => row.received + row.counted === row.handed_out + row.written_off + row.stock + row.held;

const named = (way, purpose) => (purpose === "sum" ? say("sum") : nameOf(way, purpose));

const equal = (given, kept, written) =>
  given === kept
    ? p(say("totals.equal", { sum: written(given) }), "good-words")
    : p(say("totals.unequal", { given: written(given), kept: written(kept) }), "fault");

customElements.define("board-totals", Totals);
