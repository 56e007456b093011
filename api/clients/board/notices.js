// What is on notice now, and how to object to it.

import { h, p } from "../kit/element.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { all } from "./data.js";
import { sheet } from "./parts.js";

const STEPS = ["open", "line", "send", "ask"];

export class Notices extends Screen {
  async load() {
    this.notices = await all(this.app.server, "/notices", { open: "true" });
  }

  view() {
    const title = (one) => h("a", { href: `/notice#${one.id}` }, one.title);
    const columns = [
      { key: "title", label: say("notice.title"), cell: title, head: true },
      { key: "organisation", label: say("notice.by") },
      { key: "begins_on", label: say("notice.from"), cell: (one) => day(one.begins_on) },
      { key: "ends_on", label: say("notice.until"), cell: (one) => day(one.ends_on), sort: (one) => one.ends_on },
      { key: "lines", label: say("notice.lines"), cell: (one) => count(one.lines), number: true },
    ];
    const list = table({ caption: say("notices.caption"), columns, rows: this.notices, empty: say("notices.empty") });
    return sheet(
      "notices",
      say("notices.title"),
      h("section", { class: "panel" }, list),
      h("section", { class: "panel" }, objecting()),
      h("p", { class: "unprinted" }, h("a", { href: "/notice" }, say("notices.all"))),
    );
  }
}

// How to object, in steps. `/notice` is where it is done.
export const objecting = () => [
  h("h2", {}, say("object.title")),
  p(say("object.lead"), "read"),
  h("ol", { class: "read" }, STEPS.map((step) => h("li", {}, say(`object.${step}`)))),
  p(say("object.else"), "read"),
];

customElements.define("board-notices", Notices);
