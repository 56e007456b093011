// Taking in a wish that was found on the wall, heard on a visit or sent online.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { everything, head } from "./looks.js";
import "./wish-words.js";

const CHANNELS = ["visit", "wall", "online"];
const KINDS = ["thing", "service", "company"];

export class WishForm extends Screen {
  static under = "wishes";

  async load() {
    this.places = (await everything(this.app.server, "/organisations")).filter((place) => !place.closed_at);
  }

  view() {
    const choice = (name, codes) => field({ name, label: say(`wish.${name}`), choices: codes.map((code) => [code, say(`wish.${name}.${code}`)]) });
    const of = this.places.map(({ id, name }) => [id, name]);
    const optional = (name, more = {}) => field({ name, label: say(`wish.${name}`), required: false, ...more });
    const fields = [
      field({ name: "words", label: say("wish.words"), hint: say("wish.words.hint"), rows: 2, maxlength: 500 }),
      choice("kind", KINDS),
      choice("channel", CHANNELS),
      field({ name: "organisation_id", label: say("wish.organisation"), choices: of, value: this.app.person.organisation_id }),
      optional("name", { hint: say("wish.name.hint") }),
      optional("phone", { type: "tel" }),
      optional("flat"),
      optional("volunteer_no", { inputmode: "numeric", hint: say("wish.volunteer_no.hint") }),
      field({ name: "is_minor", type: "checkbox", class: "flag", label: say("wish.is_minor"), required: false }),
    ];
    return h(
      "div",
      { class: "page slim" },
      head(say("wishes.take.in"), { back: [say("wishes.title"), () => this.app.go("wishes")] }),
      p(say("wish.form.how"), "quiet-words"),
      h("section", { class: "panel" }, form(fields, say("wish.send"), (typed) => this.#send(typed))),
    );
  }

  // A neighbour by name, or a volunteer by number.
  async #send({ name, phone, flat, volunteer_no, ...typed }) {
    const asker = { ...(name ? { name } : {}), ...(phone ? { phone } : {}), ...(flat ? { flat } : {}) };
    const whose = { ...(volunteer_no ? { volunteer_no: volunteer_no.replace(/\s/g, "") } : {}), ...(Object.keys(asker).length ? { asker } : {}) };
    await this.app.server.post("/wishes", { ...typed, ...whose });
    await this.app.go("wishes");
    this.app.status.tell(say("wish.sent"));
  }
}

customElements.define("organiser-wish-form", WishForm);
