// Requests as every client tells them: what sort it is, how urgent, how it came in, and what its clocks say.

import { count, hours } from "./formats.js";
import { knows, say } from "./language.js";
import "./requests-words.js";

export const KINDS = ["lighting", "plumbing", "cleaning", "safety", "care", "haircut", "shoes", "health", "meals", "dispute", "other"];
export const PRIORITIES = ["danger", "utilities", "normal", "complex"];
export const CHANNELS = ["phone", "visit", "mobile_desk", "kiosk", "qr", "online"];

const HOUR = 60;
const DAY = 24 * HOUR;

// A sort of request in words; one that an organisation made up stands as it was typed.
export const kindOf = (kind) => (knows(`request.kind.${kind}`) ? say(`request.kind.${kind}`) : kind);

// To choose from, for a field: the sorts everybody knows, and the one that is chosen already.
export const kinds = (now = null) => {
  const all = now && !KINDS.includes(now) ? [...KINDS, now] : KINDS;
  return all.map((kind) => [kind, kindOf(kind)]);
};
export const priorities = () => PRIORITIES.map((each) => [each, say(`request.priority.${each}`)]);

// Minutes as people say them: up to two days in hours, then in days and hours.
export const lasting = (minutes) => {
  if (minutes < 1) return say("request.moment");
  if (minutes < 2 * DAY) return hours(minutes);
  const [days, rest] = [Math.floor(minutes / DAY), Math.floor((minutes % DAY) / HOUR)];
  return say(rest ? "request.days.hours" : "request.days", { days: count(days), hours: rest });
};

// What a clock says that runs until `due`: { words, late }. Stopped at `done`, it says whether it was in time.
export const clock = (due, done = null, now = Date.now()) => {
  const minutes = Math.round((Date.parse(due) - (done ? Date.parse(done) : now)) / 60_000);
  const late = minutes < 0;
  const told = { time: lasting(Math.abs(minutes)) };
  if (done) return { late, words: late ? say("request.clock.was.late", told) : say("request.clock.in.time") };
  return { late, words: late ? say("request.clock.overdue", told) : say("request.clock.left", told) };
};
