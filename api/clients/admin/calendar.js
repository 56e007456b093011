// The working days of a year: what is not as usual, whether it is officially known, and how a notice is written down.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { count, weekday } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import "./keeping-words.js";

export class Calendar extends FormScreen {
  async load() {
    this.number = this.given.year ?? Number(this.app.bank.today.slice(0, 4));
    this.year = await this.app.server.get("/working-days", { year: this.number });
  }

  view() {
    const { year } = this;
    const turn = (by) => () => this.app.visit("calendar", { year: this.number + by });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("calendar.title")),
      p(say("calendar.how"), "quiet-words"),
      h(
        "div",
        { class: "headed" },
        h("h2", {}, say("calendar.year", { year: year.year })),
        h("div", { class: "actions" }, button(say("calendar.before"), turn(-1), "quiet"), button(say("calendar.after"), turn(1), "quiet")),
      ),
      p(say("calendar.count", { count: count(year.working_days) })),
      year.announced ? p(say("calendar.known"), "state") : p(say("calendar.estimate"), "care"),
      this.app.may("working-days:write") ? this.#writing() : null,
      table({
        caption: say("calendar.days"),
        columns: [
          { key: "day", label: say("calendar.day"), cell: (each) => weekday(each.day), sort: (each) => each.day, head: true },
          { key: "works", narrow: true, label: say("calendar.works"), cell: (each) => say(each.works ? "calendar.work" : "calendar.rest") },
          { key: "name", label: say("calendar.name"), cell: (each) => chosen({ zh: each.name_zh, en: each.name_en }) },
          { key: "source", label: say("calendar.source"), cell: (each) => each.source ?? "" },
        ],
        rows: year.days,
        empty: say("calendar.none"),
      }),
    );
  }

  #writing() {
    const works = [["rest", say("calendar.rest")], ["work", say("calendar.work")], ["undo", say("calendar.undo")]];
    const known = [["", say("calendar.no")], ["yes", say("calendar.yes")]];
    const fields = [
      field({ name: "days/0/day", type: "date", label: say("calendar.day"), min: `${this.number}-01-01`, max: `${this.number}-12-31` }),
      field({ name: "works", label: say("calendar.works"), choices: works }),
      field({ name: "source", label: say("calendar.source"), hint: say("calendar.source.hint") }),
      field({ name: "announced", label: say("calendar.announced"), choices: known, value: this.year.announced ? "yes" : "", required: false }),
    ];
    const send = async () => {
      const typed = values(fields);
      const one = { day: typed["days/0/day"], works: { rest: false, work: true, undo: null }[typed.works] };
      const body = { year: this.number, days: one.day ? [one] : [], source: typed.source, announced: typed.announced === "yes" };
      await this.app.server.post("/working-days", body);
      await this.app.again();
      this.app.status.tell(say("calendar.done"));
    };
    const made = form(fields, say("calendar.add"), send);
    made.classList.add("two");
    return h("details", { class: "panel" }, h("summary", {}, say("calendar.add")), made);
  }
}

customElements.define("admin-calendar", Calendar);
