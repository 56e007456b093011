// One record: where it stands, everything that was done with it, and taking it back while it waits.

import { fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, grouped, hours, instant, points, timeOf } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { badge, facts, head, part } from "./looks.js";
import { looks, reasonOf } from "./because.js";

const WAITING = new Set(["submitted", "held", "approved"]);

// `given`: the `record_id`.
export class Record extends Screen {
  static under = "records";

  async load() {
    this.path = `/service-records/${this.given.record_id}`;
    this.record = await this.app.server.get(this.path);
    this.withdrawing = this.app.server.posting(`${this.path}/withdraw`);
  }

  view() {
    const { record } = this;
    const name = record.volunteer_name ?? say("records.erased");
    return h(
      "div",
      { class: "page" },
      head(say("record.title", { name, day: day(record.served_on) }), {
        back: [say("records.title"), () => this.app.go("records", { state: record.state })],
        under: record.activity_title,
        acts: this.#acts(),
      }),
      p([badge(say(`record.state.${record.state}`), looks[record.state]), " ", say(`record.state.${record.state}.how`)]),
      h(
        "div",
        { class: "columns" },
        part(say("record.what"), this.#facts()),
        part(say("record.history"), this.#history()),
      ),
      record.flags.length ? part(say("record.flags"), this.#flags()) : null,
    );
  }

  #acts() {
    const of = { activity_id: this.record.activity_id };
    const activity = button(say("record.activity"), () => this.app.go("activity", of));
    const may = WAITING.has(this.record.state) && this.app.may("service-records:write");
    return [activity, may ? button(say("record.withdraw"), () => this.#withdraw(), "danger") : null];
  }

  #facts() {
    const { record } = this;
    const reviews = { done: record.reviews, needed: record.reviews_needed };
    const times = record.began_at && { from: timeOf(record.began_at), to: timeOf(record.ended_at) };
    return facts([
      [say("signups.column.number"), grouped(record.volunteer_no, 3, 3, 4)],
      [say("records.column.day"), day(record.served_on)],
      [say("record.times"), times && say("door.times", times)],
      [say("records.column.minutes"), hours(record.minutes)],
      [say("record.counted"), record.counted_minutes === null ? null : hours(record.counted_minutes)],
      [say("records.column.points"), record.points === null ? null : points(record.points)],
      [say("record.method"), say(`method.${record.capture_method}`)],
      [say("record.evaluation"), record.evaluation],
      [say("record.reviews"), record.reviews_needed ? say("records.reviews", reviews) : null],
      [say("record.review.by"), record.review_by && day(record.review_by)],
      [say("record.seq"), record.transaction_seq],
    ]);
  }

  #history() {
    const step = (one) => {
      const what = p([h("strong", {}, say(`record.step.${one.what}`)), " ", instant(one.at)]);
      return h("li", { class: "line" }, h("div", {}, what, reasonOf(one) ? p(reasonOf(one)) : null));
    };
    return h("ol", { class: "lines" }, this.record.history.map(step));
  }

  #flags() {
    const flag = (one) => h("li", { class: "line" }, p(chosen(one)));
    return [p(say("record.flags.how"), "quiet-words"), h("ul", { class: "lines" }, this.record.flags.map(flag))];
  }

  async #withdraw() {
    const fields = [field({ name: "reason", label: say("edit.reason"), maxlength: 500 })];
    const content = p(say("record.withdraw.how"), "quiet-words");
    const send = (body) => this.withdrawing.send(body);
    if (!(await fill(say("record.withdraw.ask"), content, fields, say("record.withdraw"), send))) return;
    await this.app.again();
    this.app.status.tell(say("record.withdrawn"));
  }
}

customElements.define("organiser-record", Record);
