// Showing who one is: a number, and the PIN.

import { isSound, LENGTHS } from "../kit/codes.js";
import { button, h, p } from "../kit/element.js";
import { grouped, points } from "../kit/formats.js";
import { keypad } from "../kit/keypad.js";
import { say } from "../kit/language.js";
import { Away } from "../kit/request.js";
import { Screen } from "../kit/screen.js";

const PIN_DIGITS = 6;

export class VolunteerNumber extends Screen {
  view() {
    const fault = h("p", { class: "fault", role: "alert" });
    const full = (digits) => {
      if (isSound(digits)) return this.app.go(Pin, { volunteer_no: digits });
      fault.textContent = say("number.wrong");
      pad.clear();
    };
    const { scanner } = this.app;
    const pad = keypad({ label: say("number.label"), digits: LENGTHS.volunteer, groups: [3, 3, 4], scanner, full });
    return h("div", { class: "signing" }, h("div", { class: "asked" }, h("h1", {}, say("number.title")), fault), pad);
  }
}

// `given`: a volunteer number, or a card and what it tells without its PIN.
export class Pin extends Screen {
  view() {
    this.fault = h("p", { class: "fault", role: "alert" });
    this.again = button(say("kiosk.retry"), () => this.#identify(this.typed), "primary", { hidden: true });
    const full = (pin) => this.#identify(pin);
    this.pad = keypad({ label: say("pin.label"), digits: PIN_DIGITS, secret: true, scanner: this.app.scanner, full });
    return h(
      "div",
      { class: "signing" },
      h(
        "div",
        { class: "asked" },
        h("h1", {}, say("pin.title")),
        p(this.#who(), "who"),
        this.fault,
        this.again,
        p(say("pin.forgotten"), "quiet-words"),
      ),
      this.pad,
    );
  }

  #who() {
    const { name, points: held, volunteer_no } = this.given;
    if (!name) return say("home.number", { number: grouped(volunteer_no, 3, 3, 4) });
    return [say("pin.hello", { name }), h("span", {}, say("pin.glance", { points: points(held) }))];
  }

  async #identify(pin) {
    const { card, volunteer_no } = this.given;
    this.typed = pin;
    this.fault.textContent = "";
    this.again.hidden = true;
    this.app.status.tell(say("pin.checking"));
    try {
      const shown = card ? { card } : { volunteer_no };
      const answer = await this.app.hall.post("/auth/volunteer", { pin, ...shown }, { harmless: true });
      if (this.isConnected) await this.app.welcome(answer);
    } catch (error) {
      if (!this.isConnected) return;
      this.app.status.clear();
      // What was typed stays while the server is away.
      const away = error instanceof Away;
      if (!away) this.pad.clear();
      this.again.hidden = !away;
      this.fault.textContent = error.words;
    }
  }
}

customElements.define("kiosk-number", VolunteerNumber);
customElements.define("kiosk-pin", Pin);
