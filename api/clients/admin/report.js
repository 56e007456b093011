// The report of a month: every figure that those above ask for, at one entry of the ledger, and the entries behind it.

import { chart } from "../kit/chart.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, day, hours, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { lasting } from "../kit/requests.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { Entries } from "./report-entries.js";
import "./reports-words.js";

const PATH = "/reports/figures";
const METHODS = ["clocked", "roster", "backfilled", "declared", "imported"];
const MOVES = ["opening", "issued", "redeemed", "lapsed", "adjusted", "donated", "forfeited", "moved", "outstanding"];
const BALANCES = new Set(["opening", "outstanding"]);
const PARTY = ["members", "home", "unit", "both", "team", "stairwell", "area", "all_three"];

// `given`: the `month` (YYYY-MM) and the `organisation_id`.
export class Report extends FormScreen {
  async load() {
    const { bank, me, server } = this.app;
    this.asked = { month: bank.today.slice(0, 7), organisation_id: me.organisation_id, ...this.given };
    this.query = { ...daysOf(this.asked.month, bank.today), organisation_id: this.asked.organisation_id, every: "whole" };
    const [report, types] = await Promise.all([server.get(PATH, this.query), server.get("/activity-types")]);
    Object.assign(this, { report, types: new Map(types.activity_types.map(({ code, title }) => [code, title])) });
    this.one = this.report.items[0];
    const drawn = { ...this.query, from: `${this.asked.month.slice(0, 4)}-01-01`, every: "month" };
    this.year = (await server.get(PATH, { ...drawn, as_of_seq: this.report.as_of_seq })).items;
  }

  view() {
    const { one, report } = this;
    const told = { name: one.organisation_name, from: day(report.first_day), to: day(report.last_day), seq: count(report.as_of_seq) };
    const parts = [
      this.#part("people", ["volunteers", "volunteers_new", "volunteers_left", "active"].map((name) => this.#line(name, count(one[name])))),
      this.#part("service", this.#service()),
      this.#part("points", MOVES.map((name) => this.#line(`points_${name}`, points(one[`points_${name}`]), !BALANCES.has(name)))),
      this.#part("prizes", this.#prizes()),
      this.#part("needs", this.#needs()),
      this.#part("duty", this.#duty()),
      this.#part("party", PARTY.map((name) => this.#line(`party_${name}`, count(one.party[name])))),
      this.#part("others", this.#others()),
    ];
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("report.title")),
      h("section", { class: "panel unprinted" }, this.#asked(), this.#takeAway()),
      p(say("report.of", told), "state"),
      h("div", { class: "beside" }, this.#chart("requests", ["requests", "requests_closed"], count), this.#chart("time", ["minutes"], hours)),
      h("div", { class: "parts" }, parts.filter(Boolean)),
    );
  }

  #asked() {
    const fields = [
      field({ name: "month", type: "month", label: say("report.month"), value: this.asked.month, max: this.app.bank.today.slice(0, 7) }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), value: this.asked.organisation_id }),
    ];
    const made = form(fields, say("report.look"), () => this.app.visit("report", values(fields)));
    made.classList.add("two");
    return made;
  }

  // On paper and as tables, at the same entry as what is shown.
  #takeAway() {
    const { server } = this.app;
    const query = { ...this.query, as_of_seq: this.report.as_of_seq };
    const keep = (how) => async ({ currentTarget: pressed }) => {
      pressed.disabled = true;
      try {
        save(await how());
      } catch (error) {
        this.app.failed(error);
      } finally {
        pressed.disabled = false;
      }
    };
    const year = this.asked.month.slice(0, 4);
    const annual = () => server.file(`/organisations/${this.asked.organisation_id}/annual-report`, { year });
    return h(
      "div",
      { class: "actions" },
      button(say("report.print"), keep(() => server.file(`${PATH}.pdf`, query)), "quiet"),
      exportsOf(server, PATH, query).map(([format, how]) => button(say("kit.export", { format }), keep(how), "quiet")),
      button(say("report.annual", { year }), keep(annual), "quiet"),
    );
  }

  #chart(title, names, written) {
    const series = (name) => ({ label: say(`figure.${name}`), values: this.year.map((each) => each[name]) });
    const labels = this.year.map((each) => each.period);
    const drawn = chart({ title: say(`report.chart.${title}`), labels, of: say("report.month"), series: names.map(series), written });
    return h("section", { class: "panel" }, drawn);
  }

  #part(name, lines) {
    if (!lines.length) return null;
    const columns = [
      { key: "label", label: say("report.figure"), head: true, cell: ({ label }) => label },
      { key: "value", label: say("report.value"), number: true },
      { key: "behind", narrow: true, label: say("report.behind"), cell: ({ figure, label }) => (figure ? this.#behind(figure, label) : "") },
    ];
    const shown = lines.some(({ figure }) => figure) ? columns : columns.slice(0, 2);
    return h("section", { class: "panel" }, table({ caption: say(`report.part.${name}`), columns: shown, rows: lines }));
  }

  // What is nothing in sum may still have entries behind it.
  #line(name, value, isBehind = false) {
    return { label: say(`figure.${name}`), value, figure: isBehind ? name : null };
  }

  #behind(figure, label) {
    const { every, ...query } = this.query;
    const given = { figure, query: { ...query, as_of_seq: this.report.as_of_seq } };
    return button(say("report.see"), () => this.app.open(Entries, given), "quiet", { "aria-label": say("report.see.of", { label }) });
  }

  #service() {
    const { one } = this;
    const methods = METHODS.map((name) => this.#line(`method_${name}`, hours(one.minutes_by_method[name])));
    const named = (code) => (this.types.has(code) ? chosen(this.types.get(code)) : code);
    const types = one.activities_by_type.map((each) => ({ label: say("figure.activity.type", { type: named(each.activity_type) }), value: count(each.activities) }));
    return [
      this.#line("records", count(one.records)),
      this.#line("minutes", hours(one.minutes), true),
      ...methods,
      this.#line("activities", count(one.activities)),
      ...types,
    ];
  }

  #prizes() {
    const { one } = this;
    const each = ({ title, quantity, points: paid }) => ({ label: title, value: say("report.prize", { quantity: count(quantity), points: points(paid) }) });
    return [this.#line("redemptions", count(one.redemptions)), this.#line("prizes", count(one.prizes), true), ...one.prizes_redeemed.map(each)];
  }

  #needs() {
    const { one } = this;
    const names = ["wishes", "wishes_fulfilled", "requests", "requests_accepted_late", "requests_closed", "requests_closed_late"];
    const took = one.requests_closed ? lasting(Math.round(one.requests_minutes / one.requests_closed)) : say("report.none");
    return [...names.map((name) => this.#line(name, count(one[name]))), this.#line("requests_average", took)];
  }

  #duty() {
    const { one } = this;
    const names = ["records_in_time", "records_late", "overdue", "records_undone", "records_corrected", "certificates_issued", "certificates_revoked"];
    return names.filter((name) => one[name] !== null).map((name) => this.#line(name, count(one[name])));
  }

  #others() {
    const { one } = this;
    return [
      ...one.stars.map((each) => ({ label: say("figure.stars", { count: each.star_level }), value: count(each.volunteers) })),
      ...one.listed.map((each) => ({ label: say("figure.listed", { tag: each.tag }), value: count(each.volunteers) })),
      ...one.flags.map((each) => ({ label: say(`figure.flag.${each.flag}`), value: count(each.count) })),
    ];
  }
}

// From the first day of a month to its last, or to today.
const daysOf = (month, today) => {
  const [year, number] = month.split("-").map(Number);
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
  return { from: `${month}-01`, to: last < today ? last : today };
};

customElements.define("admin-report", Report);
