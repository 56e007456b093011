// One proposal: what is proposed, each stage with who, when and how they voted, and the next one to put on record.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { count, day } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { attached } from "./attachments.js";
import { Draft } from "./draft.js";
import { form, FormScreen, values } from "./forms.js";
import { facts, headed } from "./listing.js";
import { changed, sentences } from "./reading.js";
import "./rules-words.js";
import { stepForm } from "./step.js";

const OVER = new Set(["decided", "withdrawn"]);

export class Proposal extends FormScreen {
  async load() {
    this.proposal = await this.app.server.get(`/proposals/${this.given.id}`);
  }

  view() {
    const { proposal } = this;
    return h(
      "div",
      { class: "list" },
      headed(this.app, proposal.title),
      p(say(`proposals.state.${proposal.state}`), "state"),
      h(
        "section",
        { class: "panel" },
        facts([
          [say("proposals.kind"), say(`proposals.kind.${proposal.kind}`)],
          [say("admin.organisation"), proposal.organisation],
          [say("proposal.way"), chosen(proposal.template.title)],
          [say("proposal.from"), proposal.effective_from ? day(proposal.effective_from) : null],
          [say("proposal.revision"), proposal.revision > 1 ? say("proposal.revision.number", { number: proposal.revision }) : null],
          [say("draft.reasons"), proposal.reasons],
        ]),
      ),
      h("ol", { class: "stages" }, proposal.template.stages.map((stage) => this.#stage(stage))),
      changed(proposal.changes),
      h(
        "div",
        { class: "beside" },
        proposal.sentences.zh.length
          ? h("section", { class: "panel" }, h("h2", {}, say("rulebook.sentences")), sentences(proposal.sentences))
          : null,
        h("section", { class: "panel" }, h("h2", {}, say("rulebook.data")), h("pre", { class: "data", tabindex: "0", role: "region", "aria-label": say("rulebook.data") }, proposal.document)),
      ),
      this.#withdrawal(),
    );
  }

  // Steps of earlier revisions stand there too, in their order.
  #stage(stage) {
    const { proposal } = this;
    const steps = proposal.steps.filter((step) => step.stage === stage.id);
    const next = proposal.next_stage === stage.id;
    const look = next ? "next" : steps.length ? "done" : "later";
    return h(
      "li",
      { class: `panel stage ${look}` },
      h("h2", {}, say(`stage.${look}`, { stage: chosen(stage.title) })),
      steps.map((step) => taken(step, attached(this.app, proposal.id, step.attachments))),
      next ? this.#record(stage) : null,
    );
  }

  #record(stage) {
    const { app, proposal } = this;
    const reaches = app.may("proposals:record") && app.places.knows(proposal.organisation_id);
    if (!reaches || !app.me.roles.some((each) => stage.roles.includes(each.role))) {
      const roles = stage.roles.map((role) => say(`role.${role}`)).join(say("list.comma"));
      return p(say("stage.whose", { roles }), "quiet-words");
    }
    const done = async () => {
      await app.again();
      app.status.tell(say("step.done"));
    };
    const revises = stage.act === "propose" && app.may("proposals:write");
    const revise = () => app.open(Draft, { id: proposal.id });
    const made = h("details", {}, h("summary", {}, say("step.record")), stepForm({ app, id: proposal.id, stage, words: say("step.save"), done }));
    return [revises ? h("div", { class: "actions" }, button(say("stage.revise"), revise)) : null, made];
  }

  #withdrawal() {
    const { app, proposal } = this;
    if (!app.may("proposals:write") || OVER.has(proposal.state) || !app.places.knows(proposal.organisation_id)) return null;
    const posting = app.server.posting(`/proposals/${proposal.id}/steps`);
    const reasons = field({ name: "reasons", label: say("step.reasons"), rows: 2 });
    const send = async () => {
      await posting.send({ stage: "withdrawn", result: "withdrawn", ...values([reasons]) });
      await app.again();
      app.status.tell(say("proposal.withdrawn"));
    };
    const made = form([reasons], say("proposal.withdraw"), send);
    return h("details", { class: "panel" }, h("summary", {}, say("proposal.withdraw.title")), p(say("proposal.withdraw.how")), made);
  }
}

const taken = (step, files) =>
  h(
    "div",
    { class: "taken" },
    p(say("step.taken", { day: day(step.held_on), result: say(`step.result.${step.result}`), recorder: step.recorder, entry: count(step.transaction_seq) })),
    step.bodies.map((body) =>
      h(
        "div",
        { class: "vote" },
        p(say("step.votes", { body: chosen(body.title), present: body.present, yes: body.votes_for, no: body.votes_against, abstained: body.votes_abstained })),
        body.opinion ? p(say("step.said", { opinion: body.opinion })) : null,
        body.persons?.length ? p(say("step.were", { persons: body.persons.join(say("list.comma")) }), "quiet-words") : null,
      ),
    ),
    step.reasons ? p(say("step.because", { reasons: step.reasons })) : null,
    step.minutes ? h("details", {}, h("summary", {}, say("step.minutes")), h("p", { class: "minutes" }, step.minutes)) : null,
    files,
  );

customElements.define("admin-proposal", Proposal);
