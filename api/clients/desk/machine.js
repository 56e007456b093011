// This machine: at which desk it stands, and what it prints on. It remembers, until somebody says otherwise.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import "./paying-words.js";

const LOCKS = ["2", "5", "10", "20"];

const remembered = (name, otherwise) => ({
  get: () => localStorage.getItem(`pioneer.desk.${name}`) ?? otherwise,
  set: (value) => localStorage.setItem(`pioneer.desk.${name}`, value),
});

// `desk` is the id of the desk, `paper` the width of the slip in millimetres, `prints` whether a slip is printed by
// itself, `lock` after how many minutes without a touch it locks.
export const machine = Object.defineProperties(
  {},
  { desk: remembered("place", null), paper: remembered("paper", "58"), prints: remembered("prints", "asked"), lock: remembered("lock", "10") },
);

export class Machine extends Screen {
  async load() {
    this.desks = (await this.app.api.get("/desks", { limit: 200 })).items;
  }

  view() {
    const chosen = (name, choices) => field({ name, label: say(`machine.${name}`), choices, value: machine[name] });
    const fields = [
      chosen("desk", this.desks.map(({ id, name }) => [id, name])),
      chosen("paper", ["58", "80"].map((width) => [width, say("machine.width", { width })])),
      chosen("lock", LOCKS.map((minutes) => [minutes, say("machine.minutes", { minutes })])),
      chosen("prints", ["asked", "always"].map((when) => [when, say(`machine.prints.${when}`)])),
    ];
    const save = async ({ desk, ...rest }) => {
      Object.assign(machine, rest);
      await this.app.at(this.desks.find(({ id }) => id === desk));
    };
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("machine.title")),
      p(say("machine.why"), "quiet-words"),
      this.desks.length ? form(fields, say("machine.save"), save) : p(say("machine.none"), "empty panel"),
    );
  }

  begin() {
    this.querySelector("select")?.focus();
  }
}

customElements.define("desk-machine", Machine);
