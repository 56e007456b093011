// One notice: what hangs, until when, how each line stands, and the paper for the board.

import { h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { facts, headed, pageOf } from "./listing.js";
import { linesTable } from "./lines.js";
import "./notice-words.js";

export class Notice extends Screen {
  async load() {
    const path = `/notices/${this.given.id}`;
    [this.notice, this.lines] = await Promise.all([this.app.server.get(path), pageOf(this.app.server, `${path}/lines`)]);
  }

  view() {
    const { notice } = this;
    const paper = (size) => h("a", { href: `/api/v1/notices/${notice.id}.pdf?paper=${size}`, target: "_blank" }, say(`notice.paper.${size}`));
    const state = { key: "state", label: say("lines.state"), cell: (line) => say(`lines.state.${line.state}`) };
    const years = notice.unannounced_years.join(say("list.comma"));
    return h(
      "div",
      { class: "list" },
      headed(this.app, notice.title),
      p(say(notice.is_open ? "notice.hangs" : "notice.over", { day: day(notice.ends_on) }), "state"),
      years ? p(say("notice.unannounced", { years }), "care") : null,
      h(
        "section",
        { class: "panel" },
        facts([
          [say("admin.organisation"), notice.organisation],
          [say("notices.column.kind"), say(`notices.kind.${notice.kind}`)],
          [say("notice.published"), day(notice.published_on)],
          [say("notice.days"), say("notice.from.to", { begins: day(notice.begins_on), ends: day(notice.ends_on) })],
          [say("notices.column.lines"), count(notice.lines)],
          [say("notice.remark"), notice.remark],
          [say("notice.entry"), say("notice.entry.number", { number: count(notice.transaction_seq) })],
        ]),
        h("div", { class: "actions" }, paper("a4"), paper("a3"), h("a", { href: `/notice#${notice.id}`, target: "_blank" }, say("notice.page"))),
      ),
      linesTable(this.lines.rows, say("notice.lines"), {
        columns: [state],
        more: this.lines.more,
        exports: exportsOf(this.app.server, `/notices/${notice.id}/lines`),
      }),
    );
  }
}

customElements.define("admin-notice", Notice);
