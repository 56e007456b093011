// How to reach who asked: shown to whoever works on it, for a purpose that is noted with who looked.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { form, values } from "./forms.js";
import { facts } from "./listing.js";
import "./requests-words.js";

const PURPOSES = ["contact", "verify_identity", "emergency"];
const TOLD = ["name", "phone", "flat", "words"];

// `path` is that of the request or task. What is shown is gone with the screen.
export const contactOf = (app, path, door = "disclosures") => {
  const shown = h("div", { role: "status" });
  const purpose = field({ name: "purpose", label: say("contact.purpose"), choices: PURPOSES.map((each) => [each, say(`contact.purpose.${each}`)]) });
  const send = async () => {
    const told = await app.server.post(`${path}/${door}`, values([purpose]));
    const known = TOLD.filter((each) => told[each]);
    const pairs = known.map((each) => [say(`contact.${each}`), told[each]]);
    shown.replaceChildren(known.length ? facts(pairs) : p(say("contact.nothing"), "quiet-words"));
  };
  return h(
    "details",
    {},
    h("summary", {}, say("contact.title")),
    h("div", { class: "deciding" }, p(say("contact.how"), "quiet-words"), form([purpose], say("contact.see"), send), shown),
  );
};
