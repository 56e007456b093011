// Decisions and the way to each: who discussed it when, how they voted, what changed. Decision, process and result are
// published (三公开); each step can be found in the log by its number.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { sheet } from "./parts.js";

const PAGE = 50;

export class Decisions extends Screen {
  async load() {
    const [page, ways] = await Promise.all([this.#page(null), this.app.server.get("/proposals/templates")]);
    this.page = page;
    this.stages = new Map(ways.items.flatMap((way) => way.stages.map((stage) => [stage.id, stage.title])));
  }

  async #page(cursor) {
    const { items, next_cursor } = await this.app.server.get("/proposals", { limit: PAGE, cursor });
    return { rows: items, more: next_cursor && (() => this.#page(next_cursor)) };
  }

  view() {
    const title = (one) => h("a", { href: `#decision/${one.id}` }, one.title);
    const columns = [
      { key: "title", label: say("decision.title"), cell: title, head: true },
      { key: "kind", label: say("decision.kind"), cell: ({ kind }) => say(`kind.${kind}`) },
      { key: "organisation", label: say("decision.organisation") },
      { key: "proposed_on", label: say("decision.proposed"), cell: (one) => day(one.proposed_on), sort: (one) => one.proposed_on },
      { key: "state", label: say("decision.state"), cell: (one) => this.#state(one) },
      { key: "effective_from", label: say("decision.effective"), cell: (one) => (one.effective_from ? day(one.effective_from) : "") },
    ];
    const list = table({ caption: say("decisions.caption"), columns, empty: say("decisions.empty"), ...this.page });
    return sheet("decisions", say("decisions.title"), p(say("decisions.lead"), "lead"), h("section", { class: "panel" }, list));
  }

  #state({ state, next_stage }) {
    const next = next_stage && this.stages.get(next_stage);
    return next ? say("decision.next", { state: say(`state.${state}`), stage: chosen(next) }) : say(`state.${state}`);
  }
}

// `given.id`: of the proposal.
export class Decision extends Screen {
  async load() {
    this.one = await this.app.server.get(`/proposals/${this.given.id}`);
  }

  view() {
    const { one } = this;
    const facts = [
      ["decision.kind", say(`kind.${one.kind}`)],
      ["decision.organisation", one.organisation],
      ["decision.state", say(`state.${one.state}`)],
      ["decision.effective", one.effective_from ? day(one.effective_from) : null],
      ["decision.reasons", one.reasons],
    ];
    const fact = ([key, told]) => (told ? [h("dt", {}, say(key)), h("dd", {}, told)] : null);
    return sheet(
      "decisions",
      one.title,
      h("dl", { class: "facts" }, facts.map(fact)),
      h("section", { class: "panel" }, h("h2", {}, say("decision.way", { template: chosen(one.template.title) })), this.#stages()),
      this.#changes(),
      h("section", { class: "panel" }, h("h2", {}, say("decision.steps")), h("ol", { class: "steps" }, one.steps.map((step) => this.#step(step)))),
      this.#content(),
    );
  }

  // The stages from left to right: behind, here, ahead; said in words too.
  #stages() {
    const { template, steps, next_stage, revision, state } = this.one;
    const taken = new Map(steps.filter((step) => step.revision === revision).map((step) => [step.stage, step]));
    const stands = (stage) => {
      if (stage.id === next_stage) return "now";
      if (taken.get(stage.id)?.result === "passed") return "done";
      return state === "decided" ? "done" : "ahead";
    };
    const item = (stage) => {
      const [now, step] = [stands(stage), taken.get(stage.id)];
      return h(
        "li",
        { class: now, "aria-current": now === "now" && "step" },
        h("strong", {}, chosen(stage.title)),
        h("span", {}, now === "done" && step ? say("stage.passed", { on: day(step.held_on) }) : say(`stage.${now}`)),
      );
    };
    return h("ol", { class: "stages" }, template.stages.map(item));
  }

  #step(step) {
    const told = { stage: chosen(step.title), on: day(step.held_on), result: say(`result.${step.result}`) };
    return h(
      "li",
      {},
      h("h3", {}, say("step.head", told)),
      p(say("step.entry", { recorder: step.recorder, seq: count(step.transaction_seq), revision: step.revision }), "quiet-words"),
      step.bodies.map(vote),
      step.reasons ? p(say("step.reasons", { words: step.reasons })) : null,
      step.minutes ? p(say("step.minutes", { words: step.minutes })) : null,
      step.attachments.map((file) => this.#file(file)),
    );
  }

  #file({ name, digest, is_published }) {
    const href = `/api/v1/proposals/${this.one.id}/attachments/${digest}`;
    return h("p", {}, is_published ? h("a", { href }, name) : say("step.file", { name }));
  }

  #changes() {
    const changes = chosen(this.one.changes);
    if (!changes.length) return null;
    const columns = [
      { key: "before", label: say("change.before"), cell: ({ before }) => before ?? say("change.new") },
      { key: "after", label: say("change.after"), cell: ({ after }) => after ?? say("change.gone") },
    ];
    return h("section", { class: "panel" }, table({ caption: say("change.caption"), columns, rows: changes }));
  }

  #content() {
    const sentences = chosen(this.one.sentences);
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("decision.content")),
      sentences.length
        ? h("ol", { class: "read sentences" }, sentences.map((sentence) => h("li", {}, sentence)))
        : h("pre", { class: "code" }, this.one.document),
      h("p", { class: "quiet-words" }, say("digest"), " ", h("code", {}, this.one.digest)),
    );
  }
}

const vote = (body) =>
  h(
    "div",
    { class: "vote" },
    p(say("vote", {
      body: chosen(body.title),
      present: body.present,
      for: body.votes_for,
      against: body.votes_against,
      abstained: body.votes_abstained,
    })),
    body.opinion ? p(say("vote.opinion", { words: body.opinion })) : null,
    body.persons?.length ? p(say("vote.persons", { names: body.persons.join(" ") }), "quiet-words") : null,
  );

customElements.define("board-decisions", Decisions);
customElements.define("board-decision", Decision);
