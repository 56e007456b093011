// Drawing a notice up: of which organisation and what, then all that it will show; published, it is frozen.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { count, day } from "../kit/formats.js";
import { parts, say } from "../kit/language.js";
import { form, FormScreen, values } from "./forms.js";
import { linesTable } from "./lines.js";
import { headed } from "./listing.js";
import { Notice } from "./notice.js";
import "./notice-words.js";

const SHOWS = ["due", "posted", "corrections"];
const SHOWN = 100;

export class Drawing extends FormScreen {
  shows = "due";
  preview = null;

  async load() {
    this.publishing = this.app.server.posting("/notices");
  }

  view() {
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("drawing.title")),
      h("section", { class: "panel" }, this.#asked()),
      this.preview ? this.#shown() : null,
    );
  }

  #asked() {
    const { today } = this.app.bank;
    const kinds = SHOWS.map((each) => [each, say(`drawing.shows.${each}`)]);
    const shows = field({ name: "shows", label: say("drawing.shows"), choices: kinds, value: this.shows });
    shows.input.addEventListener("change", () => {
      this.shows = shows.value;
      this.preview = null;
      this.draw();
    });
    const period = [
      field({ name: "from", type: "date", label: say("drawing.from"), max: today }),
      field({ name: "to", type: "date", label: say("drawing.to"), max: today, value: today }),
      field({ name: "days", type: "number", min: 1, max: 365, label: say("drawing.days"), hint: say("drawing.days.hint"), required: false }),
    ];
    const fields = [
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation") }),
      shows,
      ...(this.shows === "posted" ? period : []),
      field({ name: "title", label: say("drawing.name"), hint: say("drawing.name.hint"), required: false }),
      field({ name: "remark", label: say("drawing.remark"), hint: say("drawing.remark.hint"), rows: 2, required: false }),
    ];
    // What is changed after the preview is looked at anew before it is published.
    for (const each of fields) each.addEventListener("input", () => this.#outdated());
    const look = async () => {
      this.body = bodyOf(values(fields));
      this.preview = await this.app.server.post("/notices/preview", this.body, { harmless: true });
      this.draw();
      this.querySelector("#shown").focus();
    };
    const made = form(fields, say("drawing.look"), look);
    made.classList.add("two");
    return made;
  }

  #outdated() {
    this.preview = null;
    this.querySelector(".shown")?.remove();
  }

  #shown() {
    const { lines, begins_on: begins, ends_on: ends, days, in_working_days: working } = this.preview;
    if (!lines.length) return h("section", { class: "panel shown" }, h("h2", { id: "shown", tabindex: "-1" }, say(`drawing.nothing.${this.shows}`)));
    const publish = button(say("drawing.publish"), () => this.#publish(publish), "primary");
    const facts = { count: h("strong", {}, count(lines.length)), begins: day(begins), ends: h("strong", {}, day(ends)), days };
    return h(
      "section",
      { class: "panel shown" },
      h("h2", { id: "shown", tabindex: "-1" }, say("drawing.shown")),
      p(parts(working ? "drawing.hangs.working" : "drawing.hangs", facts)),
      p(say("drawing.frozen"), "care"),
      h("div", { class: "actions" }, publish),
      linesTable(lines.slice(0, SHOWN).map((line, at) => ({ ...line, line: at + 1 })), say("drawing.lines")),
      lines.length > SHOWN ? p(say("drawing.rest", { count: count(lines.length - SHOWN) }), "quiet-words") : null,
    );
  }

  async #publish(pressed) {
    const told = await this.app.sent(pressed, this.publishing, this.body);
    if (!told) return;
    await this.app.replace(Notice, { id: told.id });
    this.app.status.tell(say("drawing.done", { ends: day(told.ends_on) }));
  }
}

const bodyOf = (typed) => ({ ...typed, ...(typed.days ? { days: Number(typed.days) } : {}) });

customElements.define("admin-drawing", Drawing);
