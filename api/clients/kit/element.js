// Elements, made of words and other elements. Everything is set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "open", "selected"]);

const dressed = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  const there = (child) => child !== null && child !== undefined && child !== false;
  element.append(...children.flat(Infinity).filter(there));
  return element;
};

// h("button", { class: "primary", onclick: go }, "去") gives a <button>. null, undefined and false are left out.
export const h = (tag, attributes = {}, ...children) => dressed(document.createElement(tag), attributes, children);

// A paragraph, and what is touched: `act` gets the event. `look` is a class.
export const p = (words, look = null) => h("p", { class: look }, words);
export const button = (words, act, look = null, more = {}) =>
  h("button", { type: "button", class: look, onclick: act, ...more }, words);

// The same for what is drawn.
export const drawn = (tag, attributes = {}, ...children) =>
  dressed(document.createElementNS(SVG, tag), attributes, children);

let last = 0;

// An id that no other element has, for labels, hints and errors to name.
export const newId = (of) => `${of}-${(last += 1)}`;
