// One volunteer: what they hold, what is known of them and may be changed, who acts for them, and how an account ends.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { save } from "../kit/files.js";
import { day, dayOf, grouped, hours, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { changing, form, FormScreen, required, values } from "./forms.js";
import { facts, headed } from "./listing.js";
import { Papers } from "./papers.js";
import { particularFields } from "./particulars.js";
import { actsFor, guardiansOf } from "./standing-in.js";
import "./keeping-words.js";
import "./people-words.js";
import { Rights } from "./rights.js";

const REASONS = ["left", "died"];

export class Person extends FormScreen {
  async load() {
    const { server } = this.app;
    this.path = `/volunteers/${this.given.number}`;
    const asked = ["", "/balance", "/guardians", "/agents"].map((each) => server.get(this.path + each));
    [this.person, this.balance, this.guardians, this.agents, this.rules] = await Promise.all([...asked, server.get("/privacy-rules")]);
    this.closing = server.posting(`${this.path}/closing`);
    this.merging = server.posting(`${this.path}/merge`);
  }

  view() {
    const { app, person } = this;
    const open = person.closed === null;
    return h(
      "div",
      { class: "list" },
      headed(app, person.name, button(say("rights.open"), () => app.open(Rights, { number: person.volunteer_no }))),
      p(say("person.number", { number: grouped(person.volunteer_no, 3, 3, 4) }), "state"),
      open ? null : p(say(`people.closed.${person.closed}`), "care"),
      h("div", { class: "beside" }, this.#standing(), app.may("volunteers:write") && open ? this.#change() : this.#known()),
      h("div", { class: "beside" }, guardiansOf(this), actsFor(this)),
      open && app.may("pins:write") ? this.#pin() : null,
      open && app.may("volunteers:close") ? this.#ending() : null,
    );
  }

  #standing() {
    const { balance, person, app } = this;
    const held = balance.points;
    const next = held.lapsing[0];
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("person.standing")),
      facts([
        [say("person.available"), points(held.available)],
        [say("person.held"), held.held ? points(held.held) : null],
        [say("person.debt"), held.debt ? points(held.debt) : null],
        [say("person.lapsing"), next ? say("person.lapsing.on", { points: points(next.points), day: day(next.on) }) : null],
        [say("person.hours"), hours(balance.minutes.total)],
        [say("person.stars"), say("person.stars.count", { count: balance.star_level })],
        [say("admin.organisation"), app.places.name(person.organisation_id)],
        [say("people.registered"), day(dayOf(person.registered_at))],
        [say("person.merged"), person.merged_numbers.map((each) => grouped(each, 3, 3, 4)).join(say("list.comma"))],
      ]),
      h("div", { class: "actions" }, button(say("person.passbook"), () => this.#paper(), "quiet"), this.#papers()),
    );
  }

  #papers() {
    const { name, volunteer_no: number } = this.person;
    return button(say("papers.open"), () => this.app.open(Papers, { number, name }), "quiet");
  }

  async #paper() {
    try {
      save(await this.app.server.file(`${this.path}/passbook`));
    } catch (error) {
      this.app.failed(error);
    }
  }

  #known() {
    const known = Object.entries(this.person.particulars).map(([name, each]) => [say(`particular.${name}`), each.masked]);
    return h("section", { class: "panel" }, h("h2", {}, say("person.known")), known.length ? facts(known) : p(say("person.known.nothing"), "quiet-words"));
  }

  #change() {
    const { person } = this;
    const kept = this.rules.kept_fields;
    const fields = [
      field({ name: "name", label: say("people.name"), value: person.name }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), value: person.organisation_id }),
      ...particularFields(kept, person.particulars),
    ];
    const masked = (name) => [name, (state) => state.particulars[name]?.masked ?? ""];
    const made = changing({
      server: this.app.server,
      path: this.path,
      seen: person,
      fields,
      words: say("person.save"),
      masked: Object.fromEntries(kept.map(masked)),
      done: async () => {
        await this.app.again();
        this.app.status.tell(say("person.saved"));
      },
    });
    return h("section", { class: "panel" }, h("h2", {}, say("person.change")), p(say("person.change.how"), "quiet-words"), made);
  }

  #pin() {
    const pin = field({ name: "pin", type: "password", label: say("pin.new"), hint: say("pin.hint"), inputmode: "numeric", maxlength: 6, autocomplete: "new-password" });
    const send = async () => {
      await this.app.server.post(`${this.path}/pin`, values([pin]));
      pin.value = "";
      this.app.status.tell(say("pin.done"));
    };
    return h("details", { class: "panel" }, h("summary", {}, say("pin.title")), form([pin], say("pin.set"), send));
  }

  #ending() {
    const reasons = REASONS.map((each) => [each, say(`people.closed.${each}`)]);
    const reason = field({ name: "reason", label: say("ending.reason"), choices: reasons });
    const heir = field({ name: "heir_no", label: say("ending.heir"), hint: say("ending.heir.hint"), inputmode: "numeric", required: false });
    const close = async () => {
      const name = { name: this.person.name };
      const sure = await ask(say("ending.sure", name), p(say("ending.sure.how")), [["no", say("ending.no")], ["yes", say("ending.close"), "danger"]]);
      if (sure !== "yes") return;
      await this.closing.send(values([reason, heir]));
      await this.app.again();
      this.app.status.tell(say("ending.done"));
    };
    const survivor = field({ name: "survivor_no", label: say("merge.survivor"), hint: say("merge.hint"), inputmode: "numeric" });
    const merge = async () => {
      const number = required(survivor);
      if (!number) return;
      await this.merging.send({ survivor_no: number.replaceAll(" ", "") });
      await this.app.replace(Person, { number: this.person.volunteer_no });
      this.app.status.tell(say("merge.done"));
    };
    return h(
      "details",
      { class: "panel" },
      h("summary", {}, say("ending.title")),
      h("div", { class: "beside" }, form([reason, heir], say("ending.close"), close), form([survivor], say("merge.send"), merge)),
    );
  }
}

customElements.define("admin-person", Person);
