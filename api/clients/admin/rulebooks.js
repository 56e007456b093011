// The rulebooks: every version there is, and what each says in sentences beside its data.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { Draft } from "./draft.js";
import { headed } from "./listing.js";
import { changed, sentences } from "./reading.js";
import "./rules-words.js";

const LEAD_DAYS = 30;

export class Rulebooks extends Screen {
  async load() {
    const [page, inForce] = await Promise.all([
      this.app.server.get("/rulebooks"),
      this.app.server.get("/rulebooks/in-force", { organisation_id: this.app.me.organisation_id }),
    ]);
    this.books = page.items.reverse();
    this.inForce = inForce.id;
  }

  view() {
    const open = (book) => button(say("rulebooks.read"), () => this.app.open(Rulebook, { id: book.id }), "quiet");
    const now = this.app.bank.today;
    const state = (book) => {
      if (book.id === this.inForce) return h("strong", {}, say("rulebooks.now"));
      return say(book.effective_from > now ? "rulebooks.coming" : "rulebooks.past");
    };
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("rulebooks.title")),
      p(say("rulebooks.how"), "quiet-words"),
      table({
        caption: say("rulebooks.all"),
        columns: [
          { key: "title", label: say("rulebooks.column.title"), cell: (book) => chosen(book.title) },
          { key: "version", narrow: true, number: true, label: say("rulebooks.column.version") },
          { key: "organisation", label: say("admin.organisation"), cell: (book) => this.app.places.name(book.organisation_id) },
          { key: "effective", narrow: true, label: say("rulebooks.column.from"), cell: (book) => day(book.effective_from), sort: (book) => book.effective_from },
          { key: "state", narrow: true, label: say("rulebooks.column.state"), cell: state },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.books,
        exports: exportsOf(this.app.server, "/rulebooks"),
      }),
    );
  }
}

export class Rulebook extends Screen {
  async load() {
    const path = `/rulebooks/${this.given.id}`;
    [this.book, this.changes] = await Promise.all([this.app.server.get(path), this.app.server.get(`${path}/differences`)]);
  }

  view() {
    const { book } = this;
    const next = () => this.app.open(Draft, { begin: { organisation_id: book.organisation_id, document: nextOf(book, this.app.bank.today) } });
    return h(
      "div",
      { class: "list" },
      headed(
        this.app,
        say("rulebook.title", { title: chosen(book.title), version: book.version }),
        this.app.may("proposals:write") ? button(say("rulebook.next"), next, "primary") : null,
      ),
      p(say("rulebook.since", { day: day(book.effective_from) }), "state"),
      this.changes.since ? changed(this.changes) : null,
      h(
        "div",
        { class: "beside" },
        h("section", { class: "panel" }, h("h2", {}, say("rulebook.sentences")), sentences(book.sentences)),
        h(
          "section",
          { class: "panel" },
          h("h2", {}, say("rulebook.data")),
          h("pre", { class: "data", tabindex: "0", role: "region", "aria-label": say("rulebook.data") }, book.document),
          p(say("rulebook.digest", { digest: book.digest }), "quiet-words small"),
        ),
      ),
    );
  }
}

// The text as the next version would begin: its number, and a day that leaves time to decide.
const nextOf = (book, today) => {
  const from = new Date(Date.parse(today) + LEAD_DAYS * 86_400_000).toISOString().slice(0, 10);
  return book.document
    .replace(/^version: .*$/m, `version: ${book.version + 1}`)
    .replace(/^effective_from: .*$/m, `effective_from: ${from}`);
};

customElements.define("admin-rulebooks", Rulebooks);
customElements.define("admin-rulebook", Rulebook);
