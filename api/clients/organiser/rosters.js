// Rosters from Excel or WPS: the template, the file that is brought in, and those that were brought in before.

import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { badge, column, everything, head, part, rest } from "./looks.js";

const PATH = "/imports/service-records";
const TEMPLATE = "/imports/templates/service-records.xlsx";
const KINDS = ".xlsx,.xls,.ods,.csv,.et";
const HINTS = ["names", "days", "hours", "same"];
const BYTES_MAX = 20_000_000;
const LOOKS = { checked: "care", committing: "care", committed: "running", expired: "" };

// `given`: the `activity_id` that the rows are about which name none.
export class Rosters extends Screen {
  static under = "rosters";

  file = null;

  async load() {
    const { server } = this.app;
    const { activity_id } = this.given;
    const [homes, past, activity] = await Promise.all([
      everything(server, "/organisations"),
      server.get(PATH),
      activity_id ? server.get(`/activities/${activity_id}`) : null,
    ]);
    Object.assign(this, { homes, activity, past: past.items });
    this.more = rest(server, PATH, {}, past.next_cursor);
  }

  view() {
    this.file = null;
    const back = this.activity && [this.activity.title, () => this.app.go("activity", { activity_id: this.activity.id })];
    return h(
      "div",
      { class: "page" },
      head(say("rosters.title"), { back, under: say("rosters.how") }),
      h(
        "div",
        { class: "columns" },
        part(say("rosters.bring"), this.#bringing()),
        part(say("rosters.template"), [
          p(say("rosters.template.how")),
          h("div", { class: "actions" }, button(say("rosters.template.get"), (event) => this.#template(event.currentTarget))),
          h("ul", { class: "hints" }, HINTS.map((key) => h("li", {}, say(`rosters.hint.${key}`)))),
        ]),
      ),
      h("div", { class: "panel" }, this.#past()),
    );
  }

  get #organisation() {
    return this.where?.value ?? this.activity?.organisation_id ?? this.homes[0].id;
  }

  #bringing() {
    const choices = this.homes.map((home) => [home.id, home.name]);
    const own = this.activity?.organisation_id ?? this.#own();
    const where = { name: "organisation_id", label: say("field.organisation"), choices, value: own };
    this.where = this.activity ? null : field(where);
    this.chosen = h("p", { class: "chosen", role: "status" }, "");
    const picked = (event) => this.#pick(event.target.files[0]);
    const file = { name: "file", label: say("rosters.file"), hint: say("rosters.file.hint") };
    this.input = field({ ...file, type: "file", accept: KINDS });
    this.input.input.addEventListener("change", picked);
    const dropped = h("div", { class: "drop" }, this.input, this.chosen, p(say("rosters.drop"), "quiet-words"));
    const drag = (event) => this.#drag(event, dropped);
    for (const name of ["dragover", "dragleave", "drop"]) dropped.addEventListener(name, drag);
    const fields = [...(this.where ? [this.where] : []), this.input];
    const made = form(fields, say("rosters.upload"), () => this.#upload());
    this.input.replaceWith(dropped);
    dropped.prepend(this.input);
    return [this.activity ? p(say("rosters.about", { title: this.activity.title })) : null, made];
  }

  #own() {
    const of = this.app.person.roles.find((role) => role.role === "organiser")?.organisation_id;
    return this.homes.some((home) => home.id === of) ? of : this.homes[0].id;
  }

  #drag(event, place) {
    event.preventDefault();
    place.classList.toggle("over", event.type === "dragover");
    if (event.type !== "drop" || !event.dataTransfer.files.length) return;
    this.input.input.files = event.dataTransfer.files;
    this.#pick(event.dataTransfer.files[0]);
  }

  #pick(file) {
    this.file = file ?? null;
    this.input.fault = file && file.size > BYTES_MAX ? say("rosters.large") : "";
    const told = file && { name: file.name, size: count(Math.ceil(file.size / 1024)) };
    this.chosen.textContent = told ? say("rosters.chosen", told) : "";
  }

  async #upload() {
    if (!this.file) {
      this.input.fault = say("rosters.missing");
      return this.input.focus();
    }
    if (this.file.size > BYTES_MAX) return;
    const sent = new FormData();
    sent.append("organisation_id", this.#organisation);
    if (this.activity) sent.append("activity_id", this.activity.id);
    sent.append("file", this.file);
    const run = await this.app.server.upload(PATH, sent);
    await this.app.go("roster", { import_id: run.id });
    if (run.state === "committed") this.app.status.warn(say("rosters.known"));
  }

  async #template(asked) {
    const query = { organisation_id: this.#organisation, activities: "yes" };
    await this.app.doing(asked, async () => save(await this.app.server.file(TEMPLATE, query)));
  }

  #past() {
    const columns = [
      column("created_at", "rosters.column.at", (one) => instant(one.created_at), { head: true }),
      column("organisation_name", "field.organisation"),
      column("state", "rosters.column.state", stateOf, { narrow: true }),
      column("rows", "rosters.column.rows", (one) => one.rows, { number: true }),
      column("faults_count", "rosters.column.faults", (one) => one.faults_count, { number: true }),
      column("made", "rosters.column.made", (one) => one.made, { number: true }),
      column("lost", "rosters.column.lost", (one) => one.refused + one.left_out, { number: true }),
    ];
    return table({
      caption: say("rosters.past"),
      columns,
      rows: this.past,
      more: this.more,
      empty: say("rosters.past.empty"),
      exports: exportsOf(this.app.server, PATH),
      open: (one) => this.app.go("roster", { import_id: one.id }),
    });
  }
}

const stateOf = ({ state }) => badge(say(`roster.state.${state}`), LOOKS[state]);

customElements.define("organiser-rosters", Rosters);
