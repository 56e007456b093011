// Keys: a button that a key presses says which one. F-keys work wherever one is typing; digits choose in a dialog.

import { button, h } from "../kit/element.js";

const NAMES = { Escape: "Esc", Delete: "Del", NumpadAdd: "+", NumpadSubtract: "−" };
const ANYWHERE = /^(F\d+|Escape)$/;

// A button that is pressed by a key as well: `code` is the `event.code` of it.
export const key = (code, words, act, look = null, more = {}) =>
  button([h("kbd", { "aria-hidden": "true" }, named(code)), h("span", {}, words)], act, look, {
    "data-key": code,
    "aria-keyshortcuts": named(code),
    ...more,
  });

const named = (code) => NAMES[code] ?? code.replace(/^Digit/, "");

// Words of the n-th button of a dialog, which the digit n presses.
export const numbered = (at, words) => [h("kbd", { "aria-hidden": "true" }, at), h("span", {}, words)];

// From now on keys press their buttons: those of a dialog while it is open, else those of the page.
export const listen = () => window.addEventListener("keydown", pressed);

const pressed = (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const found = dialog ? inDialog(dialog, event) : onPage(event);
  if (!found) return;
  event.preventDefault();
  if (!event.repeat && !found.disabled) found.click();
};

const inDialog = (dialog, event) => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (!digit || isTyping(event)) return keyed(dialog, event.code);
  return dialog.querySelectorAll(".actions button")[digit - 1];
};

const onPage = (event) => (ANYWHERE.test(event.code) || !isTyping(event) ? keyed(document, event.code) : null);

const keyed = (place, code) =>
  [...place.querySelectorAll("[data-key]")].findLast((each) => each.dataset.key === code && each.checkVisibility());

const isTyping = (event) => event.target.matches?.("input, textarea, select");
