// What may be kept of a person beside the name: only what the bank's privacy rules allow.

import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import "./people-words.js";

const LOOKS = {
  phone: { type: "tel", inputmode: "tel" },
  birth_date: { type: "date" },
};
const CHOICES = {
  gender: ["female", "male"],
  party_member: ["yes", "no", "probationary", "applicant", "league_member"],
};

// A field for each of these; `masked` is what is known now, as much as may be shown.
export const particularFields = (names, masked = {}) =>
  names.map((name) => {
    const known = masked[name]?.masked;
    const hint = known ? say("particular.known", { masked: known }) : "";
    const words = CHOICES[name]?.map((each) => [each, say(`particular.${name}.${each}`)]);
    const choices = words ? [["", say("particular.unset")], ...words] : null;
    return field({ name, label: say(`particular.${name}`), hint, required: false, choices, ...LOOKS[name] });
  });
