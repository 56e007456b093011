// How to pair a device: where a device's screen sends people (the verification_uri of RFC 8628).

import { h, p } from "../kit/element.js";
import { parts, say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import "./words.js";

const STEPS = ["sign", "compare", "approve"];

class Pair extends Screen {
  view() {
    const steps = STEPS.map((step) => h("li", {}, say(`pair.${step}`)));
    const command = h("code", {}, say("pair.command"));
    return h(
      "div",
      {},
      h("h1", {}, say("pair.title")),
      h("ol", { class: "read" }, steps),
      h("p", {}, h("a", { class: "button", href: "/admin" }, say("pair.admin"))),
      p(parts("pair.without", { command }), "quiet-words"),
    );
  }
}

customElements.define("pair-how", Pair);

new Page(() => [Pair], { needsBank: false }).start();
