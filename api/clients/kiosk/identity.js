// What proves who one is: the code for the desk's scanner, and the PIN.

import { h } from "../kit/element.js";
import { keypad } from "../kit/keypad.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const BEFORE_MS = 8_000;
const PIN_DIGITS = 6;

export class Code extends Screen {
  async load() {
    this.code = await this.app.mine.post("/auth/volunteer/screen-code", {}, { harmless: true });
  }

  connectedCallback() {
    super.connectedCallback();
    const left = new Date(this.code.expires_at) - Date.now();
    this.timer = setTimeout(() => this.#next(), Math.min(Math.max(left - BEFORE_MS, 5_000), 52_000));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  view() {
    const picture = `data:image/svg+xml,${encodeURIComponent(this.code.svg)}`;
    return h(
      "div",
      { class: "signing" },
      h("div", { class: "asked" }, h("h1", {}, say("code.title")), h("p", {}, say("code.how"))),
      h("img", { class: "code", src: picture, alt: say("code.picture") }),
    );
  }

  async #next() {
    if (this.isConnected) await this.app.go(Code);
  }
}

export class ChangePin extends Screen {
  step = "old";
  typed = {};
  fault = "";

  view() {
    const full = (pin) => this.#typed(pin);
    const fault = h("p", { class: "fault", role: "alert" }, this.fault);
    return h(
      "div",
      { class: "signing" },
      h("div", { class: "asked" }, h("h1", {}, say("change.title")), fault),
      keypad({ label: say(`change.${this.step}`), digits: PIN_DIGITS, secret: true, scanner: this.app.scanner, full }),
    );
  }

  async #typed(pin) {
    if (this.step === "again" && pin !== this.typed.next) return this.#at("next", say("change.differs"));
    this.typed[this.step] = pin;
    if (this.step === "old") return this.#at("next");
    if (this.step === "next") return this.#at("again");
    try {
      await this.app.mine.post("/auth/volunteer/pin", { old_pin: this.typed.old, pin });
    } catch (error) {
      if (!error.faults?.size) {
        this.#at("again");
        return this.app.failed(error);
      }
      const [[pointer, words]] = error.faults;
      return this.#at(pointer === "/old_pin" ? "old" : "next", words);
    }
    await this.app.back();
    this.app.status.tell(say("change.done"));
  }

  #at(step, fault = "") {
    Object.assign(this, { step, fault });
    this.draw();
  }
}

customElements.define("kiosk-code", Code);
customElements.define("kiosk-change-pin", ChangePin);
