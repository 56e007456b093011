// The desk: a clerk, a keyboard, a scanner and a queue. Whoever signs in works at one desk, which this machine remembers.

import { ask, closeAll } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { countAs } from "../kit/formats.js";
import { language, onLanguage, say, speakIn } from "../kit/language.js";
import { isSound } from "../kit/codes.js";
import { Away, connection, Problem, Server } from "../kit/request.js";
import { Scanner } from "../kit/scanner.js";
import { Stage } from "../kit/screen.js";
import { Tokens } from "../kit/session.js";
import { SignIn, signOut } from "../kit/sign-in.js";
import "../kit/status.js";
import { Day } from "./day.js";
import { help } from "./help.js";
import { key, listen } from "./keys.js";
import { Lock } from "./lock.js";
import { machine, Machine } from "./machine.js";
import { Pickups } from "./pickups.js";
import { Refunds } from "./refunds.js";
import { PRIZE_DIGITS } from "./shelf.js";
import { Slips } from "./slips.js";
import { Stock } from "./stock.js";
import { Till } from "./till.js";
import { Unanswered } from "./unanswered.js";
import "./words.js";

const WAYS = [
  ["F2", Till, "top.till"],
  ["F3", Pickups, "top.pickups"],
  ["F4", Refunds, "top.refunds"],
  ["F6", Slips, "top.slips"],
  ["F7", Stock, "top.stock"],
  ["F8", Day, "top.day"],
];

// Screens that a queue does not wait for: fetched when somebody is at the desk, so that the first one is light.
const takesWish = async () => (await import("./wish.js")).Wish;
const takesRequest = async () => (await import("./ask.js")).Ask;

class Desk {
  tokens = new Tokens(sessionStorage, "pioneer.desk", () => this.unknown());
  api = new Server(this.tokens);
  unanswered = new Unanswered(sessionStorage);
  scanner = new Scanner();
  lock = new Lock(this);
  status = document.querySelector("kit-status");
  stage = new Stage(document.getElementById("stage"), this);
  me = null;
  desk = null;
  day = null;
  #wanted = null;

  constructor() {
    listen();
    this.scanner.start();
    this.scanner.addEventListener("scan", ({ detail }) => this.#scanned(detail));
    this.scanner.addEventListener("digits", ({ detail }) => this.#typed(detail.digits));
    connection.addEventListener("back", () => this.#wanted && !this.lock.isOn && this.go(...this.#wanted));
    onLanguage(() => {
      this.#top();
      this.stage.current?.begin?.();
    });
  }

  async start() {
    this.#top();
    if (!this.tokens.holds) return this.unknown();
    try {
      await this.known(await this.api.get("/auth/me"));
    } catch (error) {
      if (error instanceof Away) return void setTimeout(() => this.start(), 2_000);
      this.unknown();
    }
  }

  // Nobody is signed in: that is asked for first.
  unknown() {
    Object.assign(this, { me: null, day: null });
    this.lock.rest();
    closeAll();
    return this.go(SignIn, { tokens: this.tokens, done: (person) => this.known(person) });
  }

  async known(person) {
    if (!this.tokens.may("redemptions:write")) {
      signOut(this.tokens);
      await this.unknown();
      return this.status.warn(say("top.no.clerk"));
    }
    const { kept } = this.unanswered;
    if (kept && kept.by !== person.id) {
      signOut(this.tokens);
      await this.unknown();
      return this.status.warn(say("top.unanswered", { name: kept.name }));
    }
    this.me = this.unanswered.person = person;
    countAs(await this.api.get("/bank"));
    const desks = await this.api.get("/desks", { limit: 200 });
    this.desk = desks.items.find(({ id }) => id === machine.desk) ?? null;
    if (!this.desk) return this.go(Machine);
    await this.at(this.desk);
  }

  // At this desk from now on: to what is still unanswered, to the till, or to the day where none is open.
  async at(desk) {
    this.desk = desk;
    machine.desk = desk.id;
    this.lock.watch();
    try {
      await this.dayAnew();
    } catch (error) {
      if (!error.words) throw error;
    }
    await this.go(this.day?.state === "closed" && !this.unanswered.sent ? Day : Till);
    for (const screen of [takesWish, takesRequest]) screen().catch(() => {});
  }

  // The latest day of this desk; null where it keeps none.
  async dayAnew() {
    const found = await this.api.get("/desk-sessions", { desk_id: this.desk.id, limit: 1 });
    this.day = found.items[0] ?? null;
    this.#top();
  }

  // Shows a screen, and the focus goes where the next thing is typed. Where the server is away, what is shown stays,
  // and the screen comes as soon as it is back.
  async go(Class, given = {}) {
    if (this.unanswered.sent && Class !== Till && Class !== SignIn && this.me) {
      return this.status.warn(say("till.settle.first"));
    }
    this.#wanted = [Class, given];
    try {
      await this.stage.show(Class, given);
      this.#wanted = null;
      this.#top();
      const { current } = this.stage;
      if (current?.begin) current.begin();
      else current?.querySelector("input")?.focus();
    } catch (error) {
      if (!(error instanceof Away)) this.#wanted = null;
      this.failed(error);
    }
  }

  // A screen whose module may still have to come.
  async #fetched(screen) {
    try {
      await this.go(await screen());
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      connection.lost();
      this.failed(new Away("nothing"));
    }
  }

  toTill() {
    return this.go(Till);
  }

  toPickup(code) {
    return this.go(Pickups, { code });
  }

  toRefund(receipt) {
    return this.go(Refunds, { of: { receipt } });
  }

  toStock() {
    return this.go(Stock);
  }

  // Says what went wrong.
  failed(error) {
    if (error instanceof Problem && error.status === 401) this.lock.isOn || this.unknown();
    else if (error.words) this.status.warn(error.words);
    else throw error;
  }

  // Sends a posting from a button that waits meanwhile; its answer, or null where there is none yet: then the button
  // asks again, the same under the same key.
  async done(touched, posting, body, { failed = (error) => this.failed(error) } = {}) {
    if (touched.disabled) return null;
    touched.disabled = true;
    try {
      return await posting.send(body);
    } catch (error) {
      if (error.means === "unknown") touched.lastChild.textContent = say("kit.ask.again");
      failed(error);
      return null;
    } finally {
      touched.disabled = false;
    }
  }

  leave() {
    if (this.unanswered.sent) return this.status.warn(say("till.settle.first"));
    signOut(this.tokens);
    return this.unknown();
  }

  async #scanned({ digits, kind }) {
    if (!this.me || !this.desk || document.querySelector("dialog[open]")) return;
    const is = kind ?? (digits.length === PRIZE_DIGITS && isSound(digits) ? "prize" : null);
    if (is === null) return this.status.warn(say("till.misread"));
    this.status.clear();
    if (await this.stage.current?.scanned?.({ digits, is })) return;
    if (["card", "volunteer", "screen"].includes(is)) {
      await this.go(Till);
      await this.stage.current?.scanned?.({ digits, is });
    } else this.status.warn(say("top.elsewhere"));
  }

  // A scanner without Enter is no fingers: eight digits at once are a label.
  #typed(digits) {
    if (digits.length !== PRIZE_DIGITS || !isSound(digits)) return;
    const line = document.activeElement;
    if (line?.matches?.("input") && line.value.endsWith(digits.slice(0, -1))) line.value = line.value.slice(0, 1 - digits.length);
    this.#scanned({ digits, kind: null });
  }

  #top() {
    const turned = language() === "zh" ? "en" : "zh";
    const switched = { lang: turned === "zh" ? "zh-CN" : "en", "aria-label": say("top.language.label") };
    const focused = document.activeElement?.dataset?.does;
    const here = this.stage.current?.constructor;
    const isHere = (Class) => here === Class || (Class.ways ?? []).includes(here);
    const way = ([code, Class, words]) =>
      key(code, say(words), () => this.go(Class), null, { "aria-current": isHere(Class) ? "page" : false });
    const state = this.day?.state ?? "none";
    document.getElementById("top").replaceChildren(
      h(
        "div",
        { class: "place" },
        h("strong", {}, this.desk?.name ?? say("top.title")),
        this.me && this.desk ? p(say(`top.day.${state}`), `state ${state}`) : null,
      ),
      this.me && this.desk ? h("nav", { class: "ways", "aria-label": say("top.ways") }, WAYS.map(way)) : "",
      h(
        "div",
        { class: "actions" },
        this.me && this.desk ? button(say("top.wish"), () => this.#fetched(takesWish), "quiet", { "data-does": "wish" }) : null,
        this.me && this.desk ? button(say("top.ask"), () => this.#fetched(takesRequest), "quiet", { "data-does": "ask" }) : null,
        this.me ? key("F1", say("top.help"), () => help(ask), "quiet", { "data-does": "help" }) : null,
        button(say("top.language"), () => speakIn(turned), "quiet", { "data-does": "language", ...switched }),
        this.me ? button(say("top.machine"), () => this.go(Machine), "quiet", { "data-does": "machine" }) : null,
        this.me ? button(say("top.leave", { name: this.me.name }), () => this.leave(), "quiet") : null,
      ),
    );
    document.querySelector(`[data-does="${focused}"]`)?.focus();
  }
}

new Desk().start();
