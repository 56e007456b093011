// The public log: its newest signed head, the keys that sign it, and what it adds up to.

import { h, p } from "../kit/element.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Away } from "../kit/request.js";
import { Screen } from "../kit/screen.js";
import { facts } from "./listing.js";
import "./trust-words.js";

// What lies outside the API: text that anybody may read. null where there is none yet.
const text = async (path) => {
  try {
    const answer = await fetch(path, { cache: "no-store", credentials: "omit" });
    return answer.ok ? await answer.text() : null;
  } catch {
    throw new Away("nothing");
  }
};

export class Log extends Screen {
  async load() {
    const totals = async () => JSON.parse((await text("/log/totals")) ?? "null");
    [this.head, this.keys, this.totals] = await Promise.all([text("/log/checkpoint"), text("/log/vkey"), totals()]);
  }

  view() {
    const [origin, size, root] = this.head?.split("\n") ?? [];
    const shown = (words) => h("pre", { class: "data", tabindex: "0", role: "region", "aria-label": say("log.keys") }, words);
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("log.title")),
      p(say("log.how"), "quiet-words"),
      h(
        "section",
        { class: "panel" },
        h("h2", {}, say("log.head")),
        this.head
          ? facts([
              [say("log.origin"), origin],
              [say("log.size"), count(size)],
              [say("log.root"), root],
              [say("log.entries"), this.totals ? count(this.totals.size) : null],
            ])
          : p(say("log.none"), "care"),
        this.head && this.totals && Number(size) < this.totals.size ? p(say("log.behind", { count: count(this.totals.size - Number(size)) }), "quiet-words") : null,
      ),
      h("section", { class: "panel" }, h("h2", {}, say("log.keys")), p(say("log.keys.how"), "quiet-words"), this.keys ? shown(this.keys.trim()) : p(say("log.keys.none"), "care")),
      h("section", { class: "panel" }, h("div", { class: "actions" }, h("a", { href: "/verify", target: "_blank" }, say("log.verify")), h("a", { href: "/verify.py", download: "" }, say("log.verifier")))),
    );
  }
}

customElements.define("admin-log", Log);
