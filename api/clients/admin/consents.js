// What somebody agreed to, since when; and how a consent, or that it is taken back, is noted with them standing there.

import { h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { instant } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, values } from "./forms.js";
import "./keeping-words.js";
import "./people-words.js";

const CAPTURED = ["in_person", "paper"];

// `screen` has `person`, `consents`, `texts`, `guardians` and `done` (see rights.js).
export const consentsOf = (screen) => {
  const { consents, app } = screen;
  const holds = new Map(consents.items.map((one) => [one.purpose, one.id]));
  const stands = (one) => consents.in_force.includes(one.purpose) && holds.get(one.purpose) === one.id;
  const list = table({
    caption: say("consents.title"),
    columns: [
      { key: "purpose", label: say("consents.purpose"), cell: (one) => say(`consent.${one.purpose}`), head: true },
      { key: "given", narrow: true, label: say("consents.said"), cell: (one) => say(one.given ? "consents.given" : "consents.taken") },
      { key: "captured", narrow: true, label: say("consent.captured"), cell: (one) => say(`captured.${one.captured}`) },
      { key: "when", narrow: true, label: say("consents.when"), cell: (one) => instant(one.recorded_at) },
      { key: "state", narrow: true, label: say("consents.state"), cell: (one) => (stands(one) ? say("consents.in.force") : "") },
    ],
    rows: consents.items,
    empty: say("consents.none"),
  });
  return h("section", { class: "panel" }, list, noting(screen, app));
};

const noting = (screen, app) => {
  if (!app.may("consents:write") || screen.person.closed !== null) return null;
  const purposes = screen.texts.items.map((one) => [one.purpose, say(`consent.${one.purpose}`)]);
  const speak = screen.guardians.items.filter((one) => !one.ended_at).map((one) => [one.id, one.masked_name]);
  const fields = [
    field({ name: "purpose", label: say("consents.purpose"), choices: purposes }),
    field({ name: "given", label: say("consents.said"), choices: [["yes", say("consents.given")], ["no", say("consents.taken")]] }),
    field({ name: "captured", label: say("consent.captured"), choices: CAPTURED.map((each) => [each, say(`captured.${each}`)]) }),
    ...(speak.length ? [field({ name: "guardian_id", label: say("consents.guardian"), choices: [["", say("consents.himself")], ...speak], required: false })] : []),
  ];
  const send = () => {
    const typed = values(fields);
    const body = { ...typed, given: typed.given === "yes" };
    return screen.done(() => app.server.post(`${screen.path}/consents`, body), say("rights.saved"));
  };
  return h("details", {}, h("summary", {}, say("consents.note")), form(fields, say("standing.save"), send));
};
