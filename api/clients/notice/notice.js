// Public notices as everybody reads them, and objections to their lines. Which notice it is stands behind the #.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { count, day, grouped, hours, points } from "../kit/formats.js";
import { exportsOf } from "../kit/files.js";
import { parts, say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { receiptForm } from "./receipt.js";
import "./words.js";

const PAGE = 50;
const LINES = 200;
const ID = /^[0-9a-f-]{36}$/;

class Notices extends Screen {
  async load() {
    this.page = await this.#page(null);
  }

  async #page(cursor) {
    const { items, next_cursor } = await this.app.server.get("/notices", { limit: PAGE, cursor });
    return { rows: items, more: next_cursor && (() => this.#page(next_cursor)) };
  }

  view() {
    const title = (notice) => h("a", { href: `#${notice.id}` }, notice.title);
    const columns = [
      { key: "title", label: say("list.notice"), cell: title, head: true },
      { key: "organisation", label: say("by") },
      { key: "ends_on", label: say("days"), cell: (notice) => until(notice), sort: (notice) => notice.ends_on },
      { key: "lines", label: say("list.lines"), cell: ({ lines }) => count(lines), number: true },
    ];
    return h(
      "div",
      {},
      h("h1", {}, say("list.title")),
      p(say("list.how"), "lead"),
      h("section", { class: "panel" }, table({ caption: say("list.caption"), columns, empty: say("list.empty"), ...this.page })),
      h("section", { class: "panel unprinted" }, receiptForm(this.app)),
    );
  }
}

const until = ({ begins_on, ends_on, is_open }) =>
  say(is_open ? "days.open" : "days.over", { from: day(begins_on), until: day(ends_on) });

class Notice extends Screen {
  async load() {
    const path = `/notices/${this.given.id}`;
    [this.notice, this.page] = await Promise.all([this.app.server.get(path), this.#page(path, null)]);
    this.objecting = this.app.server.posting(`${path}/objections`);
  }

  async #page(path, cursor) {
    const { items, next_cursor } = await this.app.server.get(`${path}/lines`, { limit: LINES, cursor });
    return { rows: items, more: next_cursor && (() => this.#page(path, next_cursor)) };
  }

  view() {
    const { notice } = this;
    return h(
      "div",
      {},
      h("h1", {}, notice.title),
      this.#facts(),
      notice.remark ? p(notice.remark, "read") : null,
      h(
        "div",
        { class: "actions" },
        ["a4", "a3"].map((size) => h("a", { href: `/api/v1/notices/${notice.id}.pdf?paper=${size}` }, say(`print.${size}`))),
        h("a", { href: "#", class: "quiet" }, say("all")),
      ),
      h("section", { class: "panel" }, this.#lines()),
      h("section", { class: "panel unprinted" }, h("h2", {}, say("object.title")), p(say("object.how"), "read"), this.#form()),
      h("section", { class: "panel unprinted" }, (this.receipt = receiptForm(this.app))),
    );
  }

  #facts() {
    const { notice } = this;
    const unit = say(notice.in_working_days ? "days.working" : "days.all", { count: notice.days });
    const facts = [
      ["by", notice.organisation],
      ["days", [until(notice), " ", h("span", { class: "quiet-words" }, unit)]],
      ["entry", say("entry.of", { seq: count(notice.transaction_seq) })],
      ["digest", h("code", {}, notice.digest)],
    ];
    const years = notice.unannounced_years;
    if (years.length) facts.push(["note", say("note.years", { years: years.join(", ") })]);
    return h("dl", { class: "facts" }, facts.map(([key, told]) => [h("dt", {}, say(key)), h("dd", {}, told)]));
  }

  #lines() {
    const columns = [
      { key: "line", label: say("line"), narrow: true },
      { key: "name", label: say("line.volunteer"), cell: who },
      { key: "activity", label: say("line.activity") },
      { key: "on", label: say("line.on"), cell: ({ on }) => (on ? day(on) : "") },
      { key: "minutes", label: say("line.time"), number: true, cell: ({ minutes }) => (minutes === null ? "" : hours(minutes)) },
      { key: "points", label: say("line.points"), number: true, cell: (line) => (line.points === null ? "" : points(line.points)) },
      { key: "state", label: say("line.state"), cell: state },
    ];
    const exports = exportsOf(this.app.server, `/notices/${this.notice.id}/lines`);
    return table({ caption: say("lines.caption", { count: count(this.notice.lines) }), columns, exports, ...this.page });
  }

  #form() {
    const fields = [
      field({ name: "line", label: say("object.line"), inputmode: "numeric", maxlength: 5 }),
      field({ name: "reason", label: say("object.reason"), rows: 3, maxlength: 500 }),
      field({ name: "contact", label: say("object.contact"), hint: say("object.contact.how"), maxlength: 100, required: false }),
    ];
    const told = h("div", { class: "verdict", role: "status" });
    const made = form(fields, say("object.send"), async ({ line, reason, contact }) => {
      const number = Number(line.normalize("NFKC"));
      if (!Number.isInteger(number) || number < 1) {
        fields[0].fault = say("object.line.which");
        return fields[0].focus();
      }
      const body = { line: number, reason: reason.replace(/\s+/g, " ").trim(), ...(contact?.trim() ? { contact: contact.trim() } : {}) };
      const { receipt_no } = await this.objecting.send(body);
      for (const each of fields) each.value = "";
      const shown = h("output", { class: "receipt" }, grouped(receipt_no, 4));
      told.className = "verdict valid";
      told.replaceChildren(p(parts("object.done", { receipt: shown })), p(say("object.keep")));
      this.receipt.number = receipt_no;
    });
    return [made, told];
  }
}

const who = (line) => {
  if (line.shown === null) return say("line.erased");
  if (line.tail === null) return "";
  return line.name === null ? say("line.unnamed", { tail: line.tail }) : say("line.who", { name: line.name, tail: line.tail });
};

const state = (line) => (line.corrects ? say("line.corrects", { line: line.corrects.line }) : say(`state.${line.state}`));

class Unknown extends Screen {
  view() {
    return h("div", {}, h("h1", {}, say("unknown")), h("p", {}, h("a", { href: "#", class: "button" }, say("all"))));
  }
}

for (const [name, Class] of [["notice-list", Notices], ["notice-one", Notice], ["notice-unknown", Unknown]]) {
  customElements.define(name, Class);
}

const screen = (where) => {
  if (!where) return [Notices];
  return ID.test(where) ? [Notice, { id: where }] : [Unknown];
};

new Page(screen, { missing: Unknown }).start();
