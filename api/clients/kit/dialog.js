// Dialogs: the browser's own, which keeps the focus inside and the page behind it still. Ask only where something
// cannot be undone.

import { button, h, newId } from "./element.js";
import { form } from "./field.js";
import { say } from "./language.js";
import "./words.js";

// Shows a dialog and gives the value of the button that closed it; null when it was left by Escape or taken away.
// `actions` are [value, words, class]; the first has the focus.
export const ask = (title, content, actions, { kind = "" } = {}) =>
  new Promise((resolve) => {
    const id = newId("dialog");
    let chosen = null;
    const buttons = actions.map(([value, words, look = ""], at) =>
      h("button", { type: "button", class: look, autofocus: at === 0, onclick: () => close(value) }, words),
    );
    const dialog = h(
      "dialog",
      { class: kind, "aria-labelledby": id },
      h("h2", { id }, title),
      h("div", { class: "content" }, content),
      h("div", { class: "actions" }, buttons),
    );
    const close = (value) => {
      chosen = value;
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
  });

// Asks for a few fields before something is done: `send(values)` does it. A fault stands at its field, what was typed
// stays, and the dialog with it; it closes, with what `send` gave, when it is done. null when it was left.
export const fill = (title, content, fields, words, send, { kind = "" } = {}) =>
  new Promise((resolve) => {
    const id = newId("dialog");
    let done = null;
    const made = form(fields, words, async (values) => {
      done = (await send(values)) ?? true;
      dialog.close();
    });
    made.lastElementChild.prepend(button(say("kit.cancel"), () => dialog.close(), "quiet"));
    const dialog = h("dialog", { class: kind, "aria-labelledby": id }, h("h2", { id }, title), content, made);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(done);
    });
    document.body.append(dialog);
    dialog.showModal();
    fields[0]?.focus();
  });

// Takes every dialog away, unanswered: at the end of a session.
export const closeAll = () => {
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
};
