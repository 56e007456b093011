// The kiosk: a paired device in a hall, one volunteer at a time, and a clean slate after each.

import { ask, closeAll } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
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
    if (kind === "door" && this.device.holds) return this.#atDoor(digits);
    if (this.number || !this.device.holds) return;
    this.idle.touch();
    try {
      if (kind === "card") await this.go(Pin, { card: digits, ...(await this.#glance(digits)) });
      else if (kind === "volunteer") await this.go(Pin, { volunteer_no: digits });
      else if (kind === "screen") await this.welcome(await this.hall.post("/auth/volunteer/screen", { code: digits }));
      else this.status.warn(say(kind === null ? "kiosk.misread" : "kiosk.elsewhere"));
    } catch (error) {
      this.failed(error);
    }
  }

  // The organiser's code, which moves: it says where, and the screen whether one comes or goes.
  #atDoor(digits) {
    this.idle.touch();
    if (!this.number) return this.status.warn(say("kiosk.door.first"));
    if (this.stage.current?.sees) return this.stage.current.sees(digits);
    return this.status.warn(say("kiosk.door.which"));
  }

  // What a card tells without its PIN.
  #glance(card) {
    return this.hall.post("/auth/volunteer/glance", { card }, { harmless: true });
  }

  // The way back: to the list it was opened from, to what one has, or to where nobody is known.
  back() {
    return this.go(this.stage.current?.cameFrom ?? (this.number ? Home : Wake));
  }

  // Somebody has shown who they are: here is their token.
  welcome(answer) {
    this.volunteer.keep(answer);
    this.number = answer.volunteer_no;
    this.status.clear();
    return this.go(Home);
  }

  // Sends a posting from a button that waits meanwhile, then shows this screen and says so. When no answer came, the
  // button asks again: the same, under the same key.
  async done(button, posting, body, Class, key) {
    button.disabled = true;
    try {
      await posting.send(body);
    } catch (error) {
      button.disabled = false;
      if (error.means === "unknown") button.textContent = say("kit.ask.again");
      return this.failed(error);
    }
    await this.go(Class);
    this.status.tell(say(key));
  }

  // The clean slate: nothing of the person is left on the screen, in memory or on the server, be it there or not.
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
    const switched = { lang: turned === "zh" ? "zh-CN" : "en", "aria-label": say("kiosk.language.label") };
    const focused = document.activeElement?.dataset?.does;
    const key = (does, words, act, more) => button(words, act, "quiet", { "data-does": does, ...more });
    const { spoken } = this.stage.current ?? {};
    document.getElementById("top").replaceChildren(
      p(this.place, "place"),
      h(
        "div",
        { class: "actions" },
        known && this.stage.current.constructor !== Home ? key("back", say("kiosk.back"), () => this.back()) : null,
        spoken && canSpeak() ? key("speak", say("kit.listen"), () => speak(this.stage.current.spoken())) : null,
        key("size", say("kiosk.size"), grow),
        key("language", say("kiosk.language"), () => speakIn(turned), switched),
        known ? key("leave", say("kiosk.leave"), () => this.leave(), { class: "leave" }) : null,
      ),
    );
    document.querySelector(`[data-does="${focused}"]`)?.focus();
  }
}

// Told even while the page goes away, and nobody waits for it.
const signedOut = (path, body, token = null) => {
  const headers = { "Content-Type": "application/json", "Accept-Language": languageTag() };
  if (token) headers.Authorization = `Bearer ${token}`;
  const how = { method: "POST", headers, body: JSON.stringify(body), keepalive: true, credentials: "omit" };
  fetch(`/api/v1${path}`, how).catch(() => {});
};

new Kiosk().start();
