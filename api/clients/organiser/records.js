// Records of service: what was posted, what is held and why, what waits for reviewers or for its notice.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, hours, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { badge, column, head, numbers } from "./looks.js";
import { because, looks } from "./because.js";

const PATH = "/service-records";
const [WAITING, OVER] = [["submitted", "held", "approved", "on_notice"], ["rejected", "withdrawn", "void", "reversed"]];
const STATES = [...WAITING, "posted", ...OVER, "all"];
// Of these each says why, which takes a look at each: so fewer at once.
const SAYS_WHY = new Set(["held", "rejected"]);
const [SHOWN, SHOWN_WITH_WHY] = [50, 20];
const FLAGS_SHOWN = 2;

// `given`: the `state`, the days `from` and `to`, the `activity` (an id).
export class Records extends Screen {
  static under = "records";

  async load() {
    const { server } = this.app;
    const { state = "posted", from = "", to = "", activity = "" } = this.given;
    this.query = { state, from, to, activity };
    const limit = SAYS_WHY.has(state) ? SHOWN_WITH_WHY : SHOWN;
    const [page, about] = await Promise.all([
      this.#page({ ...this.query, limit }),
      activity ? server.get(`/activities/${activity}`) : null,
    ]);
    Object.assign(this, { about, rows: page.rows, more: page.more });
  }

  // A page, each of its records with why it is held or was rejected.
  async #page(query) {
    const page = await this.app.server.get(PATH, query);
    const ask = (one) => this.app.server.get(`${PATH}/${one.id}`);
    const rows = SAYS_WHY.has(query.state) ? await Promise.all(page.items.map(ask)) : page.items;
    const next = () => this.#page({ ...query, cursor: page.next_cursor });
    return { rows, more: page.next_cursor ? next : null };
  }

  view() {
    const back = this.about && [this.about.title, () => this.app.go("activity", { activity_id: this.about.id })];
    return h(
      "div",
      { class: "page" },
      head(say("records.title"), { back, under: this.about ? say("records.of", this.about) : say("records.how") }),
      this.#sought(),
      h("div", { class: "panel" }, p(say(`record.state.${this.query.state}.how`), "quiet-words"), this.#table()),
    );
  }

  #sought() {
    const { state, from, to, activity } = this.query;
    const choices = STATES.map((each) => [each, say(`record.state.${each}`)]);
    const fields = [
      field({ name: "state", label: say("records.state"), choices, value: state }),
      field({ name: "from", label: say("records.from"), type: "date", value: from, required: false }),
      field({ name: "to", label: say("records.to"), type: "date", value: to, required: false }),
    ];
    const send = (event) => {
      event?.preventDefault();
      const [which, since, until] = fields.map((each) => each.value);
      return this.app.go("records", { state: which, from: since, to: until, activity });
    };
    fields[0].input.addEventListener("change", () => send());
    const search = h("button", { type: "submit" }, say("activities.search"));
    const all = () => this.app.go("records", { state, from, to });
    const everywhere = activity ? button(say("records.everywhere"), all, "quiet") : null;
    return h("form", { class: "sought", novalidate: true, onsubmit: send, role: "search" }, fields, search, everywhere);
  }

  #table() {
    const { state, from, to, activity } = this.query;
    const columns = [
      column("volunteer_name", "records.column.name", (one) => one.volunteer_name ?? say("records.erased"), { head: true }),
      numbers(),
      column("activity_title", "records.column.activity"),
      column("served_on", "records.column.day", (one) => day(one.served_on), { sort: (one) => one.served_on, narrow: true }),
      column("minutes", "records.column.minutes", (one) => hours(one.minutes), { sort: (one) => one.minutes }),
      column("points", "records.column.points", (one) => (one.points === null ? "" : points(one.points)), { number: true }),
      column("state", "records.column.state", stateOf, { narrow: true }),
      column("why", "records.column.why", why),
    ];
    const lines = exportsOf(this.app.server, "/rosters", { from, to, activity_id: activity });
    const roster = lines.map(([format, how]) => [say("records.roster", { format }), how]);
    return table({
      caption: say("records.caption", { state: say(`record.state.${state}`) }),
      columns,
      rows: this.rows,
      more: this.more,
      empty: say(`record.empty.${["submitted", "held", "posted"].includes(state) ? state : "other"}`),
      exports: [...exportsOf(this.app.server, PATH, this.query), ...roster],
      open: (one) => this.app.go("record", { record_id: one.id }),
    });
  }
}

const stateOf = ({ state }) => badge(say(`record.state.${state}`), looks[state]);

// Why it is held or was rejected, whom it waits for, and what reviewers will see of it.
const why = (one) => {
  const lines = [];
  if (one.history) lines.push(because(one.history));
  if (one.state === "submitted") lines.push(say("records.reviews", { done: one.reviews, needed: one.reviews_needed }));
  if (one.state === "submitted" && one.review_by) lines.push(say("records.review.by", { day: day(one.review_by) }));
  const flags = one.flags.length ? [badge(say("records.flags", { count: one.flags.length }), "care")] : [];
  if (!lines.some(Boolean) && !flags.length) return "";
  const told = one.flags.slice(0, FLAGS_SHOWN).map((flag) => p(chosen(flag), "quiet-words"));
  return h("div", {}, lines.filter(Boolean).map((line) => p(line)), flags, told);
};

customElements.define("organiser-records", Records);
