// <organiser-code>: the code of this moment that volunteers scan, or type at the kiosk. It is fetched anew every few
// seconds; when no new one comes, the old one is taken away before it stops holding, and that is said.

import { h, p } from "../kit/element.js";
import { grouped } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { connection } from "../kit/request.js";

const EACH_MS = 5_000;
// A code holds for this long at least, from when it was asked for (the bank gives it between 15 and 30 seconds).
const HOLDS_MS = 14_000;
const LOOK_MS = 500;

class Code extends HTMLElement {
  #timer = null;
  #asked = 0;
  #asking = false;
  #codes = null;
  #since = 0;

  static of({ app, session_id, purpose }) {
    return Object.assign(document.createElement("organiser-code"), { app, session_id, purpose });
  }

  connectedCallback() {
    this.image = h("img", { class: "code", alt: "", hidden: true });
    this.short = h("output", { class: "short" });
    this.how = p(say(`door.code.${this.purpose}`));
    this.away = h("p", { class: "care", role: "alert", hidden: true }, say("door.code.away"));
    this.wait = p(say("door.code.wait"), "quiet-words");
    this.typed = p(say("door.code.typed"), "quiet-words");
    this.replaceChildren(this.how, this.wait, this.away, this.image, this.typed, this.short);
    this.back = () => this.#fetch();
    connection.addEventListener("back", this.back);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
    this.#draw();
    this.#look();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    connection.removeEventListener("back", this.back);
  }

  // Shows the code for coming ("check_in") or for leaving ("check_out").
  show(purpose) {
    this.purpose = purpose;
    this.how.textContent = say(`door.code.${purpose}`);
    this.#draw();
  }

  #look() {
    if (this.#codes && performance.now() - this.#since > HOLDS_MS) {
      this.#codes = null;
      this.#draw();
    }
    if (performance.now() - this.#asked > EACH_MS || !this.#asked) this.#fetch();
  }

  async #fetch() {
    if (this.#asking || connection.away) return;
    this.#asking = true;
    this.#asked = performance.now();
    const since = this.#asked;
    try {
      this.#codes = await this.app.server.get(`/activity-sessions/${this.session_id}/codes`);
      this.#since = since;
    } catch (error) {
      if (error.words === undefined) throw error;
      if (!error.means) this.app.failed(error);
    } finally {
      this.#asking = false;
    }
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const code = this.#codes?.[this.purpose];
    this.image.hidden = this.typed.hidden = this.short.hidden = !code;
    this.away.hidden = Boolean(code) || !this.#since;
    this.wait.hidden = Boolean(code) || this.#since > 0;
    if (!code) return void this.image.removeAttribute("src");
    this.image.src = `data:image/svg+xml,${encodeURIComponent(code.svg)}`;
    this.image.alt = say("door.code.picture");
    this.short.textContent = grouped(code.short_code, 4);
  }
}

customElements.define("organiser-code", Code);

export const code = Code.of;
