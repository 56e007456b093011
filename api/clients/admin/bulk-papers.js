// Papers for many: whoever served in a year gets a letter, or a certificate of the year, all in one print.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { count, grouped, hours } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { LONG_MS } from "../kit/request.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { pageOf } from "./listing.js";
import "./papers-words.js";

const AT_ONCE = 200;

// `given`: the `year` and the `organisation_id`.
export class BulkPapers extends FormScreen {
  refused = [];

  async load() {
    const { bank, me, server } = this.app;
    this.asked = { year: bank.today.slice(0, 4), organisation_id: me.organisation_id, ...this.given };
    this.path = `/organisations/${this.asked.organisation_id}/yearly-letters`;
    this.query = { year: this.asked.year };
    this.page = await pageOf(server, this.path, { ...this.query, limit: AT_ONCE });
    this.chosen = new Set(this.page.rows.map((each) => each.volunteer_no));
    this.issuing = server.posting("/certificates/batch", { patience: LONG_MS });
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("bulk.title")),
      h("section", { class: "panel" }, this.#asked()),
      this.page.rows.length ? this.#many() : null,
      this.refused.length ? h("section", { class: "panel care" }, h("ul", { class: "flags" }, this.refused.map((words) => h("li", { class: "flag" }, words)))) : null,
      this.#table(),
    );
  }

  #asked() {
    const fields = [
      field({ name: "year", type: "number", min: 2000, max: 2099, label: say("papers.year"), value: this.asked.year }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation"), value: this.asked.organisation_id }),
    ];
    const made = form(fields, say("report.look"), () => this.app.visit("bulk_papers", values(fields)));
    made.classList.add("two");
    return made;
  }

  #many() {
    this.told = h("p", { class: "count", role: "status" }, this.#count());
    const act = (key, how) => {
      const pressed = button(say(key), () => this.#waiting(pressed, how), key === "bulk.letters" ? "primary" : "");
      return pressed;
    };
    return h(
      "section",
      { class: "panel", "aria-label": say("bulk.title") },
      this.told,
      h("div", { class: "actions" }, act("bulk.letters", () => this.#letters()), this.app.may("certificates:issue") ? act("bulk.certificates", () => this.#certificates()) : null),
      p(say("bulk.how"), "quiet-words"),
    );
  }

  #count() {
    return say("bulk.chosen", { count: count(this.chosen.size) });
  }

  #table() {
    const tick = (each) => {
      const change = ({ target }) => {
        if (target.checked) this.chosen.add(each.volunteer_no);
        else this.chosen.delete(each.volunteer_no);
        this.told.textContent = this.#count();
      };
      const label = say("bulk.choose", { number: grouped(each.volunteer_no, 3, 3, 4) });
      const box = { type: "checkbox", checked: this.chosen.has(each.volunteer_no), onchange: change, "aria-label": label };
      return h("label", { class: "tick" }, h("input", box));
    };
    return table({
      caption: say("bulk.who"),
      columns: [
        { key: "tick", narrow: true, label: say("bulk.column"), cell: tick },
        { key: "volunteer_no", label: say("papers.volunteer"), head: true, cell: (each) => grouped(each.volunteer_no, 3, 3, 4) },
        { key: "records", number: true, label: say("bulk.records"), cell: (each) => count(each.records), sort: (each) => each.records },
        { key: "minutes", number: true, label: say("papers.time"), cell: (each) => hours(each.minutes), sort: (each) => each.minutes },
      ],
      rows: this.page.rows,
      more: this.page.more,
      empty: say("bulk.nobody"),
      exports: exportsOf(this.app.server, this.path, this.query),
    });
  }

  async #waiting(pressed, how) {
    if (!this.chosen.size) return this.app.status.warn(say("bulk.none"));
    pressed.disabled = true;
    try {
      await how();
    } catch (error) {
      this.app.failed(error);
    } finally {
      pressed.disabled = false;
    }
  }

  async #letters() {
    for (const volunteer_nos of this.#handfuls()) {
      await this.#print("/yearly-letters/papers", { year: Number(this.asked.year), volunteer_nos });
    }
  }

  // Each is issued by itself; whoever gets none is told why, and the others are printed all the same.
  async #certificates() {
    const { year } = this.asked;
    const { today } = this.app.bank;
    const last = `${year}-12-31`;
    this.refused = [];
    for (const volunteer_nos of this.#handfuls()) {
      const told = await this.issuing.send({ from_on: `${year}-01-01`, until_on: last < today ? last : today, volunteer_nos });
      const ids = told.items.filter((each) => each.certificate).map((each) => each.certificate.id);
      const why = (each, at) => (each.problem ? [say("bulk.refused", { number: volunteer_nos[at], why: each.problem.detail ?? each.problem.title })] : []);
      this.refused.push(...told.items.flatMap(why));
      if (ids.length) await this.#print("/certificates/papers", { ids });
    }
    this.draw();
  }

  async #print(path, body) {
    save(await this.app.server.send("POST", path, { body, raw: true, harmless: true, patience: LONG_MS }));
  }

  // As many as the server prints at once.
  #handfuls() {
    const all = [...this.chosen];
    return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
  }
}

customElements.define("admin-bulk-papers", BulkPapers);
