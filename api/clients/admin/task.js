// One task: who does it, what came of it, and what each of them was credited with.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, grouped, hours, instant, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { clock } from "../kit/requests.js";
import { contactOf } from "./contact.js";
import { form, FormScreen, values } from "./forms.js";
import { facts, headed } from "./listing.js";
import "./requests-words.js";

export class Task extends FormScreen {
  credits = [];

  async load() {
    this.path = `/tasks/${this.given.id}`;
    this.task = await this.app.server.get(this.path);
    this.finishing ??= this.app.server.posting(`${this.path}/finish`);
  }

  view() {
    const { app, task } = this;
    const works = app.may("requests:write") && task.state === "dispatched";
    const due = task.due_at && task.state === "dispatched" ? clock(task.due_at) : null;
    return h(
      "div",
      { class: "list" },
      headed(app, task.title),
      p(say(`tasks.state.${task.state}`), "state"),
      due?.late ? p(due.words, "care") : null,
      this.#credited(),
      h("section", { class: "panel" }, this.#facts(due)),
      works && task.request_id ? h("section", { class: "panel" }, contactOf(app, this.path, "contact")) : null,
      h("section", { class: "panel" }, h("h2", {}, say("tasks.helpers")), this.#helping(works)),
      works ? [this.#finish(), this.#cancel()] : null,
    );
  }

  #facts(due) {
    const { task } = this;
    return facts([
      [say("tasks.by"), task.organisation],
      [say("tasks.in.charge"), task.person_in_charge],
      [say("requests.place"), task.place],
      [say("tasks.content"), task.content],
      [say("tasks.open.to"), say(task.is_open ? "tasks.open.yes" : "tasks.open.no")],
      [say("tasks.due"), task.due_at ? [p(instant(task.due_at)), due ? p(due.words) : null] : null],
      [say("tasks.done.on"), task.done_on ? day(task.done_on) : null],
      [say(task.state === "cancelled" ? "tasks.why" : "tasks.outcome"), task.outcome],
    ]);
  }

  #helping(works) {
    const { task } = this;
    const line = (each) => {
      const { name, minutes } = each;
      const number = grouped(each.volunteer_no, 3, 3, 4);
      const words = minutes ? say("tasks.served", { name, number, time: hours(minutes) }) : say("tasks.helper", { name, number });
      const back = () => this.#did(`${this.path}/give-back`, { volunteer_no: each.volunteer_no }, "tasks.given.back");
      return h("li", {}, p(words), works ? button(say("tasks.give.back"), back, "quiet", { "aria-label": say("tasks.give.back.of", each) }) : null);
    };
    return [
      task.helping.length ? h("ul", { class: "standing" }, task.helping.map(line)) : p(say("tasks.nobody"), "quiet-words"),
      works && task.helpers < task.helpers_at_most ? this.#give() : null,
    ];
  }

  #give() {
    const number = field({ name: "volunteer_no", label: say("requests.volunteer"), hint: say("tasks.give.hint"), inputmode: "numeric" });
    const send = async () => {
      await this.app.server.post(`${this.path}/helpers`, { volunteer_no: number.value.replaceAll(" ", "") });
      await this.#again("tasks.given");
    };
    return form([number], say("tasks.give"), send);
  }

  #finish() {
    const { today } = this.app.bank;
    const { helping } = this.task;
    const served = helping.map((each, at) =>
      field({ name: `served/${at}/minutes`, type: "number", min: 1, max: 1440, label: say("tasks.minutes.of", each), hint: say("tasks.minutes.hint"), required: false, value: "" }),
    );
    const outcome = field({ name: "outcome", label: say("tasks.outcome"), rows: 2, maxlength: 500 });
    const done = field({ name: "done_on", type: "date", label: say("tasks.done.on"), value: today, max: today });
    const send = async () => {
      const did = helping.flatMap((each, at) => (served[at].value ? [{ volunteer_no: each.volunteer_no, minutes: Number(served[at].value) }] : []));
      const told = await this.finishing.send({ ...values([outcome, done]), served: did });
      this.credits = told.credits;
      await this.load();
      this.draw();
      this.app.status.tell(say("tasks.finished"));
    };
    const made = form([outcome, done, ...served], say("tasks.finish"), send);
    return h(
      "details",
      { class: "panel" },
      h("summary", {}, say("tasks.finish")),
      h("div", { class: "deciding" }, p(say("tasks.finish.how"), "quiet-words"), made),
    );
  }

  #cancel() {
    const reason = field({ name: "reason", label: say("tasks.why"), rows: 2, maxlength: 500 });
    const send = async () => {
      await this.app.server.post(`${this.path}/cancel`, values([reason]));
      await this.#again("tasks.cancelled");
    };
    return h("details", { class: "panel" }, h("summary", {}, say("tasks.cancel")), h("div", { class: "deciding" }, form([reason], say("tasks.cancel"), send)));
  }

  // What each was credited with, once it is finished here.
  #credited() {
    if (!this.credits.length) return null;
    const line = (each) => {
      const number = grouped(each.volunteer_no, 3, 3, 4);
      if (each.problem) return h("li", { class: "flag" }, say("tasks.not.credited", { number, why: each.problem.detail ?? each.problem.title }));
      const told = { number, time: hours(each.minutes ?? 0), points: points(each.points ?? 0) };
      return h("li", {}, each.state && each.state !== "posted" ? say("tasks.credit.waits", told) : say("tasks.credited", told));
    };
    return h("section", { class: "panel" }, h("h2", {}, say("tasks.credits")), h("ul", { class: "standing" }, this.credits.map(line)));
  }

  async #did(path, body, told) {
    try {
      await this.app.server.post(path, body);
      await this.#again(told);
    } catch (error) {
      this.app.failed(error);
    }
  }

  async #again(told) {
    await this.app.again();
    this.app.status.tell(say(told));
  }
}

customElements.define("admin-task", Task);
