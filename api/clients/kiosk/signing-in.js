// Showing who one is: a number, and the PIN.

import { isSound, LENGTHS } from "../kit/codes.js";
import { h } from "../kit/element.js";
import { grouped, points } from "../kit/formats.js";
import { keypad } from "../kit/keypad.js";
import { say } from "../kit/language.js";
import { Away } from "../kit/request.js";
import { Screen } from "../kit/screen.js";

export class VolunteerNumber extends Screen {
  view() {
    const fault = h("p", { class: "fault", role: "alert" });
    const full = (digits) => {
      if (isSound(digits)) return this.app.go(Pin, { volunteer_no: digits });
      fault.textContent = say("number.wrong");
      pad.clear();
    };
    const pad = keypad({ label: say("number.label"), digits: LENGTHS.volunteer, groups: [3, 3, 4], scanner: this.app.scanner, full });
    return h("div", { class: "signing" }, h("div", { class: "asked" }, h("h1", {}, say("number.title")), fault), pad);
  }
}

export class Pin extends Screen {
  view() {
    const { name, points: held } = this.given;
    this.fault = h("p", { class: "fault", role: "alert" });
    this.again = h("button", { type: "button", class: "primary", hidden: true, onclick: () => this.again.send() }, say("kiosk.retry"));
    this.pad = keypad({ label: say("pin.label"), digits: 6, secret: true, scanner: this.app.scanner, full: (pin) => this.#identify(pin) });
    const who = name
      ? h("p", { class: "who" }, say("pin.hello", { name }), h("span", {}, say("pin.glance", { points: points(held) })))
      : h("p", { class: "who" }, say("home.number", { number: grouped(this.given.volunteer_no, 3, 3, 4) }));
    const asked = [h("h1", {}, say("pin.title")), who, this.fault, this.again, h("p", { class: "quiet-words" }, say("pin.forgotten"))];
    return h("div", { class: "signing" }, h("div", { class: "asked" }, asked), this.pad);
  }

  async #identify(pin) {
    const { card, volunteer_no } = this.given;
    this.fault.textContent = "";
    this.again.hidden = true;
    this.app.status.tell(say("pin.checking"));
    try {
      const answer = await this.app.hall.post("/auth/volunteer", { pin, ...(card ? { card } : { volunteer_no }) }, { harmless: true });
      if (this.isConnected) await this.app.welcome(answer);
    } catch (error) {
      if (!this.isConnected) return;
      this.app.status.clear();
      if (!(error instanceof Away)) this.pad.clear();
      this.fault.textContent = error.words;
      // What was typed stays while the server is away.
      this.again.hidden = !(error instanceof Away);
      this.again.send = () => this.#identify(pin);
    }
  }
}

customElements.define("kiosk-number", VolunteerNumber);
customElements.define("kiosk-pin", Pin);
