// Handing a session in: who did not check out is settled first, then what will be recorded is read over, and only then
// it is handed in, which closes the session.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { day, dayOf, grouped, hours, timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { instantAt } from "../kit/moments.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { finder } from "./finder.js";
import { everything, head, part, sessionState, when } from "./looks.js";
import { noShows } from "./no-shows.js";
import { outcomes } from "./outcomes.js";

const LAST_MINUTES = 60_000;

// `given`: the `activity_id` and the `session_id`.
export class HandIn extends Screen {
  static under = "activities";

  async load() {
    const { server } = this.app;
    const { activity_id, session_id } = this.given;
    this.path = `/activities/${activity_id}`;
    const [activity, came, signUps] = await Promise.all([
      server.get(this.path),
      everything(server, `${this.path}/attendances`, { session_id }),
      everything(server, `${this.path}/sign-ups`, { session_id }),
    ]);
    Object.assign(this, { activity, signUps });
    this.session = activity.sessions.find((one) => one.id === session_id);
    this.came = came.filter((one) => !one.is_void).reverse();
    this.missing = this.came.filter((one) => !one.checked_out_at);
    this.closing = server.posting(`/activity-sessions/${session_id}/close`);
    this.begun = Date.parse(this.session.starts_at) <= Date.now();
  }

  view() {
    const { session } = this;
    return h(
      "div",
      { class: "page" },
      head(say(session.closed_at ? "handin.title" : "session.hand.in"), {
        back: [this.activity.title, () => this.app.go("activity", { activity_id: this.activity.id })],
        under: when(session),
        acts: session.closed_at || !this.begun ? [] : [button(say("session.door"), () => this.app.go("door", this.given))],
      }),
      p([sessionState(session), " ", say(session.closed_at ? "handin.closed" : "handin.open")]),
      this.handed ? part(say("handin.result"), outcomes(this.handed)) : null,
      this.missing.length ? part(say("handin.missing", { count: this.missing.length }), this.#missing(), { look: "wanting" }) : null,
      session.closed_at || !this.begun ? null : h("details", { class: "panel" }, h("summary", {}, say("handin.add")), h("div", { class: "part" }, this.#add())),
      part(say(session.closed_at ? "handin.recorded" : "handin.preview"), this.#preview()),
      session.closed_at ? part(say("noshow.title"), noShows(this.app, this.signUps)) : null,
    );
  }

  // Who did not check out: the organiser says when they left, one by one or all at the end.
  #missing() {
    const counts = this.activity.no_check_out;
    const all = button(say("handin.missing.all", { at: timeOf(this.session.ends_at) }), (event) => this.#settleAll(event.currentTarget));
    return [
      p(say(`handin.missing.${counts}`)),
      this.#over() && this.missing.length > 1 ? h("div", { class: "actions" }, all) : null,
      h("ul", { class: "lines" }, this.missing.map((one) => this.#settling(one))),
    ];
  }

  #settling(one) {
    const label = say("handin.left.at", { name: one.name });
    const at = field({ name: "at", label, type: "time", value: timeOf(this.#latest()) });
    const send = async () => {
      if (!at.value) return void (at.fault = say("edit.missing"));
      await this.#settle(one, this.#moment(one, at.value));
      await this.app.again();
      this.app.status.tell(say("handin.settled", { name: one.name, at: at.value }));
    };
    const made = form([at], say("handin.settle"), send);
    return h("li", { class: "line" }, h("div", {}, this.#who(one), p(say("door.time", { from: timeOf(one.checked_in_at) }), "quiet-words")), made);
  }

  // The last moment that makes sense: the end of the session, or now where it is not over.
  #latest() {
    const end = Date.parse(this.session.ends_at);
    return new Date(Math.min(end, Date.now())).toISOString();
  }

  #over() {
    return Date.now() >= Date.parse(this.session.ends_at);
  }

  // A time of day after somebody came: of the same day, or of the next where that would be before they came.
  #moment(one, time) {
    const [came, last] = [dayOf(one.checked_in_at), dayOf(this.session.ends_at)];
    const same = instantAt(came, time);
    return Date.parse(same) < Date.parse(one.checked_in_at) - LAST_MINUTES ? instantAt(last, time) : later(same, one.checked_in_at);
  }

  #settle(one, at) {
    one.posting ??= this.app.server.posting(`${this.path}/check-outs`);
    return one.posting.send({ session_id: this.session.id, volunteer_no: one.volunteer_no, at });
  }

  async #settleAll(asked) {
    const settled = this.missing.length;
    const each = async () => {
      for (const one of this.missing) await this.#settle(one, later(spelt(this.session.ends_at), one.checked_in_at));
    };
    if (!(await this.app.doing(asked, each))) return;
    await this.app.again();
    this.app.status.tell(say("handin.settled.all", { count: settled }));
  }

  // Somebody who stands on the paper list only.
  #add() {
    const day = dayOf(this.session.starts_at);
    const from = field({ name: "from", label: say("session.from"), type: "time", value: timeOf(this.session.starts_at) });
    const to = field({ name: "to", label: say("session.to"), type: "time", value: timeOf(this.#latest()) });
    const known = new Set(this.came.map((one) => one.volunteer_no));
    const no = (person) => (known.has(person.volunteer_no) ? say("handin.add.known") : null);
    const chosen = async (person, asked) => {
      const began = instantAt(day, from.value || timeOf(this.session.starts_at));
      const ended = later(instantAt(to.value > from.value ? day : dayOf(this.session.ends_at), to.value || "00:00"), began);
      const item = { volunteer_no: person.volunteer_no, checked_in_at: began, checked_out_at: ended };
      const body = { session_id: this.session.id, items: [item] };
      const send = async () => {
        const { items } = await this.app.server.post(`${this.path}/attendance-roster`, body, { harmless: true });
        if (items[0].problem) throw Object.assign(new Error("refused"), { words: items[0].problem.detail ?? items[0].problem.title });
      };
      if (!(await this.app.doing(asked, send))) return;
      await this.app.again();
      this.app.status.tell(say("handin.added", { name: person.name }));
    };
    const find = finder({ app: this.app, label: say("door.who"), act: [say("handin.add.do"), chosen], no });
    return [p(say("handin.add.how"), "quiet-words"), h("div", { class: "two" }, from, to), find];
  }

  #preview() {
    const counted = this.came.filter((one) => one.minutes > 0);
    const minutes = counted.reduce((sum, one) => sum + one.minutes, 0);
    const service = this.activity.is_volunteer_service;
    const key = this.session.closed_at ? "handin.recorded.how" : service ? "handin.preview.how" : "handin.preview.deeds";
    const hand = button(say("handin.do"), (event) => this.#handIn(event.currentTarget), "primary");
    const again = button(say("handin.again"), (event) => this.#send(event.currentTarget));
    return [
      p(say(key, { people: counted.length, hours: hours(minutes) })),
      this.#table(),
      this.begun ? null : p(say("handin.not.begun"), "care"),
      this.begun ? h("div", { class: "actions" }, this.session.closed_at ? again : hand) : null,
    ];
  }

  #table() {
    const rows = this.came.flatMap((one) => (one.served.length ? one.served.map((span) => [one, span]) : [[one, null]]));
    const columns = [
      { key: "name", label: say("signups.column.name"), cell: ([one]) => one.name, head: true, sort: ([one]) => one.name },
      { key: "number", label: say("signups.column.number"), cell: ([one]) => grouped(one.volunteer_no, 3, 3, 4), narrow: true },
      { key: "on", label: say("handin.column.day"), cell: ([one, span]) => day(span?.on ?? dayOf(one.checked_in_at)) },
      { key: "times", label: say("handin.column.times"), cell: ([one, span]) => times(one, span), narrow: true },
      { key: "counted", label: say("handin.column.counted"), cell: ([, span]) => (span ? hours(span.minutes) : say("handin.nothing")), sort: ([, span]) => span?.minutes ?? 0 },
      { key: "method", label: say("handin.column.method"), cell: ([one]) => say(`method.${one.checked_out_at ? one.capture_method : "roster"}`), narrow: true },
    ];
    const caption = say("handin.preview.caption", { count: this.came.length });
    return table({ caption, columns, rows, empty: say("handin.preview.empty") });
  }

  #who(one) {
    return p([h("strong", {}, one.name), " ", h("span", { class: "number quiet-words" }, grouped(one.volunteer_no, 3, 3, 4))]);
  }

  async #handIn(asked) {
    const early = !this.#over();
    const content = [p(say("handin.ask.lost")), early ? p(say("handin.ask.early"), "care") : null];
    if (this.missing.length) content.push(p(say("handin.ask.missing", { count: this.missing.length }), "care"));
    const actions = [["stay", say("handin.stay"), "primary"], ["do", say("handin.do")]];
    if ((await ask(say("handin.ask"), content, actions)) === "do") await this.#send(asked);
  }

  async #send(asked) {
    let made = null;
    const send = async () => {
      made = await this.closing.send({});
    };
    if (!(await this.app.doing(asked, send))) return;
    this.handed = made.handed_in;
    await this.load();
    this.draw();
    this.querySelector(".outcomes")?.focus();
    this.app.status.tell(say("handin.done", { count: this.handed.length }));
  }
}

const times = (one, span) => {
  if (span) return say("door.times", { from: timeOf(span.began_at), to: timeOf(span.ended_at) });
  return say("door.time", { from: timeOf(one.checked_in_at) });
};

const spelt = (at) => `${at.slice(0, 19)}Z`;
const later = (at, than) => (Date.parse(at) < Date.parse(than) ? than : at);

customElements.define("organiser-hand-in", HandIn);
