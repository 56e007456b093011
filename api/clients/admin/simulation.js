// A draft tried out over a past period: who would gain and lose, which caps bind, what the bank would owe.

import { chart } from "../kit/chart.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { save } from "../kit/files.js";
import { count, day, grouped, points, signed } from "../kit/formats.js";
import { knows, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { facts, headed } from "./listing.js";
import "./rules-words.js";

const PERSONS = 50;
const BARS = 12;

export class Simulation extends FormScreen {
  found = null;

  view() {
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("simulation.title", { draft: this.given.title })),
      p(say("simulation.how"), "quiet-words"),
      h("section", { class: "panel" }, this.#asked()),
      this.found ? this.#shown() : null,
    );
  }

  #asked() {
    const { today } = this.app.bank;
    const fields = [
      field({ name: "since", type: "date", label: say("simulation.since"), max: today, value: `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`.replace("-02-29", "-02-28") }),
      field({ name: "until", type: "date", label: say("simulation.until"), max: today, value: today }),
      field({ name: "budget_points", type: "number", min: 0, label: say("simulation.budget"), hint: say("simulation.budget.hint"), required: false }),
    ];
    const look = async () => {
      const { budget_points: budget, ...period } = values(fields);
      this.body = { ...period, ...(budget ? { budget_points: Number(budget) } : {}) };
      this.found = await this.app.server.post(`/rulebooks/${this.given.id}/simulate`, { ...this.body, limit: PERSONS }, { harmless: true });
      this.draw();
      this.querySelector("#found").focus();
    };
    const made = form(fields, say("simulation.go"), look);
    made.classList.add("two");
    return made;
  }

  #shown() {
    const { found } = this;
    const keep = (format) => button(say("kit.export", { format: format.toUpperCase() }), () => this.#keep(format), "quiet");
    return h(
      "section",
      { class: "list", "aria-labelledby": "found" },
      h("h2", { id: "found", tabindex: "-1" }, say("simulation.found", { since: day(found.since), until: day(found.until) })),
      h(
        "div",
        { class: "figures" },
        figure("deeds", count(found.deeds)),
        figure("given", points(found.given)),
        figure("would", points(found.would_be)),
        figure("change", signed(found.change)),
        figure("persons", count(found.persons_count)),
      ),
      h("div", { class: "beside" }, this.#rules(), this.#owed()),
      this.#persons(),
      this.#caps(),
      h("div", { class: "actions" }, keep("xlsx"), keep("csv")),
    );
  }

  #rules() {
    const most = [...this.found.by_rule].sort((a, b) => b.points - a.points).slice(0, BARS);
    return h(
      "div",
      { class: "panel" },
      chart({
        title: say("simulation.rules"),
        of: say("simulation.rule"),
        labels: most.map((each) => each.rule || say("simulation.rule.none")),
        series: [{ label: say("simulation.would"), values: most.map((each) => each.points) }],
        written: points,
      }),
    );
  }

  #owed() {
    const { liability } = this.found;
    return h(
      "div",
      { class: "panel" },
      h("h3", {}, say("simulation.owed")),
      facts([
        [say("simulation.owed.now"), points(liability.outstanding)],
        [say("simulation.owed.would"), points(liability.would_be)],
        [say("simulation.owed.stock"), points(liability.stock)],
        [say("simulation.owed.budget"), points(liability.budget)],
        [say("simulation.owed.uncovered"), points(liability.uncovered)],
      ]),
      liability.uncovered > 0 ? p(say("simulation.owed.short"), "care") : null,
    );
  }

  #persons() {
    const change = (each) => h("span", { class: each.change < 0 ? "loses" : "gains" }, signed(each.change));
    return table({
      caption: say("simulation.persons"),
      columns: [
        { key: "volunteer_no", narrow: true, label: say("simulation.volunteer"), cell: (each) => grouped(each.volunteer_no, 3, 3, 4) },
        { key: "name", label: say("simulation.name"), cell: (each) => each.name ?? "" },
        { key: "deeds", number: true, label: say("simulation.deeds"), sort: (each) => each.deeds },
        { key: "given", number: true, label: say("simulation.given"), cell: (each) => points(each.given), sort: (each) => each.given },
        { key: "would_be", number: true, label: say("simulation.would"), cell: (each) => points(each.would_be), sort: (each) => each.would_be },
        { key: "change", number: true, label: say("simulation.change"), cell: change, sort: (each) => each.change },
      ],
      rows: this.found.persons,
      empty: say("simulation.persons.none"),
    });
  }

  #caps() {
    return table({
      caption: say("simulation.caps"),
      columns: [
        { key: "name", label: say("simulation.cap") },
        { key: "per", label: say("simulation.per"), cell: (each) => (knows(`simulation.per.${each.per}`) ? say(`simulation.per.${each.per}`) : each.per) },
        { key: "times", number: true, label: say("simulation.times"), cell: (each) => count(each.times), sort: (each) => each.times },
      ],
      rows: this.found.capped,
      empty: say("simulation.caps.none"),
    });
  }

  async #keep(format) {
    try {
      const path = `/rulebooks/${this.given.id}/simulate/file`;
      save(await this.app.server.send("POST", path, { body: { ...this.body, format }, raw: true, harmless: true }));
    } catch (error) {
      this.app.failed(error);
    }
  }
}

const figure = (name, amount) =>
  h("div", { class: "panel figure" }, h("p", { class: "quiet-words" }, say(`simulation.figure.${name}`)), h("output", {}, amount));

customElements.define("admin-simulation", Simulation);
