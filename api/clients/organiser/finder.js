// <organiser-finder>: whom one means, by the beginning of a name in characters or pinyin, by the last digits of a
// telephone, or by the whole number of somebody who belongs elsewhere.

import { button, h, p } from "../kit/element.js";
import { kindOf } from "../kit/codes.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { about, who } from "./looks.js";

const SHOWN = 8;

class Finder extends HTMLElement {
  // `act` is what is done with whom is found: [words, chosen(person, button)], where a person is { volunteer_no, name }.
  // What `no(person)` says is shown in place of the button: why there is nothing to do.
  // `card(digits)` takes the number of a card that was typed.
  static of({ app, label, act, hint = say("finder.hint"), no = () => null, card = null }) {
    return Object.assign(document.createElement("organiser-finder"), { app, label, act, hint, no, card });
  }

  connectedCallback() {
    if (this.typed) return;
    this.typed = field({ name: "q", label: this.label, hint: this.hint, type: "search", maxlength: 100 });
    this.found = h("ul", { class: "lines found" });
    this.told = h("p", { role: "status", class: "quiet-words" });
    const search = h("button", { type: "submit" }, say("finder.search"));
    const send = (event) => {
      event.preventDefault();
      this.#search(search);
    };
    this.append(h("form", { novalidate: true, onsubmit: send }, this.typed, search), this.told, this.found);
  }

  // Nothing is typed and nobody found: for the next one.
  clear() {
    this.typed.value = "";
    this.found.replaceChildren();
    this.told.textContent = "";
    this.typed.focus();
  }

  async #search(asked) {
    const q = this.typed.value.trim();
    if (!q) return this.typed.focus();
    const digits = q.normalize("NFKC").replace(/[\s-]/g, "");
    if (this.card && kindOf(digits) === "card") return this.card(digits);
    asked.disabled = true;
    try {
      this.#show(await this.#people(q));
    } catch (error) {
      if (error.words === undefined) throw error;
      this.typed.fault = error.words;
    } finally {
      asked.disabled = false;
    }
  }

  async #people(q) {
    const page = await this.app.server.get("/volunteers", { q, limit: SHOWN });
    if (page.items.length || kindOf(q) !== "volunteer") return page.items.filter((one) => !one.closed);
    try {
      const guest = await this.app.server.get(`/guests/${q}`);
      return [{ volunteer_no: guest.volunteer_no, name: guest.masked_name }];
    } catch (error) {
      if (error.status !== 404) throw error;
      return [];
    }
  }

  #show(people) {
    const [words, chosen] = this.act;
    const line = (person) => {
      const against = this.no(person);
      const act = (event) => chosen(person, event.currentTarget);
      return h(
        "li",
        { class: "line" },
        who(person),
        against ? p(against, "quiet-words") : button(words, act, "primary", about(words, person.name)),
      );
    };
    this.found.replaceChildren(...people.map(line));
    const key = people.length ? (people.length === SHOWN ? "finder.more" : "finder.found") : "finder.nobody";
    this.told.textContent = say(key, { count: people.length });
  }
}

customElements.define("organiser-finder", Finder);

export const finder = Finder.of;
