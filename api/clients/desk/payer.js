// Who pays at the till: the volunteer, or a household or group that the rulebook lets them spend from.

import { h } from "../kit/element.js";
import { points } from "../kit/formats.js";
import { say } from "../kit/language.js";
import "./paying-words.js";

// What this volunteer may spend from: { id, kind, name, available }. What belongs to people elsewhere is not known here.
export const payersOf = async (app, person) => {
  if (person.is_guest) return [];
  const { items } = await app.api.get(`/volunteers/${person.volunteer_no}/memberships`);
  return items.filter((one) => one.may_spend);
};

// As a way to choose, and beside whoever stands there.
export const payerWords = (payer) => say(`payer.${payer.kind}`, spelled(payer));
export const payerLine = (payer) => (payer ? h("p", { class: "care" }, say(`payer.is.${payer.kind}`, spelled(payer))) : null);

const spelled = ({ name, available }) => ({ name, points: points(available) });

// As a redemption names it.
export const paidBy = (payer) => (payer ? { [`${payer.kind}_id`]: payer.id } : {});

// The payer that a redemption named; null where the volunteer pays.
export const payerIn = async (app, body, person) => {
  const id = body.household_id ?? body.group_id;
  return id ? ((await payersOf(app, person)).find((one) => one.id === id) ?? null) : null;
};

// What there is to spend of whoever pays.
export const availableOf = ({ person, payer }) => (payer ? payer.available : person.points.available);

// What is left with whoever paid, once it is done.
export const leftWith = async (app, { person, payer }) => {
  const path = payer ? `/${payer.kind}s/${payer.id}/balance` : `/volunteers/${person.volunteer_no}/balance`;
  const { points: held } = await app.api.get(path);
  if (payer) payer.available = held.available;
  else Object.assign(person, { points: held });
  return held.available;
};
