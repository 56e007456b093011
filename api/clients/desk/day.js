// The day of a desk: opened on what the last close left, counted at its end, signed by two, and then it does not change.

import { button, h, p } from "../kit/element.js";
import { count, day, points } from "../kit/formats.js";
import { save } from "../kit/files.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { Counting } from "./counting.js";
import { key } from "./keys.js";
import { differences, settling } from "./reports.js";
import { all } from "./shelf.js";
import { sheetPaper } from "./sheet-paper.js";
import { Stocktake } from "./stocktake.js";

export class Day extends Screen {
  async load() {
    const { api, desk } = this.app;
    await this.app.dayAnew();
    this.day = this.app.day;
    this.opening = api.posting("/desk-sessions");
    if (this.day) {
      const path = `/desk-sessions/${this.day.id}`;
      this.closing = api.posting(`${path}/close`);
      this.sheet = await api.get(`${path}/sheet`);
      if (this.day.state === "counted") this.report = await api.get(`/stock-reports/${this.day.report_id}`);
    }
    if (!this.isOpen) this.stock = (await api.get(`/desks/${desk.id}/stock`)).items;
    this.prizes = await all(api, "/prizes");
  }

  get isOpen() {
    return this.day?.state === "open";
  }

  view() {
    const views = { open: () => this.#count(), counted: () => this.#sign(), closed: () => this.#closed() };
    return h("div", { class: "page" }, h("h1", {}, say("day.title")), (views[this.day?.state] ?? (() => this.#open()))());
  }

  begin() {
    if (this.isOpen) this.counting.focus();
    else (this.querySelector("form input") ?? this.querySelector("button.primary"))?.focus();
  }

  scanned({ digits, is }) {
    return is === "prize" && this.isOpen && this.counting.scanned(this.prizes, digits);
  }

  // Before the first day, or after one: the next is opened on what the last close left, or after a count.
  #open() {
    const columns = [
      { key: "title", label: say("stock.prize") },
      { key: "quantity", label: say("day.left"), number: true, cell: (one) => count(one.quantity + one.expired) },
    ];
    return h(
      "section",
      { class: "panel stack" },
      h("h2", {}, say("day.open.title")),
      p(say(this.day ? "day.open.how" : "day.open.first"), "quiet-words"),
      h(
        "div",
        { class: "actions" },
        key("F9", say("day.open"), ({ currentTarget }) => this.#begin(currentTarget), "primary"),
        button(say("day.count.first"), () => this.app.go(Stocktake)),
      ),
      table({ caption: say("stock.list"), columns, rows: this.stock, empty: say("stock.none") }),
    );
  }

  async #begin(touched) {
    const answer = await this.app.done(touched, this.opening, { desk_id: this.app.desk.id });
    if (!answer) return;
    await this.app.dayAnew();
    await this.app.toTill();
    this.app.status.tell(say("day.opened"));
  }

  #count() {
    const lines = this.sheet.lines.filter((line) => line.expected || line.opening || line.received || line.handed_out);
    this.counting ??= new Counting(lines);
    return [
      this.#figures(),
      h(
        "section",
        { class: "panel stack" },
        h("h2", {}, say("day.count.title")),
        p(say("day.count.how"), "quiet-words"),
        this.counting.element,
        h(
          "div",
          { class: "actions" },
          key("F9", say("day.close"), ({ currentTarget }) => this.#close(currentTarget), "primary"),
          key("F10", say("day.print"), () => this.#print(), "quiet"),
        ),
      ),
    ];
  }

  async #close(touched) {
    const counts = this.counting.typed({ isWhole: true });
    if (counts === null) return;
    if (await this.app.done(touched, this.closing, { counts })) await this.app.go(Day);
  }

  #sign() {
    const again = () => {
      this.day = { ...this.day, state: "open" };
      this.draw();
      this.begin();
    };
    return [
      this.#figures(),
      h(
        "section",
        { class: "panel stack" },
        h("h2", {}, say("day.sign.title")),
        differences(this.report.lines),
        settling(this.app, this.report, (state) => this.#settled(state)),
        h(
          "div",
          { class: "actions" },
          key("F10", say("day.print"), () => this.#print()),
          key("F5", say("day.again"), again, "quiet"),
        ),
      ),
    ];
  }

  async #settled(state) {
    await this.app.go(Day);
    this.app.status.tell(say(`day.${state}`));
  }

  #closed() {
    return [
      this.#open(),
      h(
        "section",
        { class: "panel stack" },
        h("h2", {}, say("day.closed.title", { day: day(this.day.opened_on) })),
        this.#table(),
        h(
          "div",
          { class: "actions" },
          key("F10", say("day.print"), () => this.#print()),
          button(say("day.file"), () => this.#save(), "quiet"),
        ),
      ),
    ];
  }

  #figures() {
    const { points: moved } = this.sheet;
    const figure = (words, number) => h("div", {}, h("dt", {}, say(words)), h("dd", {}, number));
    return h(
      "dl",
      { class: "panel figures" },
      figure("day.opened.on", day(this.day.opened_on)),
      figure("day.redemptions", count(moved.redemptions)),
      figure("day.redeemed", points(moved.redeemed)),
      figure("day.refunds", count(moved.refunds)),
      figure("day.slips", count(this.sheet.slips.length)),
    );
  }

  #table() {
    const number = (name) => ({ key: name, label: say(`sheet.${name}`), number: true, cell: (line) => count(line[name] ?? 0) });
    const names = ["opening", "received", "handed_out", "returned", "written_off", "expected", "counted"];
    const columns = [{ key: "title", label: say("stock.prize") }, ...names.map(number)];
    return table({ caption: say("sheet.title"), columns, rows: this.sheet.lines, empty: say("stock.none") });
  }

  async #print() {
    const sheet = await this.app.api.get(`/desk-sessions/${this.day.id}/sheet`).catch((error) => this.app.failed(error));
    if (sheet) await print(sheetPaper(sheet), "sheet");
  }

  async #save() {
    const path = `/desk-sessions/${this.day.id}/sheet.pdf`;
    await this.app.api.file(path).then(save, (error) => this.app.failed(error));
  }
}

customElements.define("desk-day", Day);
