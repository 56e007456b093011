// Screens: one element each, one at a time. A client is a list of them and a way from one to the next. Nothing goes
// into the browser's history, so there is nothing to go back to.

import { onLanguage } from "./language.js";

// What a screen extends. `view()` gives its elements and is asked again in another language; `load()` fetches what it
// shows, first; `title()` is what the window is called. `app` is whoever shows it, `given` what it was opened with.
export class Screen extends HTMLElement {
  connectedCallback() {
    this.draw();
  }

  draw() {
    this.replaceChildren(...[this.view()].flat(Infinity).filter(Boolean));
    document.title = this.querySelector("h1")?.textContent ?? document.title;
  }

  async load() {}
}

// Where screens are shown. The heading gets the focus, so that screen readers begin there.
export class Stage {
  #turn = 0;

  constructor(place, app) {
    Object.assign(this, { place, app });
    onLanguage(() => this.current?.draw());
  }

  get current() {
    return this.place.firstElementChild;
  }

  // Nothing is shown any more, and what was asked for comes no more.
  clear() {
    this.#turn += 1;
    this.place.replaceChildren();
  }

  // Shows the screen of this class when it has loaded what it needs; nothing when another was asked for meanwhile.
  async show(Class, given = {}) {
    const turn = (this.#turn += 1);
    const screen = Object.assign(new Class(), { app: this.app, given });
    this.place.setAttribute("aria-busy", "true");
    try {
      await screen.load();
    } finally {
      if (turn === this.#turn) this.place.removeAttribute("aria-busy");
    }
    if (turn !== this.#turn) return;
    this.place.replaceChildren(screen);
    window.scrollTo(0, 0);
    const heading = screen.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }
}
