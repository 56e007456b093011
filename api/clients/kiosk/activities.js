// Activities that are published: everybody may look; whoever is known signs up, and sees where they have.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { dayOf, timeOf, weekday } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Attendance } from "./attendance.js";

const PAGE = 50;

export class Activities extends Screen {
  async load() {
    const { number, mine, hall } = this.app;
    const own = (what) => (number ? mine.get(`/volunteers/${number}/${what}`, { limit: PAGE }) : { items: [] });
    const [page, signedUp, came, bank] = await Promise.all([
      (number ? mine : hall).get("/published-activities", { limit: PAGE }),
      own("sign-ups"),
      own("attendances"),
      hall.get("/bank"),
    ]);
    this.activities = page.items;
    this.today = bank.today;
    this.mine = bySession(signedUp.items.filter((each) => each.state !== "cancelled"));
    this.came = bySession(came.items.filter((each) => !each.is_void));
  }

  view() {
    const found = this.activities;
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("activities.title")),
      found.length && !this.app.number ? p(say("activities.how")) : null,
      found.length
        ? h("ul", {}, found.map((activity) => this.#activity(activity)))
        : p(say("activities.empty"), "empty panel"),
    );
  }

  #activity(activity) {
    const { organisation, place, content, is_dangerous, risk_note } = activity;
    return h(
      "li",
      { class: "panel activity" },
      h("h2", {}, activity.title),
      p(say("activities.by", { organisation, place }), "quiet-words"),
      content ? p(content) : null,
      is_dangerous && risk_note ? p(risk_note, "care") : null,
      activity.sessions.filter((each) => each.closed_at === null).map((session) => this.#session(activity, session)),
    );
  }

  #session(activity, session) {
    const mine = this.mine.get(session.id);
    const [from, to] = [session.starts_at, session.ends_at].map(timeOf);
    return h(
      "div",
      { class: "session" },
      h(
        "div",
        {},
        p(say("activities.when", { day: weekday(dayOf(session.starts_at)), from, to }), "when"),
        p(places(session)),
        mine ? p(say(`activities.${mine.state}`, { place: mine.place }), "enough") : null,
      ),
      this.app.number ? this.#acts(activity, session, mine) : null,
    );
  }

  #acts(...of) {
    return h("div", { class: "acts" }, this.#attend(...of), this.#act(...of));
  }

  // Whoever came is checked out; whoever has a place today is checked in.
  #attend(activity, session, mine) {
    const came = this.came.get(session.id);
    if (came?.checked_out_at) return p(say("activities.came"), "enough");
    if (!came && (mine?.state !== "confirmed" || dayOf(session.starts_at) !== this.today)) return null;
    const purpose = came ? "check_out" : "check_in";
    const given = { session_id: session.id, title: activity.title, purpose };
    return button(say(`attendance.${purpose}`), () => this.app.go(Attendance, given), "primary");
  }

  #act(activity, session, mine) {
    if (this.came.has(session.id)) return null;
    if (mine) return button(say("activities.cancel"), () => this.#cancel(mine), "quiet");
    return button(say("activities.sign.up"), () => this.#change("/me/sign-ups", { session_id: session.id }), "primary");
  }

  async #cancel(mine) {
    const actions = [["stay", say("activities.stay"), "primary"], ["cancel", say("activities.cancel")]];
    const chosen = await ask(say("activities.cancel.ask"), p(say("activities.cancel.lost")), actions);
    if (chosen === "cancel") await this.#change(`/sign-ups/${mine.id}/cancel`, {});
  }

  // What the server refuses is told; then what is really so is shown, whatever became of the answer.
  async #change(path, body) {
    let refused = null;
    try {
      await this.app.mine.post(path, body, { harmless: true });
    } catch (error) {
      refused = error;
    }
    if (refused?.means) return this.app.failed(refused);
    await this.app.go(Activities);
    if (refused && refused.code !== "already_signed_up") this.app.failed(refused);
  }
}

const bySession = (items) => new Map(items.map((each) => [each.session_id, each]));

const places = ({ places: all, confirmed, waiting }) => {
  if (all === null) return say("activities.open", { confirmed });
  const left = Math.max(0, all - confirmed);
  return left ? say("activities.left", { left }) : say("activities.full", { waiting });
};

customElements.define("kiosk-activities", Activities);
