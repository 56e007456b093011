// Public notices (公示): what is about to be recorded, or was, by masked names; anybody may read and object.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { day, grouped, hours, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 20;
const REASONS = ["absent", "minutes", "person"];

export class Notices extends Screen {
  async load() {
    this.notices = (await this.app.hall.get("/notices", { open: "true", limit: PAGE })).items;
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("notices.title")),
      p(say("notices.how")),
      this.notices.length
        ? h("ul", {}, this.notices.map((notice) => this.#notice(notice)))
        : p(say("notices.empty"), "empty panel"),
    );
  }

  #notice(notice) {
    const { title, organisation, lines, begins_on, ends_on } = notice;
    return h(
      "li",
      { class: "panel notice" },
      h("h2", {}, title),
      p(say("notices.of", { organisation, lines }), "quiet-words"),
      p(say("notices.days", { from: day(begins_on), until: day(ends_on) })),
      button(say("notices.read"), () => this.app.go(Notice, { notice }), "primary", {
        "aria-label": say("notices.read.one", { title }),
      }),
    );
  }
}

// `given`: the notice. One posting for each line, so that whoever asks twice objects once.
export class Notice extends Screen {
  cameFrom = Notices;
  lines = [];
  cursor = null;

  async load() {
    this.path = `/notices/${this.given.notice.id}`;
    this.objecting = new Map();
    await this.#fetch();
  }

  async #fetch() {
    const page = await this.app.hall.get(`${this.path}/lines`, { limit: PAGE, cursor: this.cursor });
    this.lines.push(...page.items);
    this.cursor = page.next_cursor;
    for (const { line } of page.items) this.objecting.set(line, this.app.hall.posting(`${this.path}/objections`));
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, this.given.notice.title),
      h("ol", {}, this.lines.map((line) => this.#line(line))),
      h("div", { class: "actions" }, this.cursor ? button(say("kit.more"), () => this.#more()) : null),
    );
  }

  #line(line) {
    const name = line.name ?? say("notices.unnamed");
    return h(
      "li",
      { class: "panel entry" },
      h(
        "div",
        {},
        h("h2", {}, line.tail ? say("notices.who", { name, tail: line.tail }) : name),
        line.on ? p(day(line.on), "quiet-words") : null,
      ),
      p(line.minutes === null ? "" : hours(line.minutes), "amount"),
      h(
        "div",
        { class: "why" },
        line.activity ? p(line.activity) : null,
        line.points ? p(say("prizes.cost", { points: points(line.points) })) : null,
      ),
      h(
        "div",
        { class: "after" },
        p(say(`notices.${line.state}`), "quiet-words"),
        button(say("entries.wrong"), () => this.#object(line), "quiet"),
      ),
    );
  }

  async #more() {
    try {
      await this.#fetch();
      this.draw();
    } catch (error) {
      this.app.failed(error);
    }
  }

  // The reasons are ready to touch: few can type in a hall. Whoever has another tells the staff.
  async #object(line) {
    const reasons = REASONS.map((reason) => [reason, say(`notices.because.${reason}`)]);
    const actions = [...reasons, ["", say("kit.close"), "quiet"]];
    const chosen = await ask(say("notices.object"), p(say("notices.object.how")), actions);
    if (!chosen) return;
    try {
      const body = { line: line.line, reason: say(`notices.because.${chosen}`) };
      const made = await this.objecting.get(line.line).send(body);
      const number = h("output", { class: "pickup" }, grouped(made.receipt_no, 3));
      const told = [number, p(say("notices.objected.how"))];
      await ask(say("notices.objected.title"), told, [["", say("kit.close"), "primary"]]);
    } catch (error) {
      return this.app.failed(error);
    }
    await this.app.go(Notice, this.given);
  }
}

customElements.define("kiosk-notices", Notices);
customElements.define("kiosk-notice", Notice);
