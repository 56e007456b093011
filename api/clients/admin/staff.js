// The staff: who they are, in which roles and where; hired, changed, disabled, let in again.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { changing, form, FormScreen, values } from "./forms.js";
import { facts, headed, pageOf } from "./listing.js";
import { rolesField } from "./roles.js";
import "./office-words.js";

export class Staff extends FormScreen {
  async load() {
    this.page = await pageOf(this.app.server, "/staff");
  }

  view() {
    const { app } = this;
    const open = (each) => button(say("office.open"), () => app.open(Colleague, { id: each.id }), "quiet");
    return h(
      "div",
      { class: "list" },
      h("div", { class: "headed" }, h("h1", {}, say("staff.title")), app.may("staff:write") ? button(say("staff.hire"), () => app.open(Hire), "primary") : null),
      table({
        caption: say("staff.title"),
        columns: [
          { key: "name", label: say("staff.name"), head: true },
          { key: "username", narrow: true, label: say("staff.username") },
          { key: "roles", label: say("staff.roles"), cell: (each) => rolesTold(app, each.roles) },
          { key: "enabled", narrow: true, label: say("staff.state"), cell: (each) => say(each.enabled ? "staff.enabled" : "staff.disabled") },
          { key: "otp", narrow: true, label: say("staff.otp"), cell: (each) => say(each.otp ? "staff.otp.yes" : "staff.otp.no") },
          { key: "open", narrow: true, label: say("admin.open"), cell: open },
        ],
        rows: this.page.rows,
        more: this.page.more,
        exports: exportsOf(app.server, "/staff"),
      }),
    );
  }
}

const rolesTold = (app, roles) =>
  h("ul", {}, roles.map((each) => h("li", {}, say("staff.role.at", { role: say(`role.${each.role}`), place: app.places.name(each.organisation_id) }))));

export class Hire extends FormScreen {
  view() {
    const { app } = this;
    const plain = [
      field({ name: "name", label: say("staff.name") }),
      field({ name: "username", label: say("staff.username"), hint: say("staff.username.hint") }),
      field({ name: "password", type: "password", label: say("staff.password"), hint: say("staff.password.hint"), autocomplete: "new-password" }),
    ];
    const roles = rolesField(app, []);
    const send = async () => {
      const made = await app.server.post("/staff", { ...values(plain), password_is_temporary: true, roles: roles.roles });
      await app.colleagues.load();
      await app.replace(Colleague, { id: made.id });
      app.status.tell(say("staff.hired"));
    };
    return h("div", { class: "list" }, headed(app, say("staff.hire")), h("section", { class: "panel" }, form([...plain, roles], say("staff.hire.send"), send)));
  }
}

export class Colleague extends FormScreen {
  password = null;

  async load() {
    this.path = `/staff/${this.given.id}`;
    this.person = await this.app.server.get(this.path);
  }

  view() {
    const { app, person } = this;
    const writes = app.may("staff:write") && person.id !== app.me.id;
    return h(
      "div",
      { class: "list" },
      headed(app, person.name),
      h("section", { class: "panel" }, writes ? this.#change() : this.#known()),
      writes ? this.#letIn() : null,
    );
  }

  #known() {
    const { person } = this;
    return facts([
      [say("staff.username"), person.username],
      [say("staff.roles"), rolesTold(this.app, person.roles)],
      [say("staff.state"), say(person.enabled ? "staff.enabled" : "staff.disabled")],
    ]);
  }

  #change() {
    const { app, person } = this;
    const states = [["yes", say("staff.enabled")], ["no", say("staff.disabled")]];
    const roles = rolesField(app, person.roles);
    return changing({
      server: app.server,
      path: this.path,
      seen: person,
      fields: [
        field({ name: "name", label: say("staff.name"), value: person.name }),
        field({ name: "enabled", label: say("staff.state"), choices: states, value: person.enabled ? "yes" : "no" }),
        roles,
      ],
      words: say("office.save"),
      spelled: { enabled: (enabled) => (enabled ? "yes" : "no"), roles: roles.spelled },
      meant: { enabled: (value) => value === "yes", roles: roles.meant },
      done: async () => {
        await Promise.all([app.colleagues.load(), app.again()]);
        app.status.tell(say("office.saved"));
      },
    });
  }

  #letIn() {
    const act = (path, key) => button(say(key), (event) => this.#sent(event.target, path), "quiet");
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("staff.let.in")),
      p(say("staff.let.in.how"), "quiet-words"),
      this.password ? [p(say("staff.temporary")), h("output", { class: "secret" }, this.password)] : null,
      h("div", { class: "actions" }, act("reset-password", "staff.reset.password"), act("reset-otp", "staff.reset.otp")),
    );
  }

  async #sent(pressed, path) {
    pressed.disabled = true;
    try {
      const told = await this.app.server.post(`${this.path}/${path}`);
      this.password = told.temporary_password ?? null;
      if (this.password) this.draw();
      this.app.status.tell(say(this.password ? "staff.reset.password.done" : "staff.reset.otp.done"));
    } catch (error) {
      this.app.failed(error);
    } finally {
      pressed.disabled = false;
    }
  }
}

customElements.define("admin-staff", Staff);
customElements.define("admin-hire", Hire);
customElements.define("admin-colleague", Colleague);
