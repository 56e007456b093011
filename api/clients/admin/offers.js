// Standing offers (服务清单): what there is for whoever needs it, until it is ended.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { say } from "../kit/language.js";
import { kindOf, kinds } from "../kit/requests.js";
import { table } from "../kit/table.js";
import { form, FormScreen, values } from "./forms.js";
import { pageOf } from "./listing.js";
import "./requests-words.js";

export class Offers extends FormScreen {
  async load() {
    this.page = await pageOf(this.app.server, "/offers");
  }

  view() {
    const { app } = this;
    const may = app.may("requests:write");
    const end = (each) => button(say("offers.end"), () => this.#end(each), "quiet", { "aria-label": say("offers.end.of", each) });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("offers.title")),
      p(say("offers.how"), "quiet-words"),
      may ? this.#make() : null,
      table({
        caption: say("offers.title"),
        columns: [
          { key: "title", label: say("offers.what"), head: true, cell: what, sort: (each) => each.title },
          { key: "kind", narrow: true, label: say("requests.kind"), cell: (each) => kindOf(each.kind), sort: (each) => each.kind },
          { key: "organisation", label: say("admin.organisation"), cell: (each) => app.places.name(each.organisation_id) },
          { key: "place", label: say("offers.place") },
          { key: "hours", label: say("offers.hours") },
          ...(may ? [{ key: "end", narrow: true, label: say("admin.open"), cell: (each) => (app.places.knows(each.organisation_id) ? end(each) : "") }] : []),
        ],
        rows: this.page.rows,
        more: this.page.more,
        empty: say("offers.empty"),
        exports: exportsOf(app.server, "/offers"),
      }),
    );
  }

  #make() {
    const fields = [
      field({ name: "title", label: say("offers.what"), maxlength: 100 }),
      field({ name: "kind", label: say("requests.kind"), hint: say("offers.kind.hint"), choices: kinds(), value: "haircut" }),
      this.app.places.field({ name: "organisation_id", label: say("offers.for"), value: this.app.me.organisation_id }),
      field({ name: "place", label: say("offers.place"), maxlength: 100 }),
      field({ name: "hours", label: say("offers.hours"), hint: say("offers.hours.hint"), maxlength: 100 }),
      field({ name: "content", label: say("tasks.content"), required: false, maxlength: 2000 }),
    ];
    const send = async () => {
      await this.app.server.post("/offers", values(fields));
      await this.app.again();
      this.app.status.tell(say("offers.made"));
    };
    const made = form(fields, say("offers.make"), send);
    made.classList.add("two");
    return h("details", { class: "panel" }, h("summary", {}, say("offers.make")), made);
  }

  async #end(offer) {
    const actions = [["no", say("offers.keep")], ["yes", say("offers.end"), "danger"]];
    if ((await ask(say("offers.end.sure", offer), p(say("offers.end.how")), actions)) !== "yes") return;
    try {
      await this.app.server.post(`/offers/${offer.id}/end`);
      await this.app.again();
      this.app.status.tell(say("offers.ended"));
    } catch (error) {
      this.app.failed(error);
    }
  }
}

const what = (each) => h("div", {}, p(each.title), each.content ? p(each.content, "quiet-words small") : null);

customElements.define("admin-offers", Offers);
