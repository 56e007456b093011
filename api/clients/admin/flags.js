// Flags that counters of the rulebook raised: who, why, until when, and lifted with a reason.

import { fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count, day, grouped } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import "./keeping-words.js";
import { choices, pageOf } from "./listing.js";
import "./people-words.js";
import { Person } from "./person.js";

export class Flags extends Screen {
  async load() {
    this.query = { with_past: this.given.with_past ?? "false" };
    this.page = await pageOf(this.app.server, "/flags", this.query);
  }

  view() {
    const shown = [["false", say("flags.now")], ["true", say("flags.past")]];
    const turn = (with_past) => this.app.visit("flags", { with_past });
    const whose = (each) => button(grouped(each.volunteer_no, 3, 3, 4), () => this.app.open(Person, { number: each.volunteer_no }), "quiet");
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("flags.title")),
      p(say("flags.how"), "quiet-words"),
      choices(say("people.state"), shown, this.query.with_past, turn),
      table({
        caption: say("flags.title"),
        columns: [
          { key: "volunteer_no", narrow: true, label: say("people.number"), cell: whose },
          { key: "what", label: say("flags.what"), cell: (each) => chosen({ zh: each.title_zh, en: each.title_en }), head: true },
          { key: "reached", label: say("flags.reached"), number: true, cell: (each) => count(each.reached), sort: (each) => each.reached },
          { key: "from", narrow: true, label: say("flags.from"), cell: (each) => day(each.first_day), sort: (each) => each.first_day },
          { key: "to", narrow: true, label: say("flags.to"), cell: (each) => (each.last_day ? day(each.last_day) : say("flags.until.lifted")) },
          { key: "act", label: say("flags.act"), cell: (each) => this.#act(each) },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("flags.empty"),
        exports: exportsOf(this.app.server, "/flags", this.query),
      }),
    );
  }

  #act(each) {
    if (each.lifted_at !== null) return say("flags.lifted", { reason: each.lift_reason ?? "" });
    const stands = each.last_day === null || each.last_day >= this.app.bank.today;
    return this.app.may("flags:write") && stands ? button(say("flags.lift"), () => this.#lift(each), "quiet") : "";
  }

  async #lift(each) {
    const reason = field({ name: "reason", label: say("flags.reason"), rows: 2 });
    const what = p(chosen({ zh: each.title_zh, en: each.title_en }));
    const send = (typed) => this.app.server.post(`/flags/${each.id}/lift`, typed);
    if (!(await fill(say("flags.lift.title"), what, [reason], say("flags.lift"), send))) return;
    await this.app.again();
    this.app.status.tell(say("flags.done"));
  }
}

customElements.define("admin-flags", Flags);
