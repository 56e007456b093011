// <kit-table>: a list with a caption, sorted by its headings, that says what to do when it is empty, shows more as the
// server has more, and can be exported.

import { button, h, p } from "./element.js";
import { say } from "./language.js";
import "./words.js";

// `columns` are { key, label, cell(row), number, sort }: `cell` gives words or elements (else row[key]); `sort(row)`
// gives what is compared, for columns that can be sorted. `exports` are [format, to]: an address that anybody may have,
// or a function that fetches the file for those who have rights to it (see download.js).
class Table extends HTMLElement {
  #by = null;
  #rising = true;

  static of({ caption, columns, rows, empty = null, more = null, exports = [] }) {
    return Object.assign(document.createElement("kit-table"), { caption, columns, rows, empty, more, exports });
  }

  connectedCallback() {
    this.draw();
  }

  draw() {
    const scrolls = { class: "scroll", tabindex: "0", role: "region", "aria-label": this.caption };
    const link = ([format, to]) => {
      const words = say("kit.export", { format });
      return typeof to === "function" ? button(words, to, "quiet") : h("a", { href: to, download: "" }, words);
    };
    const more = this.more ? button(say("kit.more"), () => this.#more()) : null;
    this.replaceChildren(
      this.rows.length ? h("div", scrolls, this.#table()) : p(this.empty ?? say("kit.empty"), "empty"),
      h("div", { class: "actions" }, more, this.exports.map(link)),
    );
  }

  #table() {
    return h(
      "table",
      {},
      h("caption", {}, this.caption),
      h("thead", {}, h("tr", {}, this.columns.map((column) => this.#heading(column)))),
      h("tbody", {}, this.#sorted().map((row) => h("tr", {}, this.columns.map((column) => cell(column, row))))),
    );
  }

  #heading(column) {
    const look = { scope: "col", class: column.number ? "number" : null };
    if (!column.sort) return h("th", look, column.label);
    const now = this.#by === column.key ? (this.#rising ? "ascending" : "descending") : "none";
    const turn = () => {
      this.#rising = this.#by === column.key ? !this.#rising : true;
      this.#by = column.key;
      this.draw();
      this.querySelector("th[aria-sort$=ending] button").focus();
    };
    const words = say("kit.sort", { column: column.label });
    return h("th", { ...look, "aria-sort": now }, button(column.label, turn, null, { title: words }));
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

  // `more()` gives { rows, more }: the next rows, and how to get those after them (null at the end).
  async #more() {
    const next = await this.more();
    this.rows = [...this.rows, ...next.rows];
    this.more = next.more;
    this.draw();
  }
}

const cell = (column, row) =>
  h("td", { class: column.number ? "number" : null }, column.cell ? column.cell(row) : (row[column.key] ?? ""));

customElements.define("kit-table", Table);

export const table = Table.of;
