// What was typed, as the bank takes it; what is no answer is told at its field.

import { say } from "../kit/language.js";
import { daysAfter, instantAt } from "../kit/moments.js";

// { starts_at, ends_at } of a day and two times of day; where it ends at or before its beginning, it ends on the next
// day. null where something is missing.
export const times = (day, from, to) => {
  const empty = [day, from, to].filter((each) => !each.value);
  for (const each of empty) each.fault = say("edit.missing");
  empty[0]?.focus();
  if (empty.length) return null;
  const last = to.value > from.value ? day.value : daysAfter(day.value, 1);
  return { starts_at: instantAt(day.value, from.value), ends_at: instantAt(last, to.value) };
};

// A whole number, null where nothing was typed, undefined where it is none.
export const whole = (field, least = 1) => {
  const typed = field.value.normalize("NFKC").trim();
  if (!typed) return null;
  if (/^[0-9]{1,9}$/.test(typed) && Number(typed) >= least) return Number(typed);
  field.fault = say("edit.whole", { least });
  field.focus();
  return undefined;
};
