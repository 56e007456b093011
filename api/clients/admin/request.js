// One request: what was asked, what both clocks say, what was done about it, and what is to be done next.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { grouped, instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { kindOf, lasting } from "../kit/requests.js";
import { contactOf } from "./contact.js";
import { FormScreen } from "./forms.js";
import { facts, headed, pageOf } from "./listing.js";
import { accepting, closing } from "./request-clocks.js";
import { stepsOf } from "./request-steps.js";
import "./requests-words.js";
import { TaskForm } from "./task-form.js";
import { tasksTable } from "./tasks.js";

const OPEN = new Set(["received", "accepted", "dispatched"]);

export class Request extends FormScreen {
  async load() {
    const { server } = this.app;
    this.path = `/requests/${this.given.id}`;
    [this.request, this.offers, this.tasks] = await Promise.all([
      server.get(this.path),
      server.get(`${this.path}/offers`),
      pageOf(server, "/tasks", { request_id: this.given.id }),
    ]);
  }

  view() {
    const { app, request } = this;
    const writes = app.may("requests:write");
    const open = OPEN.has(request.state);
    return h(
      "div",
      { class: "list" },
      headed(app, say("requests.one", { kind: kindOf(request.kind), words: request.words })),
      p(say(`requests.state.${request.state}`), "state"),
      request.is_overdue ? p(say("requests.is.overdue"), "care") : null,
      request.escalated_to ? p(say(`requests.up.${request.escalated_to}`), "care") : null,
      this.#meanwhile(),
      h("section", { class: "panel" }, this.#facts()),
      writes && (open || request.state === "closed") ? this.#next() : null,
      h("section", { class: "panel" }, tasksTable(app, this.tasks, say("requests.tasks.none"), say("requests.tasks"))),
      open && this.offers.offers.length ? this.#offers(writes) : null,
      this.#history(),
    );
  }

  #next() {
    return h(
      "section",
      { class: "panel next-steps" },
      h("h2", {}, say("requests.next")),
      this.#dispatches() ? h("div", { class: "actions" }, this.#dispatch(say("requests.dispatch"), {}, "primary")) : null,
      stepsOf(this),
      contactOf(this.app, this.path),
    );
  }

  #dispatches() {
    return ["accepted", "dispatched"].includes(this.request.state);
  }

  // Does a step. Where somebody else was quicker, how it stands now is shown, and what was typed with it.
  async step(name, body, told) {
    const { app, given, path, request } = this;
    try {
      await app.server.post(`${path}/${name.replace("_", "-")}`, body);
    } catch (error) {
      if (error.status !== 409 || sign(await app.server.get(path)) === sign(request)) throw error;
      await app.replace(Request, { ...given, beaten: { name, words: body.words ?? "" } });
      app.stage.current.querySelector(".meanwhile h2")?.focus();
      return;
    }
    await app.replace(Request, { id: given.id });
    app.status.tell(told);
  }

  #meanwhile() {
    const { beaten } = this.given;
    if (!beaten) return null;
    const last = this.request.steps.at(-1);
    const now = say("requests.meanwhile.now", { state: say(`requests.state.${this.request.state}`) });
    return h(
      "div",
      { class: "meanwhile" },
      h("h2", { tabindex: "-1" }, say("requests.meanwhile")),
      p(now),
      last ? p(say("requests.step.told", { step: say(`requests.step.${last.step}`), at: instant(last.recorded_at) })) : null,
      beaten.words ? p(say("requests.meanwhile.typed", beaten)) : null,
    );
  }

  #facts() {
    const { request } = this;
    return facts([
      [say("requests.words"), request.words],
      [say("admin.organisation"), request.organisation],
      [say("requests.place"), request.place],
      [say("requests.channel"), say(`request.channel.${request.channel}`)],
      [say("requests.priority"), say(`request.priority.${request.priority}`)],
      [say("requests.who"), request.asker ?? say("requests.nobody")],
      [say("requests.volunteer"), request.volunteer_no ? grouped(request.volunteer_no, 3, 3, 4) : null],
      [say("requests.received"), instant(request.received_at)],
      [say("requests.accept.by"), [p(instant(request.accept_due_at)), accepting(request)]],
      [say("requests.close.by"), [p(instant(request.close_due_at)), closing(request)]],
      [say("requests.took"), request.closed_at ? lasting(request.taken_minutes) : null],
      [say("requests.answer"), request.answer],
      [say("requests.score"), request.score ? say("requests.score.of", { score: request.score }) : null],
      [say("requests.reopened"), request.reopened ? say("requests.times", { count: request.reopened }) : null],
    ]);
  }

  #dispatch(words, given, look, more = {}) {
    return button(words, () => this.app.open(TaskForm, { request: this.request, ...given }), look, more);
  }

  #offers(writes) {
    const may = writes && this.#dispatches();
    const line = (offer) =>
      h(
        "li",
        {},
        h("div", {}, p(offer.title, "state"), p(say("offers.when.where", offer), "quiet-words")),
        may ? this.#dispatch(say("requests.dispatch.offer"), { offer }, "quiet", { "aria-label": say("requests.dispatch.by", offer) }) : null,
      );
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("requests.offers")),
      h("ul", { class: "standing" }, this.offers.offers.map(line)),
    );
  }

  #history() {
    const step = (each) =>
      h(
        "li",
        {},
        p(say("requests.step.told", { step: say(`requests.step.${each.step}`), at: instant(each.recorded_at) })),
        each.words ? p(each.words, "quiet-words") : null,
      );
    const first = { step: "receive", words: "", recorded_at: this.request.received_at };
    const all = [first, ...this.request.steps];
    return h("section", { class: "panel" }, h("h2", {}, say("requests.history")), h("ol", { class: "steps" }, all.map(step)));
  }
}

const sign = ({ state, steps, escalated_to: up }) => `${state} ${steps.length} ${up}`;

customElements.define("admin-request", Request);
