// Sessions: whose tokens a request carries, and how long somebody who touches nothing stays known.

import { Problem, Server } from "./request.js";

// A token that lives in memory only: a volunteer's at a kiosk or desk.
export class Token {
  access = null;

  keep(answer) {
    this.access = answer.access_token;
  }

  forget() {
    this.access = null;
  }
}

// A pair of tokens that renews itself. Staff: kept in sessionStorage, gone with the tab. A paired device: kept in
// localStorage, so that it is still paired tomorrow. `lost` is called when it does not hold any more.
export class Tokens {
  #renewing = null;

  constructor(storage, name, lost = () => {}) {
    Object.assign(this, { storage, name, lost });
  }

  get #kept() {
    return JSON.parse(this.storage.getItem(this.name) ?? "{}");
  }

  get access() {
    return this.#kept.access ?? null;
  }

  get holds() {
    return this.access !== null;
  }

  keep(answer) {
    this.storage.setItem(
      this.name,
      JSON.stringify({ access: answer.access_token, refresh: answer.refresh_token, scope: answer.scope }),
    );
  }

  // What this person may do: the scopes of their roles.
  may(scope) {
    return (this.#kept.scope ?? "").split(" ").includes(scope);
  }

  forget() {
    this.storage.removeItem(this.name);
  }

  // True when there is a new pair. Asked by many at once, it is renewed once; a refusal ends it, an absence does not.
  renew() {
    this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
    return this.#renewing;
  }

  async #renew() {
    const refresh_token = this.#kept.refresh;
    if (!refresh_token) return false;
    try {
      // Harmless to send again: for half a minute the same token gives the same successor.
      const body = { grant_type: "refresh_token", refresh_token };
      this.keep(await new Server().send("POST", "/auth/token", { body, harmless: true }));
      return true;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.forget();
      this.lost();
      return false;
    }
  }
}

const TOUCHES = ["pointerdown", "keydown", "wheel", "input"];

// Watches for somebody who has gone away. After `seconds` without a touch `warn(left)` is called each second, for
// `warning` seconds; then `end()`. A touch before that begins anew, and `touched()` is called, at the most once in
// `every` seconds: renew the session there.
export class Idle {
  #timer = null;
  #last = 0;
  #told = 0;

  constructor({ seconds = 35, warning = 20, every = 10, warn, calm, touched, end }) {
    Object.assign(this, { seconds, warning, every, warn, calm, touched, end });
    this.touch = this.touch.bind(this);
  }

  start() {
    this.stop();
    this.#last = this.#told = performance.now();
    for (const name of TOUCHES) window.addEventListener(name, this.touch, { capture: true, passive: true });
    this.#timer = setInterval(() => this.#look(), 500);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    for (const name of TOUCHES) window.removeEventListener(name, this.touch, { capture: true });
  }

  // Goes on watching, or begins.
  resume() {
    if (this.#timer === null) this.start();
    else this.#last = performance.now();
  }

  touch(event) {
    if (this.#timer === null) return;
    this.#last = performance.now();
    this.calm(event);
    this.#tell();
  }

  #tell() {
    if (performance.now() - this.#told < this.every * 1_000) return;
    this.#told = performance.now();
    this.touched();
  }

  #look() {
    const idle = (performance.now() - this.#last) / 1_000;
    if (idle >= this.seconds + this.warning) {
      this.stop();
      this.end();
    } else if (idle >= this.seconds) {
      this.warn(Math.ceil(this.seconds + this.warning - idle));
    } else if (this.#told < this.#last) {
      this.#tell();
    }
  }
}
