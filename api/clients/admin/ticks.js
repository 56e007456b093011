// A field for several of a few: a box each. Its value is a text, so that it is compared as other fields are.

import { h, newId } from "../kit/element.js";
import { field } from "../kit/field.js";

// `choices` are [value, words], `value` those that are ticked; `spelled(state)` and `meant(text)` as `changing` takes them.
export const ticks = ({ name, label, choices, value }) => {
  const made = field({ name, label });
  const id = newId(name);
  const said = (kept) => choices.map(([each]) => each).filter((each) => kept.includes(each)).join(" ");
  const boxes = choices.map(([each, words]) => {
    const box = h("input", { type: "checkbox", value: each, onchange: () => (made.input.value = said(ticked())) });
    return { box, element: h("label", {}, box, h("span", {}, words)) };
  });
  const ticked = () => boxes.map(({ box }) => box).filter((box) => box.checked).map((box) => box.value);
  made.input.type = "hidden";
  const heading = made.querySelector("label");
  heading.removeAttribute("for");
  heading.id = id;
  made.input.before(h("div", { class: "ticks", role: "group", "aria-labelledby": id }, boxes.map(({ element }) => element)));
  Object.defineProperty(made, "value", {
    get: () => made.input.value,
    set: (text) => {
      made.input.value = text;
      for (const { box } of boxes) box.checked = text.split(" ").includes(box.value);
    },
  });
  Object.assign(made, {
    spelled: (state) => said(state[name]),
    meant: (text) => text.split(" ").filter(Boolean),
    focus: () => boxes[0].box.focus(),
  });
  made.value = said(value);
  return made;
};
