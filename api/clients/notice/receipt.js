// Asking how an objection stands, by the number that whoever made it was given. The board asks the same way.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import "./words.js";

class Receipt extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = field({ name: "receipt", label: say("receipt.number"), inputmode: "numeric", maxlength: 20 });
    this.input.input.addEventListener("keydown", (event) => event.key === "Enter" && this.ask());
    this.box = h("div", { class: "verdict", role: "status" });
    this.append(
      h("h2", {}, say("receipt.title")),
      this.input,
      h("div", { class: "actions" }, button(say("receipt.ask"), () => this.ask())),
      this.box,
    );
  }

  set number(number) {
    this.input.value = number;
  }

  async ask() {
    const number = this.input.value.normalize("NFKC").replace(/[\s-]/g, "");
    if (!/^\d{12}$/.test(number)) return this.#tell("unsure", say("receipt.digits"));
    try {
      const found = await this.app.server.get(`/objections/${number}`);
      const told = say("receipt.told", { state: say(`receipt.${found.state}`), line: found.line, on: day(found.made_on) });
      this.#tell(found.state === "open" ? "waiting" : "valid", told, found.answer);
    } catch (error) {
      if (error.words === undefined) throw error;
      if (error.status === 404) this.#tell("invalid", say("receipt.none"));
      else this.#tell("unsure", error.words);
    }
  }

  #tell(verdict, ...lines) {
    this.box.className = `verdict ${verdict}`;
    this.box.replaceChildren(...lines.filter(Boolean).map((line) => p(line)));
  }
}

customElements.define("notice-receipt", Receipt);

export const receiptForm = (app) => Object.assign(document.createElement("notice-receipt"), { app });
