// Moments as people write them, a day and a time of day in the bank's zone, and as the bank counts them: in UTC.

import { dayOf, timeOf } from "./formats.js";

const DAY_MS = 24 * 60 * 60_000;

// "2026-03-02", "07:30" → "2026-03-01T23:30:00Z", whatever zone this machine is in.
export const instantAt = (day, time) => {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let at = wanted;
  // How far the zone is from UTC is seen from what the guess is called there; twice, for the days on which it changes.
  for (let turn = 0; turn < 2; turn += 1) {
    const told = new Date(at).toISOString();
    at += wanted - Date.parse(`${dayOf(told)}T${timeOf(told)}:00Z`);
  }
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
};

// "2026-03-02", 1 → "2026-03-03".
export const daysAfter = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
