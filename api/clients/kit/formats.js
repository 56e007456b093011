// How amounts and days are written. Points come in the bank's smallest unit, service time in minutes, days as
// YYYY-MM-DD in the bank's zone, instants in UTC. The settings of this machine (its zone, its locale) change nothing.

import { say } from "./language.js";
import "./words.js";

let scale = 0;
let instants = new Intl.DateTimeFormat("en-GB", zoned("Asia/Shanghai"));

function zoned(zone) {
  const two = "2-digit";
  return { timeZone: zone, hourCycle: "h23", year: "numeric", month: two, day: two, hour: two, minute: two };
}

// Count as this bank does: the answer of GET /bank.
export const countAs = (bank) => {
  scale = bank.points_scale;
  instants = new Intl.DateTimeFormat("en-GB", zoned(bank.zone));
};

// 1234567 → "1,234,567"; with a scale of 2 → "12,345.67". Whole numbers only, so nothing is rounded.
export const points = (units) => {
  const digits = String(Math.abs(units)).padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = scale ? digits.slice(-scale).replace(/0+$/, "") : "";
  return `${units < 0 ? "−" : ""}${whole}${rest ? `.${rest}` : ""}`;
};

// With its sign: "+20", "−5", "0".
export const signed = (units) => (units > 0 ? `+${points(units)}` : points(units));

export const count = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

// 90 → "1 小时 30 分钟".
export const hours = (minutes) => {
  const [whole, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (!rest) return say("format.hours", { hours: count(whole) });
  return whole
    ? say("format.hours.minutes", { hours: count(whole), minutes: rest })
    : say("format.minutes", { minutes: rest });
};

const dayFacts = (day) => {
  const [year, month, date] = day.split("-").map(Number);
  return {
    year,
    month,
    day: date,
    monthname: say("format.months").split(" ")[month - 1],
    weekday: say("format.weekdays").split(" ")[new Date(Date.UTC(year, month - 1, date)).getUTCDay()],
  };
};

// "2026-03-01" → "2026年3月1日".
export const day = (text) => say("format.day", dayFacts(text));

// "2026-03-01" → "2026年3月1日 星期日".
export const weekday = (text) => say("format.day.week", dayFacts(text));

const partsOf = (text) =>
  Object.fromEntries(instants.formatToParts(new Date(text)).map((part) => [part.type, part.value]));

// The day of an instant in the bank's zone, as YYYY-MM-DD, and its time of day: "2026-03-02", "07:30".
export const dayOf = (text) => {
  const told = partsOf(text);
  return `${told.year}-${told.month}-${told.day}`;
};
export const timeOf = (text) => {
  const told = partsOf(text);
  return `${told.hour}:${told.minute}`;
};

// "2026-03-01T23:30:00.000000Z" → "2026年3月2日 07:30".
export const instant = (text) => say("format.instant", { day: day(dayOf(text)), time: timeOf(text) });

// "1234567890" → "123 456 7890": as people read a number aloud.
export const grouped = (digits, ...sizes) => {
  const groups = [];
  let rest = digits;
  for (let at = 0; rest; at += 1) {
    const size = sizes[Math.min(at, sizes.length - 1)];
    groups.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return groups.join(" ");
};
