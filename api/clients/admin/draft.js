// A draft: its text with what is wrong at its lines, read aloud beside it; tried out over a period, then proposed.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { chosen, say } from "../kit/language.js";
import { Proposal } from "./proposal.js";
import { changing, form, FormScreen, values } from "./forms.js";
import { editor } from "./editor.js";
import { headed } from "./listing.js";
import { sentences } from "./reading.js";
import "./rules-words.js";
import { Simulation } from "./simulation.js";
import { stepForm } from "./step.js";

const JUDGED = new Set(["rulebook", "lapse_policy", "redemption_policy"]);
const KINDS = ["rulebook", "lapse_policy", "redemption_policy", "price_list", "resolution"];

export class Draft extends FormScreen {
  async load() {
    this.draft = this.given.id ? await this.app.server.get(`/rulebooks/${this.given.id}/draft`) : null;
    const ways = await this.app.server.get("/proposals/templates");
    this.ways = ways.items;
    this.kind = this.draft?.kind ?? this.given.begin?.kind ?? "rulebook";
    this.read = this.draft?.sentences ?? { zh: [], en: [] };
  }

  connectedCallback() {
    super.connectedCallback();
    if (!this.draft) this.#judge(this.text.value).then((told) => told && this.text.tell(told));
  }

  view() {
    this.aloud = h("div", {}, this.#aloud());
    return h(
      "div",
      { class: "list" },
      headed(this.app, this.draft ? this.draft.title : say("draft.new")),
      h(
        "div",
        { class: JUDGED.has(this.kind) ? "beside wide-left" : "list" },
        h("section", { class: "panel" }, this.draft ? this.#change() : this.#begin()),
        // Only rules are read aloud; a price list or a resolution says itself.
        JUDGED.has(this.kind) ? h("section", { class: "panel" }, h("h2", {}, say("rulebook.sentences")), this.aloud) : null,
      ),
      this.draft ? this.#onward() : null,
    );
  }

  #fields(draft) {
    this.text = editor({
      name: "document",
      label: say("draft.document"),
      hint: say("draft.document.hint"),
      value: draft.document,
      findings: draft.findings ?? [],
      judge: (text) => this.#judge(text),
    });
    return [
      field({ name: "title", label: say("draft.name"), value: draft.title ?? "" }),
      field({ name: "reasons", label: say("draft.reasons"), hint: say("draft.reasons.hint"), rows: 3, value: draft.reasons ?? "" }),
      this.text,
    ];
  }

  #begin() {
    const begin = this.given.begin ?? { document: "" };
    const place = this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), value: begin.organisation_id });
    const kinds = KINDS.map((each) => [each, say(`proposals.kind.${each}`)]);
    const kind = field({ name: "kind", label: say("proposals.kind"), choices: kinds, value: this.kind });
    const way = field({ name: "template", label: say("draft.way"), choices: this.#waysOf(this.kind) });
    kind.input.addEventListener("change", () => {
      this.kind = kind.value;
      this.draw();
    });
    const fields = [place, kind, ...(JUDGED.has(this.kind) ? [] : [way]), ...this.#fields(begin)];
    const send = async () => {
      const path = JUDGED.has(this.kind) ? "/rulebooks" : "/proposals";
      const made = await this.app.server.post(path, values(fields));
      await this.app.replace(Draft, { id: made.id });
      this.app.status.tell(say("draft.saved"));
    };
    const made = form(fields, say("draft.begin"), send);
    made.append(this.text);
    return made;
  }

  #waysOf(kind) {
    return this.ways.filter((way) => way.decides.includes(kind)).map((way) => [way.id, chosen(way.title)]);
  }

  #change() {
    const made = changing({
      server: this.app.server,
      path: `/rulebooks/${this.draft.id}/draft`,
      seen: this.draft,
      fields: this.#fields(this.draft),
      words: say("draft.save"),
      done: async () => {
        await this.app.again();
        this.app.status.tell(say("draft.saved"));
      },
    });
    made.append(this.text);
    return made;
  }

  // What is wrong with a text while it is written; whole sentences as soon as nothing is.
  async #judge(text) {
    if (!JUDGED.has(this.kind) || !text) return null;
    const organisation_id = this.draft?.organisation_id ?? this.given.begin?.organisation_id;
    try {
      const told = await this.app.server.post("/rulebooks/validate", { document: text, organisation_id }, { harmless: true });
      if (told.valid) this.read = told.sentences;
      this.aloud.replaceChildren(...[this.#aloud()].flat().filter(Boolean));
      return told.findings;
    } catch (error) {
      this.app.failed(error);
      return null;
    }
  }

  #aloud() {
    return this.read.zh.length ? sentences(this.read) : p(say("draft.aloud.none"), "quiet-words");
  }

  #onward() {
    const { draft, app } = this;
    const way = this.ways.find((each) => each.id === draft.template);
    const [first] = way.stages;
    const done = async () => {
      await app.replace(Proposal, { id: draft.id });
      app.status.tell(say("draft.proposed"));
    };
    const tries = app.may("proposals:record") && JUDGED.has(draft.kind);
    return [
      tries
        ? h(
            "section",
            { class: "panel" },
            h("h2", {}, say("draft.try")),
            p(say("draft.try.how")),
            h("div", { class: "actions" }, button(say("draft.try.go"), () => app.open(Simulation, { id: draft.id, title: draft.title }))),
          )
        : null,
      h(
        "section",
        { class: "panel" },
        h("h2", {}, say("draft.propose")),
        draft.findings.length ? p(say("draft.propose.faults"), "care") : stepForm({ app, id: draft.id, stage: first, words: say("draft.propose"), done }),
      ),
    ];
  }
}

customElements.define("admin-draft", Draft);
