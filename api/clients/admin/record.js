// One record: what it says, what to look at, everything that was done with it, and what may be done now.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, grouped, hours, instant, points, timeOf } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { FormScreen, required } from "./forms.js";
import { facts, headed } from "./listing.js";
import "./review-words.js";
import { mayReview } from "./waiting.js";

const WAITING = new Set(["submitted", "held"]);

export class Record extends FormScreen {
  async load() {
    const path = `/service-records/${this.given.id}`;
    this.record = await this.app.server.get(path);
    const of = `/volunteers/${this.record.volunteer_no}`;
    this.person = this.app.may("volunteers:read") ? await this.app.server.get(of) : null;
    this.postings = new Map(["review", "hold", "release", "reverse"].map((act) => [act, this.app.server.posting(`${path}/${act}`)]));
  }

  view() {
    const { record } = this;
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("record.title", { activity: record.activity_title })),
      p(say(`records.state.${record.state}`), "state"),
      record.flags.length
        ? h("ul", { class: "flags panel care" }, record.flags.map((flag) => h("li", { class: "flag" }, chosen(flag))))
        : null,
      h("section", { class: "panel" }, this.#facts()),
      this.#deciding(),
      this.#history(),
    );
  }

  #facts() {
    const { record } = this;
    const period = record.began_at ? say("record.period", { from: timeOf(record.began_at), to: timeOf(record.ended_at) }) : null;
    const number = grouped(record.volunteer_no, 3, 3, 4);
    return facts([
      [say("records.column.volunteer"), this.person ? say("record.person", { name: this.person.name, number }) : number],
      [say("admin.organisation"), this.app.places.name(record.organisation_id)],
      [say("records.column.day"), day(record.served_on)],
      [say("record.when"), period],
      [say("records.column.time"), hours(record.minutes)],
      [say("record.counted"), record.counted_minutes === null ? null : hours(record.counted_minutes)],
      [say("record.points"), record.points === null ? null : points(record.points)],
      [say("records.column.capture"), say(`capture.${record.capture_method}`)],
      [say("record.evaluation"), record.evaluation],
      [say("records.column.reviews"), say("records.reviews", { done: record.reviews, needed: record.reviews_needed })],
      [say("record.by"), record.review_by ? day(record.review_by) : null],
      [say("record.recorder"), this.app.who(record.recorded_by)],
    ]);
  }

  #deciding() {
    const { record, app } = this;
    const waits = WAITING.has(record.state);
    const reviews = app.may("service-records:review") && waits;
    const undoes = app.may("service-records:reverse") && record.state === "posted";
    if (!reviews && !undoes) return null;
    if (reviews && !mayReview(record, app)) return p(say("record.not.yours"), "panel care");
    this.reason = field({ name: "reason", label: say("records.reason"), hint: say("record.reason.hint"), rows: 2, required: false });
    const act = (name, words, body, look, needs = true) => {
      const pressed = button(words, () => this.#act(pressed, name, body, needs), look);
      return pressed;
    };
    const ways = [
      reviews ? act("review", say("record.approve"), { decision: "approve" }, "primary", false) : null,
      reviews ? act("review", say("record.reject"), { decision: "reject" }, "danger") : null,
      reviews && record.state === "submitted" ? act("hold", say("record.hold"), {}) : null,
      reviews && record.state === "held" ? act("release", say("record.release"), {}) : null,
      undoes ? act("reverse", say("record.reverse"), {}, "danger") : null,
    ];
    return h(
      "section",
      { class: "panel", "aria-label": say("record.decide") },
      this.reason,
      h("div", { class: "actions" }, ways),
    );
  }

  async #act(pressed, name, body, needs) {
    const reason = needs ? required(this.reason) : this.reason.value.trim();
    if (reason === null) return;
    const told = await this.app.sent(pressed, this.postings.get(name), reason ? { ...body, reason } : body);
    if (!told) return;
    await this.app.back();
    this.app.status.tell(say(told.state ? `record.now.${told.state}` : "record.now.reversed"));
  }

  #history() {
    const step = (each) =>
      h(
        "li",
        {},
        p(say("record.step", { what: say(`step.${each.what}`), at: instant(each.at), who: this.app.who(each.by) })),
        each.reason ? p(say("record.step.reason", { reason: each.reason }), "quiet-words") : null,
        each.code ? p(say("record.step.bank"), "quiet-words") : null,
      );
    return h("section", { class: "panel" }, h("h2", {}, say("record.history")), h("ol", { class: "steps" }, this.record.history.map(step)));
  }
}

customElements.define("admin-record", Record);
