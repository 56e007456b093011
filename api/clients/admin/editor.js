// The text of a rulebook as one writes it: its lines numbered, and what is wrong at the line where it is wrong.

import { button, h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { language, say } from "../kit/language.js";
import "./rules-words.js";

const CALM_MS = 600;

// A field for a text of lines. `judge(text)` gives what is wrong with it, [{ line, field, zh, en }], and is asked when
// nobody has typed for a moment; null where it cannot be asked now.
export const editor = ({ judge, findings = [], ...given }) => {
  const made = field({ ...given, rows: 1, spellcheck: "false", wrap: "off" });
  const numbers = h("ol", { class: "numbers", "aria-hidden": "true" });
  const list = h("ul", { class: "findings", "aria-live": "polite" });
  const notes = h("div", { class: "notes", "aria-hidden": "true" });
  const frame = h("div", { class: "text" }, numbers, notes);
  made.input.replaceWith(list, frame);
  numbers.after(made.input);
  let found = findings;
  let waiting = null;
  let asked = 0;

  const draw = () => {
    const lines = made.input.value.split("\n").length;
    const wrong = new Set(found.map((each) => each.line));
    const number = (_, at) => h("li", { class: wrong.has(at + 1) ? "wrong" : null }, String(at + 1));
    numbers.replaceChildren(...Array.from({ length: lines }, number));
    made.input.rows = lines;
    const line = (each) =>
      h("li", {}, button(say("editor.line", { line: each.line }), () => go(each.line), "quiet"), h("p", {}, each[language()]));
    list.replaceChildren(...found.map(line));
    made.input.setAttribute("aria-invalid", String(found.length > 0));
    notes.replaceChildren(...found.map((each) => beside(each)));
  };
  // The same at the end of the line itself.
  const beside = (each) => {
    const note = h("p", {}, each[language()]);
    note.style.insetBlockStart = `${numbers.children[each.line - 1]?.offsetTop ?? 0}px`;
    return note;
  };
  // Puts the caret on this line, where it can be seen.
  const go = (line) => {
    const lines = made.input.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    made.input.focus();
    made.input.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    numbers.children[line - 1]?.scrollIntoView({ block: "center" });
  };
  const look = async () => {
    const turn = (asked += 1);
    const told = await judge(made.input.value);
    if (turn !== asked || told === null) return;
    made.tell(told);
  };
  made.tell = (now) => {
    found = now;
    draw();
  };
  made.input.addEventListener("input", () => {
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(look, CALM_MS);
  });
  // Where the lines are is known when it is shown.
  requestAnimationFrame(draw);
  return made;
};
