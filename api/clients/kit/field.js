// Fields: a label, a hint, an error beside it. A form shows what the server found wrong where it is wrong.

import { h, newId } from "./element.js";
import { say } from "./language.js";
import "./words.js";

// <kit-field>. Made by `field()`; `value` is what was typed, `fault` the sentence that is shown under it.
class Field extends HTMLElement {
  get name() {
    return this.input.name;
  }

  get value() {
    return this.input.type === "checkbox" ? this.input.checked : this.input.value;
  }

  set value(value) {
    if (this.input.type === "checkbox") this.input.checked = value;
    else this.input.value = value;
  }

  get fault() {
    return this.error.textContent;
  }

  set fault(words) {
    this.error.textContent = words;
    this.error.hidden = !words;
    if (words) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  focus() {
    this.input.focus();
  }
}

customElements.define("kit-field", Field);

// `name` is the member of the body. `choices` ([[value, words], …]) makes a list to choose from, `rows` a text of
// several lines. Other attributes go to the input: type, inputmode, maxlength, autocomplete, value, required.
export const field = ({ name, label, hint = "", choices = null, rows = 0, required = true, ...more }) => {
  const made = document.createElement("kit-field");
  const [id, hintId, errorId] = [newId(name), newId("hint"), newId("error")];
  const attributes = { id, name, required, autocomplete: "off", "aria-describedby": `${hintId} ${errorId}`, ...more };
  const option = ([value, words]) => h("option", { value, selected: value === more.value }, words);
  made.input = choices
    ? h("select", attributes, choices.map(option))
    : h(rows ? "textarea" : "input", { ...attributes, rows: rows || null });
  made.error = h("p", { id: errorId, class: "fault", hidden: true });
  made.input.addEventListener("input", () => (made.fault = ""));
  const optional = required ? null : h("span", { class: "optional" }, say("kit.optional"));
  made.append(
    h("label", { for: id }, label, optional),
    hint ? h("p", { id: hintId, class: "hint" }, hint) : h("span", { id: hintId, hidden: true }),
    made.input,
    made.error,
  );
  return made;
};

// A form: `send(values)` is called with what was typed, and a Problem it throws is shown at its fields; what belongs to
// no field, above the button. The button waits meanwhile, and what was typed stays.
export const form = (fields, button, send) => {
  const general = h("p", { class: "fault", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "primary" }, button);
  const made = h("form", { novalidate: true }, fields, general, h("div", { class: "actions" }, submit));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    submit.textContent = say("kit.working");
    general.hidden = true;
    try {
      await send(values(fields));
      submit.textContent = button;
    } catch (problem) {
      submit.textContent = problem.means === "unknown" ? say("kit.ask.again") : button;
      if (problem.words === undefined) throw problem;
      const rest = showFaults(fields, problem);
      general.textContent = rest;
      general.hidden = !rest;
    } finally {
      submit.disabled = false;
    }
  });
  return made;
};

// What was typed, by the names of the fields; what may be left out and was is not in it.
export const values = (fields) => {
  const typed = fields.filter((each) => each.input.required || each.value !== "");
  return Object.fromEntries(typed.map((each) => [each.name, each.value]));
};

// Puts each fault at its field and the focus on the first; the words for those that have no field, or for none at all.
export const showFaults = (fields, problem) => {
  const faults = new Map(problem.faults ?? []);
  let first = null;
  for (const each of fields) {
    // A body is pointed into; a question names its parameter.
    const key = [`/${each.name}`, each.name].find((one) => faults.has(one));
    each.fault = faults.get(key) ?? "";
    if (each.fault) first ??= each;
    faults.delete(key);
  }
  first?.focus();
  return first && !faults.size ? "" : problem.words;
};
