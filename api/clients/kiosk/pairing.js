// Not paired yet: the code that an administrator enters (RFC 8628).

import { button, h, p } from "../kit/element.js";
import { say } from "../kit/language.js";
import { Problem } from "../kit/request.js";
import { Screen } from "../kit/screen.js";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";
const SLOWER_SECONDS = 5;

export class Pairing extends Screen {
  denied = false;

  async load() {
    this.name = say("pair.name", { width: screen.width, height: screen.height });
    const wanted = { kind: "kiosk", name: this.name };
    this.asked = await this.app.hall.post("/auth/device_authorization", wanted, { harmless: true });
    this.seconds = this.asked.interval;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#wait();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  view() {
    if (this.denied) {
      const again = () => this.app.go(Pairing);
      return h("div", { class: "middle" }, h("h1", {}, say("pair.denied")), button(say("pair.again"), again, "primary"));
    }
    return h(
      "div",
      { class: "middle" },
      h("h1", {}, say("pair.title")),
      p(say("pair.code")),
      h("output", { class: "huge" }, this.asked.user_code),
      p(say("pair.called", { name: this.name })),
      p(say("pair.how")),
      p(say("pair.waiting"), "quiet-words"),
    );
  }

  #wait() {
    this.timer = setTimeout(() => this.#poll(), this.seconds * 1_000);
  }

  async #poll() {
    try {
      const { device_code } = this.asked;
      this.app.device.keep(await this.app.hall.post("/auth/token", { grant_type: GRANT, device_code }));
    } catch (error) {
      return this.#refused(error);
    }
    await this.app.paired();
  }

  #refused(error) {
    const code = error instanceof Problem ? error.code : "authorization_pending";
    if (!this.isConnected) return;
    if (code === "access_denied") {
      this.denied = true;
      this.draw();
    } else if (code === "authorization_pending" || code === "slow_down") {
      if (code === "slow_down") this.seconds += SLOWER_SECONDS;
      this.#wait();
    } else {
      this.app.go(Pairing);
    }
  }
}

customElements.define("kiosk-pairing", Pairing);
