// Checking oneself in and out, by the code on the organiser's screen: scanned, or its eight digits typed.

import { button, h, p } from "../kit/element.js";
import { keypad } from "../kit/keypad.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Activities } from "./activities.js";

const DIGITS = 8;

// `given`: the session, and whether it is "check_in" or "check_out".
export class Attendance extends Screen {
  cameFrom = Activities;

  async load() {
    this.noting = this.app.mine.posting(this.given.purpose === "check_in" ? "/check-ins" : "/check-outs");
  }

  view() {
    this.fault = h("p", { class: "fault", role: "alert" });
    this.again = button(say("kit.ask.again"), () => this.#note(this.typed), "primary", { hidden: true });
    const full = (digits) => this.#note({ session_id: this.given.session_id, short_code: digits });
    this.pad = keypad({ label: say("attendance.label"), digits: DIGITS, groups: [4], scanner: this.app.scanner, full });
    const { purpose, title } = this.given;
    const asked = [h("h1", {}, say(`attendance.${purpose}`)), p(title), this.fault, this.again];
    return h("div", { class: "signing" }, h("div", { class: "asked" }, asked), this.pad);
  }

  // What a scanner read.
  sees(digits) {
    return this.#note({ code: digits });
  }

  async #note(seen) {
    this.typed = seen;
    this.fault.textContent = "";
    this.again.hidden = true;
    try {
      await this.noting.send(seen);
    } catch (error) {
      if (error.words === undefined) throw error;
      if (!error.means) this.pad.clear();
      this.again.hidden = !error.means;
      this.fault.textContent = error.words;
      return;
    }
    await this.app.go(Activities);
    this.app.status.tell(say(`attendance.${this.given.purpose}.done`));
  }
}

customElements.define("kiosk-attendance", Attendance);
