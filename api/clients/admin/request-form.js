// Taking a request in for somebody who rang, was visited, or came to the mobile desk.

import { h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { kinds, priorities } from "../kit/requests.js";
import { form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import { Request } from "./request.js";
import "./requests-words.js";

// What stands at a kiosk or behind a code sends by itself.
const KEYED = ["phone", "visit", "mobile_desk", "online"];

export class RequestForm extends FormScreen {
  view() {
    return h("div", { class: "list" }, headed(this.app, say("requests.take")), h("section", { class: "panel" }, this.#form()));
  }

  #form() {
    const about = [
      field({ name: "channel", label: say("requests.channel"), choices: KEYED.map((each) => [each, say(`request.channel.${each}`)]), value: "phone" }),
      this.app.places.field({ name: "organisation_id", label: say("requests.where"), value: this.app.me.organisation_id }),
      field({ name: "kind", label: say("requests.kind"), choices: kinds(), value: "lighting" }),
      field({ name: "priority", label: say("requests.priority"), choices: priorities(), value: "normal" }),
      field({ name: "words", label: say("requests.words"), hint: say("requests.words.hint"), rows: 2, maxlength: 500 }),
      field({ name: "place", label: say("requests.place"), hint: say("requests.place.hint"), required: false }),
    ];
    const volunteer = field({ name: "volunteer_no", label: say("requests.volunteer"), hint: say("requests.volunteer.hint"), inputmode: "numeric", required: false });
    const asker = ["name", "phone", "flat"].map((each) =>
      field({ name: `asker/${each}`, label: say(`requests.asker.${each}`), required: false, ...(each === "phone" ? { type: "tel" } : {}) }),
    );
    const fields = [...about, volunteer, ...asker];
    const send = async () => {
      const made = await this.app.server.post("/requests", bodyOf(values(fields)));
      await this.app.replace(Request, { id: made.id });
      this.app.status.tell(say("requests.taken"));
    };
    const made = form(fields, say("requests.take.send"), send);
    const rest = [...made.children].slice(fields.length);
    const who = h(
      "fieldset",
      { class: "body whole" },
      h("legend", {}, say("requests.who")),
      h("p", { class: "quiet-words" }, say("requests.who.how")),
      h("div", { class: "two" }, volunteer, asker),
    );
    about[4].classList.add("whole");
    made.replaceChildren(...about, who, ...rest);
    made.classList.add("two");
    return made;
  }
}

// Whoever is no volunteer is named apart.
const bodyOf = (typed) => {
  const asker = {};
  const body = {};
  for (const [name, value] of Object.entries(typed)) {
    if (name.startsWith("asker/")) asker[name.slice(6)] = value;
    else body[name] = name === "volunteer_no" ? value.replaceAll(" ", "") : value;
  }
  return Object.keys(asker).length ? { ...body, asker } : body;
};

customElements.define("admin-request-form", RequestForm);
