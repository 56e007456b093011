// Taking a wish in for whoever asks at the counter: a volunteer by card or number, or a neighbour by name.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { backKey } from "./goods.js";
import { identified, shownBy } from "./identity.js";
import "./wish-words.js";

const KINDS = ["thing", "service", "company"];

export class Wish extends Screen {
  view() {
    const text = (name, more = {}) => field({ name, label: say(`wish.${name}`), maxlength: 100, required: false, ...more });
    const kinds = KINDS.map((kind) => [kind, say(`wish.kind.${kind}`)]);
    this.number = text("volunteer_no", { inputmode: "numeric", hint: say("wish.volunteer_no.how") });
    this.fields = [
      field({ name: "words", label: say("wish.words"), hint: say("wish.words.how"), maxlength: 500 }),
      field({ name: "kind", label: say("wish.kind"), choices: kinds }),
      this.number,
      text("name", { hint: say("wish.name.how") }),
      text("phone", { type: "tel" }),
      text("flat"),
      field({ name: "is_minor", type: "checkbox", label: say("wish.is_minor"), required: false }),
    ];
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("wish.title")),
      p(say("wish.how"), "quiet-words"),
      h("section", { class: "panel two" }, form(this.fields, say("wish.do"), (typed) => this.#send(typed))),
      backKey(() => this.app.toTill()),
    );
  }

  begin() {
    this.fields[0].focus();
  }

  // A card or a code says whose wish it is.
  async scanned({ digits }) {
    const shown = shownBy(digits);
    if (!shown) return false;
    try {
      const person = await identified(this.app, shown);
      this.number.value = person.volunteer_no;
      this.app.status.tell(say("wish.whose", { name: person.name }));
    } catch (error) {
      this.app.failed(error);
    }
    return true;
  }

  async #send({ words, kind, volunteer_no, is_minor, ...rest }) {
    const asker = Object.keys(rest).length ? { asker: rest } : {};
    const whose = volunteer_no ? { volunteer_no: volunteer_no.replace(/\s/g, "") } : {};
    const of = { organisation_id: this.app.desk.organisation_id, channel: "wall" };
    await this.app.api.post("/wishes", { ...of, words, kind, is_minor, ...whose, ...asker });
    await this.app.go(Wish);
    this.app.status.tell(say("wish.done"));
  }
}

customElements.define("desk-wish", Wish);
