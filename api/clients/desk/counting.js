// A count: how many of each prize stand there. What the book says is shown when a number was typed and not before, so
// that people count what they see.

import { h, newId, p } from "../kit/element.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { whole } from "./goods.js";
import { byCode } from "./shelf.js";

const COLUMNS = ["prize", "counted", "expected", "difference", "reason"];
const FEWER = ["lost", "damaged", "expired", "miscounted"];
const MORE = ["found", "unrecorded", "miscounted"];

// `lines` are { prize_id, title, expected, held }.
export class Counting {
  constructor(lines) {
    this.rows = lines.map((line) => new Row(line, (row) => this.#next(row)));
    this.element = h(
      "div",
      { class: "counting" },
      this.rows.length
        ? h(
            "table",
            {},
            h("caption", { class: "unseen" }, say("count.caption")),
            h("thead", {}, h("tr", {}, COLUMNS.map((name) => h("th", { scope: "col" }, say(`count.${name}`))))),
            h("tbody", {}, this.rows.map((row) => row.element)),
          )
        : p(say("stock.none"), "empty"),
    );
  }

  focus() {
    (this.rows.find((row) => row.counted === null) ?? this.rows[0])?.input.focus();
  }

  // Marks the line of a scanned label; false where there is none such.
  scanned(prizes, digits) {
    const prize = byCode(prizes, digits);
    const row = this.rows.find(({ line }) => line.prize_id === prize?.id);
    row?.input.focus();
    return row !== undefined;
  }

  // What was typed, as the API takes it; null, and the focus on what is missing, where not everything is there. Of a
  // count that needs not be whole, what was left empty is left out.
  typed({ isWhole }) {
    let first = null;
    for (const row of this.rows) {
      const fault = row.fault(isWhole);
      if (fault) first ??= fault;
    }
    if (first) {
      first.focus();
      return null;
    }
    return this.rows.filter((row) => row.counted !== null).map((row) => row.told);
  }

  #next(row) {
    const after = this.rows[this.rows.indexOf(row) + 1];
    if (after) after.input.focus();
    else this.element.closest("section").querySelector("[data-key=F9]")?.focus();
  }
}

class Row {
  constructor(line, next) {
    this.line = line;
    const [id, reasonId, faultId] = [newId("count"), newId("reason"), newId("fault")];
    const labelled = { id, class: "count", inputmode: "numeric", autocomplete: "off", maxlength: 6, "aria-describedby": faultId };
    this.input = h("input", {
      ...labelled,
      "aria-label": say("count.of", { title: line.title }),
      oninput: () => this.#draw(),
      onkeydown: (event) => this.#keyed(event, next),
    });
    this.reason = h("select", {
      id: reasonId,
      hidden: true,
      "aria-label": say("count.reason.of", { title: line.title }),
      onchange: () => (this.error.hidden = true),
    });
    this.error = h("p", { id: faultId, class: "fault", hidden: true });
    this.expected = h("td", { class: "number" });
    this.difference = h("td", { class: "number" });
    const held = line.held ? h("div", { class: "quiet-words" }, say("count.held", { count: count(line.held) })) : null;
    this.element = h(
      "tr",
      {},
      h("th", { scope: "row" }, line.title, held),
      h("td", {}, this.input, this.error),
      this.expected,
      this.difference,
      h("td", {}, this.reason),
    );
  }

  get counted() {
    return whole(this.input.value);
  }

  get told() {
    const differs = this.counted !== this.line.expected;
    return { prize_id: this.line.prize_id, counted: this.counted, ...(differs ? { reason: this.reason.value } : {}) };
  }

  // The field that is not as it must be; null where all is well.
  fault(isWhole) {
    const typed = this.input.value.trim();
    const isMissing = isWhole ? this.counted === null : typed !== "" && this.counted === null;
    const lacksReason = this.counted !== null && this.counted !== this.line.expected && !this.reason.value;
    this.error.hidden = !(isMissing || lacksReason);
    this.error.textContent = isMissing ? say("count.missing") : lacksReason ? say("count.why") : "";
    this.input.toggleAttribute("aria-invalid", isMissing);
    return isMissing ? this.input : lacksReason ? this.reason : null;
  }

  #draw() {
    const { counted } = this;
    const { expected } = this.line;
    const difference = counted === null ? 0 : counted - expected;
    this.expected.textContent = counted === null ? "" : count(expected);
    this.difference.textContent = difference > 0 ? `+${count(difference)}` : difference < 0 ? `−${count(-difference)}` : "";
    this.element.classList.toggle("differs", difference !== 0);
    this.error.hidden = true;
    const reasons = difference < 0 ? FEWER : difference > 0 ? MORE : [];
    const was = this.reason.value;
    this.reason.hidden = !reasons.length;
    this.reason.replaceChildren(
      h("option", { value: "" }, say("count.choose")),
      ...reasons.map((name) => h("option", { value: name, selected: name === was }, say(`reason.${name}`))),
    );
  }

  #keyed(event, next) {
    if (event.isComposing || !["Enter", "NumpadEnter"].includes(event.code)) return;
    event.preventDefault();
    if (this.counted !== null && this.counted !== this.line.expected && !this.reason.value) this.reason.focus();
    else next(this);
  }
}
