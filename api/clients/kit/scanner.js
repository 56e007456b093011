// Scanners that type. A burst of digits faster than anybody's fingers is a scan, whatever has the focus and whatever
// the input method makes of it: `event.code` says which key it was, even while an IME composes.

import { kindOf, LENGTHS } from "./codes.js";

const GAP_MS = 60;
const SHORTEST = 8;
const OURS = new Set(Object.values(LENGTHS));

const digitOf = (code) => /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? null;
const isEnd = (code) => code === "Enter" || code === "NumpadEnter" || code === "Tab";

// Events: "scan" with detail { digits, kind } (see codes.js; kind is null for what is none of ours or was misread),
// and "digits" with detail { digits } for what fingers typed.
export class Scanner extends EventTarget {
  #digits = "";
  #last = 0;
  #before = null;
  #timer = null;

  start() {
    window.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    return this;
  }

  #pressed(event) {
    const digit = event.ctrlKey || event.altKey || event.metaKey ? null : digitOf(event.code);
    const quick = event.timeStamp - this.#last <= GAP_MS;
    if (digit === null) {
      if (isEnd(event.code) && quick && this.#digits.length >= SHORTEST) {
        event.preventDefault();
        event.stopImmediatePropagation();
        this.#scanned();
      } else {
        this.#typed();
      }
      return;
    }
    if (!quick) this.#typed();
    if (!this.#digits) this.#before = kept(document.activeElement);
    this.#digits += digit;
    this.#last = event.timeStamp;
    if (this.#digits.length >= SHORTEST) event.preventDefault();
    clearTimeout(this.#timer);
    // Some scanners send no Enter: then the silence after a code of ours ends it.
    this.#timer = setTimeout(() => this.#silent(), GAP_MS * 2);
  }

  #silent() {
    if (OURS.has(this.#digits.length) && kindOf(this.#digits)) this.#scanned();
    else this.#typed();
  }

  #scanned() {
    const digits = this.#taken();
    this.#before?.();
    this.dispatchEvent(new CustomEvent("scan", { detail: { digits, kind: kindOf(digits) } }));
  }

  #typed() {
    const digits = this.#taken();
    if (digits) this.dispatchEvent(new CustomEvent("digits", { detail: { digits } }));
  }

  #taken() {
    clearTimeout(this.#timer);
    const digits = this.#digits;
    this.#digits = "";
    return digits;
  }
}

// How to put back what was in the field before the scanner typed into it. Leaving the field ends a composition.
const kept = (field) => {
  if (!field || !("value" in field) || field.tagName === "BUTTON") return null;
  const { value, selectionStart, selectionEnd } = field;
  return () => {
    field.blur();
    field.value = value;
    if (selectionStart !== null && selectionStart !== undefined) field.setSelectionRange(selectionStart, selectionEnd);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };
};
