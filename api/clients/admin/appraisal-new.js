// Putting a form out: who or what is appraised, by whom, in which days, and by which questions.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, dayOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { complete, form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import "./appraisal-words.js";

const KINDS = ["property_company", "owners_committee", "activity", "request", "self", "other"];
const WITH_SUBJECT = new Set(["activity", "request"]);
const QUESTIONS_MAX = 10;
const STARS = [60, 70, 80, 90, 95];
const SCORES = [3, 5, 10];
const OFFERED = 100;
const CLOSED = ["closed", "settled"];

export class NewAppraisal extends FormScreen {
  kind = KINDS[0];

  async load() {
    const { app } = this;
    const offered = (path, query = {}) => app.server.get(path, { limit: OFFERED, ...query }).then(({ items }) => items);
    const closed = app.may("requests:read") ? CLOSED.map((state) => offered("/requests", { state })) : [];
    [this.activities, ...this.requests] = await Promise.all([offered("/activities"), ...closed]);
  }

  view() {
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("appraisal.new")),
      p(say("appraisal.new.how"), "quiet-words"),
      h("section", { class: "panel" }, this.#form()),
    );
  }

  #form() {
    const { app } = this;
    const { today } = app.bank;
    const codes = (name, all) => all.map((code) => [code, say(`appraisal.${name}.${code}`)]);
    const kind = field({ name: "kind", label: say("appraisal.kind"), choices: codes("kind", KINDS), value: this.kind });
    kind.input.addEventListener("change", () => {
      this.kind = kind.value;
      this.draw();
      this.querySelector("[name=kind]").focus();
    });
    const must = [
      field({ name: "title", label: say("appraisal.name"), maxlength: 100 }),
      app.places.field({ name: "organisation_id", label: say("appraisal.group"), value: app.me.organisation_id }),
      field({ name: "from_on", type: "date", label: say("appraisal.from"), value: today }),
      field({ name: "until_on", type: "date", label: say("appraisal.until"), min: today }),
      field({ name: "voice", label: say("appraisal.voice"), choices: codes("voice", ["person", "household"]) }),
      field({ name: "is_anonymous", label: say("appraisal.anonymous"), choices: codes("anonymous", ["yes", "no"]) }),
      field({ name: "score_max", label: say("appraisal.scores"), choices: SCORES.map((most) => [String(most), say("appraisal.scores.are", { most })]), value: "5" }),
    ];
    const subject = this.#subject();
    const questions = field({ name: "questions", label: say("appraisal.questions"), hint: say("appraisal.questions.hint", { most: QUESTIONS_MAX }), rows: 5 });
    const stars = field({ name: "star_thresholds", label: say("appraisal.thresholds"), hint: say("appraisal.thresholds.hint"), value: STARS.join(" ") });
    const asked = [kind, ...(subject ? [subject] : []), ...must, questions, stars];
    const send = async () => {
      if (!complete(asked)) return;
      await app.server.post("/appraisals", bodyOf(values(asked)));
      await app.visit("appraisals");
      app.status.tell(say("appraisal.put.out"));
    };
    questions.classList.add("whole");
    const made = form(asked, say("appraisal.put"), send);
    made.classList.add("two");
    return made;
  }

  // Which activity or which closed request.
  #subject() {
    if (!WITH_SUBJECT.has(this.kind)) return null;
    const told = (id, title, on) => [id, say("appraisal.of", { title, day: day(on) })];
    const choices = {
      activity: this.activities.map((each) => told(each.id, each.title, each.held_on)),
      request: this.requests.flat().map((each) => told(each.id, each.words, dayOf(each.received_at))),
    }[this.kind];
    return field({ name: "subject_id", label: say(`appraisal.subject.${this.kind}`), choices });
  }
}

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const bodyOf = (typed) => ({
  ...typed,
  questions: lines(typed.questions),
  star_thresholds: (typed.star_thresholds.match(/\d+/g) ?? []).map(Number),
  is_anonymous: typed.is_anonymous === "yes",
  score_max: Number(typed.score_max),
});

customElements.define("admin-new-appraisal", NewAppraisal);
