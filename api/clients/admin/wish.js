// One wish and its whole story: who took it in and looked it over, who holds it, how it ended; and what can be done now.

import { ask, fill } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, hours, instant, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { FormScreen } from "./forms.js";
import { facts, headed } from "./listing.js";
import { stepsOf } from "./wish-steps.js";
import "./wish-words.js";

const PURPOSES = ["contact", "verify_identity", "emergency"];
const PAIRS = ["published", "fulfilled", "confirmed"];
const OPEN = ["collected", "published", "fulfilled"];

export class Wish extends FormScreen {
  async load() {
    this.wish = await this.app.server.get(`/wishes/${this.given.id}`);
    this.steps = stepsOf(this);
  }

  view() {
    const { wish } = this;
    return h(
      "div",
      { class: "list" },
      headed(this.app, wish.text ?? wish.words),
      p(say(`wish.state.${wish.state}`), "state"),
      this.given.credits ? credited(this.given.credits) : null,
      this.steps(),
      h("div", { class: "beside" }, this.#facts(), this.#story()),
      wish.claims.length ? this.#claims() : null,
      this.#beyond(),
    );
  }

  #facts() {
    const { wish } = this;
    const yuan = (fen) => say("wish.yuan", { yuan: (fen / 100).toFixed(2) });
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("wish.what")),
      facts([
        [say("wish.own.words"), wish.words],
        [say("wish.text"), wish.text],
        [say("wish.kind"), say(`wish.kind.${wish.kind}`)],
        [say("wish.asker"), wish.asker],
        [say("wish.shown.name"), wish.state === "collected" ? null : (wish.shown_name ?? say("wish.shown.nobody"))],
        [say("wish.minor.is"), wish.is_minor ? say("wish.minor.yes") : null],
        [say("admin.organisation"), wish.organisation],
        [say("wish.points"), wish.points === null ? null : points(wish.points)],
        [say("wish.cost"), wish.cost_fen === null ? null : yuan(wish.cost_fen)],
        [say("wish.most"), wish.points === null ? null : wish.claimers_at_most],
        [say("wish.charge"), wish.person_in_charge],
        [say("wish.proof"), wish.proof],
        [say("wish.done.on"), wish.done_on ? day(wish.done_on) : null],
        [say("wish.how"), wish.confirmed_how ? say(`wish.how.${wish.confirmed_how}`) : null],
        [say("wish.reason"), wish.reason ? say(`wish.because.${wish.reason}`) : null],
      ]),
    );
  }

  // What happened, the first thing first.
  #story() {
    const { wish, app } = this;
    const step = (words, at, by) => (at ? h("li", {}, h("strong", {}, words), p(instant(at)), by ? p(app.who(by), "quiet-words") : null) : null);
    return h(
      "section",
      { class: "panel" },
      h("h2", {}, say("wish.story")),
      h(
        "ol",
        { class: "steps" },
        step(say(`wish.story.collected.${wish.channel}`), wish.collected_at, wish.channel === "kiosk" ? null : wish.collected_by),
        step(say(wish.state === "refused" ? "wish.story.refused" : "wish.story.verified"), wish.verified_at, wish.verified_by),
        // Whoever holds it may have said so at a kiosk: only staff have a name here.
        step(say("wish.story.fulfilled"), wish.fulfilled_at, wish.fulfilled_by === app.me.id ? wish.fulfilled_by : null),
        wish.state === "refused" && wish.verified_at ? null : step(say(`wish.state.${wish.state}`), wish.ended_at),
      ),
    );
  }

  #claims() {
    const { app, wish } = this;
    const back = (claim) => button(say("wish.give.back"), () => this.#giveBack(claim), "quiet");
    const line = (claim) =>
      h(
        "li",
        {},
        h(
          "div",
          {},
          h("strong", {}, say("wish.claimed", { name: claim.name, number: claim.volunteer_no })),
          p(say(`wish.claim.${claim.state}`, { day: day(claim.until_on) }), "quiet-words"),
          claim.minutes ? p(say("wish.served", { time: hours(claim.minutes) }), "quiet-words") : null,
        ),
        claim.state === "open" && app.may("wishes:write") ? back(claim) : null,
      );
    return h("section", { class: "panel" }, h("h2", {}, say("wish.claims")), h("ul", { class: "standing" }, wish.claims.map(line)));
  }

  async #giveBack(claim) {
    const actions = [["keep", say("wish.give.back.keep"), "primary"], ["back", say("wish.give.back")]];
    const words = say("wish.give.back.how", { name: claim.name });
    if ((await ask(say("wish.give.back.ask"), p(words), actions)) !== "back") return;
    await this.done(() => this.app.server.post(`/wish-claims/${claim.id}/give-back`), "wish.given.back");
  }

  // How the wisher is reached, and who stays with them afterwards.
  #beyond() {
    const { app, wish } = this;
    if (!app.may("wishes:write")) return null;
    const reach = OPEN.includes(wish.state) ? button(say("wish.reach"), () => this.#reach()) : null;
    const pair = PAIRS.includes(wish.state) ? button(say("wish.pair"), () => this.#pair()) : null;
    return reach || pair ? h("div", { class: "actions" }, reach, pair) : null;
  }

  async #reach() {
    const choices = PURPOSES.map((each) => [each, say(`wish.purpose.${each}`)]);
    const purpose = [field({ name: "purpose", label: say("wish.purpose"), choices })];
    const send = (body) => this.app.server.post(`/wishes/${this.wish.id}/disclosures`, body);
    const told = await fill(say("wish.reach"), p(say("wish.reach.how"), "quiet-words"), purpose, say("wish.reach.show"), send);
    if (!told) return;
    const known = facts([
      [say("wish.neighbour"), told.name],
      [say("wish.phone"), told.phone],
      [say("wish.flat"), told.flat],
      [say("wish.own.words"), told.words],
    ]);
    const content = known.children.length ? known : p(say("wish.reach.nothing"));
    await ask(say("wish.reach"), content, [["close", say("kit.close"), "primary"]]);
  }

  async #pair() {
    const number = [field({ name: "volunteer_no", label: say("wish.volunteer"), inputmode: "numeric" })];
    const send = (body) => this.app.server.post(`/wishes/${this.wish.id}/companionships`, body);
    const made = await fill(say("wish.pair"), p(say("wish.pair.how"), "quiet-words"), number, say("wish.pair.do"), send);
    if (made) this.app.status.tell(say("wish.paired", { name: made.name }));
  }

  // Does one thing and shows what is so then. Where somebody else was first, that is told, with how it stands now.
  async done(act, key) {
    try {
      const answer = await act();
      await this.app.replace(Wish, { id: this.wish.id, credits: answer.credits });
      this.app.status.tell(say(key));
    } catch (error) {
      if (!["step_not_possible", "not_taken_up", "places_taken"].includes(error.code)) throw error;
      await this.app.replace(Wish, { id: this.wish.id });
      this.app.status.warn(say("wish.meanwhile", { words: error.words }));
    }
  }
}

// What each who fulfilled it got, or why not.
const credited = (credits) => {
  const line = (credit) => {
    const { volunteer_no: number, outcome } = credit;
    if (outcome === "refused") return h("li", { class: "flag" }, say("wish.credit.refused", { number, why: credit.problem.detail }));
    const waits = credit.state && credit.state !== "posted";
    if (waits) return h("li", {}, say("wish.credit.waits", { number }));
    return h("li", {}, say("wish.credit.posted", { number, points: points(credit.points ?? 0), time: hours(credit.minutes ?? 0) }));
  };
  return h("section", { class: "panel" }, h("h2", {}, say("wish.credits")), h("ul", { class: "flags" }, credits.map(line)));
};

customElements.define("admin-wish", Wish);
