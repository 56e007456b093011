// Appraisals: what is asked of one, answered by touching a score for each question, once and for good.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import "./appraisal-words.js";

const told = (form) => say(form.is_anonymous ? "appraisals.anonymous" : "appraisals.named");

export class Appraisals extends Screen {
  async load() {
    this.forms = (await this.app.mine.get("/me/appraisals")).items;
  }

  view() {
    const one = (form) =>
      h(
        "li",
        { class: "panel notice" },
        h("h2", {}, form.title),
        p(say("appraisals.about", { kind: say(`appraisals.kind.${form.kind}`), day: day(form.until_on) }), "quiet-words"),
        p(say(`appraisals.voice.${form.voice}`)),
        button(say("appraisals.answer"), () => this.app.go(Answer, { form }), "primary", { "aria-label": say("appraisals.answer.one", form) }),
      );
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("appraisals.title")),
      p(say("appraisals.how")),
      this.forms.length ? h("ol", {}, this.forms.map(one)) : p(say("appraisals.empty"), "empty panel"),
    );
  }
}

// `given.form`: as the list has it.
export class Answer extends Screen {
  cameFrom = Appraisals;
  scores = new Map();

  async load() {
    this.session = await this.app.mine.get("/auth/volunteer");
  }

  view() {
    const { form } = this.given;
    this.fault = h("p", { class: "fault", role: "alert", hidden: true });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, form.title),
      p(told(form), "care"),
      this.session.assisted ? p(say("appraisals.assisted"), "care") : null,
      p(say("appraisals.scale", { most: form.score_max })),
      h("ol", {}, form.questions.map((question, at) => this.#question(question, at))),
      this.fault,
      h("div", { class: "actions" }, button(say("appraisals.send"), (event) => this.#send(event.currentTarget), "primary")),
    );
  }

  spoken() {
    const { form } = this.given;
    return [form.title, told(form), ...form.questions].join(" ");
  }

  #question(question, at) {
    const { score_max: most } = this.given.form;
    const id = `question-${at}`;
    const scores = Array.from({ length: most }, (_, less) => less + 1);
    const press = (score) =>
      button(say("appraisals.score", { score }), () => this.#give(at, score), null, {
        "aria-pressed": String(this.scores.get(at) === score),
        "aria-label": say("appraisals.score.of", { score, most }),
      });
    const buttons = h("div", { class: "choice scores", role: "group", "aria-labelledby": id }, scores.map(press));
    return h("li", { class: "panel notice" }, h("h2", { id }, question), buttons);
  }

  #give(at, score) {
    this.scores.set(at, score);
    const [group] = [...this.querySelectorAll(".scores")].slice(at);
    [...group.children].forEach((each, less) => each.setAttribute("aria-pressed", String(less + 1 === score)));
    this.fault.hidden = true;
  }

  // It cannot be mended afterwards: asked once more.
  async #send(touched) {
    const { form } = this.given;
    const missing = form.questions.findIndex((_, at) => !this.scores.has(at));
    if (missing >= 0) {
      this.fault.textContent = say("appraisals.missing");
      this.fault.hidden = false;
      return this.querySelectorAll(".scores")[missing].firstElementChild.focus();
    }
    const actions = [["send", say("appraisals.sure"), "primary"], ["no", say("appraisals.unsure"), "quiet"]];
    if ((await ask(say("appraisals.sure.ask"), p(say("appraisals.sure.how")), actions)) !== "send") return;
    touched.disabled = true;
    try {
      await this.app.mine.post(`/me/appraisals/${form.id}`, { scores: form.questions.map((_, at) => this.scores.get(at)) });
    } catch (error) {
      touched.disabled = false;
      return this.app.failed(error);
    }
    await this.app.go(Appraisals);
    this.app.status.tell(say("appraisals.counted"));
  }
}

customElements.define("kiosk-appraisals", Appraisals);
customElements.define("kiosk-answer", Answer);
