// The wish wall (心愿墙): everybody may look; whoever is known makes a wish, takes one up, and sees what came of theirs.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { day, points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 50;
const HELD = ["open", "fulfilled"];
const READY = [
  ["company", "wishes.ready.chat"],
  ["company", "wishes.ready.walk"],
  ["service", "wishes.ready.phone"],
  ["service", "wishes.ready.mend"],
];

export class Wishes extends Screen {
  async load() {
    const { number, mine, hall } = this.app;
    const own = (what) => (number ? mine.get(`/volunteers/${number}/${what}`, { limit: PAGE }) : { items: [] });
    const [wall, made, claims] = await Promise.all([
      hall.get("/wishes/wall", { limit: PAGE }),
      own("wishes"),
      own("wish-claims"),
    ]);
    this.made = made.items;
    const theirs = new Set(this.made.map((each) => each.id));
    this.claims = claims.items.filter((each) => HELD.includes(each.state));
    const held = new Set(this.claims.map((each) => each.wish_id));
    this.wall = wall.items.filter((each) => !held.has(each.id) && !theirs.has(each.id));
  }

  view() {
    const known = Boolean(this.app.number);
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("wishes.title")),
      p(say(known ? "wishes.what" : "wishes.how")),
      known ? h("div", { class: "actions" }, button(say("wishes.make"), () => this.app.go(NewWish), "primary")) : null,
      this.claims.length ? cards(say("wishes.claims"), this.claims.map((each) => this.#held(each))) : null,
      this.made.length ? cards(say("wishes.mine"), this.made.map((each) => this.#made(each))) : null,
      this.wall.length
        ? cards(say("wishes.others"), this.wall.map((each) => this.#wish(each)))
        : p(say("wishes.empty"), "empty panel"),
    );
  }

  #wish(wish) {
    const free = wish.places_left > 0;
    const name = wish.name ?? say("wishes.resident");
    const take = () => this.#change("/me/wish-claims", { wish_id: wish.id });
    return h(
      "li",
      { class: "panel prize" },
      h("h3", {}, wish.text),
      p(say("wishes.of", { name, organisation: wish.organisation }), "quiet-words"),
      p(say("wishes.points", { points: points(wish.points) })),
      free ? null : p(say("wishes.taken"), "short"),
      free && this.app.number ? button(say("wishes.take"), take, "primary") : null,
    );
  }

  #held(claim) {
    const is = claim.state === "open";
    return h(
      "li",
      { class: "panel prize" },
      h("h3", {}, claim.text),
      is ? p(say("wishes.until", { day: day(claim.until_on) })) : p(say("wishes.done"), "enough"),
      is ? button(say("wishes.give.back"), () => this.#giveBack(claim), "quiet") : null,
    );
  }

  #made(wish) {
    const good = ["published", "fulfilled", "confirmed"].includes(wish.state);
    return h(
      "li",
      { class: "panel prize" },
      h("h3", {}, wish.text ?? wish.words),
      p(say(`wishes.state.${wish.state}`), good ? "enough" : "short"),
      wish.reason && wish.state === "refused" ? p(say(`wishes.because.${wish.reason}`)) : null,
      wish.state === "fulfilled" ? this.#judge(wish) : null,
    );
  }

  // The wisher has the last word: the one answer posts what it was worth, so it is sent as a posting is.
  #judge(wish) {
    const posting = this.app.mine.posting(`/wishes/${wish.id}/confirm`);
    const confirm = ({ currentTarget }) =>
      this.app.done(currentTarget, posting, { how: "wisher" }, Wishes, "wishes.confirmed");
    return h(
      "div",
      { class: "acts" },
      button(say("wishes.confirm"), confirm, "primary"),
      button(say("wishes.not.so"), () => this.#change(`/wishes/${wish.id}/send-back`, {}), "quiet"),
    );
  }

  async #giveBack(claim) {
    const actions = [["keep", say("wishes.keep"), "primary"], ["back", say("wishes.give.back")]];
    const chosen = await ask(say("wishes.give.back.ask"), p(say("wishes.give.back.how")), actions);
    if (chosen === "back") await this.#change(`/wish-claims/${claim.id}/give-back`, {});
  }

  // What the server refuses is told; then what is really so is shown.
  async #change(path, body) {
    let refused = null;
    try {
      await this.app.mine.post(path, body);
    } catch (error) {
      refused = error;
    }
    if (refused?.means) return this.app.failed(refused);
    await this.app.go(Wishes);
    if (refused) this.app.failed(refused);
  }
}

const cards = (title, made) => [h("h2", {}, title), h("ul", { class: "prizes" }, made)];

// A wish of one's own: one touch for what many wish, or in one's own words.
export class NewWish extends Screen {
  view() {
    const kinds = ["thing", "service", "company"].map((kind) => [kind, say(`wishes.kind.${kind}`)]);
    const fields = [
      field({ name: "kind", label: say("wishes.kind"), choices: kinds }),
      field({ name: "words", label: say("wishes.words"), hint: say("wishes.words.how"), maxlength: 200 }),
    ];
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("wishes.new")),
      p(say("wishes.new.how")),
      h(
        "div",
        { class: "touches" },
        READY.map(([kind, key]) => button(say(key), () => this.#ready(kind, say(key)))),
      ),
      h("h2", {}, say("wishes.own")),
      form(fields, say("wishes.send"), (values) => this.#send(values)),
    );
  }

  async #ready(kind, words) {
    try {
      await this.#send({ kind, words });
    } catch (error) {
      this.app.failed(error);
    }
  }

  async #send({ kind, words }) {
    await this.app.mine.post("/me/wishes", { kind, words });
    await this.app.go(Wishes);
    this.app.status.tell(say("wishes.sent"));
  }
}

customElements.define("kiosk-wishes", Wishes);
customElements.define("kiosk-new-wish", NewWish);
