// One task: given to volunteers, finished with their time, and what each was credited with. Nothing is keyed in twice.

import { ask, fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field, form, values } from "../kit/field.js";
import { day, grouped, hours, instant, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { finder } from "./finder.js";
import { about, badge, facts, folded, head, part, who } from "./looks.js";
import "./task-words.js";
import { dueBadge } from "./tasks.js";

const LOOKS = { done: "published", cancelled: "cancelled" };
const TOLD = ["name", "phone", "flat", "words"];

// `given`: the `task_id`.
export class Task extends Screen {
  static under = "tasks";
  credits = [];

  async load() {
    this.path = `/tasks/${this.given.task_id}`;
    const [task, bank] = await Promise.all([this.app.server.get(this.path), this.app.server.get("/bank")]);
    Object.assign(this, { task, today: bank.today });
    this.finishing ??= this.app.server.posting(`${this.path}/finish`);
  }

  view() {
    const { task } = this;
    const works = task.state === "dispatched";
    const state = works ? dueBadge(task) : badge(say(`tasks.state.${task.state}`), LOOKS[task.state]);
    return h(
      "div",
      { class: "page slim" },
      head(task.title, { back: [say("tasks.title"), () => this.app.go("tasks")], under: task.organisation, acts: works ? this.#acts() : [] }),
      p([state, " ", task.is_open && works ? say("tasks.is.open") : null].filter(Boolean)),
      this.credits.length ? part(say("tasks.credits"), this.#credited()) : null,
      part(say("tasks.who"), this.#helping(works)),
      works ? folded(say("tasks.finish"), this.#finish()) : null,
      part(say("tasks.what"), this.#facts()),
    );
  }

  #acts() {
    const { task } = this;
    return [
      task.request_id ? button(say("tasks.contact"), (event) => this.#contact(event.currentTarget), "primary") : null,
      button(say("tasks.cancel"), () => this.#cancel(), "quiet"),
    ];
  }

  #facts() {
    const { task } = this;
    return facts([
      [say("tasks.place"), task.place],
      [say("tasks.content"), task.content],
      [say("tasks.in.charge"), task.person_in_charge],
      [say("tasks.due"), task.due_at && instant(task.due_at)],
      [say("tasks.done.on"), task.done_on && day(task.done_on)],
      [say(task.state === "cancelled" ? "tasks.why" : "tasks.outcome"), task.outcome],
    ]);
  }

  #helping(works) {
    const { task } = this;
    const back = say("tasks.give.back");
    const line = (one) =>
      h(
        "li",
        { class: "line" },
        who(one),
        one.minutes ? p(hours(one.minutes)) : null,
        works ? button(back, (event) => this.#post(event.currentTarget, "give-back", one, "tasks.given.back"), "quiet", about(back, one.name)) : null,
      );
    const there = task.helping.length ? h("ul", { class: "lines" }, task.helping.map(line)) : p(say("tasks.nobody"), "empty");
    const places = p(say("tasks.helpers.of", { count: task.helpers, most: task.helpers_at_most }), "quiet-words");
    return [places, there, works && task.helpers < task.helpers_at_most ? this.#give() : null];
  }

  #give() {
    const known = new Set(this.task.helping.map((one) => one.volunteer_no));
    const no = (person) => (known.has(person.volunteer_no) ? say("tasks.already") : null);
    const act = [say("tasks.give"), (person, asked) => this.#post(asked, "helpers", person, "tasks.given")];
    return finder({ app: this.app, label: say("tasks.give.who"), act, no });
  }

  async #post(asked, door, { volunteer_no, name }, told) {
    const send = () => this.app.server.post(`${this.path}/${door}`, { volunteer_no }, { harmless: true });
    if (!(await this.app.doing(asked, send))) return;
    await this.app.again();
    this.app.status.tell(say(told, { name }));
  }

  #finish() {
    const { helping } = this.task;
    const minutes = (one, at) => {
      const label = say("tasks.minutes.of", one);
      return field({ name: `served/${at}/minutes`, type: "number", inputmode: "numeric", min: 1, max: 1440, label, hint: say("tasks.minutes.hint"), required: false });
    };
    const said = [
      field({ name: "outcome", label: say("tasks.outcome"), rows: 2, maxlength: 500 }),
      field({ name: "done_on", type: "date", label: say("tasks.done.on"), value: this.today, max: this.today }),
    ];
    const served = helping.map(minutes);
    const send = async () => {
      const did = helping.flatMap((one, at) => (served[at].value ? [{ volunteer_no: one.volunteer_no, minutes: Number(served[at].value) }] : []));
      const told = await this.finishing.send({ ...values(said), served: did });
      this.credits = told.credits;
      await this.load();
      this.draw();
      this.querySelector("h1").setAttribute("tabindex", "-1");
      this.querySelector("h1").focus();
      this.app.status.tell(say("tasks.finished"));
    };
    return [p(say(helping.length ? "tasks.finish.how" : "tasks.finish.nobody"), "quiet-words"), form([...said, ...served], say("tasks.finish.send"), send)];
  }

  #credited() {
    const line = (one) => {
      const number = grouped(one.volunteer_no, 3, 3, 4);
      if (one.problem) return h("li", { class: "line" }, p(say("tasks.not.credited", { number, why: one.problem.detail ?? one.problem.title }), "fault"));
      const told = { number, time: hours(one.minutes ?? 0), points: points(one.points ?? 0) };
      const waits = one.state && one.state !== "posted";
      const look = () => this.app.go("record", { record_id: one.id });
      const words = say("tasks.record");
      return h("li", { class: "line" }, p(say(waits ? "tasks.credit.waits" : "tasks.credited", told)), button(words, look, null, about(words, number)));
    };
    return h("ul", { class: "lines" }, this.credits.map(line));
  }

  async #contact(asked) {
    let told = null;
    const send = async () => {
      told = await this.app.server.post(`${this.path}/contact`, { purpose: "contact" }, { harmless: true });
    };
    if (!(await this.app.doing(asked, send))) return;
    const pairs = TOLD.map((each) => [say(`tasks.contact.${each}`), told[each]]);
    const known = pairs.some(([, value]) => value) ? facts(pairs) : p(say("tasks.contact.nothing"));
    await ask(say("tasks.contact"), [p(say("tasks.contact.how"), "quiet-words"), known], [["", say("kit.close"), "primary"]]);
  }

  async #cancel() {
    const fields = [field({ name: "reason", label: say("tasks.why"), maxlength: 500 })];
    const send = (body) => this.app.server.post(`${this.path}/cancel`, body);
    const content = p(say("tasks.cancel.how"), "quiet-words");
    if (!(await fill(say("tasks.cancel.ask", this.task), content, fields, say("tasks.cancel"), send))) return;
    await this.app.again();
    this.app.status.tell(say("tasks.cancelled"));
  }
}

customElements.define("organiser-task", Task);
