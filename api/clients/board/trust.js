// How to verify what the bank says, and how to object: nobody has to believe it.

import { h, p } from "../kit/element.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { head } from "./data.js";
import { objecting } from "./notices.js";
import { sheet } from "./parts.js";

const STEPS = ["key", "page", "program"];
const LINKS = { page: "/verify", program: "/verify.py" };

export class Trust extends Screen {
  async load() {
    this.head = await head(this.app.server);
  }

  view() {
    return sheet(
      "trust",
      say("trust.title"),
      p(say("trust.lead"), "lead"),
      h("section", { class: "panel" }, h("h2", {}, say("verify.title")), h("ol", { class: "read" }, STEPS.map(step)), this.#head()),
      h("section", { class: "panel" }, objecting()),
      h("section", { class: "panel" }, h("h2", {}, say("trust.not")), p(say("trust.not.how"), "read")),
    );
  }

  #head() {
    if (!this.head) return p(say("trust.unsigned"));
    const { origin, size, root, note } = this.head;
    const facts = [
      ["head.origin", origin],
      ["head.size", say("head.entries", { size: count(size) })],
      ["head.root", h("code", {}, root)],
    ];
    return [
      h("h3", {}, say("head.title")),
      p(say("head.how"), "read"),
      h("dl", { class: "facts" }, facts.map(([key, told]) => [h("dt", {}, say(key)), h("dd", {}, told)])),
      h("details", { class: "data" }, h("summary", {}, say("head.note")), h("pre", { class: "code" }, note)),
    ];
  }
}

const step = (name) => {
  const link = LINKS[name] ? [" ", h("a", { href: LINKS[name] }, LINKS[name])] : null;
  return h("li", {}, say(`verify.${name}`), link);
};

customElements.define("board-trust", Trust);
