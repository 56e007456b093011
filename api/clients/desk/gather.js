// A screen that gathers lines of goods and sends them together: to another desk, or to be written off.

import { button, h, p } from "../kit/element.js";
import { form } from "../kit/field.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Gathered, prizeField, quantityField, takeLabel, whole } from "./goods.js";
import { key } from "./keys.js";
import { offered } from "./shelf.js";

// What is there to say: `words` are the keys of its title, how it goes and what sends it, `more()` further fields of a
// line, `before()` fields of the whole, `path` and `body(lines)` what is sent, `sent(answer)` what comes after.
export class Gather extends Screen {
  gathered = new Gathered();

  async load() {
    this.prizes = await offered(this.app);
    this.posting = this.app.api.posting(this.path);
  }

  more() {
    return [];
  }

  before() {
    return [];
  }

  view() {
    this.fields = [prizeField(this.prizes), quantityField(), ...this.more()];
    this.whole ??= this.before();
    this.list = h("div", { class: "stack" });
    this.#show();
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say(this.words.title)),
      p(say(this.words.how), "quiet-words"),
      h("section", { class: "panel stack" }, this.whole, form(this.fields, say("goods.add"), (typed) => this.#add(typed))),
      h("section", { class: "panel stack" }, this.list),
    );
  }

  begin() {
    (this.whole[0] ?? this.fields[0]).focus();
  }

  scanned({ digits, is }) {
    return is === "prize" && takeLabel(this.prizes, digits, this.fields[0], this.fields[1]);
  }

  #add(typed) {
    const prize = this.prizes.find(({ id }) => id === typed.prize_id);
    const quantity = whole(typed.quantity);
    if (!prize) this.fields[0].fault = say("goods.which");
    if (!quantity) this.fields[1].fault = say("goods.number");
    if (!prize || !quantity) return;
    if (!this.gathered.add({ prize, quantity, reason: typed.reason })) {
      return void (this.fields[0].fault = say("goods.twice"));
    }
    this.fields[0].value = this.fields[1].value = "";
    this.#show();
    this.fields[0].focus();
  }

  #show() {
    const { lines } = this.gathered;
    const line = (one) =>
      h(
        "li",
        {},
        h("span", { class: "title" }, called(one)),
        h("span", { class: "times" }, say("till.times", { count: count(one.quantity) })),
        button(say("till.remove"), () => this.#drop(one), "quiet", { "aria-label": say("goods.drop", { title: one.prize.title }) }),
      );
    this.list.replaceChildren(
      lines.length ? h("ol", { class: "lines" }, lines.map(line)) : p(say("goods.nothing"), "empty"),
      h(
        "div",
        { class: "actions" },
        key("F9", say(this.words.send), ({ currentTarget }) => this.#send(currentTarget), "primary", { disabled: !lines.length }),
        key("Escape", say("goods.back"), () => this.app.toStock(), "quiet"),
      ),
    );
  }

  #drop(one) {
    this.gathered.drop(one);
    this.#show();
    this.fields[0].focus();
  }

  async #send(touched) {
    const answer = await this.app.done(touched, this.posting, this.body(this.gathered.lines));
    if (answer) await this.sent(answer);
  }
}

const called = ({ prize: { title }, reason }) =>
  reason ? say("reason.of", { title, reason: say(`reason.${reason}`) }) : title;
