// A new task, of a request or by itself: what is to be done, and by whom.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { chosen, say } from "../kit/language.js";
import { kindOf } from "../kit/requests.js";
import { form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import "./requests-words.js";
import { Task } from "./task.js";

const POSTS = 200;

// `given`: the `request` it comes of, the `offer` that meets it; neither for one by itself.
export class TaskForm extends FormScreen {
  async load() {
    const { server } = this.app;
    const [types, posts] = await Promise.all([
      server.get("/activity-types"),
      this.app.may("volunteers:read") ? server.get("/posts", { limit: POSTS }) : { items: [] },
    ]);
    this.types = types.activity_types;
    this.posts = posts.items;
  }

  view() {
    const { request, offer } = this.given;
    return h(
      "div",
      { class: "list" },
      headed(this.app, say(request ? "requests.dispatch" : "tasks.add")),
      request ? p(say("tasks.of", { kind: kindOf(request.kind), words: request.words }), "state") : null,
      offer ? p(say("tasks.with.offer", offer), "quiet-words") : null,
      h("section", { class: "panel" }, p(say("tasks.words.how"), "quiet-words"), this.#form()),
    );
  }

  #form() {
    const { request, offer } = this.given;
    const { app } = this;
    const types = this.types.map(({ code, title }) => [code, chosen(title)]);
    const known = types.length ? types : [["other", kindOf("other")]];
    const post = (each) => [each.id, say("tasks.post.at", { title: each.title, place: app.places.name(each.organisation_id) })];
    const fields = [
      field({ name: "title", label: say("tasks.what"), value: offer?.title ?? (request ? kindOf(request.kind) : ""), maxlength: 100 }),
      field({ name: "kind", label: say("tasks.type"), hint: say("tasks.type.hint"), choices: known, value: known[0][0] }),
      app.places.field({ name: "organisation_id", label: say("tasks.by"), hint: say("tasks.by.hint"), value: request?.organisation_id ?? app.me.organisation_id }),
      field({ name: "person_in_charge", label: say("tasks.in.charge"), value: app.me.name }),
      field({ name: "place", label: say("requests.place"), hint: say("requests.place.hint"), value: request?.place ?? offer?.place ?? "", required: false }),
      field({ name: "helpers_at_most", type: "number", min: 1, max: 100, label: say("tasks.places"), value: "1" }),
      field({ name: "post_id", label: say("tasks.post"), hint: say("tasks.post.hint"), choices: [["", say("tasks.post.none")], ...this.posts.map(post)], value: "", required: false }),
      field({ name: "is_open", label: say("tasks.open.to"), choices: [["no", say("tasks.open.no")], ["yes", say("tasks.open.yes")]], value: "no" }),
      field({ name: "content", label: say("tasks.content"), rows: 2, maxlength: 2000, required: false }),
    ];
    const send = async () => {
      const typed = values(fields);
      const body = { ...typed, is_open: typed.is_open === "yes", helpers_at_most: Number(typed.helpers_at_most), ...(offer ? { offer_id: offer.id } : {}) };
      const made = await app.server.post(request ? `/requests/${request.id}/tasks` : "/tasks", body);
      await app.replace(Task, { id: made.id });
      app.status.tell(say("tasks.made"));
    };
    const made = form(fields, say("tasks.send"), send);
    made.classList.add("two");
    fields.at(-1).classList.add("whole");
    return made;
  }
}

customElements.define("admin-task-form", TaskForm);
