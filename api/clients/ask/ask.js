// What the code in a stairwell opens: ask for something without signing in, and see what came of it. Behind the # stand
// the estate, and once it was asked for, the request, which nobody else can guess.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { dayOf, timeOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import "./words.js";

const SORTS = ["lighting", "plumbing", "cleaning", "safety", "care", "other"];
const PRIORITIES = { safety: "danger", plumbing: "utilities" };

// `given.estate` is whose code it is, "" where it is none.
class Ask extends Screen {
  view() {
    const { estate } = this.given;
    if (!estate) return h("div", {}, h("h1", {}, say("title")), p(say("no.code"), "empty panel"));
    const known = (name, label, more) => field({ name, label, required: false, ...more });
    const fields = [
      field({ name: "kind", label: say("kind"), choices: SORTS.map((sort) => [sort, say(`kind.${sort}`)]) }),
      field({ name: "words", label: say("words"), maxlength: 200, rows: 3 }),
      field({ name: "place", label: say("place"), hint: say("place.how"), maxlength: 60 }),
      known("name", say("name"), { hint: say("name.how"), maxlength: 60 }),
      known("phone", say("phone"), { inputmode: "tel", maxlength: 20 }),
    ];
    return h(
      "div",
      {},
      h("h1", {}, say("title")),
      p(say("how"), "lead"),
      h("section", { class: "panel" }, form(fields, say("send"), (values) => this.#send(estate, values))),
    );
  }

  async #send(estate, { kind, words, place, name, phone }) {
    const asker = name ? { asker: phone ? { name, phone } : { name } } : {};
    const body = { kind, words, place, priority: PRIORITIES[kind] ?? "normal", ...asker };
    const made = await this.app.server.post(`/organisations/${estate}/requests`, body);
    location.hash = `${estate}/${made.id}`;
  }
}

// `given.request` is what was asked for.
class Asked extends Screen {
  async load() {
    this.found = await this.app.server.get(`/scanned-requests/${this.given.request}`);
  }

  view() {
    const { state, answer, close_due_at: due } = this.found;
    const isOpen = ["received", "accepted", "dispatched"].includes(state);
    return h(
      "div",
      {},
      h("h1", {}, say("asked")),
      h(
        "section",
        { class: "panel" },
        p(say(`state.${state}`), "lead"),
        isOpen && p(say("due", { day: dayOf(due), time: timeOf(due) })),
        answer && p(say("answer", { words: answer })),
      ),
      p(say("keep")),
      p(h("a", { href: `#${this.given.estate}` }, say("another"))),
    );
  }
}

customElements.define("ask-form", Ask);
customElements.define("ask-asked", Asked);

const ID = "[0-9a-f-]{36}";

const screenOf = (where) => {
  const [, estate = "", request = ""] = new RegExp(`^(${ID})(?:/(${ID}))?$`).exec(where) ?? [];
  return request ? [Asked, { estate, request }] : [Ask, { estate }];
};

new Page(screenOf).start();
