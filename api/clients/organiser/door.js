// The screen at the door: the code that changes by itself, who is there, and checking people in and out by their card,
// by the code on their screen, or by the organiser's own hand.

import { fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { timeOf } from "../kit/formats.js";
import { language, say } from "../kit/language.js";
import { connection, Problem } from "../kit/request.js";
import { Screen } from "../kit/screen.js";
import { code } from "./door-code.js";
import { absent, empty, latest, present } from "./door-lists.js";
import { finder } from "./finder.js";
import { everything, head, part, when } from "./looks.js";
import { masked } from "./masked.js";

// So often is looked who has come; of many, less often.
const LOOK_MS = 3_000;
const LOOK_MANY_MS = 10_000;
const MANY = 200;
const LATEST = 6;
const SAID_MS = 8_000;
const BY = { card: "card", screen: "screen_code", volunteer: "volunteer_no" };
const PATHS = { check_in: "check-ins", check_out: "check-outs" };

// `given`: the `activity_id`, the `session_id`, and which `purpose` it stands at.
export class Door extends Screen {
  static under = "activities";

  purpose = "check_in";
  wide = false;
  waiting = [];
  #timer = null;

  async load() {
    const { activity_id, session_id } = this.given;
    this.path = `/activities/${activity_id}`;
    [this.activity, this.signUps] = await Promise.all([
      this.app.server.get(this.path),
      everything(this.app.server, `${this.path}/sign-ups`, { session_id, state: "confirmed" }),
    ]);
    this.session = this.activity.sessions.find((one) => one.id === session_id);
    this.came = await this.#there();
  }

  connectedCallback() {
    super.connectedCallback();
    this.back = () => this.#resend();
    this.left = () => document.fullscreenElement || this.#widen(false);
    connection.addEventListener("back", this.back);
    document.addEventListener("fullscreenchange", this.left);
    this.#timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    connection.removeEventListener("back", this.back);
    document.removeEventListener("fullscreenchange", this.left);
    this.#widen(false);
  }

  view() {
    this.code = code({ app: this.app, session_id: this.session.id, purpose: this.purpose });
    this.count = h("output", { class: "huge" });
    this.counted = h("p", { class: "quiet-words" });
    this.latest = h("ul", { class: "latest", "aria-live": "polite" });
    this.said = h("p", { class: "said-here", role: "status", hidden: true });
    this.open = h("ul", { class: "lines" });
    this.list = h("ul", { class: "lines" });
    this.missing = h("ul", { class: "lines" });
    this.purposes = ["check_in", "check_out"].map((each) =>
      button(say(`door.${each}`), () => this.#turn(each), null, { "aria-pressed": String(each === this.purpose) }),
    );
    const way = [this.activity.title, () => this.app.go("activity", { activity_id: this.activity.id })];
    const narrow = button(say("door.narrow"), () => this.#widen(false), "quiet narrow-again");
    const scene = h(
      "section",
      { class: "door panel", "aria-label": say("door.title") },
      h("div", { class: "door-what" }, h("h1", {}, this.activity.title), p(when(this.session))),
      h("div", { class: "door-code" }, this.code),
      h(
        "div",
        { class: "door-count" },
        h("div", { class: "choice", role: "group", "aria-label": say("door.purpose") }, this.purposes),
        h("p", { class: "there" }, this.count, " ", say("door.there")),
        this.counted,
        this.said,
        this.latest,
      ),
      narrow,
    );
    const content = [
      head(null, { back: way, under: say("door.title"), acts: this.#acts() }),
      scene,
      h("div", { class: "columns beside" }, this.#byHand(), this.#lists()),
    ];
    this.drawn = null;
    queueMicrotask(() => this.#fill());
    return h("div", { class: "page" }, content);
  }

  #acts() {
    return [
      button(say("door.wide"), () => this.#widen(true), "primary"),
      button(say("session.hand.in"), () => this.app.go("hand-in", this.given)),
    ];
  }

  #byHand() {
    const no = (person) => {
      const came = this.#of(person.volunteer_no);
      if (this.purpose === "check_in") return came ? say("door.in.already", { at: timeOf(came.checked_in_at) }) : null;
      if (!came) return say("door.out.never");
      return came.checked_out_at ? say("door.out.already", { at: timeOf(came.checked_out_at) }) : null;
    };
    const act = [say("door.note"), (person) => this.#note({ volunteer_no: person.volunteer_no }, person.name)];
    const card = (digits) => this.#note({ card: digits }, say("door.scan.card"));
    this.find = finder({ app: this.app, label: say("door.who"), hint: say("door.who.hint"), act, no, card });
    return part(say("door.by.hand"), [p(say("door.by.hand.how"), "quiet-words"), this.find, this.open]);
  }

  #lists() {
    return h(
      "div",
      { class: "stacked" },
      part(say("door.missing"), this.missing),
      part(say("door.list"), this.list),
    );
  }

  // A scan at this screen: a card, the code on a screen, or a printed number.
  scanned({ digits, kind }) {
    if (!(kind in BY)) return this.#tell(say("organiser.scan.misread"), "bad");
    this.#note({ [BY[kind]]: digits }, say(`door.scan.${kind}`), { aside: true });
  }

  // Checks somebody in or out; `aside` from whom the organiser looks for meanwhile. Until there is an answer it is one
  // of those that wait, and is sent again by itself: it has one effect, and nothing is said to be done before.
  async #note(who, name, { purpose = this.purpose, aside = false } = {}) {
    const posting = this.app.server.posting(`${this.path}/${PATHS[purpose]}`);
    const one = { posting, name, purpose, aside, body: { session_id: this.session.id, ...who } };
    this.waiting.push(one);
    await this.#send(one);
  }

  async #send(one) {
    try {
      const made = await one.posting.send(one.body);
      this.waiting = this.waiting.filter((each) => each !== one);
      this.came = [made, ...this.came.filter((each) => each.id !== made.id)];
      const at = timeOf(one.purpose === "check_in" ? made.checked_in_at : made.checked_out_at);
      this.#tell(say(`door.${one.purpose}.done`, { name: this.#called(made.name), at }), "good");
      if (!one.aside) this.find.clear();
    } catch (error) {
      if (error instanceof Problem) {
        this.waiting = this.waiting.filter((each) => each !== one);
        this.#tell(say("door.refused", { name: this.#called(one.name), words: error.words }), "bad");
      } else if (error.words === undefined) {
        throw error;
      }
    }
    this.#fill();
  }

  async #resend() {
    for (const one of [...this.waiting]) await this.#send(one);
    await this.#look();
  }

  async #there() {
    const found = await everything(this.app.server, `${this.path}/attendances`, { session_id: this.session.id });
    return found.filter((one) => !one.is_void);
  }

  async #look() {
    clearTimeout(this.#timer);
    if (!this.isConnected) return;
    try {
      if (!connection.away) this.came = await this.#there();
      this.#fill();
    } catch (error) {
      if (error.words === undefined) throw error;
      if (error instanceof Problem) this.app.failed(error);
    }
    const wait = this.came.length > MANY ? LOOK_MANY_MS : LOOK_MS;
    if (this.isConnected) this.#timer = setTimeout(() => this.#look(), wait);
  }

  #of(number) {
    return this.came.find((one) => one.volunteer_no === number);
  }

  // At the door everybody reads along: there names are masked.
  #called(name) {
    return this.wide ? masked(name) : name;
  }

  #turn(purpose) {
    this.purpose = purpose;
    const [into, out] = this.purposes;
    into.setAttribute("aria-pressed", String(purpose === "check_in"));
    out.setAttribute("aria-pressed", String(purpose === "check_out"));
    this.code.show(purpose);
    this.#fill();
  }

  async #widen(wide) {
    if (wide === this.wide) return;
    this.wide = wide;
    document.documentElement.toggleAttribute("data-door", wide);
    this.#fill();
    if (!wide) return void (document.fullscreenElement && document.exitFullscreen().catch(() => {}));
    this.querySelector(".narrow-again").focus();
    // Where the browser has no whole screen to give (a telephone), all of its window does.
    await document.documentElement.requestFullscreen?.().catch(() => {});
  }

  #tell(words, look) {
    clearTimeout(this.saying);
    this.said.textContent = words;
    this.said.className = `said-here ${look}`;
    this.said.hidden = false;
    this.saying = setTimeout(() => (this.said.hidden = true), SAID_MS);
  }

  // What has not changed is not drawn again: a reader would read it again, and a focus would be lost.
  #fill() {
    const now = JSON.stringify([this.came, this.waiting.map((one) => one.name), this.wide, this.purpose, language()]);
    if (now === this.drawn) return;
    this.drawn = now;
    const here = this.came.filter((one) => !one.checked_out_at);
    const confirmed = new Set(this.signUps.map((one) => one.volunteer_no));
    const expected = this.signUps.filter((one) => !this.#of(one.volunteer_no));
    this.count.textContent = String(here.length);
    const besides = this.came.filter((one) => !confirmed.has(one.volunteer_no)).length;
    const facts = { came: this.came.length, left: this.came.length - here.length, signed: confirmed.size, besides };
    this.counted.textContent = say("door.counted", facts);
    this.latest.replaceChildren(...this.came.slice(0, LATEST).map((one) => latest(one, this.#called(one.name))));
    this.open.replaceChildren(...this.waiting.map(({ name }) => h("li", { class: "care" }, say("door.waiting", { name }))));
    if (this.list.contains(document.activeElement) || this.missing.contains(document.activeElement)) this.#keepFocus();
    const noted = (one, purpose) => this.#note({ volunteer_no: one.volunteer_no }, one.name, { purpose, aside: true });
    const came = this.came.map((one) => present(one, () => noted(one, "check_out"), () => this.#void(one)));
    const missing = expected.map((one) => absent(one, () => noted(one, "check_in")));
    this.list.replaceChildren(...(came.length ? came : [empty("door.list.empty")]));
    this.missing.replaceChildren(...(missing.length ? missing : [empty("door.missing.empty")]));
    this.refocus?.();
  }

  // A list that fills by itself must not take the focus away from whoever is at it.
  #keepFocus() {
    const label = document.activeElement.getAttribute("aria-label");
    this.refocus = () => {
      this.refocus = null;
      [...this.querySelectorAll("button[aria-label]")].find((each) => each.getAttribute("aria-label") === label)?.focus();
    };
  }

  async #void(one) {
    const fields = [field({ name: "reason", label: say("edit.reason"), maxlength: 500 })];
    const send = (body) => this.app.server.post(`/attendances/${one.id}/void`, body, { harmless: true });
    const content = p(say("door.void.how"), "quiet-words");
    if (!(await fill(say("door.void.title", one), content, fields, say("door.void"), send))) return;
    this.#tell(say("door.void.done", one), "good");
    await this.#look();
  }
}

customElements.define("organiser-door", Door);
