// Taking a wish in that came by the wall, by a visit or otherwise: whose it is, and what they wish in their own words.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { complete, form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import "./wish-words.js";

const CHANNELS = ["wall", "visit", "online", "kiosk"];
const KINDS = ["thing", "service", "company"];

export class NewWish extends FormScreen {
  view() {
    return h(
      "div",
      { class: "list" },
      headed(this.app, say("wish.new")),
      p(say("wish.new.how"), "quiet-words"),
      h("section", { class: "panel" }, this.#form()),
    );
  }

  #form() {
    const { app } = this;
    const choice = (name, codes) => field({ name, label: say(`wish.${name}`), choices: codes.map((code) => [code, say(`wish.${name}.${code}`)]) });
    const must = [
      field({ name: "words", label: say("wish.own.words"), hint: say("wish.own.words.hint"), rows: 2, maxlength: 500 }),
      choice("kind", KINDS),
      choice("channel", CHANNELS),
      app.places.field({ name: "organisation_id", label: say("admin.organisation"), value: app.me.organisation_id }),
    ];
    const either = [
      field({ name: "volunteer_no", label: say("wish.volunteer"), hint: say("wish.volunteer.hint"), inputmode: "numeric", required: false }),
      field({ name: "asker/name", label: say("wish.neighbour"), hint: say("wish.neighbour.hint"), required: false }),
      field({ name: "asker/phone", label: say("wish.phone"), type: "tel", required: false }),
      field({ name: "asker/flat", label: say("wish.flat"), required: false }),
    ];
    const minor = field({ name: "is_minor", type: "checkbox", label: say("wish.minor"), required: false });
    const send = async () => {
      if (!complete(must)) return;
      const made = await app.server.post("/wishes", { ...values(must), ...of(either), is_minor: minor.value });
      app.visit("wishes", { state: made.state });
      app.status.tell(say("wish.taken"));
    };
    must[0].classList.add("whole");
    const made = form([...must, ...either, minor], say("wish.take.in"), send);
    made.classList.add("two");
    return made;
  }
}

// A volunteer by number, or a neighbour by what is known of them.
const of = (fields) => {
  const [number, ...rest] = fields;
  const asker = Object.fromEntries(rest.filter((each) => each.value.trim()).map((each) => [each.name.slice("asker/".length), each.value.trim()]));
  const volunteer_no = number.value.replace(/\s/g, "");
  return { ...(volunteer_no ? { volunteer_no } : {}), ...(Object.keys(asker).length ? { asker } : {}) };
};

customElements.define("admin-new-wish", NewWish);
