// The organiser's client: one person of the staff, on a phone in the courtyard or at a desk, and the screen at the door.

import { closeAll } from "../kit/dialog.js";
import { button, h } from "../kit/element.js";
import { countAs } from "../kit/formats.js";
import { language, onLanguage, say, speakIn } from "../kit/language.js";
import { Away, connection, Server } from "../kit/request.js";
import { Scanner } from "../kit/scanner.js";
import { Stage } from "../kit/screen.js";
import { Tokens } from "../kit/session.js";
import { SignIn, signOut } from "../kit/sign-in.js";
import "../kit/status.js";
import "./attendance-words.js";
import "./record-words.js";
import "./words.js";

const WAYS = ["home", "activities", "tasks", "wishes", "rosters", "records"];
// Every screen, fetched when it is first shown: whoever signs in waits for none of them.
const SCREENS = {
  home: async () => (await import("./home.js")).Home,
  activities: async () => (await import("./activities.js")).Activities,
  activity: async () => (await import("./activity.js")).Activity,
  "activity-form": async () => (await import("./activity-form.js")).ActivityForm,
  door: async () => (await import("./door.js")).Door,
  "hand-in": async () => (await import("./hand-in.js")).HandIn,
  record: async () => (await import("./record.js")).Record,
  records: async () => (await import("./records.js")).Records,
  roster: async () => (await import("./roster.js")).Roster,
  rosters: async () => (await import("./rosters.js")).Rosters,
  "session-form": async () => (await import("./session-form.js")).SessionForm,
  task: async () => (await import("./task.js")).Task,
  tasks: async () => (await import("./tasks.js")).Tasks,
  "sign-ups": async () => (await import("./sign-ups.js")).SignUps,
  wish: async () => (await import("./wish.js")).Wish,
  "wish-form": async () => (await import("./wish-form.js")).WishForm,
  wishes: async () => (await import("./wishes.js")).Wishes,
};
// What whoever works here needs; the server looks at each of their requests all the same.
const NEEDED = ["activities:write", "attendance:write", "service-records:write"];
const AHEAD_MS = 1_000;
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
  #here = null;
  #fetched = false;

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
    if (this.person) await this.#enter(...kept());
    else await this.signedOut();
  }

  // Nobody is known any more; `key` says why, where they did not leave by themselves.
  async signedOut(key = null) {
    this.person = this.#wanted = this.#here = null;
    sessionStorage.removeItem(PLACE);
    closeAll();
    this.stage.clear();
    const done = async (person) => {
      this.person = person;
      this.bank = await this.server.get("/bank");
      this.status.clear();
      await this.#enter("home");
    };
    await this.stage.show(SignIn, { tokens: this.tokens, done });
    this.#top();
    if (key) this.status.warn(say(key));
  }

  async #enter(...first) {
    if (NEEDED.every((scope) => this.tokens.may(scope))) return this.go(...first);
    signOut(this.tokens);
    return this.signedOut("organiser.not.yours");
  }

  // Shows a screen. Where the server is away, what is shown stays, and the screen comes as soon as the server is back.
  async go(place, given = {}) {
    const wanted = (this.#wanted = [place, given]);
    try {
      const Class = await this.#screen(place);
      if (this.#wanted !== wanted) return;
      await this.stage.show(Class, given);
      if (this.#wanted !== wanted) return;
      this.#wanted = null;
      this.#here = wanted;
      sessionStorage.setItem(PLACE, JSON.stringify({ place, given }));
      this.#top();
      this.#ahead();
    } catch (error) {
      if (this.#wanted === wanted && !(error instanceof Away)) this.#wanted = null;
      this.failed(error);
      if (error.status === 404 && place !== "home") await this.go("home");
    }
  }

  async #screen(place) {
    try {
      return await SCREENS[place]();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      connection.lost();
      throw new Away("nothing");
    }
  }

  // The other screens are fetched while somebody reads the first one, so that they are there when the server is not.
  #ahead() {
    if (this.#fetched) return;
    this.#fetched = true;
    setTimeout(() => Object.values(SCREENS).forEach((screen) => screen().catch(() => {})), AHEAD_MS);
  }

  // The same screen, from what the server says now.
  again() {
    return this.go(...this.#here);
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
    const [place, given] = this.#wanted;
    if (place) this.go(place, given);
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
      this.person ? h("nav", { "aria-label": say("organiser.nav") }, WAYS.map((place) => this.#way(place))) : "",
      h(
        "div",
        { class: "actions" },
        button(say("organiser.language"), () => speakIn(turned), "quiet", { "data-does": "language", ...switched }),
        this.person ? button(say("organiser.leave"), out, "quiet", { "data-does": "leave" }) : null,
      ),
    );
    document.querySelector(`[data-does="${focused}"]`)?.focus();
  }

  #way(place) {
    const here = this.stage.current?.constructor.under === place;
    const more = { "data-does": place, "aria-current": here ? "page" : null };
    return button(say(`organiser.way.${place}`), () => this.go(place), "way-to", more);
  }
}

// Where this tab was before it was loaded anew: a screen at the door that somebody reloads is still that of the door.
const kept = () => {
  const { place, given } = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  return place in SCREENS ? [place, given] : ["home"];
};

new Organiser().start();
