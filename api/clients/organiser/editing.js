// Editing what somebody else may edit at the same time: only what was changed here is sent. Where somebody was quicker,
// what they changed and nobody touched here is taken over, what both changed is told at its field, and nothing typed is
// lost: sent again, it goes on top of theirs.

import { say } from "../kit/language.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class Editing {
  // `told` is the resource as it was read, with its etag. `put(names, now)` shows these members as they are now;
  // `spelled(name, value)` is how one is told in words.
  constructor({ server, path, told, put, spelled }) {
    Object.assign(this, { server, path, told, put, spelled });
  }

  // Sends what of `wanted` differs from what was read, if anything does; throws what `form` shows.
  async send(wanted) {
    const body = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => !same(this.told[name], value)));
    if (!Object.keys(body).length) return;
    try {
      await this.server.patch(this.path, body, this.told.etag);
    } catch (error) {
      if (error.code !== "precondition_failed") throw error;
      throw this.#meet(body, await this.server.get(this.path));
    }
  }

  #meet(body, now) {
    const theirs = Object.keys(now).filter((name) => name !== "etag" && !same(now[name], this.told[name]));
    this.told = now;
    this.put(theirs.filter((name) => !(name in body)), now);
    const both = theirs.filter((name) => name in body);
    const faults = both.map((name) => [`/${name}`, say("edit.theirs", { value: this.spelled(name, now[name]) })]);
    return Object.assign(new Error("conflict"), { words: say("edit.conflict"), faults: new Map([["", ""], ...faults]) });
  }
}
