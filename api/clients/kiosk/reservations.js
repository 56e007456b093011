// What is set aside for one: collected at a desk with a code, until a day, or given up again.

import { ask } from "../kit/dialog.js";
import { h } from "../kit/element.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";

const PAGE = 50;

export class Reservations extends Screen {
  async load() {
    const [page, desks] = await Promise.all([
      this.app.mine.get("/reservations", { state: "reserved", limit: PAGE }),
      this.app.hall.get("/desks", { limit: PAGE }),
    ]);
    this.reservations = page.items;
    this.giving = new Map(page.items.map((each) => [each.id, this.app.mine.posting(`/reservations/${each.id}/cancel`)]));
    this.desks = new Map(desks.items.map((desk) => [desk.id, desk.name]));
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("reservations.title")),
      this.reservations.length
        ? h("ul", {}, this.reservations.map((each) => this.#reservation(each)))
        : h("p", { class: "empty panel" }, say("reservations.empty")),
    );
  }

  #reservation(each) {
    return h(
      "li",
      { class: "panel reservation" },
      this.#slip(each),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", onclick: () => print(this.#slip(each), "slip-80") }, say("reservations.print")),
        h("button", { type: "button", class: "quiet", onclick: (event) => this.#giveUp(event.currentTarget, this.giving.get(each.id)) }, say("reservations.cancel")),
      ),
    );
  }

  #slip(each) {
    const desk = this.desks.get(each.desk_id);
    return h(
      "div",
      { class: "slip" },
      h("h2", {}, each.items.map((item) => h("span", {}, say("reservations.item", item)))),
      h("p", {}, say("reservations.code")),
      h("output", { class: "pickup" }, grouped(each.pickup_code, 3)),
      h("p", {}, say("reservations.due", { day: day(each.due_on) })),
      desk ? h("p", {}, say("reservations.at", { desk })) : null,
      h("p", { class: "quiet-words" }, say("reservations.held", { points: points(each.points) })),
    );
  }

  async #giveUp(button, giving) {
    const actions = [["keep", say("reservations.keep"), "primary"], ["cancel", say("reservations.cancel")]];
    if ((await ask(say("reservations.cancel.ask"), h("p", {}, say("reservations.cancel.back")), actions)) !== "cancel") return;
    await this.app.done(button, giving, {}, Reservations, "reservations.cancelled");
  }
}

// Sets a prize aside at a desk: the only one there is, or the one that is chosen.
export const reserve = async (app, prize, desks, reserving, button) => {
  const choices = desks.map((desk) => [desk.id, desk.name]);
  const where = () => ask(say("reservations.where"), h("p", {}, say("reservations.where.how")), [...choices, ["", say("kit.close"), "quiet"]]);
  const desk_id = desks.length === 1 ? desks[0].id : await where();
  if (!desk_id) return;
  const body = { desk_id, items: [{ prize_id: prize.id, quantity: 1 }] };
  await app.done(button, reserving, body, Reservations, "reservations.made");
};

customElements.define("kiosk-reservations", Reservations);
