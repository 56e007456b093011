// One wish: who holds it, taking it up for somebody of the team, and handing in what proves that it was granted.

import { button, h, p } from "../kit/element.js";
import { field, form, values } from "../kit/field.js";
import { day, dayOf, grouped, hours, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { finder } from "./finder.js";
import { about, badge, facts, folded, head, part } from "./looks.js";
import { whole } from "./typed.js";
import "./wish-words.js";

const LOOKS = { open: "care", expired: "", fulfilled: "running", given_back: "", over: "" };
const CHANGED = ["step_not_possible", "not_taken_up", "places_taken"];

// `given`: the `wish_id`.
export class Wish extends Screen {
  static under = "wishes";

  async load() {
    const path = `/wishes/${this.given.wish_id}`;
    [this.wish, this.bank] = await Promise.all([this.app.server.get(path), this.app.server.get("/bank")]);
    this.path = path;
    this.held = this.wish.claims.filter((claim) => claim.state === "open");
  }

  view() {
    const { wish } = this;
    const hung = wish.state === "published";
    return h(
      "div",
      { class: "page" },
      head(wish.text ?? wish.words, { back: [say("wishes.title"), () => this.app.go("wishes")], under: say(`wish.state.${wish.state}`) }),
      hung && this.held.length ? part(say("wish.prove"), this.#proof()) : null,
      h("div", { class: "columns" }, part(say("wish.about"), this.#facts()), part(say("wish.claims"), this.#claims())),
      hung && this.held.length < wish.claimers_at_most ? this.#claiming() : null,
    );
  }

  #facts() {
    const { wish } = this;
    return facts([
      [say("wish.kind"), say(`wish.kind.${wish.kind}`)],
      [say("wish.points"), wish.points === null ? null : points(wish.points)],
      [say("wish.most"), wish.claimers_at_most],
      [say("wish.charge"), wish.person_in_charge],
      [say("wish.organisation"), wish.organisation],
      [say("wish.proof"), wish.proof],
      [say("wish.done.on"), wish.done_on && day(wish.done_on)],
      [say("wish.ended"), wish.ended_at && day(dayOf(wish.ended_at))],
    ]);
  }

  #claims() {
    const { claims } = this.wish;
    if (!claims.length) return p(say("wish.claims.empty"), "empty");
    const line = (claim) =>
      h(
        "li",
        { class: "line" },
        h(
          "div",
          {},
          p(say("wishes.holder", { name: claim.name, number: grouped(claim.volunteer_no, 3, 3, 4) })),
          p(say("wishes.until", { day: day(claim.until_on) }), "quiet-words"),
          claim.minutes ? p(say("wish.served", { time: hours(claim.minutes) }), "quiet-words") : null,
        ),
        h(
          "div",
          { class: "actions" },
          badge(say(`wish.claim.${claim.state}`), LOOKS[claim.state]),
          claim.state === "open" ? button(say("wish.give.back"), ({ currentTarget }) => this.#giveBack(currentTarget, claim), "quiet", about(say("wish.give.back"), claim.name)) : null,
        ),
      );
    return h("ul", { class: "lines" }, claims.map(line));
  }

  // In words, and no pictures: of a child or of somebody ill they would tell more than any name.
  #proof() {
    const proof = field({ name: "proof", label: say("wish.proof"), hint: say("wish.proof.hint"), rows: 3, maxlength: 500 });
    const done = field({ name: "done_on", type: "date", label: say("wish.done.on"), value: this.bank.today, max: this.bank.today });
    const minutes = this.held.map((claim) =>
      field({ name: `minutes-${claim.id}`, inputmode: "numeric", label: say("wish.minutes", { name: claim.name }), hint: say("wish.minutes.hint"), required: false }),
    );
    const send = async () => {
      const told = minutes.map((each) => whole(each));
      if (told.includes(undefined)) return;
      if (!proof.value.trim()) {
        proof.fault = say("edit.missing");
        return proof.focus();
      }
      const served = this.held.map(({ volunteer_no }, at) => ({ volunteer_no, minutes: told[at] })).filter((each) => each.minutes);
      await this.#change(() => this.app.server.post(`${this.path}/fulfil`, { ...values([proof, done]), served }), "wish.proved");
    };
    return [p(say("wish.prove.how"), "quiet-words"), form([proof, done, ...minutes], say("wish.prove.send"), send)];
  }

  #claiming() {
    const chosen = ({ volunteer_no, name }, touched) =>
      this.app.doing(touched, () => this.#change(() => this.app.server.post(`${this.path}/claims`, { volunteer_no }), "wish.claimed", { name }));
    const act = [say("wish.claim"), chosen];
    return folded(say("wish.claim.title"), [p(say("wish.claim.how"), "quiet-words"), finder({ app: this.app, label: say("wish.claim.who"), act })]);
  }

  #giveBack(touched, claim) {
    return this.app.doing(touched, () => this.#change(() => this.app.server.post(`/wish-claims/${claim.id}/give-back`), "wish.given.back"));
  }

  // Shows what is so then; where somebody else was first, that is told.
  async #change(act, key, told = {}) {
    try {
      await act();
    } catch (error) {
      if (!CHANGED.includes(error.code)) throw error;
      await this.app.again();
      return this.app.status.warn(say("wish.meanwhile", { words: error.words }));
    }
    await this.app.again();
    this.app.status.tell(say(key, told));
  }
}

customElements.define("organiser-wish", Wish);
