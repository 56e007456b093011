// Registering a volunteer. Whoever looks registered already is pointed out before a second account is opened.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { form, FormScreen, values } from "./forms.js";
import { headed } from "./listing.js";
import { particularFields } from "./particulars.js";
import { Person } from "./person.js";
import "./people-words.js";

const RELATIONS = ["mother", "father", "grandparent", "sibling", "other"];
const CAPTURED = ["in_person", "paper"];

export class Register extends FormScreen {
  looksKnown = false;

  async load() {
    const [rules, texts] = await Promise.all([this.app.server.get("/privacy-rules"), this.app.server.get("/consent-texts")]);
    this.kept = rules.kept_fields;
    this.texts = texts;
  }

  view() {
    return h("div", { class: "list" }, headed(this.app, say("register.title")), h("section", { class: "panel" }, this.#form()));
  }

  #form() {
    const plain = [
      field({ name: "name", label: say("people.name") }),
      this.app.places.field({ name: "organisation_id", label: say("admin.organisation") }),
      ...particularFields(this.kept),
    ];
    const relations = RELATIONS.map((each) => [each, say(`relation.${each}`)]);
    const guardian = [
      field({ name: "guardian/name", label: say("guardian.name"), required: false }),
      field({ name: "guardian/phone", label: say("guardian.phone"), type: "tel", required: false }),
      field({ name: "guardian/relation", label: say("guardian.relation"), choices: relations, required: false }),
    ];
    const captured = CAPTURED.map((each) => [each, say(`captured.${each}`)]);
    const agreed = [
      field({ name: "sensitive_data", type: "checkbox", label: say("consent.sensitive_data"), required: false }),
      field({ name: "publish_name", type: "checkbox", label: say("consent.publish_name"), required: false }),
      field({ name: "captured", label: say("consent.captured"), choices: captured }),
    ];
    const distinct = field({ name: "is_distinct", type: "checkbox", label: say("register.distinct"), required: false });
    const fields = [...plain, ...guardian, ...agreed, ...(this.looksKnown ? [distinct] : [])];
    const send = async () => {
      try {
        const made = await this.app.server.post("/volunteers", bodyOf(plain, guardian, agreed, this.looksKnown && distinct.value));
        await this.app.replace(Person, { number: made.volunteer_no });
        this.app.status.tell(say("register.done"));
      } catch (error) {
        if (error.code !== "possible_duplicate" || this.looksKnown) throw error;
        this.looksKnown = true;
        this.draw();
        this.querySelector(".care").focus();
      }
    };
    const made = form(fields, say("register.send"), send);
    const rest = [...made.children].slice(fields.length);
    const group = (legend, those) => h("fieldset", { class: "body whole" }, h("legend", {}, legend), h("div", { class: "two" }, those));
    made.replaceChildren(
      ...plain,
      group(say("register.consents"), agreed),
      group(say("register.guardian"), guardian),
      ...(this.looksKnown ? [p(say("register.known"), "care whole"), distinct] : []),
      ...rest,
    );
    made.querySelector(".care")?.setAttribute("tabindex", "-1");
    made.classList.add("two");
    return made;
  }
}

const bodyOf = (plain, guardian, agreed, distinct) => {
  const of = (fields) => values(fields);
  const [speaks, consents] = [of(guardian), of(agreed)];
  const purposes = ["sensitive_data", "publish_name"].filter((purpose) => consents[purpose]);
  const body = { ...of(plain), consents: purposes.map((purpose) => ({ purpose, captured: consents.captured })) };
  if (speaks["guardian/name"]) {
    body.guardian = { name: speaks["guardian/name"], phone: speaks["guardian/phone"] ?? "", relation: speaks["guardian/relation"] };
  }
  return distinct ? { ...body, is_distinct: true } : body;
};

customElements.define("admin-register", Register);
