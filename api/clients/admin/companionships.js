// Companionships: who looks after the wisher of which wish, beyond the wish.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { exportsOf } from "../kit/files.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { pageOf } from "./listing.js";
import { Wish } from "./wish.js";
import { holder } from "./wishes.js";
import "./wish-words.js";

export class Companionships extends Screen {
  async load() {
    this.page = await pageOf(this.app.server, "/companionships");
  }

  view() {
    const { app } = this;
    const until = ({ until_on: on }) => (on ? say("companionship.ended", { day: day(on) }) : say("companionship.lasts"));
    const acts = (each) =>
      h(
        "div",
        { class: "actions" },
        button(say("companionship.wish"), () => app.open(Wish, { id: each.wish_id }), "quiet"),
        !each.until_on && app.may("wishes:write") ? button(say("companionship.end"), () => this.#end(each), "quiet") : null,
      );
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("companionship.title")),
      p(say("companionship.how"), "quiet-words"),
      table({
        caption: say("companionship.title"),
        columns: [
          { key: "name", label: say("companionship.who"), head: true, cell: holder },
          { key: "from", narrow: true, label: say("companionship.from"), cell: (each) => day(each.from_on), sort: (each) => each.from_on },
          { key: "until", narrow: true, label: say("companionship.until"), cell: until },
          { key: "open", narrow: true, label: say("admin.open"), cell: acts },
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("companionship.empty"),
        exports: exportsOf(app.server, "/companionships"),
      }),
    );
  }

  async #end({ id, name }) {
    const actions = [["keep", say("companionship.keep"), "primary"], ["end", say("companionship.end")]];
    if ((await ask(say("companionship.end.ask"), p(say("companionship.end.how", { name })), actions)) !== "end") return;
    try {
      await this.app.server.post(`/companionships/${id}/end`);
    } catch (error) {
      return this.app.failed(error);
    }
    await this.app.again();
    this.app.status.tell(say("companionship.done"));
  }
}

customElements.define("admin-companionships", Companionships);
