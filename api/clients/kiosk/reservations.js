// What is set aside for one: collected at a desk with a code, until a day, or given up again.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { day, grouped, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { print } from "../kit/print.js";
import { Screen } from "../kit/screen.js";

const PAGE = 50;

export class Reservations extends Screen {
  async load() {
    const { mine, hall } = this.app;
    const [page, desks] = await Promise.all([
      mine.get("/reservations", { state: "reserved", limit: PAGE }),
      hall.get("/desks", { limit: PAGE }),
    ]);
    this.reservations = page.items;
    this.giving = new Map(page.items.map(({ id }) => [id, mine.posting(`/reservations/${id}/cancel`)]));
    this.desks = new Map(desks.items.map((desk) => [desk.id, desk.name]));
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("reservations.title")),
      this.reservations.length
        ? h("ul", {}, this.reservations.map((each) => this.#reservation(each)))
        : p(say("reservations.empty"), "empty panel"),
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
        button(say("reservations.print"), () => print(this.#slip(each), "slip-80")),
        button(say("reservations.cancel"), ({ currentTarget }) => this.#giveUp(currentTarget, each.id), "quiet"),
      ),
    );
  }

  #slip(each) {
    const desk = this.desks.get(each.desk_id);
    return h(
      "div",
      { class: "slip" },
      h("h2", {}, each.items.map((item) => h("span", {}, say("reservations.item", item)))),
      p(say("reservations.code")),
      h("output", { class: "pickup" }, grouped(each.pickup_code, 3)),
      p(say("reservations.due", { day: day(each.due_on) })),
      desk ? p(say("reservations.at", { desk })) : null,
      p(say("reservations.held", { points: points(each.points) }), "quiet-words"),
    );
  }

  async #giveUp(touched, id) {
    const actions = [["keep", say("reservations.keep"), "primary"], ["cancel", say("reservations.cancel")]];
    const chosen = await ask(say("reservations.cancel.ask"), p(say("reservations.cancel.back")), actions);
    if (chosen !== "cancel") return;
    await this.app.done(touched, this.giving.get(id), {}, Reservations, "reservations.cancelled");
  }
}

// Sets a prize aside at a desk: the only one there is, or the one that is chosen.
export const reserve = async (app, prize, desks, reserving, touched) => {
  const desk_id = desks.length === 1 ? desks[0].id : await chosenDesk(desks);
  if (!desk_id) return;
  const body = { desk_id, items: [{ prize_id: prize.id, quantity: 1 }] };
  await app.done(touched, reserving, body, Reservations, "reservations.made");
};

const chosenDesk = (desks) => {
  const actions = [...desks.map((desk) => [desk.id, desk.name]), ["", say("kit.close"), "quiet"]];
  return ask(say("reservations.where"), p(say("reservations.where.how")), actions);
};

customElements.define("kiosk-reservations", Reservations);
