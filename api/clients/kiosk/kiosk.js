// The kiosk: a paired device in a hall, one volunteer at a time, and a clean slate after each.

import { ask, closeAll } from "../kit/dialog.js";
import { h } from "../kit/element.js";
import { countAs } from "../kit/formats.js";
import { language, languageTag, onLanguage, say, speakIn } from "../kit/language.js";
import { Away, connection, Problem, Server } from "../kit/request.js";
import { Scanner } from "../kit/scanner.js";
import { Stage } from "../kit/screen.js";
import { Idle, Token, Tokens } from "../kit/session.js";
import { canSpeak, hush, onVoices, speak } from "../kit/speech.js";
import "../kit/status.js";
import { Home } from "./home.js";
import { Pairing } from "./pairing.js";
import { Pin } from "./signing-in.js";
import { Wake } from "./wake.js";
import "./words.js";

const SIZES = 3;
const BEAT_MS = 240_000;

class Kiosk {
  device = new Tokens(localStorage, "pioneer.kiosk", () => this.unpaired());
  volunteer = new Token();
  staff = new Token();
  hall = new Server(this.device);
  mine = new Server(this.volunteer);
  scanner = new Scanner();
  status = document.querySelector("kit-status");
  stage = new Stage(document.getElementById("stage"), this);
  place = "";
  number = null;
  #wanted = null;
  #warning = null;

  constructor() {
    this.idle = new Idle({
      warn: (left) => this.#warn(left),
      calm: (event) => this.#calm(event),
      touched: () => this.#renew(),
      end: () => this.leave("kiosk.ended"),
    });
    this.scanner.start().addEventListener("scan", (event) => this.scanned(event.detail));
    connection.addEventListener("back", () => this.#wanted && this.go(...this.#wanted));
    onLanguage(() => this.#top());
    onVoices(() => this.#top());
    window.addEventListener("pagehide", () => this.leave());
    setInterval(() => this.device.holds && this.hall.get("/auth/device").catch(() => {}), BEAT_MS);
  }

  async start() {
    this.#top();
    countAs(await this.hall.get("/bank"));
    if (!this.device.holds) return this.unpaired();
    await this.paired();
  }

  async paired() {
    const here = await this.hall.get("/auth/device");
    this.place = here.organisation_name;
    await this.go(Wake);
  }

  unpaired() {
    this.place = "";
    this.#forget();
    return this.go(Pairing);
  }

  // Shows a screen. Where the server is away, what is shown stays, and the screen comes as soon as the server is back.
  async go(Class, given = {}) {
    this.#wanted = [Class, given];
    hush();
    try {
      await this.stage.show(Class, given);
      this.#wanted = null;
      this.#top();
      if (Class === Wake || Class === Pairing) this.idle.stop();
      else this.idle.resume();
    } catch (error) {
      if (!(error instanceof Away)) this.#wanted = null;
      this.failed(error);
    }
  }

  // Says what went wrong. Whoever is not known any more is shown out.
  failed(error) {
    if (error instanceof Problem && error.status === 401 && this.number) this.leave("kiosk.ended");
    else if (error.words) this.status.warn(error.words);
    else throw error;
  }

  async scanned({ digits, kind }) {
    if (this.number || !this.device.holds) return;
    this.idle.touch();
    try {
      if (kind === "card") await this.go(Pin, { card: digits, ...(await this.hall.post("/auth/volunteer/glance", { card: digits }, { harmless: true })) });
      else if (kind === "volunteer") await this.go(Pin, { volunteer_no: digits });
      else if (kind === "screen") await this.welcome(await this.hall.post("/auth/volunteer/screen", { code: digits }));
      else this.status.warn(say(kind === null ? "kiosk.misread" : "kiosk.elsewhere"));
    } catch (error) {
      this.failed(error);
    }
  }

  // The way back: to what one has, or to where nobody is known.
  back() {
    return this.go(this.number ? Home : Wake);
  }

  // Somebody has shown who they are: here is their token.
  welcome(answer) {
    this.volunteer.keep(answer);
    this.number = answer.volunteer_no;
    this.status.clear();
    return this.go(Home);
  }

  // The clean slate: nothing of the person is left on the screen, in memory or on the server, whether it is there or not.
  // `key` says why to whoever stands there next, in the language that the kiosk begins in.
  leave(key = null) {
    const [token, helper] = [this.volunteer.access, this.staff.access];
    this.#forget();
    if (token) signedOut("/auth/volunteer/sign-out", {}, token);
    if (helper) signedOut("/auth/revoke", { token: helper });
    if (this.device.holds) this.go(Wake);
    if (key) this.status.tell(say(key));
  }

  #forget() {
    this.#wanted = null;
    this.idle.stop();
    this.volunteer.forget();
    this.staff.forget();
    this.number = null;
    hush();
    closeAll();
    this.status.clear();
    this.stage.clear();
    delete document.documentElement.dataset.size;
    speakIn("zh");
  }

  async #renew() {
    if (!this.number) return;
    try {
      this.volunteer.keep(await this.mine.post("/auth/volunteer/renew", {}, { harmless: true }));
    } catch (error) {
      this.failed(error);
    }
  }

  #warn(left) {
    const words = say("kiosk.idle.left", { seconds: left });
    if (this.#warning) return void (this.#warning.textContent = words);
    this.#warning = h("p", { role: "timer" }, words);
    const actions = [["stay", say("kiosk.idle.stay"), "primary"], ["leave", say("kiosk.leave")]];
    ask(say("kiosk.idle.title"), this.#warning, actions).then((chosen) => {
      this.#warning = null;
      if (chosen === "leave") this.leave();
    });
  }

  // A touch beside the question answers it as well; one on it is its buttons' to hear.
  #calm(event) {
    const dialog = this.#warning?.closest("dialog");
    if (dialog && !dialog.contains(event.target)) dialog.close();
  }

  #top() {
    const size = Number(document.documentElement.dataset.size ?? 0);
    const known = ![Wake, Pairing].includes(this.stage.current?.constructor) && this.stage.current !== null;
    const grow = () => {
      document.documentElement.dataset.size = (size + 1) % SIZES;
      this.#top();
    };
    const turned = language() === "zh" ? "en" : "zh";
    const other = turned === "zh" ? "zh-CN" : "en";
    const focused = document.activeElement?.dataset?.does;
    const button = (does, words, more) => h("button", { type: "button", class: "quiet", "data-does": does, ...more }, words);
    document.getElementById("top").replaceChildren(
      h("p", { class: "place" }, this.place),
      h(
        "div",
        { class: "actions" },
        known && this.stage.current.constructor !== Home ? button("back", say("kiosk.back"), { onclick: () => this.back() }) : null,
        canSpeak() && this.stage.current?.spoken ? button("speak", say("kit.listen"), { onclick: () => speak(this.stage.current.spoken()) }) : null,
        button("size", say("kiosk.size"), { onclick: grow }),
        button("language", say("kiosk.language"), { lang: other, "aria-label": say("kiosk.language.label"), onclick: () => speakIn(turned) }),
        known ? button("leave", say("kiosk.leave"), { class: "leave", onclick: () => this.leave() }) : null,
      ),
    );
    document.querySelector(`[data-does="${focused}"]`)?.focus();
  }
}

// Told even while the page goes away, and nobody waits for it.
const signedOut = (path, body, token = null) => {
  const headers = { "Content-Type": "application/json", "Accept-Language": languageTag() };
  if (token) headers.Authorization = `Bearer ${token}`;
  fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body), keepalive: true, credentials: "omit" }).catch(() => {});
};

new Kiosk().start();
