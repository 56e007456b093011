// One activity: what it is, how far it has come, its sessions, and what is next to do with it.

import { ask, fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, instant } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { about, activityState, everything, facts, head, part, sessionState, when } from "./looks.js";

const OVER = ["closed", "cancelled"];

// `given`: the `activity_id`.
export class Activity extends Screen {
  static under = "activities";

  async load() {
    const { server } = this.app;
    const path = `/activities/${this.given.activity_id}`;
    const [activity, signUps] = await Promise.all([server.get(path), everything(server, `${path}/sign-ups`)]);
    const of = `/organisations/${activity.organisation_id}`;
    const { organisation_id } = activity;
    const [home, types] = await Promise.all([server.get(of), server.get("/activity-types", { organisation_id })]);
    Object.assign(this, { activity, organisation: home.name, types: types.activity_types });
    this.signedUp = Map.groupBy(signUps, (one) => one.session_id);
    this.is = { over: OVER.includes(activity.state), filed: activity.filed_at, published: activity.published_at };
  }

  view() {
    const { activity } = this;
    return h(
      "div",
      { class: "page" },
      head(activity.title, {
        back: [say("activities.title"), () => this.app.go("activities")],
        under: say("activity.by", { organisation: this.organisation, person: activity.person_in_charge }),
        acts: this.#acts(),
      }),
      this.#next(),
      h(
        "div",
        { class: "columns" },
        part(say("activity.sessions"), this.#sessions(), { acts: this.is.over ? [] : [this.#add()] }),
        part(say("activity.what"), this.#facts()),
      ),
      part(say("activity.after"), this.#after()),
    );
  }

  #acts() {
    const ids = { activity_id: this.activity.id };
    if (this.is.over) return [];
    return [
      button(say("activity.edit"), () => this.app.go("activity-form", ids)),
      button(say("activity.cancel"), () => this.#cancel(), "danger"),
    ];
  }

  // What is missing before volunteers see it, one step at a time.
  #next() {
    const { activity, is } = this;
    if (activity.state === "cancelled") {
      return p(say("activity.cancelled", { at: instant(activity.cancelled_at), reason: activity.cancel_reason }), "care");
    }
    if (is.over) return p(say("activity.over", { at: instant(activity.closed_at) }), "quiet-words");
    const how = (done, key) => (done ? say(`activity.${key}.done`, { at: instant(done) }) : say(`activity.${key}.how`));
    const step = (done, key, act) =>
      h(
        "li",
        { class: done ? "step done" : "step" },
        h("div", {}, h("h3", {}, say(`activity.${key}`)), p(how(done, key))),
        done ? null : button(say(`activity.${key}.do`), act, "primary"),
      );
    if (is.filed && is.published) return null;
    return h(
      "ol",
      { class: "steps panel" },
      step(is.filed, "file", (event) => this.#take("file", event.currentTarget)),
      step(is.published, "publish", (event) => this.#take("publish", event.currentTarget)),
    );
  }

  async #take(step, asked) {
    const posted = () => this.app.server.post(`/activities/${this.activity.id}/${step}`, {}, { harmless: true });
    if (await this.app.doing(asked, posted)) await this.#done(`activity.${step}.told`);
  }

  async #done(key) {
    await this.app.again();
    this.app.status.tell(say(key));
  }

  async #cancel() {
    const why = { label: say("activity.cancel.why"), hint: say("activity.cancel.hint") };
    const fields = [field({ name: "reason", ...why, maxlength: 500 })];
    const send = (body) => this.app.server.post(`/activities/${this.activity.id}/cancel`, body, { harmless: true });
    const known = p(say("activity.cancel.ask", { title: this.activity.title }));
    const made = await fill(say("activity.cancel"), known, fields, say("activity.cancel.do"), send);
    if (made) await this.#done("activity.cancel.told");
  }

  #add() {
    return button(say("session.add"), () => this.app.go("session-form", { activity_id: this.activity.id }));
  }

  #sessions() {
    const { sessions } = this.activity;
    if (!sessions.length) return p(say(this.is.over ? "activity.sessions.none" : "activity.sessions.empty"), "empty");
    return h("ul", { class: "lines" }, sessions.map((session) => this.#session(session)));
  }

  #session(session) {
    const { activity } = this;
    const ids = { activity_id: activity.id, session_id: session.id };
    const to = (key, place, look) =>
      button(say(key), () => this.app.go(place, ids), look, about(say(key), when(session)));
    const open = !this.is.over && !session.closed_at;
    return h(
      "li",
      { class: "line session" },
      h(
        "div",
        {},
        h("h3", {}, when(session)),
        p([session.place ?? activity.place, " ", sessionState(session)]),
        p(this.#places(session), "quiet-words"),
      ),
      h(
        "div",
        { class: "actions" },
        open && this.is.published ? to("session.door", "door", "primary") : null,
        this.is.published ? to("session.sign.ups", "sign-ups") : null,
        activity.state === "cancelled" ? null : to(open ? "session.hand.in" : "session.handed.in", "hand-in"),
        open ? to("session.edit", "session-form", "quiet") : null,
      ),
    );
  }

  #places(session) {
    const found = this.signedUp.get(session.id) ?? [];
    const count = (state) => found.filter((one) => one.state === state).length;
    const places = session.capacity ?? this.activity.capacity;
    const [confirmed, waiting] = [count("confirmed"), count("waiting")];
    if (places === null) return say("session.places.open", { confirmed });
    return say(waiting ? "session.places.waiting" : "session.places", { confirmed, places, waiting });
  }

  #facts() {
    const { activity } = this;
    const type = this.types.find((one) => one.code === activity.activity_type);
    const code = activity.activity_type;
    const minutes = (count) => say("activity.minutes", { count });
    return [
      p([activityState(activity), activity.is_volunteer_service ? null : say("activity.no.service")]),
      activity.content ? h("p", { class: "content" }, activity.content) : p(say("activity.no.content"), "quiet-words"),
      facts([
        [say("field.activity_type"), type ? chosen(type.title) : say("activity.type.other", { code })],
        [say("field.held_on"), day(activity.held_on)],
        [say("field.place"), activity.place],
        [say("field.person_in_charge"), activity.person_in_charge],
        [say("field.capacity"), activity.capacity ?? say("activity.no.limit")],
        [say("field.minimum_age"), activity.minimum_age],
        [say("field.tags"), activity.tags.join(" · ")],
        [say("field.risk_note"), activity.risk_note],
        [say("field.insurance_reference"), activity.insurance_reference],
        [say("field.cancel_before_minutes"), minutes(activity.cancel_before_minutes)],
        [say("field.check_in_before_minutes"), minutes(activity.check_in_before_minutes)],
        [say("field.grace_minutes"), minutes(activity.grace_minutes)],
        [say("field.overlap"), say(`field.overlap.${activity.overlap}`)],
        [say("field.no_check_out"), say(`field.no_check_out.${activity.no_check_out}`)],
        [say("activity.filed"), activity.filed_at && instant(activity.filed_at)],
        [say("activity.published"), activity.published_at && instant(activity.published_at)],
      ]),
    ];
  }

  #after() {
    const ids = { activity_id: this.activity.id };
    const all = { activity: this.activity.id, state: "all" };
    const records = button(say("activity.records"), () => this.app.go("records", all));
    const roster = button(say("activity.roster"), () => this.app.go("rosters", ids));
    const close = button(say("activity.close"), (event) => this.#close(event.currentTarget), "quiet");
    const acts = [records, this.activity.state === "cancelled" ? null : roster, this.is.over ? null : close];
    return [p(say("activity.after.how"), "quiet-words"), h("div", { class: "actions" }, acts)];
  }

  async #close(asked) {
    this.closing ??= this.app.server.posting(`/activities/${this.activity.id}/close`);
    const actions = [["stay", say("activity.stay"), "primary"], ["close", say("activity.close")]];
    if ((await ask(say("activity.close.ask"), p(say("activity.close.lost")), actions)) !== "close") return;
    if (await this.app.doing(asked, () => this.closing.send({}))) await this.#done("activity.close.told");
  }
}

customElements.define("organiser-activity", Activity);
