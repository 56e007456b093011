// Households: who belongs to one, who is its head, who joins and leaves.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { facts, headed, pageOf } from "./listing.js";
import "./people-words.js";

// Groups are kept alike (groups.js): `kind` says whose words are said, `path` where they are.
export class Households extends FormScreen {
  kind = "households";
  path = "/households";
  one = (given) => this.app.open(Household, given);

  async load() {
    this.page = await pageOf(this.app.server, this.path);
  }

  view() {
    const open = (each) => button(say("people.open"), () => this.one({ id: each.id }), "quiet");
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say(`kept.${this.kind}.title`)),
      this.app.may("volunteers:write") ? this.#begin() : null,
      table({
        caption: say(`kept.${this.kind}.title`),
        columns: [
          { key: "name", label: say("households.name"), head: true },
          { key: "organisation", label: say("admin.organisation"), cell: (each) => this.app.places.name(each.organisation_id) },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say(`kept.${this.kind}.empty`),
        exports: exportsOf(this.app.server, this.path),
      }),
    );
  }

  #begin() {
    const fields = [
      field({ name: "name", label: say("households.name") }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation") }),
    ];
    const send = async () => {
      const made = await this.app.server.post(this.path, values(fields));
      await this.one({ id: made.id });
      this.app.status.tell(say("households.done"));
    };
    const made = form(fields, say(`kept.${this.kind}.begin`), send);
    made.classList.add("two");
    return h("details", { class: "panel" }, h("summary", {}, say(`kept.${this.kind}.new`)), made);
  }
}

export class Household extends FormScreen {
  kind = "household";

  async load() {
    this.path = `/${this.kind}s/${this.given.id}`;
    const asked = ["", "/balance"].map((each) => this.app.server.get(this.path + each));
    [this.household, this.balance] = await Promise.all(asked);
  }

  view() {
    const { household, app } = this;
    const writes = app.may("volunteers:write");
    return h(
      "div",
      { class: "list" },
      headed(app, household.name),
      h(
        "section",
        { class: "panel" },
        facts([
          [say("admin.organisation"), app.places.name(household.organisation_id)],
          [say("person.available"), points(this.balance.points.available)],
        ]),
      ),
      h(
        "section",
        { class: "panel" },
        h("h2", {}, say("household.members")),
        household.members.length
          ? h("ul", { class: "standing" }, household.members.map((member) => this.#member(member, writes)))
          : p(say("household.nobody"), "quiet-words"),
        writes ? this.#join() : null,
      ),
    );
  }

  #member(member, writes) {
    const number = member.volunteer_no ? grouped(member.volunteer_no, 3, 3, 4) : "";
    const facts = { name: member.name, number, day: day(member.from_on) };
    const words = member.role === "head" ? say(`kept.${this.kind}.head`, facts) : say("household.member", facts);
    const act = (key, path, body) => button(say(key), (event) => this.#sent(event.target, path, body), "quiet");
    return h(
      "li",
      {},
      p(words),
      writes && member.volunteer_no
        ? h(
            "div",
            { class: "actions" },
            member.role === "head" ? null : act(`kept.${this.kind}.make.head`, "/head", { volunteer_no: member.volunteer_no }),
            act("household.leave", `/members/${member.volunteer_no}/leave`, {}),
          )
        : null,
    );
  }

  async #sent(pressed, path, body) {
    pressed.disabled = true;
    try {
      await this.app.server.post(this.path + path, body);
      await this.app.again();
      this.app.status.tell(say("household.done"));
    } catch (error) {
      pressed.disabled = false;
      this.app.failed(error);
    }
  }

  #join() {
    const number = field({ name: "volunteer_no", label: say("people.number"), inputmode: "numeric" });
    const send = async () => {
      await this.app.server.post(`${this.path}/members`, { volunteer_no: number.value.replaceAll(" ", "") });
      await this.app.again();
      this.app.status.tell(say("household.done"));
    };
    return h("details", {}, h("summary", {}, say("household.join")), form([number], say("standing.save"), send));
  }
}

customElements.define("admin-households", Households);
customElements.define("admin-household", Household);
