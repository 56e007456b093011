// Who has signed up for a session, who waits, and who was signed up by the organiser.

import { ask, fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { finder } from "./finder.js";
import { about, badge, column, everything, folded, head, numbers, part, when } from "./looks.js";
import { sheet } from "./sheet.js";

// What the organiser may put up with, giving a reason.
const OVERRIDABLE = new Set(["too_young", "age_unknown", "sign_up_overlaps"]);

// `given`: the `activity_id` and the `session_id`.
export class SignUps extends Screen {
  static under = "activities";

  async load() {
    const { server } = this.app;
    const { activity_id, session_id } = this.given;
    this.path = `/activities/${activity_id}/sign-ups`;
    [this.activity, this.all] = await Promise.all([
      server.get(`/activities/${activity_id}`),
      everything(server, this.path, { session_id }),
    ]);
    this.session = this.activity.sessions.find((one) => one.id === session_id);
    this.places = this.session.capacity ?? this.activity.capacity;
    const over = ["closed", "cancelled"].includes(this.activity.state) || this.session.closed_at;
    this.open = !over && Date.parse(this.session.ends_at) > Date.now();
  }

  view() {
    const by = (state) => this.all.filter((one) => one.state === state);
    const [confirmed, waiting, cancelled] = ["confirmed", "waiting", "cancelled"].map(by);
    const facts = { confirmed: confirmed.length, waiting: waiting.length, places: this.places ?? "" };
    waiting.sort((a, b) => a.place - b.place);
    return h(
      "div",
      { class: "page" },
      head(say("signups.title"), {
        back: [this.activity.title, () => this.app.go("activity", { activity_id: this.activity.id })],
        under: when(this.session),
        acts: this.#acts(confirmed),
      }),
      h("p", { class: "tally" }, say(this.places === null ? "signups.open" : "signups.places", facts)),
      this.open ? part(say("signups.add"), this.#add()) : null,
      h("div", { class: "panel" }, this.#table("confirmed", confirmed, true)),
      waiting.length ? h("div", { class: "panel" }, this.#table("waiting", waiting)) : null,
      cancelled.length ? folded(say("signups.gone", { count: cancelled.length }), this.#table("cancelled", cancelled)) : null,
    );
  }

  #acts(confirmed) {
    const ids = this.given;
    const paper = () => print(sheet(this.activity, this.session, confirmed), "sheet");
    return [
      this.open ? button(say("session.door"), () => this.app.go("door", ids), "primary") : null,
      button(say("signups.print"), paper),
    ];
  }

  #add() {
    const known = new Map(this.all.filter((one) => one.state !== "cancelled").map((one) => [one.volunteer_no, one]));
    const no = (person) => (known.has(person.volunteer_no) ? say("signups.already") : null);
    const act = [say("signups.sign.up"), (person, asked) => this.#signUp(person, asked)];
    return finder({ app: this.app, label: say("signups.who"), act, no });
  }

  // What the limits of the activity say is told, and the organiser may decide otherwise, giving a reason.
  async #signUp(person, asked) {
    const body = { volunteer_no: person.volunteer_no, session_id: this.session.id };
    const send = (more = {}) => this.app.server.post(this.path, { ...body, ...more }, { harmless: true });
    asked.disabled = true;
    let made = null;
    try {
      made = await send();
    } catch (error) {
      asked.disabled = false;
      if (!OVERRIDABLE.has(error.code)) return this.app.failed(error);
      const title = say("signups.override", { name: person.name });
      const content = [p(error.words), p(say("signups.override.how"), "quiet-words")];
      const anyway = (typed) => send({ override_reason: typed.reason });
      made = await fill(title, content, [reason()], say("signups.override.do"), anyway);
    }
    if (!made) return;
    await this.app.again();
    this.app.status.tell(say(`signups.made.${made.state}`, { name: made.name, place: made.place ?? "" }));
    this.app.stage.current.querySelector("organiser-finder input")?.focus();
  }

  #table(state, rows, exported = false) {
    const columns = [
      ...(state === "waiting" ? [column("place", "signups.column.place", (one) => one.place, { number: true })] : []),
      column("name", "signups.column.name", (one) => one.name, { head: true }),
      numbers(),
      column("asked_at", "signups.column.asked", (one) => instant(one.asked_at)),
      column("warnings", "signups.column.notes", notes),
      column("acts", "signups.column.acts", (one) => this.#act(one)),
    ];
    return table({
      caption: say(`signups.caption.${state}`, { count: rows.length }),
      columns: this.open || state === "cancelled" ? columns : columns.slice(0, -1),
      rows,
      empty: say("signups.empty"),
      exports: exported ? exportsOf(this.app.server, this.path, { session_id: this.session.id }) : [],
    });
  }

  #act(one) {
    if (one.state === "cancelled") return instant(one.cancelled_at);
    const named = (key) => about(say(key), one.name);
    return h(
      "div",
      { class: "actions" },
      one.state === "waiting"
        ? button(say("signups.confirm"), () => this.#confirm(one), null, named("signups.confirm"))
        : null,
      button(say("signups.cancel"), (event) => this.#cancel(one, event.currentTarget), "quiet", named("signups.cancel")),
    );
  }

  async #confirm(one) {
    const send = (body) => this.app.server.post(`/sign-ups/${one.id}/confirm`, body, { harmless: true });
    const content = p(say("signups.confirm.how"), "quiet-words");
    if (!(await fill(say("signups.confirm.title", one), content, [reason()], say("signups.confirm"), send))) return;
    await this.app.again();
    this.app.status.tell(say("signups.made.confirmed", one));
  }

  async #cancel(one, asked) {
    const actions = [["stay", say("activity.stay"), "primary"], ["cancel", say("signups.cancel")]];
    if ((await ask(say("signups.cancel.ask", one), p(say("signups.cancel.lost")), actions)) !== "cancel") return;
    const send = () => this.app.server.post(`/sign-ups/${one.id}/cancel`, {}, { harmless: true });
    if (!(await this.app.doing(asked, send))) return;
    await this.app.again();
    this.app.status.tell(say("signups.cancelled", one));
  }
}

const reason = () => field({ name: "reason", label: say("edit.reason"), maxlength: 500 });

const notes = (one) => {
  const found = one.warnings.map((warning) => badge(say(`signups.warning.${warning}`), "care"));
  if (one.came) found.push(badge(say("signups.came"), "running"));
  if (one.no_show) found.push(badge(say(`noshow.${one.no_show}`), "bad"));
  if (one.is_late) found.push(badge(say("signups.late"), "care"));
  return found.length ? h("div", {}, found) : "";
};

customElements.define("organiser-sign-ups", SignUps);
