// The organisations as a tree: added, renamed, moved, closed and taken up again.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { changing, form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import "./office-words.js";
import { papersOfPlace } from "./seal.js";

const LEVELS = ["district", "subdistrict", "community", "estate", "building", "team", "unit", "social"];

export class Organisations extends FormScreen {
  async load() {
    await this.app.places.load();
  }

  view() {
    const { app } = this;
    const open = (place) => button(say("office.open"), () => app.open(Organisation, { id: place.id }), "quiet");
    const name = (place) => h("span", { class: `depth-${Math.min(app.places.depth(place), 6)}` }, place.name);
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("organisations.title")),
      app.may("organisations:write") ? this.#begin() : null,
      table({
        caption: say("organisations.tree"),
        columns: [
          { key: "name", label: say("organisations.name"), cell: name },
          { key: "level", narrow: true, label: say("organisations.level"), cell: (place) => say(`level.${place.level}`) },
          { key: "state", narrow: true, label: say("staff.state"), cell: (place) => say(place.closed_at ? "organisations.closed" : "organisations.open") },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: app.places.all,
        exports: exportsOf(app.server, "/organisations"),
      }),
    );
  }

  #begin() {
    const fields = [
      field({ name: "name", label: say("organisations.name") }),
      field({ name: "level", label: say("organisations.level"), choices: LEVELS.map((each) => [each, say(`level.${each}`)]), value: "estate" }),
      this.app.places.field({ name: "parent_id", label: say("organisations.parent") }),
    ];
    const send = async () => {
      await this.app.server.post("/organisations", values(fields));
      await this.app.again();
      this.app.status.tell(say("organisations.added"));
    };
    const made = form(fields, say("organisations.add"), send);
    made.classList.add("two");
    return h("details", { class: "panel" }, h("summary", {}, say("organisations.add")), made);
  }
}

export class Organisation extends FormScreen {
  async load() {
    this.path = `/organisations/${this.given.id}`;
    this.place = await this.app.server.get(this.path);
  }

  view() {
    const { app, place } = this;
    const writes = app.may("organisations:write");
    return h(
      "div",
      { class: "list" },
      headed(app, place.name),
      p(say("organisation.is", { level: say(`level.${place.level}`), parent: place.parent_id ? app.places.name(place.parent_id) : say("organisation.root") }), "state"),
      writes ? h("section", { class: "panel" }, h("h2", {}, say("organisation.rename")), this.#rename()) : null,
      writes && place.parent_id ? h("section", { class: "panel" }, h("h2", {}, say("organisation.move")), p(say("organisation.move.how"), "quiet-words"), this.#move()) : null,
      writes ? h("section", { class: "panel" }, h("h2", {}, say(`organisation.${place.closed_at ? "reopen" : "close"}`)), p(say("organisation.close.how"), "quiet-words"), this.#end()) : null,
      papersOfPlace(app, place),
    );
  }

  #rename() {
    return changing({
      server: this.app.server,
      path: this.path,
      seen: this.place,
      fields: [field({ name: "name", label: say("organisations.name"), value: this.place.name })],
      words: say("office.save"),
      done: () => this.#done("office.saved"),
    });
  }

  #move() {
    const parent = this.app.places.field({ name: "parent_id", label: say("organisations.parent"), value: this.place.parent_id, except: (each) => each.id === this.place.id });
    const send = async () => {
      await this.app.server.post(`${this.path}/move`, values([parent]));
      await this.#done("organisation.moved");
    };
    return form([parent], say("organisation.move"), send);
  }

  #end() {
    const way = this.place.closed_at ? "reopen" : "close";
    const send = async () => {
      await this.app.server.post(`${this.path}/${way}`);
      await this.#done(`organisation.${way}.done`);
    };
    return form([], say(`organisation.${way}`), send);
  }

  async #done(key) {
    await Promise.all([this.app.places.load(), this.app.again()]);
    this.app.status.tell(say(key));
  }
}

customElements.define("admin-organisations", Organisations);
customElements.define("admin-organisation", Organisation);
