// What is next, what is due, what waits.

import { button, h, p } from "../kit/element.js";
import { day, dayOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { daysAfter } from "../kit/moments.js";
import { Screen } from "../kit/screen.js";
import { about, badge, everything, head, part, sessionState, when } from "./looks.js";

// An activity is looked up by its first day, and may have sessions long after it.
const [BEHIND_DAYS, AHEAD_DAYS] = [92, 30];
const NEXT_SHOWN = 5;
const COUNTED = 50;
const WAITING = ["submitted", "held", "on_notice"];

export class Home extends Screen {
  static under = "home";

  async load() {
    const { server } = this.app;
    const today = (await server.get("/bank")).today;
    const [coming, due, past, ...waiting] = await Promise.all([
      everything(server, "/activities", { from: daysAfter(today, -BEHIND_DAYS), to: daysAfter(today, AHEAD_DAYS) }),
      everything(server, "/duty"),
      server.get("/imports/service-records", { limit: 20 }),
      ...WAITING.map((state) => server.get("/service-records", { state, limit: COUNTED })),
    ]);
    this.today = today;
    this.next = soonest(coming);
    this.due = due;
    this.open = past.items.filter((one) => one.state === "checked" || one.state === "committing");
    this.waiting = waiting.map((page, at) => ({ state: WAITING[at], count: page.items.length, more: page.next_cursor }));
  }

  view() {
    const { name } = this.app.person;
    const late = this.due.filter((one) => one.is_overdue).length;
    return h(
      "div",
      { class: "page" },
      head(say("home.title", { name }), {
        under: say("home.today", { day: day(this.today) }),
        acts: [button(say("activities.make"), () => this.app.go("activity-form"), "primary")],
      }),
      late ? p(say("home.late", { count: late }), "care") : null,
      h("div", { class: "columns" }, part(say("home.next"), this.#next()), part(say("home.due"), this.#due())),
      part(say("home.waits"), this.#waits()),
    );
  }

  #next() {
    if (!this.next.length) return p(say("home.next.empty"), "empty");
    const line = ([activity, session]) => {
      const ids = { activity_id: activity.id, session_id: session.id };
      const today = dayOf(session.starts_at) === this.today || Date.parse(session.starts_at) < Date.now();
      return h(
        "li",
        { class: "line" },
        h("div", {}, h("h3", {}, activity.title), p(when(session)), p(session.place ?? activity.place, "quiet-words")),
        h(
          "div",
          { class: "actions" },
          activity.published_at ? sessionState(session) : badge(say("activity.state.draft"), "draft"),
          today && activity.published_at ? button(say("session.door"), () => this.app.go("door", ids), "primary") : null,
          button(say("home.look"), () => this.app.go("activity", { activity_id: activity.id }), null, about(say("home.look"), activity.title)),
        ),
      );
    };
    return h("ul", { class: "lines" }, this.next.map(line));
  }

  #due() {
    if (!this.due.length) return p(say("home.due.empty"), "empty");
    return [p(say("home.due.why"), "quiet-words"), h("ul", { class: "lines" }, this.due.map((one) => this.#owed(one)))];
  }

  #owed(one) {
    const left = one.is_overdue
      ? badge(say("home.due.overdue", { days: -one.days_left }), "bad")
      : badge(say("home.due.left", { days: one.days_left }), one.days_left <= 3 ? "care" : "");
    const to = () =>
      one.session_id
        ? this.app.go("hand-in", { activity_id: one.activity_id, session_id: one.session_id })
        : this.app.go("activity", { activity_id: one.activity_id });
    return h(
      "li",
      { class: "line" },
      h(
        "div",
        {},
        h("h3", {}, one.title),
        p(say("home.due.when", { held: day(one.held_on), due: day(one.due_on) })),
        p(say(`home.due.${one.state}`, { posted: one.posted, waiting: one.waiting }), "quiet-words"),
        one.calendar_announced ? null : p(say("home.due.unannounced"), "quiet-words"),
      ),
      h("div", { class: "actions" }, left, button(say("home.due.do"), to, null, about(say("home.due.do"), one.title))),
    );
  }

  #waits() {
    const state = ({ state, count, more }) =>
      h(
        "li",
        { class: "line" },
        p(say(`home.waits.${state}`, { count: more ? say("home.more", { count }) : count })),
        button(say("home.look"), () => this.app.go("records", { state }), null, about(say("home.look"), say(`record.state.${state}`))),
      );
    const roster = (one) =>
      h(
        "li",
        { class: "line" },
        p(say("home.waits.roster", { day: day(dayOf(one.created_at)), rows: one.rows, where: one.organisation_name })),
        button(say("home.look"), () => this.app.go("roster", { import_id: one.id }), null, about(say("home.look"), say("rosters.title"))),
      );
    const there = this.waiting.filter((one) => one.count);
    if (!there.length && !this.open.length) {
      return [p(say("home.waits.empty"), "empty"), button(say("home.rosters"), () => this.app.go("rosters"))];
    }
    return h("ul", { class: "lines" }, this.open.map(roster), there.map(state));
  }
}

// The next sessions that are not over, each with its activity.
const soonest = (activities) => {
  const open = activities.filter((one) => !["cancelled", "closed"].includes(one.state));
  return open
    .flatMap((activity) => activity.sessions.map((session) => [activity, session]))
    .filter(([, session]) => !session.closed_at && Date.parse(session.ends_at) > Date.now())
    .sort(([, a], [, b]) => Date.parse(a.starts_at) - Date.parse(b.starts_at))
    .slice(0, NEXT_SHOWN);
};

customElements.define("organiser-home", Home);
