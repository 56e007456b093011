// The page: takes a key from you, a receipt from a file or the link, and says what follows. Nothing is sent anywhere.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { count } from "../kit/formats.js";
import { chosen, knows, parts, say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import { Invalid, keyOf, receiptOf, wholeLog } from "./log.js";
import "./words.js";

const SEES_NOT = ["who", "balances", "deeds"];
const NOT_READABLE = new Set(["SyntaxError", "InvalidCharacterError"]);

const kindOf = (kind) => {
  const key = `kind.${kind.split(".")[1]}`;
  return knows(key) ? say(key) : kind;
};

// What is wrong, in words: for an entry, which and why.
const wrong = (error) => {
  if (!(error instanceof Invalid)) return say("invalid.unreadable");
  const { why, ...facts } = error.facts;
  return say(`invalid.${error.code}`, why ? { ...facts, why: wrong(why) } : facts);
};

class Verify extends Screen {
  key = "";
  words = "";
  progress = 0;
  #told = new Map();

  async load() {
    const token = this.given.token;
    if (!token) return;
    try {
      const receipt = await this.app.server.get(`/receipts/${token}`);
      this.words = receipt.proof ?? receipt.promise;
      if (!receipt.proof) this.#told.set("receipt", ["unsure", () => [say("promised")]]);
    } catch (error) {
      if (error.words === undefined) throw error;
      this.#told.set("receipt", ["unsure", () => [error.status === 404 ? say("none") : error.words]]);
    }
  }

  view() {
    this.boxes = new Map();
    return h(
      "div",
      {},
      h("h1", {}, say("title")),
      p(say("how"), "lead"),
      this.#keySection(),
      this.#receiptSection(),
      this.#logSection(),
      this.#beyond(),
    );
  }

  #keySection() {
    const typed = field({ name: "key", label: say("key.label"), rows: 3, spellcheck: "false", value: this.key });
    typed.input.addEventListener("input", () => (this.key = typed.value));
    return h("section", { class: "panel" }, h("h2", {}, say("key.title")), p(say("key.how")), typed);
  }

  #receiptSection() {
    const file = field({ name: "receipt", label: say("receipt.file"), type: "file", accept: ".tlog-proof,text/plain" });
    const pasted = field({ name: "words", label: say("receipt.paste"), rows: 6, spellcheck: "false", value: this.words });
    pasted.input.addEventListener("input", () => (this.words = pasted.value));
    file.input.addEventListener("change", async () => {
      pasted.value = this.words = (await file.input.files[0]?.text()) ?? "";
    });
    const check = () => this.#asked("receipt", async (keys) => receiptSaid(await receiptOf(this.words, keys)));
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("receipt.title")),
      file,
      pasted,
      h("div", { class: "actions" }, button(say("receipt.check"), check, "primary")),
      this.#box("receipt"),
    );
  }

  #logSection() {
    this.bar = h("progress", { value: this.progress, max: 1, "aria-label": say("log.progress") });
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("log.title")),
      p(say("log.how")),
      h("div", { class: "actions" }, button(say("log.check"), () => this.#asked("log", (keys) => this.#all(keys)), "primary")),
      h("div", { class: "way" }, this.bar),
      this.#box("log"),
    );
  }

  #beyond() {
    const check = h("code", {}, "pioneer check");
    const program = h("a", { href: "/verify.py" }, "verify.py");
    return h(
      "section",
      { class: "read" },
      h("h2", {}, say("not.title")),
      h("ul", { class: "read" }, SEES_NOT.map((what) => h("li", {}, parts(`not.${what}`, what === "balances" ? { check } : {})))),
      p(parts("program", { program })),
    );
  }

  #box(place) {
    const box = h("div", { class: "verdict", role: "status" });
    this.boxes.set(place, box);
    if (this.#told.has(place)) this.#tell(place, ...this.#told.get(place));
    return box;
  }

  // `lines()` gives them in the chosen language.
  #tell(place, verdict, lines) {
    this.#told.set(place, [verdict, lines]);
    const box = this.boxes.get(place);
    box.className = `verdict ${verdict}`;
    box.replaceChildren(...lines().flat(2).map((line) => p(line)));
  }

  async #asked(place, question) {
    this.#tell(place, "waiting", () => [say("checking")]);
    try {
      const words = this.key.split("\n").filter((line) => line.trim());
      if (!words.length) return this.#tell(place, "unsure", () => [say("key.missing")]);
      this.#tell(place, "valid", await question(await Promise.all(words.map(keyOf))));
    } catch (error) {
      if (error instanceof Invalid || NOT_READABLE.has(error.name)) {
        this.#tell(place, "invalid", () => [say("invalid"), wrong(error)]);
      } else {
        this.#tell(place, "unsure", () => [say("unsure"), error.message]);
      }
    }
  }

  async #all(keys) {
    const [stated, months] = await Promise.all(["totals", "months"].map(async (path) => JSON.parse(text(await fetched(path)))));
    const { head, meaning } = await wholeLog(fetched, keys, { ...stated, months }, (done, size) => {
      this.progress = this.bar.value = done / size;
    });
    const totals = Object.entries(meaning.totals()).flatMap(([what, units]) =>
      Object.entries(units).map(([unit, held]) => ({ what, unit, held: count(held) })),
    );
    return () => [
      say("log.valid", { origin: head.origin, size: count(head.size) }),
      Math.max(stated.size, months.size) > head.size ? say("log.newer") : say("log.equal"),
      [...meaning.kinds].map(([kind, times]) => say("log.kind", { kind: kindOf(kind), times: count(times) })),
      totals.map((total) => say("log.total", total)),
    ];
  }
}

const receiptSaid = ({ head, index, entry, opening }) => () => [
  say("receipt.valid", { seq: count(index + 1) }),
  say("receipt.within", { origin: head.origin, size: count(head.size) }),
  entry ? entrySaid(entry, opening) : say("receipt.bare"),
];

const entrySaid = (entry, opening) => [
  say("entry.kind", { kind: kindOf(entry.kind), on: entry.on }),
  entry.moves.map((move, at) => [say("entry.move", move), standing(move, opening?.legs[at])]).flat(),
  (opening?.why?.explanation ?? []).map(chosen),
].flat(2);

// What the accounts of persons held after it, where the receipt opens that.
const standing = (move, leg) => {
  const said = (number, balance) => say("entry.after", { number, balance });
  const sides = [[move.debit, 1], [move.credit, 4]].filter(([account]) => leg && account.startsWith("person/"));
  return sides.map(([, at]) => said(leg[at], leg[at + 1]));
};

const text = (bytes) => new TextDecoder().decode(bytes);

async function fetched(path) {
  const answer = await fetch(`/log/${path}`);
  if (!answer.ok) throw answer.status === 404 ? new Invalid("missing", { path }) : new Error(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

customElements.define("verify-log", Verify);

const tokenOf = (where) => (/^[a-z2-7]{32}$/.test(where) ? where : null);

new Page((where) => [Verify, { token: tokenOf(where) }], { needsBank: false }).start();
