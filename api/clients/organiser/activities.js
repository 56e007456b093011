// Activities: those to come, those that were, those that only the organiser knows of.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { daysAfter } from "../kit/moments.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { activityState, column, head, rest, when } from "./looks.js";

const VIEWS = ["coming", "past", "draft", "cancelled", "all"];

export class Activities extends Screen {
  static under = "activities";

  async load() {
    const { server, bank } = this.app;
    const { view = "coming", q = "" } = this.given;
    const views = {
      coming: { from: bank.today },
      past: { to: daysAfter(bank.today, -1) },
      draft: { state: "draft" },
      cancelled: { state: "cancelled" },
      all: {},
    };
    this.query = { ...views[view], q };
    const page = await server.get("/activities", this.query);
    this.rows = view === "coming" ? page.items.filter((one) => one.state !== "cancelled") : page.items;
    this.more = rest(server, "/activities", this.query, page.next_cursor);
  }

  view() {
    const make = button(say("activities.make"), () => this.app.go("activity-form"), "primary");
    return h(
      "div",
      { class: "page" },
      head(say("activities.title"), { acts: [make] }),
      this.#sought(),
      h("div", { class: "panel" }, this.#table()),
    );
  }

  #sought() {
    const { view = "coming", q = "" } = this.given;
    const choices = VIEWS.map((each) => [each, say(`activities.view.${each}`)]);
    const which = field({ name: "view", label: say("activities.which"), choices, value: view });
    const contains = { name: "q", label: say("activities.q"), type: "search", required: false, maxlength: 100 };
    const words = field({ ...contains, value: q });
    const send = (event) => {
      event?.preventDefault();
      return this.app.go("activities", { view: which.value, q: words.value.trim() });
    };
    which.input.addEventListener("change", () => send());
    const search = h("button", { type: "submit" }, say("activities.search"));
    return h("form", { class: "sought", novalidate: true, onsubmit: send, role: "search" }, which, words, search);
  }

  #table() {
    const columns = [
      column("title", "activities.column.title", (one) => one.title, { head: true }),
      column("when", "activities.column.when", dates),
      column("place", "activities.column.place"),
      column("person_in_charge", "activities.column.person"),
      column("state", "activities.column.state", activityState, { narrow: true }),
    ];
    return table({
      caption: say("activities.caption"),
      columns,
      rows: this.rows,
      more: this.more,
      empty: this.#nothing(),
      exports: exportsOf(this.app.server, "/activities", this.query),
      open: (one) => this.app.go("activity", { activity_id: one.id }),
    });
  }

  #nothing() {
    const { view = "coming", q = "" } = this.given;
    return p(say(q ? "activities.none" : `activities.empty.${view}`));
  }
}

// Its one session, or its first day and how many it has.
const dates = (activity) => {
  if (activity.sessions.length === 1) return when(activity.sessions[0]);
  const first = day(activity.held_on);
  return activity.sessions.length ? say("activities.sessions", { first, count: activity.sessions.length }) : first;
};

customElements.define("organiser-activities", Activities);
