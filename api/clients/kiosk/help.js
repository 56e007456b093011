// Assisted mode: staff sign in at this kiosk, open the account of whoever needs help, and are recorded as the actor.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Server } from "../kit/request.js";
import { Screen } from "../kit/screen.js";

export class Help extends Screen {
  view() {
    const purposes = [
      ["card_missing", say("help.card")],
      ["pin_missing", say("help.pin")],
      ["needs_help", say("help.screen")],
      ["by_agent", say("help.agent")],
    ];
    const fields = [
      field({ name: "username", label: say("help.username") }),
      field({ name: "password", type: "password", label: say("help.password") }),
      field({ name: "otp", label: say("help.otp"), hint: say("help.otp.hint"), required: false, ...digits(6) }),
      field({ name: "volunteer_no", label: say("help.number"), ...digits(10) }),
      field({ name: "purpose", label: say("help.purpose"), choices: purposes }),
    ];
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("help.title")),
      p(say("help.how")),
      form(fields, say("help.open"), (typed) => this.#open(typed)),
    );
  }

  async #open({ volunteer_no, purpose, ...who }) {
    const harmless = { harmless: true };
    this.app.staff.keep(await this.app.hall.post("/auth/token", { grant_type: "password", ...who }, harmless));
    const assisting = new Server(this.app.staff);
    const answer = await assisting.post("/auth/volunteer/assist", { volunteer_no, purpose }, harmless);
    if (this.isConnected) await this.app.welcome(answer);
  }
}

const digits = (maxlength) => ({ inputmode: "numeric", maxlength });

customElements.define("kiosk-help", Help);
