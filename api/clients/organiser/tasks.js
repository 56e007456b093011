// Tasks for those whose teams these are: the most pressing first, what is done and what came of it behind a touch.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { clock } from "../kit/requests.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { about, badge, column, everything, head, part, rest } from "./looks.js";
import "./task-words.js";

const PATH = "/tasks";
const VIEWS = ["dispatched", "done", "cancelled"];
const SHOWN = 50;

// `given`: the `view`.
export class Tasks extends Screen {
  static under = "tasks";

  async load() {
    const { server } = this.app;
    this.now = this.given.view ?? VIEWS[0];
    if (this.now === "dispatched") {
      this.open = (await everything(server, PATH, { state: this.now })).sort(soonest);
      return;
    }
    const query = { state: this.now, limit: SHOWN };
    const page = await server.get(PATH, query);
    Object.assign(this, { rows: page.items, more: rest(server, PATH, query, page.next_cursor) });
  }

  view() {
    return h(
      "div",
      { class: "page" },
      head(say("tasks.title"), { under: say("tasks.how") }),
      h("div", { class: "views", role: "group", "aria-label": say("tasks.views") }, VIEWS.map((view) => this.#view(view))),
      this.now === "dispatched" ? this.#open() : h("div", { class: "panel" }, this.#over()),
    );
  }

  #view(view) {
    const look = { "aria-pressed": String(view === this.now) };
    return button(say(`tasks.view.${view}`), () => this.app.go("tasks", { view }), null, look);
  }

  #open() {
    if (!this.open.length) return p(say("tasks.empty.dispatched"), "empty panel");
    const wanting = this.open.filter((each) => each.helpers < each.helpers_at_most);
    const manned = this.open.filter((each) => each.helpers >= each.helpers_at_most);
    const list = (tasks) => h("ul", { class: "lines" }, tasks.map((each) => this.#line(each)));
    return [
      wanting.length ? part(say("tasks.wanting", { count: wanting.length }), list(wanting)) : null,
      manned.length ? part(say("tasks.manned", { count: manned.length }), list(manned)) : null,
    ];
  }

  #line(task) {
    return h(
      "li",
      { class: "line" },
      h(
        "div",
        {},
        h("h3", {}, task.title),
        p(task.place ? say("tasks.where", { place: task.place, by: task.organisation }) : task.organisation, "quiet-words"),
        p(say("tasks.helpers.of", { count: task.helpers, most: task.helpers_at_most })),
      ),
      h("div", { class: "actions" }, dueBadge(task), this.#look(task)),
    );
  }

  #look(task) {
    const words = say("tasks.look");
    return button(words, () => this.app.go("task", { task_id: task.id }), null, about(words, task.title));
  }

  #over() {
    return table({
      caption: say(`tasks.view.${this.now}`),
      columns: [
        column("title", "tasks.what", (one) => one.title, { head: true }),
        column("organisation", "tasks.by"),
        column("done_on", "tasks.done.on", (one) => (one.done_on ? day(one.done_on) : "")),
        column("outcome", this.now === "done" ? "tasks.outcome" : "tasks.why"),
        column("acts", "signups.column.acts", (one) => this.#look(one)),
      ],
      rows: this.rows,
      more: this.more,
      empty: say(`tasks.empty.${this.now}`),
      exports: exportsOf(this.app.server, PATH, { state: this.now }),
    });
  }
}

// What is due first; what is due never, last.
const soonest = (one, other) => Date.parse(one.due_at ?? "9999-01-01T00:00:00Z") - Date.parse(other.due_at ?? "9999-01-01T00:00:00Z");

const PRESSING_MS = 24 * 3_600_000;

// When a task is due, as a badge: calm, soon, or too late.
export const dueBadge = ({ due_at: due }) => {
  if (!due) return badge(say("tasks.no.due"));
  const { words, late } = clock(due);
  return badge(words, late ? "bad" : Date.parse(due) - Date.now() < PRESSING_MS ? "care" : "");
};

customElements.define("organiser-tasks", Tasks);
