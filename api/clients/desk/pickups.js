// Pick-ups: what was set aside is handed over for its code, and who should be reminded of what waits.

import { ask } from "../kit/dialog.js";
import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { agentsOf } from "./identity.js";
import { key, numbered } from "./keys.js";
import { machine } from "./machine.js";
import { all } from "./shelf.js";
import { printSlip } from "./slip.js";

export class Pickups extends Screen {
  reservation = null;
  answer = null;

  async load() {
    const { api, desk } = this.app;
    this.waiting = await all(api, "/reservations", { desk_id: desk.id, state: "reserved" });
    if (this.given.code) {
      const found = await this.#found(this.given.code).catch((error) => error);
      if (found.words) this.fault = [...(found.faults?.values() ?? [])][0] ?? found.words;
    }
  }

  async #found(code) {
    const wanted = { desk_id: this.app.desk.id, pickup_code: code };
    this.reservation = await this.app.api.post("/pickups", wanted, { harmless: true });
    this.code = code;
    this.posting = this.app.api.posting(`/reservations/${this.reservation.id}/collect`);
    Object.assign(this, { answer: null, agent: null });
    return this.reservation;
  }

  view() {
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("pickups.title")),
      this.answer ? this.#handedOver() : this.reservation ? this.#one() : this.#asked(),
      this.#list(),
    );
  }

  begin() {
    (this.querySelector(".panel input") ?? this.querySelector(".panel button.primary"))?.focus();
  }

  async scanned({ digits, is }) {
    if (is !== "pairing") return false;
    await this.app.go(Pickups, { code: digits });
    return true;
  }

  #asked() {
    const code = field({
      name: "pickup_code",
      label: say("pickups.code"),
      hint: say("pickups.code.how"),
      inputmode: "numeric",
      maxlength: 11,
    });
    const send = async ({ pickup_code }) => {
      await this.#found(pickup_code.normalize("NFKC").replace(/\D/g, ""));
      this.draw();
      this.begin();
    };
    const made = form([code], say("pickups.find"), send);
    if (this.fault) code.fault = this.fault;
    return h("section", { class: "panel" }, made);
  }

  #one() {
    const { reservation } = this;
    const cancel = () => this.#cancel();
    return h(
      "section",
      { class: "panel stack" },
      h("h2", {}, say("pickups.of", { number: grouped(reservation.volunteer_no, 3, 3, 4) })),
      h("ul", { class: "items" }, reservation.items.map((item) => h("li", {}, say("till.item", item)))),
      p(say("pickups.held", { points: points(reservation.points), day: day(reservation.due_on) })),
      this.agent ? p(say("who.agent", this.agent), "care") : null,
      h(
        "div",
        { class: "actions" },
        key("F9", say("pickups.collect"), ({ currentTarget }) => this.#collect(currentTarget), "primary"),
        key("F5", say("pickups.through"), () => this.#through(), "quiet"),
        key("Escape", say("pickups.other"), () => this.app.go(Pickups), "quiet"),
        key("Delete", say("pickups.cancel"), cancel, "quiet"),
      ),
    );
  }

  #handedOver() {
    return h(
      "section",
      { class: "panel stack" },
      p(say("till.done"), "good large"),
      h("ul", { class: "items" }, this.answer.items.map((item) => h("li", {}, say("till.item", item)))),
      p(say("till.done.receipt", { number: this.answer.receipt.number }), "quiet-words"),
      h(
        "div",
        { class: "actions" },
        key("F3", say("pickups.next"), () => this.app.go(Pickups), "primary"),
        key("F10", say("till.print"), () => this.#print()),
      ),
    );
  }

  async #collect(touched) {
    const through = this.agent ? { collected_by: this.agent.id } : {};
    const answer = await this.app.done(touched, this.posting, { pickup_code: this.code, ...through });
    if (!answer) return;
    this.answer = answer;
    this.waiting = this.waiting.filter(({ id }) => id !== this.reservation.id);
    this.draw();
    this.begin();
    if (machine.prints === "always") await this.#print();
  }

  // Somebody comes for the volunteer: who, of those who may.
  async #through() {
    try {
      const agents = [null, ...(await agentsOf(this.app, this.reservation.volunteer_no))];
      const words = (agent) => (agent ? say("who.through", agent) : say("pickups.self"));
      const actions = agents.map((agent, at) => [String(at), numbered(at + 1, words(agent))]);
      const none = agents.length > 1 ? [] : p(say("pickups.no.agent"));
      const said = await ask(say("pickups.through"), none, actions, { kind: "list" });
      if (said !== null) this.agent = agents[Number(said)];
    } catch (error) {
      return this.app.failed(error);
    }
    this.draw();
    this.begin();
  }

  async #print() {
    await printSlip(this.app, this.answer.id).catch((error) => this.app.failed(error));
  }

  async #cancel() {
    const actions = [["keep", say("pickups.keep"), "primary"], ["cancel", say("pickups.cancel")]];
    if ((await ask(say("pickups.cancel.ask"), p(say("pickups.cancel.back")), actions)) !== "cancel") return;
    const posting = this.app.api.posting(`/reservations/${this.reservation.id}/cancel`);
    const touched = this.querySelector('[data-key="Delete"]');
    if (!(await this.app.done(touched, posting, {}))) return;
    await this.app.go(Pickups);
    this.app.status.tell(say("pickups.cancelled"));
  }

  #list() {
    const columns = [
      { key: "due_on", label: say("pickups.due"), cell: (one) => day(one.due_on), sort: (one) => one.due_on },
      { key: "volunteer_no", label: say("pickups.who"), cell: (one) => grouped(one.volunteer_no, 3, 3, 4) },
      { key: "items", label: say("pickups.what"), cell: (one) => one.items.map((item) => h("div", {}, say("till.item", item))) },
      { key: "points", label: say("pickups.points"), number: true, cell: (one) => points(one.points), sort: (one) => one.points },
    ];
    const exports = exportsOf(this.app.api, "/reservations", { desk_id: this.app.desk.id, state: "reserved" });
    return h(
      "section",
      { class: "panel" },
      table({ caption: say("pickups.waiting"), columns, rows: this.waiting, empty: say("pickups.none"), exports }),
    );
  }
}

customElements.define("desk-pickups", Pickups);
