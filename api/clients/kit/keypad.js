// <kit-keypad>: digits to touch, and what was typed so far. Digits of a keyboard count as well. What is secret is
// shown as dots and stands in no field of the page.

import { button, h } from "./element.js";
import { say } from "./language.js";
import { grouped } from "./formats.js";
import "./words.js";

class Keypad extends HTMLElement {
  #typed = "";

  // `scanner` hands over what a keyboard typed; `full(digits)` is called when the last digit is in.
  static of({ label, digits, groups = [digits], secret = false, scanner, full }) {
    return Object.assign(document.createElement("kit-keypad"), { label, digits, groups, secret, scanner, full });
  }

  connectedCallback() {
    this.shown = h("output", { class: "typed" });
    this.spoken = h("p", { class: "unseen", role: "status" });
    const key = (digit) => button(digit, () => this.type(digit), null, { "aria-label": say("kit.digit", { digit }) });
    const back = () => this.#set(this.#typed.slice(0, -1));
    this.replaceChildren(
      h("p", { class: "label" }, this.label),
      this.shown,
      this.spoken,
      h("div", { class: "keys" }, [
        [..."123456789"].map(key),
        button(say("kit.digit.clear"), () => this.clear(), "quiet"),
        key("0"),
        button(say("kit.digit.back"), back, "quiet"),
      ]),
    );
    this.hear = (event) => this.type(event.detail.digits);
    this.erase = (event) => event.code === "Backspace" && back();
    this.scanner.addEventListener("digits", this.hear);
    window.addEventListener("keydown", this.erase);
    this.#set("");
  }

  disconnectedCallback() {
    this.#typed = "";
    this.scanner.removeEventListener("digits", this.hear);
    window.removeEventListener("keydown", this.erase);
  }

  type(digits) {
    if (this.#typed.length === this.digits || document.querySelector("dialog[open]")) return;
    this.#set((this.#typed + digits).slice(0, this.digits));
    if (this.#typed.length === this.digits) this.full(this.#typed);
  }

  clear() {
    this.#set("");
  }

  #set(typed) {
    this.#typed = typed;
    const [shown, missing] = this.secret ? ["●".repeat(typed.length), "○"] : [typed, "·"];
    const places = shown.padEnd(this.digits, missing);
    this.shown.textContent = grouped(places, ...this.groups);
    this.spoken.textContent = say("kit.typed", { count: typed.length, all: this.digits });
  }
}

customElements.define("kit-keypad", Keypad);

export const keypad = Keypad.of;
