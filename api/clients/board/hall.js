// The board in turn, for the large screen of a hall: slow, legible from across the room, and nobody needs to touch it.
// Whoever reads more slowly pauses it. What was asked for last stays when the server is away, and says of when it is.

import { button, h, p } from "../kit/element.js";
import { instant, timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Away, connection } from "../kit/request.js";
import { Screen } from "../kit/screen.js";
import { fetched, slidesOf } from "./slides.js";
import "./words.js";

const LEAST_MS = 15_000;
const LETTER_MS = 150;
const FRESH_MS = 60_000;
const PAUSE_MS = 120_000;
const KEYS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

export class Hall extends Screen {
  #pages = [];
  #at = 0;
  #timer = null;
  #paused = false;
  #leaving = new AbortController();
  #watching = new ResizeObserver(() => this.#lay());

  async load() {
    this.found = await fetched(this.app);
    this.asked = Date.now();
  }

  view() {
    const keys = [
      button(say("hall.back"), () => this.#turn(-1), "quiet"),
      (this.pause = button("", () => this.#pause(!this.#paused), "quiet")),
      button(say("hall.next"), () => this.#turn(1), "quiet"),
      h("a", { href: "#", class: "button quiet" }, say("hall.leave")),
    ];
    this.heading = h("h1", {});
    this.told = h("p", { class: "stale", role: "status", hidden: true });
    this.slide = h("section", { class: "slide", onclick: () => this.#pause(!this.#paused) });
    this.number = p("", "number");
    return h(
      "div",
      { class: "hall" },
      h("div", { class: "head" }, p(this.app.bank.name, "whose"), this.heading, this.told),
      this.slide,
      h("div", { class: "foot" }, this.number, h("div", { class: "keys" }, keys)),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    const heard = { signal: this.#leaving.signal };
    window.addEventListener("keydown", (event) => this.#key(event), heard);
    connection.addEventListener("back", () => this.#refresh(), heard);
    this.#watching.observe(this);
  }

  disconnectedCallback() {
    this.#leaving.abort();
    this.#watching.disconnect();
    clearTimeout(this.#timer);
  }

  // In another language, too.
  draw() {
    super.draw();
    this.#lay();
  }

  // What there is, on as many pages as it takes on this screen.
  #lay() {
    if (!this.isConnected || !this.slide.clientHeight) return;
    this.#pages = slidesOf(this.found, this.app).flatMap((slide) => this.#paged(slide));
    this.#show(Math.min(this.#at, this.#pages.length - 1));
    if (this.#timer === null) this.#wait();
  }

  // As few pages as it takes, with about as much on each; what is too much for one by itself is set closer.
  #paged({ title, look, items }) {
    this.heading.textContent = title;
    const sizes = [];
    let page = [];
    for (const item of items) {
      if (page.length && !this.#fits(look, [...page, item])) {
        sizes.push(page.length);
        page = [];
      }
      page.push(item);
    }
    const each = Math.ceil(items.length / (sizes.length + 1));
    const even = Array.from({ length: sizes.length + 1 }, (_, at) => items.slice(at * each, (at + 1) * each));
    const greedy = [...sizes, page.length].map((size, at, all) => {
      const from = all.slice(0, at).reduce((sum, one) => sum + one, 0);
      return items.slice(from, from + size);
    });
    const chosen = even.every((part) => part.length && this.#fits(look, part)) ? even : greedy;
    return chosen.map((part) => ({ title, look: this.#fits(look, part) ? look : `${look} dense`, part }));
  }

  #fits(look, part) {
    this.slide.replaceChildren(h("div", { class: `items ${look}` }, part));
    return this.slide.scrollHeight <= this.slide.clientHeight;
  }

  #show(at) {
    this.#at = at;
    const { title, look, part } = this.#pages[at];
    this.heading.textContent = title;
    document.title = title;
    this.slide.replaceChildren(h("div", { class: `items ${look}` }, part));
    const fresh = timeOf(new Date(this.asked).toISOString());
    this.number.textContent = say("hall.page", { number: at + 1, of: this.#pages.length, at: fresh });
    this.#tellPause();
  }

  // As long as it takes to read, and longer where somebody paused it.
  #wait() {
    clearTimeout(this.#timer);
    const reading = Math.max(LEAST_MS, this.slide.textContent.length * LETTER_MS);
    const next = () => {
      this.#paused = false;
      this.#turn(1);
    };
    this.#timer = setTimeout(next, this.#paused ? PAUSE_MS : reading);
  }

  #turn(step) {
    const at = (this.#at + step + this.#pages.length) % this.#pages.length;
    this.#show(at);
    this.#wait();
    if (at === 0 && Date.now() - this.asked > FRESH_MS) this.#refresh();
  }

  #pause(paused) {
    this.#paused = paused;
    this.#tellPause();
    this.#wait();
  }

  #tellPause() {
    this.pause.textContent = say(this.#paused ? "hall.go" : "hall.pause");
    this.classList.toggle("paused", this.#paused);
  }

  #key(event) {
    if (event.target.closest("a, button") && (event.key === " " || event.key === "Enter")) return;
    if (event.key === " ") this.#pause(!this.#paused);
    else if (event.key in KEYS) this.#turn(KEYS[event.key]);
    else return;
    event.preventDefault();
  }

  async #refresh() {
    try {
      await this.load();
      this.told.hidden = true;
      this.#lay();
    } catch (error) {
      if (!(error instanceof Away) && error.words === undefined) throw error;
      this.told.textContent = say("hall.away", { at: instant(new Date(this.asked).toISOString()) });
      if (!this.told.hidden) return;
      this.told.hidden = false;
      this.#lay();
    }
  }
}

customElements.define("board-hall", Hall);
