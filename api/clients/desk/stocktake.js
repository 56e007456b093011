// A stocktake: what stands on the shelf is counted, and a second person confirms what is different.

import { h, p } from "../kit/element.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Counting } from "./counting.js";
import { key } from "./keys.js";
import { Reports } from "./reports.js";
import { all } from "./shelf.js";

export class Stocktake extends Screen {
  async load() {
    const { api, desk } = this.app;
    const [prizes, stock, held] = await Promise.all([
      all(api, "/prizes"),
      api.get(`/desks/${desk.id}/stock`),
      all(api, "/reservations", { desk_id: desk.id, state: "reserved" }),
    ]);
    this.prizes = prizes;
    this.posting = api.posting("/stocktakes");
    const lines = new Map(stock.items.map((one) => [one.prize_id, line(one.prize_id, one.title, one.quantity + one.expired)]));
    for (const item of held.flatMap((one) => one.items)) {
      const found = lines.get(item.prize_id) ?? line(item.prize_id, item.title, 0);
      lines.set(item.prize_id, { ...found, held: found.held + item.quantity, expected: found.expected + item.quantity });
    }
    this.lines = [...lines.values()];
  }

  view() {
    this.counting ??= new Counting(this.lines);
    return h(
      "div",
      { class: "page" },
      h("h1", {}, say("stocktake.title")),
      p(say("stocktake.how"), "quiet-words"),
      h(
        "section",
        { class: "panel stack" },
        this.counting.element,
        h(
          "div",
          { class: "actions" },
          key("F9", say("stocktake.do"), ({ currentTarget }) => this.#send(currentTarget), "primary"),
          key("Escape", say("goods.back"), () => this.app.toStock(), "quiet"),
        ),
      ),
    );
  }

  begin() {
    this.counting.focus();
  }

  scanned({ digits, is }) {
    return is === "prize" && this.counting.scanned(this.prizes, digits);
  }

  async #send(touched) {
    const counts = this.counting.typed({ isWhole: false });
    if (counts === null) return;
    if (!counts.length) return this.app.status.warn(say("stocktake.nothing"));
    const answer = await this.app.done(touched, this.posting, { desk_id: this.app.desk.id, counts });
    if (answer) await this.app.go(Reports, { id: answer.id });
  }
}

// What is set aside stands on the shelf as well, and is counted with the rest.
const line = (prize_id, title, expected) => ({ prize_id, title, expected, held: 0 });

customElements.define("desk-stocktake", Stocktake);
