// The organiser's client: one person of the staff, on a phone in the courtyard or at a desk, and the screen at the door.

import { closeAll } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { countAs } from "../kit/formats.js";
import { language, onLanguage, say, speakIn } from "../kit/language.js";
import { Away, connection, Problem, Server } from "../kit/request.js";
import { Scanner } from "../kit/scanner.js";
import { Stage } from "../kit/screen.js";
import { Tokens } from "../kit/session.js";
import { SignIn, signOut } from "../kit/sign-in.js";
import "../kit/status.js";
import { Activities } from "./activities.js";
import { Activity } from "./activity.js";
import { ActivityForm } from "./activity-form.js";
import { Door } from "./door.js";
import { HandIn } from "./hand-in.js";
import { Home } from "./home.js";
import { Record } from "./record.js";
import { Records } from "./records.js";
import { Roster } from "./roster.js";
import { Rosters } from "./rosters.js";
import { SessionForm } from "./session-form.js";
import { SignUps } from "./sign-ups.js";
import "./attendance-words.js";
import "./record-words.js";
import "./words.js";

const WAYS = [Home, Activities, Rosters, Records];
const PLACES = [...WAYS, Activity, ActivityForm, Door, HandIn, Record, Roster, SessionForm, SignUps];
const PLACE = "pioneer.organiser.place";

class Organiser {
  tokens = new Tokens(sessionStorage, "pioneer.organiser", () => this.signedOut("organiser.ended"));
  server = new Server(this.tokens);
  scanner = new Scanner();
  status = document.querySelector("kit-status");
  stage = new Stage(document.getElementById("stage"), this);
  person = null;
  bank = null;
  #wanted = null;

  constructor() {
    this.scanner.start().addEventListener("scan", (event) => this.#scanned(event.detail));
    connection.addEventListener("back", () => this.#back());
    onLanguage(() => this.#top());
  }

  async start() {
    this.#top();
    try {
      this.bank = await this.server.get("/bank");
      countAs(this.bank);
      this.person = this.tokens.holds ? await this.server.get("/auth/me") : null;
    } catch (error) {
      if (!(error instanceof Away)) return this.signedOut();
      this.#wanted = [null];
      return;
    }
    if (this.person) await this.go(...kept());
    else await this.signedOut();
  }

  // Nobody is known any more; `key` says why, where they did not leave by themselves.
  async signedOut(key = null) {
    this.person = this.#wanted = null;
    sessionStorage.removeItem(PLACE);
    closeAll();
    this.stage.clear();
    const done = async (person) => {
      this.person = person;
      this.bank = await this.server.get("/bank");
      this.status.clear();
      await this.go(Home);
    };
    await this.stage.show(SignIn, { tokens: this.tokens, done });
    this.#top();
    if (key) this.status.warn(say(key));
  }

  // Shows a screen. Where the server is away, what is shown stays, and the screen comes as soon as the server is back.
  async go(Class, given = {}) {
    this.#wanted = [Class, given];
    try {
      await this.stage.show(Class, given);
      this.#wanted = null;
      sessionStorage.setItem(PLACE, JSON.stringify({ place: Class.place, given }));
      this.#top();
    } catch (error) {
      if (!(error instanceof Away)) this.#wanted = null;
      this.failed(error);
      if (error.status === 404 && Class !== Home) await this.go(Home);
    }
  }

  // The same screen, from what the server says now.
  again() {
    return this.go(this.stage.current.constructor, this.stage.current.given);
  }

  // Says what went wrong.
  failed(error) {
    if (error.words === undefined) throw error;
    if (error.status !== 401 || this.person) this.status.warn(error.words);
  }

  // Does something while its button waits; what goes wrong is told. True when it was done. An answer that did not come
  // leaves a button that asks again.
  async doing(asked, act) {
    const words = asked.textContent;
    asked.disabled = true;
    try {
      await act();
      return true;
    } catch (error) {
      asked.textContent = error.means === "unknown" ? say("kit.ask.again") : words;
      this.failed(error);
      return false;
    } finally {
      asked.disabled = false;
    }
  }

  may(scope) {
    return this.tokens.may(scope);
  }

  #back() {
    if (!this.#wanted) return;
    const [Class, given] = this.#wanted;
    if (Class) this.go(Class, given);
    else this.start();
  }

  #scanned(scan) {
    if (!this.person || document.querySelector("dialog[open]")) return;
    if (this.stage.current?.scanned) this.stage.current.scanned(scan);
    else this.status.warn(say(scan.kind ? "organiser.scan.elsewhere" : "organiser.scan.misread"));
  }

  #top() {
    const turned = language() === "zh" ? "en" : "zh";
    const switched = { lang: turned === "zh" ? "zh-CN" : "en", "aria-label": say("organiser.language.label") };
    const focused = document.activeElement?.dataset?.does;
    const out = () => {
      signOut(this.tokens);
      this.signedOut();
    };
    document.getElementById("top").replaceChildren(
      h("p", { class: "place" }, this.bank?.name ?? "", this.person ? h("span", {}, this.person.name) : null),
      this.person ? h("nav", { "aria-label": say("organiser.nav") }, WAYS.map((Class) => this.#way(Class))) : "",
      h(
        "div",
        { class: "actions" },
        button(say("organiser.language"), () => speakIn(turned), "quiet", { "data-does": "language", ...switched }),
        this.person ? button(say("organiser.leave"), out, "quiet", { "data-does": "leave" }) : null,
      ),
    );
    document.querySelector(`[data-does="${focused}"]`)?.focus();
  }

  #way(Class) {
    const here = (this.stage.current?.constructor.under ?? null) === Class.place;
    const more = { "data-does": Class.place, "aria-current": here ? "page" : null };
    return button(say(`organiser.way.${Class.place}`), () => this.go(Class), "way-to", more);
  }
}

// Where this tab was before it was loaded anew: a screen at the door that somebody reloads is still that of the door.
const kept = () => {
  const { place, given } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  const Class = PLACES.find((each) => each.place === place);
  return Class ? [Class, given] : [Home];
};

new Organiser().start();
