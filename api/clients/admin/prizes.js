// The catalogue: what prizes cost, whether they are on the shelf, how few are few; and the price list to come.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { Draft } from "./draft.js";
import { changing, form, FormScreen, values } from "./forms.js";
import { headed, pageOf } from "./listing.js";
import "./prizes-words.js";

const KINDS = ["goods", "service"];

export class Prizes extends FormScreen {
  async load() {
    this.page = await pageOf(this.app.server, "/prizes");
  }

  view() {
    const { app } = this;
    const open = (prize) => button(say("prizes.open"), () => app.open(Prize, { id: prize.id }), "quiet");
    const list = () => app.open(Draft, { begin: { kind: "price_list", organisation_id: app.me.organisation_id, document: this.#list() } });
    return h(
      "div",
      { class: "list" },
      h(
        "div",
        { class: "headed" },
        h("h1", {}, say("prizes.title")),
        app.may("proposals:write") && this.page.rows.length ? button(say("prizes.list"), list) : null,
      ),
      app.may("prizes:write") ? this.#begin() : null,
      table({
        caption: say("prizes.title"),
        columns: [
          { key: "title", label: say("prizes.name"), head: true },
          { key: "organisation", label: say("admin.organisation"), cell: (prize) => app.places.name(prize.organisation_id) },
          { key: "kind", narrow: true, label: say("prizes.kind"), cell: (prize) => say(`prizes.kind.${prize.kind}`) },
          { key: "cost", number: true, label: say("prizes.cost"), cell: (prize) => points(prize.cost_points), sort: (prize) => prize.cost_points },
          { key: "shelf", narrow: true, label: say("prizes.shelf"), cell: (prize) => say(prize.on_shelf ? "prizes.on" : "prizes.off") },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("prizes.empty"),
        exports: exportsOf(app.server, "/prizes"),
      }),
    );
  }

  // A price list as one begins to write it: every prize at what it costs now.
  #list() {
    const from = new Date(Date.parse(this.app.bank.today) + 30 * 86_400_000).toISOString().slice(0, 10);
    const line = (prize) => `  # ${prize.title}\n  - {prize: ${prize.id}, points: ${decimal(prize.cost_points, this.app)}}`;
    const title = `{zh: ${say("prizes.list.name")}, en: price list}`;
    return ["title: ", title, "\neffective_from: ", from, "\nprices:\n", this.page.rows.map(line).join("\n"), "\n"].join("");
  }

  #begin() {
    const { app } = this;
    const cost = field({ name: "cost_points", type: "number", min: 0, step: step(app), label: say("prizes.cost") });
    const fields = [
      field({ name: "title", label: say("prizes.name") }),
      app.places.field({ name: "organisation_id", label: say("admin.organisation") }),
      field({ name: "kind", label: say("prizes.kind"), choices: KINDS.map((each) => [each, say(`prizes.kind.${each}`)]) }),
      cost,
    ];
    const send = async () => {
      await app.server.post("/prizes", { ...values(fields), cost_points: units(cost.value, app) });
      await app.again();
      app.status.tell(say("prizes.added"));
    };
    const made = form(fields, say("prizes.add"), send);
    made.classList.add("two");
    return h("details", { class: "panel" }, h("summary", {}, say("prizes.add")), made);
  }
}

// Points as they are typed, and in the smallest unit.
const decimal = (amount, app) => String(amount / 10 ** app.bank.points_scale);
const units = (typed, app) => Math.round(Number(typed) * 10 ** app.bank.points_scale);
const step = (app) => decimal(1, app);

export class Prize extends FormScreen {
  async load() {
    this.path = `/prizes/${this.given.id}`;
    const worth = this.app.may("prizes:write") ? this.app.server.get(`${this.path}/reference-value`) : null;
    [this.prize, this.prices, this.worth] = await Promise.all([this.app.server.get(this.path), this.app.server.get(`${this.path}/prices`), worth]);
  }

  view() {
    const { app, prize } = this;
    const whence = (price) => (price.price_list ? chosen(price.price_list.title) : say("prize.by.catalogue"));
    return h(
      "div",
      { class: "list" },
      headed(app, prize.title),
      app.may("prizes:write") ? h("div", { class: "beside" }, h("section", { class: "panel" }, h("h2", {}, say("prize.change")), this.#change()), h("section", { class: "panel" }, h("h2", {}, say("prize.worth")), p(say("prize.worth.how"), "quiet-words"), this.#value())) : null,
      table({
        caption: say("prize.prices"),
        columns: [
          { key: "from", narrow: true, label: say("prize.from"), cell: (price) => day(price.effective_from) },
          { key: "cost", number: true, label: say("prizes.cost"), cell: (price) => points(price.cost_points) },
          { key: "state", narrow: true, label: say("prize.state"), cell: (price) => say(`prize.state.${price.state}`) },
          { key: "by", label: say("prize.by"), cell: whence },
        ],
        rows: this.prices.prices,
      }),
    );
  }

  async #done() {
    await this.app.again();
    this.app.status.tell(say("prize.saved"));
  }

  #change() {
    const { app, prize } = this;
    const yes = [["yes", say("prizes.on")], ["no", say("prizes.off")]];
    const spelled = { cost_points: (cost) => decimal(cost, app), on_shelf: (on) => (on ? "yes" : "no"), low_at: (low) => (low === null ? "" : String(low)) };
    return changing({
      server: app.server,
      path: this.path,
      seen: prize,
      fields: [
        field({ name: "cost_points", type: "number", min: 0, step: step(app), label: say("prizes.cost"), value: spelled.cost_points(prize.cost_points) }),
        field({ name: "on_shelf", label: say("prizes.shelf"), choices: yes, value: spelled.on_shelf(prize.on_shelf) }),
        field({ name: "low_at", type: "number", min: 0, label: say("prize.low"), hint: say("prize.low.hint"), required: false, value: spelled.low_at(prize.low_at) }),
      ],
      words: say("prize.save"),
      spelled,
      meant: { cost_points: (typed) => units(typed, app), on_shelf: (typed) => typed === "yes", low_at: (typed) => (typed === "" ? null : Number(typed)) },
      done: () => this.#done(),
    });
  }

  #value() {
    const spelled = { reference_fen: (fen) => (fen === null ? "" : (fen / 100).toFixed(2)) };
    return changing({
      server: this.app.server,
      path: `${this.path}/reference-value`,
      seen: this.worth,
      fields: [field({ name: "reference_fen", type: "number", min: 0, step: "0.01", label: say("prize.yuan"), required: false, value: spelled.reference_fen(this.worth.reference_fen) })],
      words: say("prize.save"),
      spelled,
      meant: { reference_fen: (typed) => (typed === "" ? null : Math.round(Number(typed) * 100)) },
      done: () => this.#done(),
    });
  }
}

customElements.define("admin-prizes", Prizes);
customElements.define("admin-prize", Prize);
