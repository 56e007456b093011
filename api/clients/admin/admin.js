// The admin client: who is signed in, which areas they have, and the way from one screen to the next.

import { closeAll } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { countAs } from "../kit/formats.js";
import { language, onLanguage, say, speakIn } from "../kit/language.js";
import { Away, connection, Problem, Server } from "../kit/request.js";
import { Stage } from "../kit/screen.js";
import { Tokens } from "../kit/session.js";
import { SignIn, signOut } from "../kit/sign-in.js";
import "../kit/status.js";
import { AREAS, screenOf } from "./areas.js";
import { Home } from "./home.js";
import { Colleagues, Places } from "./places.js";
import "./words.js";

class Admin {
  tokens = new Tokens(sessionStorage, "pioneer.admin", () => this.ended());
  server = new Server(this.tokens);
  places = new Places(this.server);
  colleagues = new Colleagues(this);
  status = document.querySelector("kit-status");
  stage = new Stage(document.getElementById("stage"), this);
  me = null;
  bank = null;
  // Of the areas: the screen that the navigation leads to.
  here = null;
  #trail = [];
  #wanted = null;

  constructor() {
    onLanguage(() => this.#frame());
    connection.addEventListener("back", () => this.#wanted?.());
  }

  async start() {
    this.#frame();
    try {
      this.bank = await new Server().get("/bank");
      countAs(this.bank);
      if (!this.tokens.holds) return await this.signIn();
      await this.welcome(await this.server.get("/auth/me"));
    } catch (error) {
      if (error instanceof Away) this.#wanted = () => this.start();
      this.failed(error);
    }
  }

  may(scope) {
    return this.tokens.may(scope);
  }

  // What somebody of the staff is called.
  who(id) {
    return this.colleagues.who(id);
  }

  signIn() {
    this.me = null;
    this.#frame();
    return this.stage.show(SignIn, { tokens: this.tokens, done: (person) => this.welcome(person) });
  }

  async welcome(person) {
    this.#wanted = null;
    this.me = person;
    await Promise.all([this.places.load(), this.colleagues.load()]);
    await this.visit("home");
    // The other areas are fetched meanwhile, so that they open even while the server is away.
    for (const area of this.#areas()) for (const each of area.screens) each.fetch().catch(() => {});
  }

  ended() {
    this.#leave();
    this.status.warn(say("admin.ended"));
  }

  #leave() {
    this.me = this.here = this.#wanted = null;
    this.#trail = [];
    closeAll();
    this.stage.clear();
    return this.signIn();
  }

  // A screen of the areas, by its id: whatever was open is left.
  visit(id, given = {}) {
    this.#trail = [];
    const screen = screenOf(id);
    return this.go(screen.fetch, given, screen);
  }

  // A screen on top of the one that is shown, which `back` leads to again.
  open(Class, given = {}) {
    return this.go(() => Class, given);
  }

  back() {
    this.#trail.pop();
    const [Class, given] = this.#trail.pop() ?? [Home, {}];
    return this.open(Class, given);
  }

  // A screen in place of the one that is shown: what was done there is done.
  replace(Class, given = {}) {
    this.#trail.pop();
    return this.open(Class, given);
  }

  // The same screen once more, with what is true now.
  again() {
    const [Class, given] = this.#trail.pop();
    return this.open(Class, given);
  }

  // Shows a screen. Where the server is away, what is shown stays, and the screen comes as soon as the server is back.
  async go(fetch, given, here = this.here) {
    try {
      const Class = await fetched(fetch);
      await this.stage.show(Class, given);
      this.#wanted = null;
      this.#trail.push([Class, given]);
      this.here = here;
      this.#frame();
    } catch (error) {
      this.#wanted = error instanceof Away ? () => this.go(fetch, given, here) : null;
      this.failed(error);
    }
  }

  // Says what went wrong. Whoever is not known any more signs in again.
  failed(error) {
    if (error instanceof Problem && error.status === 401 && this.me) this.ended();
    else if (error.words) this.status.warn(error.words);
    else throw error;
  }

  // Sends a posting from a button that waits meanwhile; true when it is done. When no answer came, the button asks
  // again: the same, under the same key.
  async sent(pressed, posting, body) {
    const words = pressed.textContent;
    pressed.disabled = true;
    try {
      return await posting.send(body);
    } catch (error) {
      pressed.textContent = error.means === "unknown" ? say("kit.ask.again") : words;
      this.failed(error);
      return null;
    } finally {
      pressed.disabled = false;
    }
  }

  // What of each area this person may use; areas of which they may use nothing are not offered.
  #areas() {
    const may = (screen) => screen.scopes.some((scope) => this.may(scope));
    const areas = AREAS.map(({ id, screens }) => ({ id, screens: screens.filter(may) }));
    return areas.filter((area) => area.screens.length);
  }

  #frame() {
    const turned = language() === "zh" ? "en" : "zh";
    const switched = { lang: turned === "zh" ? "zh-CN" : "en", "aria-label": say("admin.language.label") };
    const out = () => {
      signOut(this.tokens);
      this.#leave();
    };
    document.getElementById("top").replaceChildren(
      p(this.bank ? say("admin.title", { bank: this.bank.name }) : "", "bank"),
      this.me ? p(say("admin.me", { name: this.me.name, place: this.places.name(this.me.organisation_id) }), "me") : "",
      h(
        "div",
        { class: "actions" },
        button(say("admin.language"), () => speakIn(turned), "quiet", switched),
        this.me ? button(say("admin.out"), out, "quiet") : null,
      ),
    );
    const areas = this.me ? this.#areas() : [];
    const now = areas.find((area) => area.screens.includes(this.here));
    const way = (words, screen, current) =>
      h("li", {}, button(words, () => this.visit(screen.id), null, current ? { "aria-current": "page" } : {}));
    this.#nav("areas", say("admin.areas"), areas.map((area) => way(say(`area.${area.id}`), area.screens[0], area === now)));
    const tabs = now && now.screens.length > 1 ? now.screens : [];
    this.#nav("tabs", say("admin.tabs"), tabs.map((each) => way(say(`screen.${each.id}`), each, each === this.here)));
  }

  // Drawn anew, it keeps the focus where it was.
  #nav(id, label, ways) {
    const nav = document.getElementById(id);
    const focused = [...nav.querySelectorAll("button")].indexOf(document.activeElement);
    nav.hidden = !ways.length;
    nav.setAttribute("aria-label", label);
    nav.replaceChildren(h("ul", {}, ways));
    nav.querySelectorAll("button")[focused]?.focus();
  }
}

// A module that cannot be fetched: the server is away.
const fetched = async (fetch) => {
  try {
    return await fetch();
  } catch (error) {
    throw error instanceof TypeError ? new Away("nothing") : error;
  }
};

new Admin().start();
