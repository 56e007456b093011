// Records of service that wait for reviewers: one by one, or many at once.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count, day, grouped, hours } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { choices, pageOf } from "./listing.js";
import { FormScreen, required } from "./forms.js";
import { Record } from "./record.js";
import "./review-words.js";
import { mayReview } from "./waiting.js";

const STATES = ["submitted", "held", "approved", "on_notice", "posted", "rejected"];
const DECIDED = new Set(["submitted", "held"]);

export class Records extends FormScreen {
  chosen = new Set();
  outcomes = new Map();

  async load() {
    this.state = this.given.state ?? "submitted";
    this.query = { state: this.state, organisation: this.given.organisation };
    this.page = await pageOf(this.app.server, "/service-records", this.query);
    this.reviewing = this.app.server.posting("/service-records/review");
  }

  view() {
    const decides = this.app.may("service-records:review") && DECIDED.has(this.state);
    this.reason = field({ name: "reason", label: say("records.reason"), hint: say("records.reason.hint"), required: false });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("records.title")),
      this.#filters(),
      decides && this.page.rows.length ? this.#many() : null,
      this.#table(decides),
    );
  }

  #filters() {
    const state = choices(say("records.state"), STATES.map((each) => [each, say(`records.state.${each}`)]), this.state, (next) =>
      this.app.visit("records", { ...this.given, state: next }),
    );
    const places = this.app.places.field({
      name: "organisation",
      label: say("admin.organisation"),
      any: say("admin.organisation.all"),
      value: this.given.organisation ?? "",
    });
    places.input.addEventListener("change", () =>
      this.app.visit("records", { state: this.state, organisation: places.value || null }),
    );
    return h("div", { class: "filters" }, state, places);
  }

  // What is said of all that are chosen.
  #many() {
    this.told = p(this.#count(), "count");
    const act = (decision, look) => {
      const pressed = button(say(`records.${decision}.all`), () => this.#review(pressed, decision), look);
      return pressed;
    };
    this.told.setAttribute("role", "status");
    return h(
      "section",
      { class: "panel many-at-once", "aria-label": say("records.many") },
      this.told,
      this.reason,
      h("div", { class: "actions" }, act("approve", "primary"), act("reject", "danger")),
    );
  }

  #count() {
    return say("records.chosen", { count: count(this.chosen.size) });
  }

  #table(decides) {
    const open = (record) => this.app.open(Record, { id: record.id });
    const tick = (record) => {
      if (!mayReview(record, this.app)) return h("span", { class: "quiet-words" }, say("records.not.yours"));
      const change = (event) => {
        if (event.target.checked) this.chosen.add(record.id);
        else this.chosen.delete(record.id);
        this.told.textContent = this.#count();
      };
      const label = say("records.choose", { volunteer: grouped(record.volunteer_no, 3, 3, 4), activity: record.activity_title });
      const box = { type: "checkbox", checked: this.chosen.has(record.id), onchange: change, "aria-label": label };
      return h("label", { class: "tick" }, h("input", box));
    };
    const columns = [
      ...(decides ? [{ key: "tick", narrow: true, label: say("records.column.choose"), cell: tick }] : []),
      { key: "served_on", narrow: true, label: say("records.column.day"), cell: (each) => day(each.served_on), sort: (each) => each.served_on },
      { key: "activity_title", label: say("records.column.activity"), sort: (each) => each.activity_title },
      { key: "volunteer_no", narrow: true, label: say("records.column.volunteer"), cell: (each) => grouped(each.volunteer_no, 3, 3, 4), sort: (each) => each.volunteer_no },
      { key: "minutes", label: say("records.column.time"), number: true, cell: (each) => hours(each.minutes), sort: (each) => each.minutes },
      { key: "capture", narrow: true, label: say("records.column.capture"), cell: (each) => say(`capture.${each.capture_method}`) },
      { key: "reviews", narrow: true, label: say("records.column.reviews"), cell: (each) => say("records.reviews", { done: each.reviews, needed: each.reviews_needed }) },
      { key: "flags", label: say("records.column.flags"), cell: (each) => this.#flags(each) },
      { key: "open", narrow: true, label: say("admin.open"), cell: (each) => button(say("records.open"), () => open(each), "quiet") },
    ];
    return table({
      caption: say(`records.state.${this.state}`),
      columns,
      rows: this.page.rows,
      more: this.page.more,
      empty: say(`records.empty.${this.state}`),
      exports: exportsOf(this.app.server, "/service-records", this.query),
    });
  }

  #flags(record) {
    const outcome = this.outcomes.get(record.id);
    const flags = record.flags.map((flag) => h("li", { class: "flag" }, chosen(flag)));
    return h("ul", { class: "flags" }, outcome ? h("li", { class: "fault" }, outcome) : null, flags);
  }

  async #review(pressed, decision) {
    if (!this.chosen.size) return this.app.status.warn(say("records.none.chosen"));
    const reason = decision === "reject" ? required(this.reason) : this.reason.value.trim();
    if (reason === null) return;
    const said = reason ? { decision, reason } : { decision };
    const ids = [...this.chosen];
    const told = await this.app.sent(pressed, this.reviewing, { items: ids.map((id) => ({ ...said, record_id: id })) });
    if (told) await this.#show(ids, told.items);
  }

  // What was refused stays in the list with its reason, still chosen; the rest is gone from it.
  async #show(ids, items) {
    const refused = items.map((item, at) => [ids[at], item.problem]).filter(([, problem]) => problem);
    const done = items.length - refused.length;
    await this.load();
    this.outcomes = new Map(refused.map(([id, problem]) => [id, problem.detail ?? problem.title]));
    this.chosen = new Set(refused.map(([id]) => id));
    this.draw();
    if (refused.length) this.app.status.warn(say("records.done.some", { done: count(done), refused: count(refused.length) }));
    else this.app.status.tell(say("records.done", { count: count(done) }));
  }
}

customElements.define("admin-records", Records);
