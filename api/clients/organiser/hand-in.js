// Handing a session in: who did not check out is settled first, then what will be recorded is read over, and only then
// it is handed in, which closes the session.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { day, dayOf, hours, timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { instantAt } from "../kit/moments.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { finder } from "./finder.js";
import { column, everything, folded, head, numbers, part, sessionState, when, who } from "./looks.js";
import { noShows } from "./no-shows.js";
import { outcomes } from "./outcomes.js";
import { sheet } from "./sheet.js";

// Who came at 09:00:30 may have left at 09:00.
const MINUTE_MS = 60_000;

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
    const door = button(say("session.door"), () => this.app.go("door", this.given));
    const wanting = { look: "wanting" };
    return h(
      "div",
      { class: "page" },
      head(say(session.closed_at ? "handin.title" : "session.hand.in"), {
        back: [this.activity.title, () => this.app.go("activity", { activity_id: this.activity.id })],
        under: when(session),
        acts: [
          session.closed_at || !this.begun ? null : door,
          this.came.length ? button(say("signups.print"), () => this.#print()) : null,
        ],
      }),
      p([sessionState(session), " ", say(session.closed_at ? "handin.closed" : "handin.open")]),
      this.handed ? part(say("handin.result"), outcomes(this.handed)) : null,
      this.missing.length ? part(say("handin.missing", { count: this.missing.length }), this.#missing(), wanting) : null,
      session.closed_at || !this.begun ? null : folded(say("handin.add"), this.#add()),
      part(say(session.closed_at ? "handin.recorded" : "handin.preview"), this.#preview()),
      session.closed_at ? part(say("noshow.title"), noShows(this.app, this.signUps)) : null,
    );
  }

  #print() {
    const people = this.came.map(({ name, volunteer_no, checked_in_at: from, checked_out_at: to }) => {
      return { name, volunteer_no, from: timeOf(from), to: to ? timeOf(to) : "" };
    });
    return print(sheet(this.activity, this.session, people), "sheet");
  }

  // Who did not check out: the organiser says when they left, one by one or all at the end.
  #missing() {
    const counts = this.activity.no_check_out;
    const words = say("handin.missing.all", { at: timeOf(this.session.ends_at) });
    const all = button(words, (event) => this.#settleAll(event.currentTarget));
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
    const came = p(say("door.time", { from: timeOf(one.checked_in_at) }), "quiet-words");
    return h("li", { class: "line" }, h("div", {}, who(one), came), made);
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
    const is_next = Date.parse(same) < Date.parse(one.checked_in_at) - MINUTE_MS;
    return is_next ? instantAt(last, time) : later(same, one.checked_in_at);
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
      const last = to.value > from.value ? day : dayOf(this.session.ends_at);
      const ended = later(instantAt(last, to.value || timeOf(this.session.ends_at)), began);
      const item = { volunteer_no: person.volunteer_no, checked_in_at: began, checked_out_at: ended };
      const body = { session_id: this.session.id, items: [item] };
      const send = async () => {
        const { items } = await this.app.server.post(`${this.path}/attendance-roster`, body, { harmless: true });
        const { problem } = items[0];
        if (problem) throw Object.assign(new Error("refused"), { words: problem.detail ?? problem.title });
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
      column("name", "signups.column.name", ([one]) => one.name, { head: true }),
      numbers(([one]) => one.volunteer_no),
      column("on", "handin.column.day", ([one, span]) => day(span?.on ?? dayOf(one.checked_in_at))),
      column("times", "handin.column.times", times, { narrow: true }),
      column("counted", "handin.column.counted", ([, span]) => (span ? hours(span.minutes) : say("handin.nothing"))),
      column("method", "handin.column.method", ([one]) => say(`method.${method(one)}`), { narrow: true }),
    ];
    const caption = say("handin.preview.caption", { count: this.came.length });
    return table({ caption, columns, rows, empty: say("handin.preview.empty") });
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

// As the bank will call it: an end that nobody saw is nobody's clock.
const method = (one) => (one.checked_out_at ? one.capture_method : "roster");

const times = ([one, span]) => {
  if (span) return say("door.times", { from: timeOf(span.began_at), to: timeOf(span.ended_at) });
  return say("door.time", { from: timeOf(one.checked_in_at) });
};

const spelt = (at) => `${at.slice(0, 19)}Z`;
const later = (at, than) => (Date.parse(at) < Date.parse(than) ? than : at);

customElements.define("organiser-hand-in", HandIn);
