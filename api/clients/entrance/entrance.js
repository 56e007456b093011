// The front page: what this is, in three lines, and a door for each who comes.

import { h, p } from "../kit/element.js";
import { say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import "./words.js";

const EVERYBODY = ["board", "notice", "verify", "certificate"];
const STAFF = ["kiosk", "desk", "organiser", "admin"];
const MAKERS = ["docs", "pair"];

class Entrance extends Screen {
  view() {
    return h(
      "div",
      { class: "entrance" },
      h("h1", {}, this.app.bank.name),
      h("div", { class: "lead" }, ["what", "how", "trust"].map((line) => p(say(`entrance.${line}`)))),
      doors("everybody", EVERYBODY, "first"),
      doors("staff", STAFF),
      doors("makers", MAKERS),
    );
  }
}

const doors = (whose, places, look = null) =>
  h(
    "section",
    { class: look },
    h("h2", {}, say(`entrance.${whose}`)),
    h("ul", { class: "doors" }, places.map((place) => h("li", { class: look }, door(place)))),
  );

const door = (place) =>
  h("a", { href: `/${place}` }, h("strong", {}, say(`door.${place}`)), h("span", {}, say(`door.${place}.for`)));

customElements.define("entrance-doors", Entrance);

new Page(() => [Entrance]).start();
