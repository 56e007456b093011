// What came of a stage: the day, the votes of each body, the reasons and the minutes, put on record by one person.

import { h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { chosen, say } from "../kit/language.js";
import { attaching } from "./attachments.js";
import { form, values } from "./forms.js";
import "./rules-words.js";

const COUNTS = ["present", "votes_for", "votes_against", "votes_abstained"];

// A form for this stage of a template. `done(told)` when it is on record.
export const stepForm = ({ app, id, stage, words, done }) => {
  const posting = app.server.posting(`/proposals/${id}/steps`);
  const reviews = stage.act === "review";
  const results = ["passed", ...(reviews ? ["returned"] : [])].map((each) => [each, say(`step.result.${each}`)]);
  const result = field({ name: "result", label: say("step.result"), choices: results, value: "passed" });
  const day = field({ name: "held_on", type: "date", label: say("step.day"), value: app.bank.today, max: app.bank.today });
  const bodies = stage.bodies.map((body, at) => ({ body, fields: votes(at) }));
  const reasons = field({ name: "reasons", label: say("step.reasons"), hint: reviews ? say("step.reasons.hint") : "", rows: 2, required: false });
  const minutes = field({ name: "minutes", label: say("step.minutes"), hint: say("step.minutes.hint"), rows: 3, required: false });
  const fields = [...(reviews ? [result] : []), day, ...bodies.flatMap((each) => each.fields), reasons, minutes];
  const group = ({ body, fields: those }) =>
    h("fieldset", { class: "body" }, h("legend", {}, say("step.body", { body: chosen(body.title), rule: say(`step.carried.${body.carried_by}`) })), h("div", { class: "two" }, those));
  const files = attaching(app, id);
  const send = async () => {
    const digests = files.digests();
    return done(await posting.send({ ...bodyOf(stage, values(fields)), ...(digests.length ? { attachments: digests } : {}) }));
  };
  const made = form(fields, words, send);
  const rest = [...made.children].slice(fields.length);
  made.replaceChildren(...[reviews ? result : null, day, ...bodies.map(group), reasons, minutes, files.element].filter(Boolean), ...rest);
  return made;
};

// Fields are named as the server points at them, so that what it finds wrong stands where it is wrong.
const votes = (at) => [
  ...COUNTS.map((name) => field({ name: `bodies/${at}/${name}`, type: "number", min: 0, label: say(`step.${name}`), required: name === "present" || name === "votes_for", value: "" })),
  field({ name: `bodies/${at}/opinion`, label: say("step.opinion"), required: false }),
  field({ name: `bodies/${at}/persons`, label: say("step.persons"), hint: say("step.persons.hint"), rows: 2, required: false }),
];

const bodyOf = (stage, typed) => {
  const { result, held_on, reasons, minutes } = typed;
  const said = { stage: stage.id, ...(result ? { result } : {}), held_on, ...(reasons ? { reasons } : {}), ...(minutes ? { minutes } : {}) };
  const one = (body, at) => {
    const of = (name) => typed[`bodies/${at}/${name}`];
    const counts = COUNTS.filter((name) => of(name)).map((name) => [name, Number(of(name))]);
    const persons = (of("persons") ?? "").split("\n").map((name) => name.trim()).filter(Boolean);
    return { body: body.id, ...Object.fromEntries(counts), ...(of("opinion") ? { opinion: of("opinion") } : {}), ...(persons.length ? { persons } : {}) };
  };
  return stage.bodies.length ? { ...said, bodies: stage.bodies.map(one) } : said;
};
