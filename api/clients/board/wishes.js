// The wish wall: words about wishes alone, what is open to be taken up and how, and what was granted.

import { h, p } from "../kit/element.js";
import { count, day, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { all } from "./data.js";
import { sheet } from "./parts.js";
import "./wish-words.js";

const STEPS = ["look", "take", "do", "confirm"];
const GRANTED = 60;

export class Wishes extends Screen {
  async load() {
    const { server } = this.app;
    [this.open, this.granted] = await Promise.all([
      all(server, "/wishes/wall"),
      server.get("/wishes/wall", { state: "confirmed", limit: GRANTED }).then(({ items }) => items),
    ]);
  }

  view() {
    const free = this.open.filter((wish) => wish.places_left);
    const held = this.open.filter((wish) => !wish.places_left);
    return sheet(
      "wishes",
      say("wishes.title"),
      p(say("wishes.lead"), "lead"),
      free.length ? [h("h2", {}, say("wishes.open")), cards(free.map(card))] : h("div", { class: "empty panel" }, say("wishes.empty")),
      h("section", { class: "panel" }, h("h2", {}, say("wishes.how")), h("ol", { class: "read" }, STEPS.map((step) => h("li", {}, say(`wishes.how.${step}`))))),
      held.length ? [h("h2", {}, say("wishes.held")), cards(held.map(card))] : null,
      this.granted.length ? [h("h2", {}, say("wishes.granted")), cards(this.granted.map(granted))] : null,
    );
  }
}

const cards = (made) => h("ul", { class: "prizes wishes" }, made);
const whose = (wish) => say("wishes.of", { name: wish.name ?? say("wishes.resident"), organisation: wish.organisation });

// What is free to be taken up, or is being granted.
const card = (wish) =>
  h(
    "li",
    { class: "panel" },
    h("h3", {}, wish.text),
    p(whose(wish), "quiet-words"),
    p(worth(wish), "cost"),
    p(places(wish), wish.places_left ? "good-words" : "quiet-words"),
  );

export const worth = (wish) => (wish.points ? say("wishes.points", { points: points(wish.points) }) : say("wishes.thanks"));

export const places = (wish) => {
  if (!wish.places_left) return say("wishes.taken");
  return wish.claimers_at_most === 1 ? say("wishes.free") : say("wishes.free.many", { count: count(wish.places_left) });
};

const granted = (wish) =>
  h(
    "li",
    { class: "panel" },
    h("h3", {}, wish.text),
    p(whose(wish), "quiet-words"),
    wish.done_on ? p(say("wishes.done", { day: day(wish.done_on) }), "good-words") : null,
    wish.helpers.length ? p(say("wishes.helpers", { names: wish.helpers.join(" ") })) : p(say("wishes.helpers.unnamed"), "quiet-words"),
  );

customElements.define("board-wishes", Wishes);
