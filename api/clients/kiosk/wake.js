// The screen that waits: few things to touch, and a place to hold the card.

import { button, drawn, h, p } from "../kit/element.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Activities } from "./activities.js";
import { Help } from "./help.js";
import { Notices } from "./notices.js";
import { Prizes } from "./prizes.js";
import { VolunteerNumber } from "./signing-in.js";
import { Wishes } from "./wishes.js";

const card = () =>
  drawn(
    "svg",
    { viewBox: "0 0 120 76", class: "card", "aria-hidden": "true" },
    drawn("rect", { x: 2, y: 2, width: 116, height: 72, rx: 9 }),
    drawn("path", { d: "M14 52h30M14 62h18" }),
    drawn("path", { class: "code", d: "M78 20h26M78 26h26M78 32h26M78 38h26" }),
  );

export class Wake extends Screen {
  view() {
    const way = (Class, key, look) => button(say(key), () => this.app.go(Class), look);
    return h(
      "div",
      { class: "wake" },
      h("section", { class: "hold" }, card(), h("h1", {}, say("wake.title")), p(say("wake.how"))),
      h(
        "nav",
        { class: "ways", "aria-label": say("wake.title") },
        way(VolunteerNumber, "wake.number", "primary"),
        way(Prizes, "wake.prizes"),
        way(Activities, "wake.activities"),
        way(Notices, "wake.notices"),
        way(Wishes, "wake.wishes"),
        way(Help, "wake.help", "quiet"),
      ),
    );
  }

  spoken() {
    return say("wake.how");
  }
}

customElements.define("kiosk-wake", Wake);
