// The lists that a rulebook asks about, and on which of them somebody stands.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { form, values } from "./forms.js";
import "./keeping-words.js";

// `screen` has `lists`, `done` and `pressed` (see rights.js).
export const listsOf = (screen) => {
  const { lists, app } = screen;
  const writes = app.may("flags:write");
  const { today } = app.bank;
  const one = (each) => {
    const until = each.until_on ? say("lists.until", { day: day(each.until_on) }) : say("lists.open");
    const words = say("lists.line", { tag: each.tag, from: day(each.from_on), until, reason: each.reason ?? "" });
    const end = (event) =>
      screen.pressed(event.currentTarget, () => app.server.post(`/listings/${each.id}/end`, { until_on: today }), say("rights.saved"));
    const stands = each.until_on === null || each.until_on > today;
    return h("li", {}, p(words), writes && stands ? button(say("lists.end"), end, "quiet") : null);
  };
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, say("lists.title")),
    p(say("lists.how"), "quiet-words"),
    lists.items.length ? h("ul", { class: "standing" }, lists.items.map(one)) : p(say("lists.none"), "quiet-words"),
    writes ? adding(screen, app, today) : null,
  );
};

const adding = (screen, app, today) => {
  const fields = [
    field({ name: "tag", label: say("lists.tag") }),
    field({ name: "from_on", type: "date", label: say("lists.from"), value: today }),
    field({ name: "until_on", type: "date", label: say("lists.to"), required: false }),
    field({ name: "reason", label: say("lists.reason"), rows: 2 }),
  ];
  const send = () => screen.done(() => app.server.post(`${screen.path}/listings`, values(fields)), say("rights.saved"));
  return h("details", {}, h("summary", {}, say("lists.add")), form(fields, say("standing.save"), send));
};
