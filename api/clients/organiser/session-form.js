// When and where a session takes place, and for how many.

import { h } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { dayOf, timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Editing } from "./editing.js";
import { head } from "./looks.js";
import { times, whole } from "./typed.js";

// `given`: the `activity_id`; the `session_id` of one that is to be another.
export class SessionForm extends Screen {
  static under = "activities";

  async load() {
    const { server } = this.app;
    const { activity_id, session_id } = this.given;
    this.activity = await server.get(`/activities/${activity_id}`);
    if (!session_id) return;
    const path = `/activity-sessions/${session_id}`;
    const told = canonical(await server.get(path));
    const put = (names, now) => names.forEach((name) => this.#put(name, canonical(now)));
    this.editing = new Editing({ server, path, told, put, spelled });
  }

  view() {
    const session = this.editing?.told ?? { starts_at: null, place: null, capacity: null };
    const back = () => this.app.go("activity", { activity_id: this.activity.id });
    const { starts_at: from, ends_at: to } = session;
    this.fields = [
      field({ name: "day", label: say("session.day"), type: "date", value: from ? dayOf(from) : this.activity.held_on }),
      field({ name: "starts_at", label: say("session.from"), type: "time", value: from ? timeOf(from) : "" }),
      field({
        name: "ends_at",
        label: say("session.to"),
        hint: say("session.to.hint"),
        type: "time",
        value: to ? timeOf(to) : "",
      }),
      field({
        name: "place",
        label: say("field.place"),
        hint: say("session.place.hint", { place: this.activity.place }),
        value: session.place ?? "",
        required: false,
        maxlength: 100,
      }),
      field({
        name: "capacity",
        label: say("field.capacity"),
        hint: say("session.capacity.hint"),
        inputmode: "numeric",
        value: session.capacity ?? "",
        required: false,
        maxlength: 6,
      }),
    ];
    const send = async () => {
      const body = this.#typed();
      if (!body) return;
      if (this.editing) await this.editing.send(body);
      else await this.app.server.post(`/activities/${this.activity.id}/sessions`, body);
      await back();
      this.app.status.tell(say("session.saved"));
    };
    return h(
      "div",
      { class: "page slim" },
      head(say(this.editing ? "session.edit" : "session.add"), { back: [this.activity.title, back] }),
      h("div", { class: "panel" }, form(this.fields, say("edit.save"), send)),
    );
  }

  // The body of what was typed; null where something is no answer, which is told at its field.
  #typed() {
    const [day, from, to, place, capacity] = this.fields;
    const moments = times(day, from, to);
    const places = whole(capacity);
    if (!moments || places === undefined) return null;
    return { ...moments, place: place.value.trim() || null, capacity: places };
  }

  #put(name, now) {
    const [day, from, to, place, capacity] = this.fields;
    if (name === "starts_at") [day.value, from.value] = [dayOf(now.starts_at), timeOf(now.starts_at)];
    if (name === "ends_at") to.value = timeOf(now.ends_at);
    if (name === "place") place.value = now.place ?? "";
    if (name === "capacity") capacity.value = now.capacity ?? "";
  }
}

// The same with its moments spelled as `times` does.
const canonical = (session) => {
  const spelt = (at) => `${at.slice(0, 19)}Z`;
  return { ...session, starts_at: spelt(session.starts_at), ends_at: spelt(session.ends_at), etag: session.etag };
};

const spelled = (name, value) => {
  if (value === null) return say("edit.nothing");
  return name.endsWith("_at") ? timeOf(value) : String(value);
};

customElements.define("organiser-session-form", SessionForm);
