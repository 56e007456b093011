// The front of the board: each matter in a few words, and the way to all of it.

import { h, p } from "../kit/element.js";
import { count, day, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { all, balance, head, rulebooks, sums } from "./data.js";
import { asOf, sheet } from "./parts.js";
import { time } from "./requests.js";

export class Overview extends Screen {
  async load() {
    const { server } = this.app;
    [this.rules, this.sums, this.head, this.notices, this.prizes, this.decisions, this.wishes, this.requests] = await Promise.all([
      rulebooks(server),
      sums(server),
      head(server),
      all(server, "/notices", { open: "true" }),
      all(server, "/showcase"),
      server.get("/proposals", { limit: 3 }),
      all(server, "/wishes/wall"),
      server.get("/requests/figures"),
    ]);
  }

  view() {
    const parts = [this.#rules(), this.#decisions(), this.#notices(), this.#prizes(), this.#wishes(), this.#requests(), this.#totals(), this.#trust()];
    return sheet(
      "",
      say("overview.title", { bank: this.app.bank.name }),
      h("div", { class: "lead" }, p(say("overview.lead"))),
      asOf(this.sums.size, this.app.bank.today),
      h("div", { class: "cards-of" }, parts),
    );
  }

  #card(name, content) {
    const link = h("a", { href: `#${name}` }, say(`ways.${name}`));
    return h("section", { class: "panel" }, h("h2", {}, link), content);
  }

  #rules() {
    const line = (book) => p(say("overview.rule", { title: chosen(book.title), version: book.version, from: day(book.effective_from) }));
    return this.#card("rules", this.rules.length ? this.rules.map(line) : p(say("rules.empty")));
  }

  #decisions() {
    const { items } = this.decisions;
    const line = (one) => h("p", {}, h("a", { href: `#decision/${one.id}` }, one.title), ` ${say(`state.${one.state}`)}`);
    return this.#card("decisions", items.length ? items.map(line) : p(say("decisions.empty")));
  }

  #notices() {
    const open = this.notices.length;
    return this.#card("notices", p(open ? say("overview.notices", { count: count(open) }) : say("notices.empty")));
  }

  #prizes() {
    const kinds = this.prizes.length;
    return this.#card("prizes", p(kinds ? say("overview.prizes", { count: count(kinds) }) : say("prizes.empty")));
  }

  #wishes() {
    const free = this.wishes.filter((wish) => wish.places_left).length;
    return this.#card("wishes", p(free ? say("overview.wishes", { count: count(free) }) : say("overview.wishes.none")));
  }

  #requests() {
    const { all } = this.requests;
    const told = all && { received: count(all.received), closed: count(all.closed), time: time(all) };
    return this.#card("requests", p(told ? say("requests.card", told) : say("requests.few")));
  }

  #totals() {
    const { from, to, given } = balance(this.sums.totals, "points");
    const issued = from.find(([purpose]) => purpose === "issuance")?.[1] ?? 0;
    const redeemed = to.find(([purpose]) => purpose === "redeemed")?.[1] ?? 0;
    return this.#card("totals", [
      p(say("overview.totals", { issued: points(issued), redeemed: points(redeemed) })),
      given ? p(say("overview.balance"), "good-words") : null,
    ]);
  }

  #trust() {
    const words = this.head ? say("overview.trust", { size: count(this.head.size) }) : say("trust.unsigned");
    return this.#card("trust", p(words));
  }
}

customElements.define("board-overview", Overview);
