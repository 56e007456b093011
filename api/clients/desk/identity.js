// Who stands there: by card, number, code on a screen, or name; a guest with their PIN. And for whom, and through whom.

import { ask } from "../kit/dialog.js";
import { h } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { day, grouped, points } from "../kit/formats.js";
import { isSound, LENGTHS } from "../kit/codes.js";
import { chosen, say } from "../kit/language.js";
import { key, numbered } from "./keys.js";
import { payerLine, payersOf, payerWords } from "./payer.js";

const PIN = { type: "password", inputmode: "numeric", maxlength: 6, autocomplete: "off" };

// What these digits show, as POST /identifications takes it; null where they are no way to say who one is.
export const shownBy = (digits) => {
  if (!/^\d+$/.test(digits) || !isSound(digits)) return null;
  const name = { [LENGTHS.card]: "card", [LENGTHS.volunteer]: "volunteer_no", [LENGTHS.screen]: "code" }[digits.length];
  return name ? { [name]: digits } : null;
};

// Who it is, as the server says. Throws Problem: not_found is somebody who belongs elsewhere, or nobody.
export const identified = (app, shown) => app.api.post("/identifications", shown, { harmless: !shown.code });

// The volunteers of the place whose name, telephone or number begins so.
export const found = async (app, q) => (await app.api.get("/volunteers", { q, limit: 9 })).items.filter((one) => !one.closed);

// A form for the PIN of somebody who belongs elsewhere: `known(person, pin)` when it is right.
export const pinForm = (app, shown, known) => {
  const pin = field({ name: "pin", label: say("who.pin"), hint: say("who.pin.why"), ...PIN });
  const send = async (typed) => known(await app.api.post("/identifications", { ...shown, ...typed }), typed.pin);
  return form([pin], say("who.pin.check"), send);
};

// Nobody stands there yet.
export const nobodyPanel = () => [h("h2", {}, say("till.nobody")), h("p", { class: "quiet-words" }, say("till.nobody.how"))];

// Whoever stands there, with what they have in large figures.
export const personPanel = (customer, act) => {
  const { person } = customer;
  const { points: held } = person;
  const line = (words, units) => (units > 0 ? h("p", {}, say(words, { points: points(units) })) : null);
  const [first] = held.lapsing;
  return [
    h("h2", {}, person.name),
    h("p", { class: "quiet-words" }, say("who.number", { number: grouped(person.volunteer_no, 3, 3, 4) })),
    h("p", { class: "label" }, say("who.available")),
    h("output", { class: "huge" }, points(held.available)),
    line("who.held", held.held),
    line("who.debt", held.debt),
    first ? lapsing(first) : null,
    person.is_guest ? h("p", { class: "care" }, say("who.guest")) : null,
    payerLine(customer.payer),
    customer.agent ? h("p", { class: "care" }, say("who.agent", { name: customer.agent.name })) : null,
    customer.beneficiary ? h("p", { class: "care" }, say("who.for", { name: customer.beneficiary.title })) : null,
    h("div", { class: "actions" }, key("F5", say("who.others"), act, "quiet")),
  ].filter(Boolean);
};

const lapsing = ({ points: units, on }) =>
  h("p", { class: isSoon(on) ? "care" : "quiet-words" }, say("who.lapsing", { points: points(units), day: day(on) }));

const SOON_MS = 60 * 86_400_000;
const isSoon = (on) => new Date(on) - Date.now() < SOON_MS;

// Who may come for a volunteer today: { id, name, scope }.
export const agentsOf = async (app, volunteer_no) => {
  const { items } = await app.api.get(`/volunteers/${volunteer_no}/agents`);
  const named = ({ id, agent_name, scope }) => ({ id, scope, name: agent_name ?? say("who.a.volunteer") });
  return items.filter((one) => one.holds).map(named);
};

// Asks who pays, for whom it is and who fetches it; gives what changes of the customer, or null. An agent spends the
// volunteer's own points.
export const others = async (app, customer) => {
  const { person } = customer;
  const [agents, payers, rulebook] = await Promise.all([
    person.is_guest ? [] : agentsOf(app, person.volunteer_no),
    payersOf(app, person),
    app.api.get("/beneficiaries"),
  ]);
  const ways = [
    { words: say("who.self"), change: { agent: null, payer: null, beneficiary: null } },
    ...payers.map((payer) => ({ words: payerWords(payer), change: { payer, agent: null } })),
    ...agents
      .filter(({ scope }) => scope === "redeem")
      .map((agent) => ({ words: say("who.through", agent), change: { agent, payer: null } })),
    ...rulebook.beneficiaries.map((one) => ({
      words: say("who.on.behalf", { name: chosen(one.title) }),
      change: { beneficiary: { relation: one.relation, title: chosen(one.title), least: one.age_at_least } },
    })),
  ];
  const actions = ways.map(({ words }, at) => [String(at), numbered(at + 1, words)]);
  const said = await ask(say("who.others"), ways.length > 1 ? [] : h("p", {}, say("who.none")), actions, { kind: "list" });
  if (said === null) return null;
  const { change } = ways[Number(said)];
  if (change.beneficiary?.least) change.beneficiary.age = await ageOf(change.beneficiary);
  return change.beneficiary?.age === null ? null : change;
};

const ageOf = async ({ title }) => {
  const age = field({ name: "age", label: say("who.age", { name: title }), inputmode: "numeric", maxlength: 3 });
  age.addEventListener("keydown", (event) => {
    if (event.code.endsWith("Enter")) age.closest("dialog").querySelector("button").click();
  });
  setTimeout(() => age.focus());
  const said = await ask(say("who.age.title"), age, [["yes", say("who.age.go"), "primary"]]);
  return said === "yes" && /^\d{1,3}$/.test(age.value) ? Number(age.value) : null;
};
