// Kiosks and desks: paired by the code on their screen, and revoked at once.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { facts, pageOf } from "./listing.js";
import "./office-words.js";

export class Devices extends FormScreen {
  waiting = null;

  async load() {
    const desks = this.app.may("prizes:read") ? this.app.server.get("/desks", { limit: 200 }) : { items: [] };
    [this.page, this.desks] = await Promise.all([pageOf(this.app.server, "/auth/devices"), desks]);
  }

  view() {
    const { app } = this;
    const writes = app.may("devices:write");
    const desk = (each) => this.desks.items.find((one) => one.id === each.desk_id)?.name ?? "";
    const revoke = (each) => (each.revoked_at ? "" : button(say("devices.revoke"), () => this.#revoke(each), "danger"));
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("devices.title")),
      writes ? h("section", { class: "panel" }, h("h2", {}, say("devices.pair")), this.waiting ? this.#approve() : this.#code()) : null,
      table({
        caption: say("devices.title"),
        columns: [
          { key: "name", label: say("devices.name"), head: true },
          { key: "kind", narrow: true, label: say("devices.kind"), cell: (each) => say(`devices.kind.${each.kind}`) },
          { key: "organisation", label: say("admin.organisation"), cell: (each) => app.places.name(each.organisation_id) },
          { key: "desk", label: say("devices.desk"), cell: desk },
          { key: "paired", narrow: true, label: say("devices.paired"), cell: (each) => instant(each.paired_at), sort: (each) => each.paired_at },
          { key: "state", narrow: true, label: say("staff.state"), cell: (each) => say(each.revoked_at ? "devices.revoked" : "devices.works") },
          ...(writes ? [{ key: "act", narrow: true, label: say("admin.open"), cell: revoke }] : []),
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("devices.empty"),
        exports: exportsOf(app.server, "/auth/devices"),
      }),
    );
  }

  #code() {
    const code = field({ name: "user_code", label: say("devices.code"), hint: say("devices.code.hint"), inputmode: "numeric" });
    const look = async () => {
      this.waiting = await this.app.server.get(`/auth/devices/waiting/${code.value.replaceAll(/\D/g, "")}`);
      this.draw();
      this.querySelector("[name=name]").focus();
    };
    return form([code], say("devices.look"), look);
  }

  #approve() {
    const { waiting, app } = this;
    const desks = this.desks.items.map((each) => [each.id, each.name]);
    const fields = [
      field({ name: "name", label: say("devices.name"), value: waiting.name }),
      app.places.field({ name: "organisation_id", label: say("admin.organisation") }),
      ...(waiting.kind === "desk" ? [field({ name: "desk_id", label: say("devices.desk"), choices: desks })] : []),
    ];
    const approve = async () => {
      await app.server.post("/auth/devices/approve", { kind: waiting.kind, user_code: waiting.user_code, ...values(fields) });
      await app.again();
      app.status.tell(say("devices.approved"));
    };
    const deny = async () => {
      try {
        await app.server.post("/auth/devices/deny", { user_code: waiting.user_code });
        await app.again();
        app.status.tell(say("devices.denied"));
      } catch (error) {
        app.failed(error);
      }
    };
    const made = form(fields, say("devices.approve"), approve);
    made.lastElementChild.append(button(say("devices.deny"), deny, "danger"));
    return [
      facts([
        [say("devices.kind"), say(`devices.kind.${waiting.kind}`)],
        [say("devices.address"), waiting.address],
        [say("devices.asked"), instant(waiting.asked_at)],
      ]),
      p(say("devices.compare"), "care"),
      made,
    ];
  }

  async #revoke(device) {
    const actions = [["no", say("devices.keep")], ["yes", say("devices.revoke"), "danger"]];
    if ((await ask(say("devices.sure", { name: device.name }), p(say("devices.sure.how")), actions)) !== "yes") return;
    try {
      const path = `/auth/devices/${device.id}`;
      const now = await this.app.server.get(path);
      await this.app.server.delete(path, now.etag);
      await this.app.again();
      this.app.status.tell(say("devices.gone"));
    } catch (error) {
      this.app.failed(error);
    }
  }
}

customElements.define("admin-devices", Devices);
