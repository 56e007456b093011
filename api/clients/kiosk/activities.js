// Activities that are published: everybody may look; whoever is known signs up, and sees where they have.

import { ask } from "../kit/dialog.js";
import { h } from "../kit/element.js";
import { dayOf, timeOf, weekday } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Attendance } from "./attendance.js";

const PAGE = 50;

export class Activities extends Screen {
  async load() {
    const known = this.app.number !== null;
    const of = (what) => (known ? this.app.mine.get(`/volunteers/${this.app.number}/${what}`, { limit: PAGE }) : { items: [] });
    const [page, mine, came, bank] = await Promise.all([
      (known ? this.app.mine : this.app.hall).get("/published-activities", { limit: PAGE }),
      of("sign-ups"),
      of("attendances"),
      this.app.hall.get("/bank"),
    ]);
    this.today = bank.today;
    this.came = new Map(came.items.filter((each) => !each.is_void).map((each) => [each.session_id, each]));
    this.activities = page.items;
    this.mine = new Map(mine.items.filter((each) => each.state !== "cancelled").map((each) => [each.session_id, each]));
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("activities.title")),
      this.app.number === null && this.activities.length ? h("p", {}, say("activities.how")) : null,
      this.activities.length
        ? h("ul", { class: "activities" }, this.activities.map((activity) => this.#activity(activity)))
        : h("p", { class: "empty panel" }, say("activities.empty")),
    );
  }

  #activity(activity) {
    return h(
      "li",
      { class: "panel activity" },
      h("h2", {}, activity.title),
      h("p", { class: "quiet-words" }, say("activities.by", { organisation: activity.organisation, place: activity.place })),
      activity.content ? h("p", {}, activity.content) : null,
      activity.is_dangerous && activity.risk_note ? h("p", { class: "care" }, activity.risk_note) : null,
      activity.sessions.filter((each) => each.closed_at === null).map((session) => this.#session(activity, session)),
    );
  }

  #session(activity, session) {
    const mine = this.mine.get(session.id);
    const when = { day: weekday(dayOf(session.starts_at)), from: timeOf(session.starts_at), to: timeOf(session.ends_at) };
    return h(
      "div",
      { class: "session" },
      h(
        "div",
        {},
        h("p", { class: "when" }, say("activities.when", when)),
        h("p", {}, this.#places(session)),
        mine ? h("p", { class: "enough" }, mine.state === "waiting" ? say("activities.waiting", { place: mine.place }) : say("activities.confirmed")) : null,
      ),
      this.app.number === null ? null : h("div", { class: "acts" }, this.#attend(activity, session, mine), this.#act(session, mine)),
    );
  }

  #places(session) {
    if (session.places === null) return say("activities.open", { confirmed: session.confirmed });
    const left = Math.max(0, session.places - session.confirmed);
    return left ? say("activities.left", { left }) : say("activities.full", { waiting: session.waiting });
  }

  // Whoever came is checked out; whoever has a place today is checked in.
  #attend(activity, session, mine) {
    const came = this.came.get(session.id);
    if (came?.checked_out_at) return h("p", { class: "enough" }, say("activities.came"));
    const [purpose, words] = came ? ["check_out", say("activities.check.out")] : ["check_in", say("activities.check.in")];
    if (!came && (mine?.state !== "confirmed" || dayOf(session.starts_at) !== this.today)) return null;
    const given = { session_id: session.id, title: activity.title, purpose };
    return h("button", { type: "button", class: "primary", onclick: () => this.app.go(Attendance, given) }, words);
  }

  #act(session, mine) {
    if (this.came.has(session.id)) return null;
    const [words, look, act] = mine
      ? [say("activities.cancel"), "quiet", () => this.#cancel(mine)]
      : [say("activities.sign.up"), "primary", () => this.#change("/me/sign-ups", { session_id: session.id })];
    return h("button", { type: "button", class: look, onclick: act }, words);
  }

  async #cancel(mine) {
    const actions = [["stay", say("activities.stay"), "primary"], ["cancel", say("activities.cancel")]];
    const chosen = await ask(say("activities.cancel.ask"), h("p", {}, say("activities.cancel.lost")), actions);
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

customElements.define("kiosk-activities", Activities);
