// <kit-table>: a list with a caption, sorted by its headings, walked by the arrow keys, that says what to do when it is
// empty, shows more as the server has more, and can be taken away as a file. Where it is too wide for its place, on a
// phone say, each row is a card of its own, with the heading before each value: nothing is cut, nothing scrolls sideways.

import { button, h, newId, p } from "./element.js";
import { save } from "./files.js";
import { count } from "./formats.js";
import { say } from "./language.js";
import "./words.js";

// `columns` are { key, label, cell(row), number, sort(row), head, narrow }: `cell` gives words or elements (else
// row[key]); `sort` what is compared; `head` makes it the heading of its row; `narrow` lets it be as small as its words.
// `more()` gives { rows, more }: the next rows, and how to get those after them (null at the end). `exports` are
// [format, href] or [format, how], where `how()` gives a file (see files.js). `open(row)` makes rows what one opens: by
// a touch, Enter or a click anywhere in them. `look(row)` is a class of its line, `foot` a last row, for sums.
const OPTIONS = { rows: [], empty: null, more: null, exports: [], open: null, look: null, foot: null };

class Table extends HTMLElement {
  #by = null;
  #rising = true;
  #lines = new Map();
  #wanted = 0;
  #watching = new ResizeObserver(() => this.#fit());

  static of(given) {
    return Object.assign(document.createElement("kit-table"), OPTIONS, given);
  }

  connectedCallback() {
    this.draw();
    this.#watching.observe(this);
  }

  disconnectedCallback() {
    this.#watching.disconnect();
  }

  // Draws it anew, from `rows` as they are now.
  draw() {
    this.#lines.clear();
    this.fault = h("p", { class: "fault", role: "alert", hidden: true });
    this.told = h("p", { class: "told quiet-words", role: "status" });
    this.body = h("tbody", { role: "rowgroup" });
    this.actions = h("div", { class: "actions" });
    this.replaceChildren(
      ...(this.rows.length ? [this.#sorter(), this.#table()] : this.#nothing()).filter(Boolean),
      this.told,
      this.fault,
      this.actions,
    );
    if (this.rows.length) this.#fill();
    this.#act();
    this.#measure();
  }

  #nothing() {
    return [p(this.caption, "caption"), h("div", { class: "empty" }, this.empty ?? say("kit.empty"))];
  }

  #table() {
    const line = (children) => h("tr", { role: "row" }, children);
    this.headings = this.columns.map((column) => this.#heading(column));
    return h(
      "table",
      { role: "table", onkeydown: (event) => this.#walk(event) },
      h("caption", {}, this.caption),
      h("thead", { role: "rowgroup" }, line(this.headings)),
      this.body,
      this.foot ? h("tfoot", { role: "rowgroup" }, this.#line(this.foot)) : null,
    );
  }

  #heading(column) {
    const look = { scope: "col", role: "columnheader", class: looks(column) };
    if (!column.sort) return h("th", look, column.label);
    const words = say("kit.sort", { column: column.label });
    const turned = () => this.#sort(column.key, this.#by === column.key ? !this.#rising : true);
    return h("th", { ...look, "aria-sort": "none" }, button(column.label, turned, null, { title: words }));
  }

  // As cards there are no headings to touch: what is sorted by is chosen from a list.
  #sorter() {
    const able = this.columns.filter((column) => column.sort);
    if (!able.length || this.rows.length < 2) return null;
    const id = newId("sort");
    const ways = able.flatMap((column) => [`${column.key} up`, `${column.key} down`].map((way) => [way, column]));
    const option = ([way, column]) => {
      const words = say(way.endsWith("up") ? "kit.sort.up" : "kit.sort.down", { column: column.label });
      return h("option", { value: way }, words);
    };
    const chosen = (event) => {
      const [key, way] = event.target.value.split(" ");
      if (key) this.#sort(key, way === "up");
    };
    this.ways = h("select", { id, onchange: chosen }, h("option", { value: "" }, say("kit.sort.none")), ways.map(option));
    return h("p", { class: "sorter" }, h("label", { for: id }, say("kit.sort.by")), this.ways);
  }

  #sort(key, rising) {
    [this.#by, this.#rising] = [key, rising];
    const now = rising ? "ascending" : "descending";
    this.columns.forEach((column, at) => {
      if (column.sort) this.headings[at].setAttribute("aria-sort", column.key === key ? now : "none");
    });
    if (this.ways) this.ways.value = `${key} ${rising ? "up" : "down"}`;
    this.#fill();
  }

  #sorted() {
    const column = this.columns.find((each) => each.key === this.#by);
    if (!column) return this.rows;
    const sign = this.#rising ? 1 : -1;
    const compared = (row, other) => {
      const [a, b] = [column.sort(row), column.sort(other)];
      return a < b ? -sign : a > b ? sign : 0;
    };
    return [...this.rows].sort(compared);
  }

  // A line that is there already is only moved: what was typed or ticked in it stays, and so does the focus.
  #fill() {
    const focused = document.activeElement;
    for (const row of this.rows) if (!this.#lines.has(row)) this.#lines.set(row, this.#line(row));
    this.body.replaceChildren(...this.#sorted().map((row) => this.#lines.get(row)));
    if (this.body.contains(focused)) focused.focus();
    const key = this.more ? "kit.rows.more" : "kit.rows";
    this.told.textContent = this.more || this.rows.length > FEW ? say(key, { count: count(this.rows.length) }) : "";
  }

  #line(row) {
    const is = { sum: row === this.foot, opens: this.open && row !== this.foot };
    const look = [is.sum ? null : this.look?.(row), is.opens ? "opens" : null].filter(Boolean).join(" ");
    const made = h("tr", { role: "row", class: look || null });
    made.append(...this.columns.map((column, at) => this.#cell(column, row, at, is)));
    if (is.opens) made.addEventListener("click", (event) => this.#clicked(event, row));
    return made;
  }

  #cell(column, row, at, is) {
    const shown = column.cell && !(is.sum && !(column.key in row)) ? column.cell(row) : (row[column.key] ?? "");
    const opens = at === 0 && is.opens;
    const content = opens ? button(shown, () => this.open(row), "row") : shown;
    const label = { class: looks(column), "data-label": column.label };
    return column.head
      ? h("th", { ...label, scope: "row", role: "rowheader" }, content)
      : h("td", { ...label, role: "cell" }, content);
  }

  #clicked(event, row) {
    const meant = event.target.closest("button, a, input, select, textarea, label") ?? window.getSelection().toString();
    if (!meant) this.open(row);
  }

  // Up and down, to the same thing of the next line.
  #walk(event) {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const line = event.target.closest("tbody tr");
    if (!step || !line || !event.target.matches("button, a, input[type=checkbox]")) return;
    const at = [...line.querySelectorAll(WALKED)].indexOf(event.target);
    const next = line[step]?.querySelectorAll(WALKED);
    if (!next?.length) return;
    event.preventDefault();
    next[Math.min(at, next.length - 1)].focus();
  }

  #act() {
    const made = this.exports.map(([format, how]) => {
      const words = say("kit.export", { format });
      if (typeof how === "string") return h("a", { href: how, download: "", class: "quiet" }, words);
      return button(words, (event) => this.#wait(event.currentTarget, async () => save(await how())), "quiet");
    });
    const more = this.more ? button(say("kit.more"), (event) => this.#wait(event.currentTarget, () => this.#more())) : null;
    this.actions.replaceChildren(...[more, ...made].filter(Boolean));
  }

  // The button waits for what was asked for; what went wrong is told beside it, and it can be touched again.
  async #wait(asked, act) {
    asked.disabled = true;
    this.fault.hidden = true;
    try {
      await act();
    } catch (error) {
      if (error.words === undefined) throw error;
      this.fault.textContent = error.words;
      this.fault.hidden = false;
    } finally {
      asked.disabled = false;
    }
  }

  async #more() {
    const next = await this.more();
    const first = next.rows[0];
    this.rows = [...this.rows, ...next.rows];
    this.more = next.more;
    this.#fill();
    this.#act();
    this.#measure();
    const line = this.#lines.get(first);
    (this.actions.querySelector("button:not(.quiet)") ?? line?.querySelector(WALKED) ?? this.told).focus();
  }

  // How wide it must be as a table is known while it is one; as cards it remembers that, so that it cannot turn to and
  // fro.
  #measure() {
    this.classList.remove("cards");
    this.#fit();
  }

  #fit() {
    const [made, width] = [this.querySelector("table"), this.clientWidth];
    if (!made || !width) return;
    if (!this.classList.contains("cards")) this.#wanted = made.offsetWidth;
    this.classList.toggle("cards", this.#wanted > width + 1);
  }
}

const FEW = 10;
const WALKED = "button, a, input[type=checkbox]";
const looks = ({ number, narrow }) => [number ? "number" : null, narrow ? "narrow" : null].filter(Boolean).join(" ") || null;

customElements.define("kit-table", Table);

export const table = Table.of;
