// Tasks (任务清单): what is to be done by whom, and when it is due.

import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { say } from "../kit/language.js";
import { clock } from "../kit/requests.js";
import { table } from "../kit/table.js";
import { FormScreen } from "./forms.js";
import { choices, pageOf } from "./listing.js";
import "./requests-words.js";
import { Task } from "./task.js";
import { TaskForm } from "./task-form.js";

const VIEWS = ["dispatched", "overdue", "done", "cancelled"];

export class Tasks extends FormScreen {
  async load() {
    this.now = this.given.view ?? VIEWS[0];
    this.query = this.now === "overdue" ? { state: "dispatched", overdue: "true" } : { state: this.now };
    this.page = await pageOf(this.app.server, "/tasks", this.query);
  }

  view() {
    const { app } = this;
    const add = button(say("tasks.add"), () => app.open(TaskForm), "primary");
    const offered = VIEWS.map((each) => [each, say(`tasks.view.${each}`)]);
    return h(
      "div",
      { class: "list" },
      h("div", { class: "headed" }, h("h1", {}, say("tasks.title")), app.may("requests:write") ? add : null),
      choices(say("queue.state"), offered, this.now, (view) => app.visit("tasks", { view })),
      tasksTable(app, this.page, say(`tasks.empty.${this.now}`), say("tasks.title"), exportsOf(app.server, "/tasks", this.query)),
    );
  }
}

// A page of tasks as a table; each opens.
export const tasksTable = (app, page, empty, caption, exports = []) =>
  table({
    caption,
    columns: [
      { key: "title", label: say("tasks.what"), head: true, cell: what },
      { key: "organisation", label: say("tasks.by") },
      { key: "helpers", narrow: true, label: say("tasks.helpers"), cell: (each) => say("tasks.helpers.of", { count: each.helpers, most: each.helpers_at_most }) },
      { key: "state", narrow: true, label: say("requests.state"), cell: (each) => say(`tasks.state.${each.state}`) },
      { key: "due", label: say("tasks.due"), cell: due, sort: (each) => each.due_at ?? "" },
      { key: "open", narrow: true, label: say("admin.open"), cell: (each) => button(say("requests.open"), () => app.open(Task, { id: each.id }), "quiet", { "aria-label": say("tasks.open.one", each) }) },
    ],
    rows: page.rows,
    more: page.more,
    empty,
    exports,
  });

const what = (each) =>
  h(
    "div",
    {},
    p(each.title),
    each.place ? p(each.place, "quiet-words small") : null,
    each.is_open && each.state === "dispatched" ? p(say("tasks.is.open"), "quiet-words small") : null,
  );

const due = (each) => {
  if (!each.due_at || each.state !== "dispatched") return "";
  const { words, late } = clock(each.due_at);
  return p(words, late ? "late" : null);
};

customElements.define("admin-tasks", Tasks);
