// A field for roles: which, in which organisations. A role holds for all below.

import { button, h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import "./office-words.js";

const ROLES = ["organiser", "reviewer", "desk", "admin", "auditor"];

// Its value is a text, one role a line, so that it is compared as other fields are; `roles` is what it means.
export const rolesField = (app, given) => {
  const made = field({ name: "roles", label: say("staff.roles") });
  const role = h("select", { "aria-label": say("staff.role") }, ROLES.map((each) => h("option", { value: each }, say(`role.${each}`))));
  const place = app.places.field({ name: "place", label: say("admin.organisation") }).input;
  place.setAttribute("aria-label", say("admin.organisation"));
  place.removeAttribute("aria-describedby");
  const list = h("ul", { class: "standing" });
  const spelled = (roles) => roles.map((each) => `${each.role} ${each.organisation_id}`).sort().join("\n");
  const meant = (text) =>
    text.split("\n").filter(Boolean).map((line) => {
      const [name, organisation_id] = line.split(" ");
      return { role: name, organisation_id };
    });
  const draw = () => {
    const one = (each) => {
      const words = say("staff.role.at", { role: say(`role.${each.role}`), place: app.places.name(each.organisation_id) });
      const away = () => (made.value = spelled(meant(made.input.value).filter((other) => spelled([other]) !== spelled([each]))));
      return h("li", {}, h("p", {}, words), button(say("staff.role.away"), away, "quiet", { "aria-label": say("staff.role.away.of", { role: words }) }));
    };
    list.replaceChildren(...meant(made.input.value).map(one));
  };
  const add = button(say("staff.role.add"), () => {
    const more = { role: role.value, organisation_id: place.value };
    const others = meant(made.input.value).filter((each) => spelled([each]) !== spelled([more]));
    made.value = spelled([...others, more]);
    made.fault = "";
  });
  made.input.type = "hidden";
  made.querySelector("label").removeAttribute("for");
  made.input.before(list, h("div", { class: "adding" }, role, place, add));
  Object.defineProperty(made, "value", {
    get: () => made.input.value,
    set: (text) => {
      made.input.value = text;
      draw();
    },
  });
  Object.defineProperty(made, "roles", { get: () => meant(made.input.value) });
  Object.assign(made, { spelled, meant, focus: () => role.focus() });
  made.value = spelled(given);
  return made;
};
