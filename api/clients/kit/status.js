// What just happened, said once and read aloud by screen readers; and whether the server is away, for as long as it is.

import { h } from "./element.js";
import { onLanguage, say } from "./language.js";
import { connection } from "./request.js";
import "./words.js";

const SHOWN_MS = 8_000;

// <kit-status>: one on each page. `tell(words)` for what was done, `warn(words)` for what went wrong.
class Status extends HTMLElement {
  #timer = null;

  connectedCallback() {
    this.away = h("p", { class: "away", role: "status" });
    this.said = h("p", { class: "said", role: "status", hidden: true });
    this.replaceChildren(this.away, this.said);
    const draw = () => {
      this.away.hidden = !connection.away;
      this.away.textContent = connection.away ? say("kit.away") : "";
    };
    for (const name of ["away", "back"]) connection.addEventListener(name, draw);
    onLanguage(draw);
    draw();
  }

  tell(words) {
    this.#show(words, "good");
  }

  warn(words) {
    this.#show(words, "bad");
  }

  clear() {
    clearTimeout(this.#timer);
    this.said.hidden = true;
    this.said.textContent = "";
  }

  #show(words, kind) {
    this.clear();
    this.said.className = `said ${kind}`;
    this.said.textContent = words;
    this.said.hidden = false;
    this.#timer = setTimeout(() => this.clear(), SHOWN_MS);
  }
}

customElements.define("kit-status", Status);
