// What a person has a right to: their consents, their cards, a copy of what is kept, who looked, and to be erased.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { cardsOf } from "./cards.js";
import { consentsOf } from "./consents.js";
import { form, FormScreen } from "./forms.js";
import { listsOf } from "./lists.js";
import { headed, pageOf } from "./listing.js";
import "./keeping-words.js";

const CONSEQUENCES = ["erase.1", "erase.2", "erase.3"];

export class Rights extends FormScreen {
  async load() {
    const { app } = this;
    const { server } = app;
    this.path = `/volunteers/${this.given.number}`;
    const where = (scope, path) => (app.may(scope) ? server.get(this.path + path) : null);
    const viewings = app.may("viewings:read") ? pageOf(server, `${this.path}/viewings`) : null;
    [this.person, this.consents, this.texts, this.guardians, this.cards, this.lists, this.viewings] = await Promise.all([
      server.get(this.path),
      server.get(`${this.path}/consents`),
      server.get("/consent-texts"),
      server.get(`${this.path}/guardians`),
      where("cards:write", "/cards"),
      where("flags:read", "/listings"),
      viewings,
    ]);
  }

  view() {
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("rights.title", { name: this.person.name })),
      consentsOf(this),
      h("div", { class: "beside" }, this.cards ? cardsOf(this) : null, this.lists ? listsOf(this) : null),
      this.app.may("volunteers:copy") ? this.#copy() : null,
      this.viewings ? this.#viewings() : null,
      this.app.may("volunteers:erase") ? this.#erasing() : null,
    );
  }

  // Does it, shows what is true now, and says so.
  async done(act, words) {
    await act();
    await this.app.again();
    this.app.status.tell(words);
  }

  // The same from a button that waits meanwhile.
  async pressed(touched, act, words) {
    touched.disabled = true;
    try {
      await this.done(act, words);
    } catch (error) {
      touched.disabled = false;
      this.app.failed(error);
    }
  }

  #copy() {
    const take = async () => {
      try {
        save(await this.app.server.file(`${this.path}/copy/text`));
      } catch (error) {
        this.app.failed(error);
      }
    };
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("copy.title")),
      p(say("copy.how"), "quiet-words"),
      h("div", { class: "actions" }, button(say("copy.take"), take)),
    );
  }

  #viewings() {
    return table({
      caption: say("viewings.title"),
      columns: [
        { key: "at", narrow: true, label: say("viewings.at"), cell: (each) => instant(each.recorded_at) },
        { key: "who", label: say("viewings.who"), cell: (each) => this.app.who(each.actor_id) },
        { key: "what", label: say("viewings.what") },
        { key: "fields", label: say("viewings.fields"), cell: (each) => each.fields.join(say("list.comma")) },
        { key: "purpose", label: say("viewings.purpose"), cell: (each) => each.purpose ?? "" },
      ],
      rows: this.viewings.rows,
      more: this.viewings.more,
      empty: say("viewings.none"),
      exports: exportsOf(this.app.server, `${this.path}/viewings`),
    });
  }

  #erasing() {
    const { person, app } = this;
    const consequences = () => h("ul", { class: "bulleted" }, CONSEQUENCES.map((key) => h("li", {}, say(key))));
    if (person.closed === null) {
      return h("details", { class: "panel" }, h("summary", {}, say("erase.title")), p(say("erase.open")), consequences());
    }
    const number = field({ name: "number", label: say("erase.number"), inputmode: "numeric" });
    const erase = async () => {
      if (number.value.replaceAll(" ", "") !== person.volunteer_no) return void (number.fault = say("erase.differs"));
      const answers = [["no", say("erase.no")], ["yes", say("erase.do"), "danger"]];
      if ((await ask(say("erase.sure", { name: person.name }), consequences(), answers)) !== "yes") return;
      const { is_swept } = await app.server.delete(this.path, person.etag);
      await app.visit("people");
      app.status.tell(say(is_swept ? "erase.done" : "erase.swept"));
    };
    return h("details", { class: "panel" }, h("summary", {}, say("erase.title")), consequences(), form([number], say("erase.do"), erase));
  }
}

customElements.define("admin-rights", Rights);
