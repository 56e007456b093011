// The organisations that somebody may know: their names, the tree, and the field to choose one.

import { field } from "../kit/field.js";
import { say } from "../kit/language.js";

const PAGE = 200;
const INDENT = "\u2003";

export class Places {
  all = [];
  #by = new Map();

  constructor(server) {
    this.server = server;
  }

  // Parents come before children.
  async load() {
    const all = [];
    let cursor = null;
    do {
      const page = await this.server.get("/organisations", { limit: PAGE, cursor });
      all.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    this.#by = new Map(all.map((place) => [place.id, place]));
    this.all = this.#tree(all);
  }

  name(id) {
    return this.#by.get(id)?.name ?? say("admin.elsewhere");
  }

  knows(id) {
    return this.#by.has(id);
  }

  // How many of the known organisations lie above this one.
  depth(place) {
    const above = this.#by.get(place.parent_id);
    return above ? this.depth(above) + 1 : 0;
  }

  // `any` is offered as well where nothing needs to be chosen.
  field({ any = null, except = () => false, ...more }) {
    const offered = this.all.filter((place) => !place.closed_at && !except(place));
    const shown = (place) => [place.id, INDENT.repeat(this.depth(place)) + place.name];
    return field({ choices: [...(any ? [["", any]] : []), ...offered.map(shown)], required: !any, ...more });
  }

  // Each followed by those below it.
  #tree(all) {
    const children = new Map();
    for (const place of all) {
      const above = this.#by.has(place.parent_id) ? place.parent_id : null;
      children.set(above, [...(children.get(above) ?? []), place]);
    }
    const from = (id) => (children.get(id) ?? []).flatMap((place) => [place, ...from(place.id)]);
    return from(null);
  }
}

// Who works here, as far as this person may know them.
export class Colleagues {
  #names = new Map();

  constructor(app) {
    this.app = app;
  }

  async load() {
    this.#names.clear();
    if (!this.app.may("staff:read")) return;
    let cursor = null;
    do {
      const page = await this.app.server.get("/staff", { limit: PAGE, cursor });
      for (const person of page.items) this.#names.set(person.id, person.name);
      cursor = page.next_cursor;
    } while (cursor);
  }

  who(id) {
    if (id === this.app.me.id) return say("admin.you");
    return this.#names.get(id) ?? say("admin.colleague");
  }
}
