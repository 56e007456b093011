// The shelf: what can be had at this desk, by code, by words or by arrow keys.

import { h, newId } from "../kit/element.js";
import { isSound } from "../kit/codes.js";
import { count, points } from "../kit/formats.js";
import { say } from "../kit/language.js";

export const PRIZE_DIGITS = 8;
const PAGE = 200;

// All pages of a collection.
export const all = async (api, path, query = {}) => {
  const items = [];
  let cursor = null;
  do {
    const page = await api.get(path, { limit: PAGE, ...query, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
};

// What the desk offers: every prize on the shelf, with how many of it are there, those there are first.
export const offered = async ({ api, desk }) => {
  const [prizes, stock] = await Promise.all([all(api, "/prizes"), api.get(`/desks/${desk.id}/stock`)]);
  const there = new Map(stock.items.map((each) => [each.prize_id, each]));
  return prizes
    .filter((prize) => prize.on_shelf)
    .map((prize) => ({ ...prize, left: there.get(prize.id)?.quantity ?? 0 }))
    .sort((a, b) => Number(b.left > 0) - Number(a.left > 0) || a.cost_points - b.cost_points);
};

// The code without the zeros it begins with, as it is shown and typed.
export const short = (code) => code.replace(/^0+(?=\d)/, "");

// The prize with this code, however many zeros were typed; null where the digits do not check or there is none.
export const byCode = (prizes, digits) => {
  if (!/^\d{1,8}$/.test(digits) || !isSound(digits)) return null;
  return prizes.find((prize) => prize.code === digits.padStart(PRIZE_DIGITS, "0")) ?? null;
};

// A list to choose from beside a line: `options` are { key, look, view }. The line keeps the focus.
export class Choices {
  options = [];
  at = -1;

  constructor(label, chosen) {
    this.chosen = chosen;
    this.id = newId("choices");
    this.element = h("ul", { id: this.id, class: "choices", role: "listbox", "aria-label": label });
  }

  get option() {
    return this.options[this.at] ?? null;
  }

  // Shows these; what was marked stays so while it is among them. The id of what is marked.
  show(options) {
    const { option: marked } = this;
    const isSame = ({ prize, person }) => prize?.id === marked.prize?.id && person?.id === marked.person?.id;
    const at = marked ? options.findIndex(isSame) : -1;
    Object.assign(this, { options, at });
    this.element.replaceChildren(
      ...options.map(({ view, look }, index) =>
        h(
          "li",
          {
            id: `${this.id}-${index}`,
            role: "option",
            class: look,
            "aria-selected": String(index === this.at),
            onclick: () => this.chosen(this.options[index]),
          },
          view,
        ),
      ),
    );
    return this.element.children[at]?.id ?? null;
  }

  // Up or down, round again at the end; the id of what is marked then.
  move(step) {
    const { length } = this.options;
    if (!length) return null;
    this.#mark(this.at, "false");
    this.at = this.at < 0 ? (step > 0 ? 0 : length - 1) : (this.at + step + length) % length;
    const option = this.#mark(this.at, "true");
    option.scrollIntoView({ block: "nearest" });
    return option.id;
  }

  #mark(at, value) {
    const option = this.element.children[at];
    option?.setAttribute("aria-selected", value);
    return option;
  }
}

// A prize as it stands in the list.
export const prizeOption = (prize, available) => ({
  prize,
  look: prize.left > 0 && (available === null || prize.cost_points <= available) ? null : "beyond",
  view: [
    h("span", { class: "title" }, prize.title),
    h("span", { class: "cost" }, say("till.points", { points: points(prize.cost_points) })),
    h("span", { class: "code" }, say("till.code", { code: short(prize.code) })),
    h("span", { class: "left" }, prize.left > 0 ? say("till.left", { count: count(prize.left) }) : say("till.none.left")),
  ],
});

// Somebody of the name that was looked for.
export const personOption = (person) => ({
  person,
  look: null,
  view: say("till.someone", { name: person.name, number: person.volunteer_no }),
});
