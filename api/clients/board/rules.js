// The rulebooks in force, read aloud: every sentence that decides about points.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { rulebooks } from "./data.js";
import { sheet } from "./parts.js";

export class Rules extends Screen {
  async load() {
    this.books = await rulebooks(this.app.server);
  }

  view() {
    const content = this.books.length ? this.books.map(book) : h("div", { class: "empty" }, say("rules.empty"));
    return sheet("rules", say("rules.title"), p(say("rules.lead"), "lead"), content, p(say("rules.change"), "read"));
  }
}

const book = (each) =>
  h(
    "section",
    { class: "panel" },
    h("h2", {}, say("rules.book", { title: chosen(each.title), version: each.version })),
    p(say("rules.since", { from: day(each.effective_from), seq: count(each.transaction_seq) }), "quiet-words"),
    // The first sentence is its title and day, said above.
    h("ol", { class: "read sentences" }, chosen(each.sentences).slice(1).map((sentence) => h("li", {}, sentence))),
    h("p", { class: "quiet-words" }, say("digest"), " ", h("code", {}, each.digest)),
  );

customElements.define("board-rules", Rules);
