// What came of appraisals that are over: stars, scores, and how many voices; each by itself is the notice of its result.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { sheet } from "./parts.js";
import "./appraisal-words.js";

const PAGE = 50;
const STARS_MAX = 5;

export class Appraisals extends Screen {
  async load() {
    this.page = await this.#page(null);
  }

  async #page(cursor) {
    const { items, next_cursor } = await this.app.server.get("/appraisals/results", { limit: PAGE, cursor });
    return { rows: items, more: next_cursor && (() => this.#page(next_cursor)) };
  }

  view() {
    const title = (one) => h("a", { href: `#appraisal/${one.id}` }, one.title);
    const columns = [
      { key: "title", label: say("appraisal.title"), cell: title, head: true },
      { key: "kind", label: say("appraisal.kind"), cell: ({ kind }) => say(`appraisal.kind.${kind}`) },
      { key: "organisation_name", label: say("appraisal.by") },
      { key: "until_on", label: say("appraisal.ended"), cell: (one) => day(one.until_on), sort: (one) => one.until_on },
      { key: "stars", label: say("appraisal.stars"), cell: starred, sort: (one) => one.percent ?? -1 },
      { key: "voices", label: say("appraisal.voices"), number: true, cell: (one) => count(one.voices), sort: (one) => one.voices },
    ];
    const list = table({ caption: say("appraisals.caption"), columns, empty: say("appraisals.empty"), ...this.page });
    return sheet("appraisals", say("appraisals.title"), p(say("appraisals.lead"), "lead"), h("section", { class: "panel" }, list));
  }
}

// `given.id`: of the form.
export class Appraisal extends Screen {
  async load() {
    this.one = await this.app.server.get(`/appraisals/results/${this.given.id}`);
  }

  view() {
    const { one } = this;
    const facts = [
      ["appraisal.kind", say(`appraisal.kind.${one.kind}`)],
      ["appraisal.by", one.organisation_name],
      ["appraisal.days", say("appraisal.from.to", { from: day(one.from_on), until: day(one.until_on) })],
      ["appraisal.voice", say(`appraisal.voice.${one.voice}`)],
      ["appraisal.voices", count(one.voices)],
    ];
    return sheet(
      "appraisals",
      one.title,
      p(starred(one), "lead"),
      one.percent === null ? null : p(say("appraisal.percent", { percent: one.percent })),
      h("dl", { class: "facts" }, facts.map(([key, told]) => [h("dt", {}, say(key)), h("dd", {}, told)])),
      h("section", { class: "panel" }, questions(one)),
      p(say(one.is_anonymous ? "appraisal.anonymous" : "appraisal.named"), "read"),
    );
  }
}

const questions = (one) => {
  if (one.percent === null) {
    const asked = h("ol", { class: "read" }, one.questions.map(({ question }) => h("li", {}, question)));
    return [h("h2", {}, say("appraisal.questions")), asked];
  }
  const scores = Array.from({ length: one.score_max }, (_, at) => ({
    key: `score-${at}`,
    number: true,
    label: say("appraisal.score", { score: at + 1 }),
    cell: ({ given }) => count(given[at]),
  }));
  const average = { key: "average", number: true, label: say("appraisal.average"), cell: averageOf };
  const columns = [{ key: "question", label: say("appraisal.question"), head: true }, average, ...scores];
  return table({ caption: say("appraisal.questions"), columns, rows: one.questions });
};

const averageOf = ({ average_hundredths: hundredths }) => (hundredths / 100).toFixed(2);

// Stars, drawn and said; why there are none where nothing can be told.
export const starred = ({ stars, voices }) => {
  if (stars === null) return say(voices ? "appraisal.few" : "appraisal.nobody");
  const drawn = "★".repeat(stars) + "☆".repeat(STARS_MAX - stars);
  return h("span", {}, h("span", { "aria-hidden": "true", class: "stars" }, drawn), " ", say("appraisal.stars.are", { stars }));
};

customElements.define("board-appraisals", Appraisals);
customElements.define("board-appraisal", Appraisal);
