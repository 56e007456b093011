// Pages that anybody reads: nobody signs in, nothing is remembered but the language. One screen at a time, chosen by what
// stands behind the # of the address, so that every screen can be linked, printed and gone back to.

import { button, h, p } from "./element.js";
import { countAs } from "./formats.js";
import { language, onLanguage, say, speakIn } from "./language.js";
import { Away, connection, Server } from "./request.js";
import { Screen, Stage } from "./screen.js";
import "./status.js";
import "./words.js";

const REMEMBERED = "pioneer.language";
const PLACES = ["board", "notice", "verify", "certificate", "docs"];

// <kit-masthead here="board">: whose page it is, where else to go, and the one switch of the language.
class Masthead extends HTMLElement {
  connectedCallback() {
    this.draw();
    onLanguage(() => this.draw());
  }

  draw() {
    const focused = this.contains(document.activeElement);
    const here = this.getAttribute("here");
    const link = (place) =>
      h("li", {}, h("a", { href: `/${place}`, "aria-current": place === here && "page" }, say(`kit.page.${place}`)));
    const turned = language() === "zh" ? "en" : "zh";
    const more = { lang: turned === "zh" ? "zh-CN" : "en", "aria-label": say("kit.language.label") };
    const turn = () => {
      remember(turned);
      speakIn(turned);
      this.querySelector("button").focus();
    };
    this.replaceChildren(
      h("a", { href: "/", class: "whose", "aria-label": say("kit.page.home") }, say("kit.page.bank")),
      h("nav", { "aria-label": say("kit.page.ways") }, h("ul", {}, PLACES.map(link))),
      button(say("kit.language"), turn, "quiet", more),
    );
    if (focused) this.querySelector("button").focus();
  }
}

customElements.define("kit-masthead", Masthead);

const remember = (chosen) => {
  try {
    localStorage.setItem(REMEMBERED, chosen);
  } catch {
    // a browser that keeps nothing
  }
};

const remembered = () => {
  try {
    return localStorage.getItem(REMEMBERED) === "en" ? "en" : "zh";
  } catch {
    return "zh";
  }
};

// What is shown while what was asked for cannot be.
class Lost extends Screen {
  view() {
    return h("div", { class: "panel" }, h("h1", {}, say("kit.page.lost")), p(this.given.words));
  }
}

customElements.define("kit-lost", Lost);

// A module that cannot be fetched: the server is away.
const fetched = async (fetch) => {
  try {
    return await fetch();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    connection.lost();
    throw new Away("nothing");
  }
};

// `screen(where)` gives [Class, given] for what stands behind the #, or a promise of it. `app` of each screen is this: `server`, `bank` (the
// answer of GET /bank, unless the page needs none), `status`. `missing` is shown for what the
// server does not know; a page that never `moves` uses the # for places in itself.
export class Page {
  server = new Server();
  status = document.querySelector("kit-status");
  stage = new Stage(document.getElementById("stage"), this);
  bank = null;
  #waits = false;

  constructor(screen, { needsBank = true, missing = null, moves = true } = {}) {
    Object.assign(this, { screen, needsBank, missing });
    if (moves) window.addEventListener("hashchange", () => this.go());
    connection.addEventListener("back", () => this.#waits && this.go());
  }

  start() {
    speakIn(remembered());
    return this.go();
  }

  // Shows what the address asks for. Where the server is away, it comes as soon as the server is back.
  async go() {
    this.#waits = false;
    try {
      if (this.needsBank && !this.bank) countAs((this.bank = await this.server.get("/bank")));
      const where = decodeURIComponent(location.hash.slice(1));
      const wanted = await fetched(() => this.screen(where));
      if (where !== decodeURIComponent(location.hash.slice(1))) return;
      await this.stage.show(...wanted);
    } catch (error) {
      if (error.words === undefined) throw error;
      if (error.status === 404 && this.missing) return this.stage.show(this.missing);
      this.#waits = error instanceof Away;
      await this.stage.show(Lost, { words: error.words });
    }
  }

  // Says what went wrong beside what is shown.
  failed(error) {
    if (error.words === undefined) throw error;
    this.status.warn(error.words);
  }
}
