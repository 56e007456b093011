// Screens with fields: what was typed stays while they are drawn again, and what somebody else changed meanwhile is
// told beside it.

import { button, h, p } from "../kit/element.js";
import { form, values } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Problem } from "../kit/request.js";
import { Screen } from "../kit/screen.js";

// A screen that keeps what was typed when it is drawn again, in another language or after a choice.
export class FormScreen extends Screen {
  draw() {
    const typed = this.#fields().map((each) => [each.name, each.value]);
    super.draw();
    // Of fields with the same name the first keeps what was in the first, and so on.
    for (const each of this.#fields()) {
      const at = typed.findIndex(([name]) => name === each.name);
      if (at >= 0) each.value = typed.splice(at, 1)[0][1];
    }
  }

  #fields() {
    return [...this.querySelectorAll("kit-field")];
  }
}

// A form over something that others may change too. `seen` is what was read, with its etag; only what was changed is
// sent. `spelled` gives how a member stands in its field, `meant` what a field means. Where somebody else was first
// (412), what they made of it is shown beside what was typed, and nothing is lost: `done` gets the answer in the end.
// `masked` tells what cannot stand in its field, because nobody is shown all of it.
export const changing = ({ server, path, seen, fields, words, done, spelled = {}, meant = {}, masked = {} }) => {
  let base = seen;
  const shown = (state, name) => {
    if (masked[name]) return "";
    return spelled[name] ? spelled[name](state[name]) : (state[name] ?? "");
  };
  const sign = (state, name) => (masked[name] ? masked[name](state) : shown(state, name));
  const notice = h("div", { class: "meanwhile", hidden: true });
  const send = async () => {
    const changed = fields.filter((each) => each.value !== shown(base, each.name));
    if (!changed.length) throw new Problem({ status: 422, detail: say("form.unchanged") });
    const body = changed.map((each) => [each.name, meant[each.name] ? meant[each.name](each.value) : each.value]);
    try {
      const answer = await server.patch(path, Object.fromEntries(body), base.etag);
      notice.hidden = true;
      await done(answer);
    } catch (error) {
      if (error.status !== 412) throw error;
      tell(await server.get(path));
    }
  };
  const tell = (now) => {
    const differs = fields.filter((each) => sign(now, each.name) !== sign(base, each.name));
    const line = (each) => {
      const take = () => {
        each.value = shown(now, each.name);
        each.focus();
      };
      const label = each.querySelector("label").firstChild.textContent;
      const told = say("form.meanwhile.line", { field: label, now: written(each, sign(now, each.name)) });
      return h("li", {}, p(told), button(say("form.meanwhile.take"), take, "quiet", { "aria-label": say("form.meanwhile.take.of", { field: label }) }));
    };
    base = now;
    notice.replaceChildren(
      h("h2", { tabindex: "-1" }, say("form.meanwhile")),
      p(say(differs.length ? "form.meanwhile.how" : "form.meanwhile.elsewhere")),
      h("ul", {}, differs.map(line)),
    );
    notice.hidden = false;
    notice.querySelector("h2").focus();
  };
  const made = form(fields, words, send);
  made.prepend(notice);
  return made;
};

// As people read what a field would hold: of a list of choices, the words.
const written = (each, value) => {
  if (each.input.tagName !== "SELECT") return value === "" ? say("form.nothing") : value;
  return [...each.input.options].find((option) => option.value === value)?.textContent.trim() ?? value;
};

// The words typed into one field, or its fault where there are none.
export const required = (each) => {
  const typed = each.value.trim();
  each.fault = typed ? "" : say("form.required");
  if (!typed) each.focus();
  return typed || null;
};

// Whether each of these is filled in; where one is not, that is told at it.
export const complete = (fields) => {
  const empty = fields.filter((each) => !String(each.value).trim());
  for (const each of empty) each.fault = say("form.required");
  empty[0]?.focus();
  return !empty.length;
};

export { form, values };
