// One form: what it asks of whom, and what came of it once it is over.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { facts, headed } from "./listing.js";
import "./appraisal-words.js";

// `given.form`: as the list has it.
export class Appraisal extends Screen {
  async load() {
    const { id, state } = this.given.form;
    this.result = state === "over" ? await this.app.server.get(`/appraisals/results/${id}`) : null;
  }

  view() {
    const { form } = this.given;
    return h(
      "div",
      { class: "list" },
      headed(this.app, form.title),
      p(say(`appraisal.state.${form.state}.how`, { from: day(form.from_on), until: day(form.until_on) }), "state"),
      this.result ? this.#result() : null,
      this.#asked(form),
    );
  }

  #asked(form) {
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("appraisal.asks")),
      facts([
        [say("appraisal.kind"), say(`appraisal.kind.${form.kind}`)],
        [say("appraisal.group"), form.organisation_name],
        [say("appraisal.voice"), say(`appraisal.voice.${form.voice}`)],
        [say("appraisal.anonymous"), say(form.is_anonymous ? "appraisal.anonymous.yes" : "appraisal.anonymous.no")],
        [say("appraisal.scores"), say("appraisal.scores.are", { most: form.score_max })],
      ]),
      h("ol", { class: "sentences" }, form.questions.map((question) => h("li", {}, question))),
    );
  }

  #result() {
    const { result } = this;
    const stars = result.stars === null ? say("appraisal.few") : say("appraisal.stars", { stars: result.stars, percent: result.percent });
    const average = ({ average_hundredths: hundredths }) => (hundredths === null ? "" : (hundredths / 100).toFixed(2));
    const given = Array.from({ length: result.score_max }, (_, at) => ({
      key: `score-${at}`,
      number: true,
      label: say("appraisal.score", { score: at + 1 }),
      cell: (question) => (question.given === null ? "" : count(question.given[at])),
    }));
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("appraisal.result")),
      p(stars, "state"),
      p(say("appraisal.voices", { count: count(result.voices) })),
      table({
        caption: say("appraisal.questions"),
        columns: [
          { key: "question", label: say("appraisal.question"), head: true },
          { key: "average", number: true, label: say("appraisal.average"), cell: average },
          ...given,
        ],
        rows: result.questions,
      }),
      h("div", { class: "actions" }, h("a", { href: `/board#appraisal/${result.id}`, target: "_blank" }, say("appraisal.notice"))),
    );
  }
}

customElements.define("admin-appraisal", Appraisal);
