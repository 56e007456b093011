// What several screens show in the same way.

import { button, h, p } from "../kit/element.js";
import { count, dayOf, grouped, timeOf, weekday } from "../kit/formats.js";
import { say } from "../kit/language.js";

// The head of a screen: the way back, what it is, and what can be done with all of it. Without a title where the screen
// has its heading elsewhere.
export const head = (title, { back = null, under = null, acts = [] } = {}) =>
  h(
    "header",
    { class: "head" },
    back ? button(say("looks.back", { to: back[0] }), back[1], "back quiet") : null,
    h("div", { class: "titled" }, title ? h("h1", {}, title) : null, under ? p(under, "quiet-words") : null),
    h("div", { class: "actions" }, acts),
  );

export const badge = (words, look = "") => h("span", { class: `badge ${look}` }, words);

// Somebody by name and number; and what a button is called that is about one of many.
export const who = ({ name, volunteer_no }) =>
  p([h("strong", {}, name), " ", h("span", { class: "number quiet-words" }, grouped(volunteer_no, 3, 3, 4))]);
export const about = (act, name) => ({ "aria-label": say("finder.act", { act, name }) });

// A column of a table (see kit/table.js), and the one that every list of people has.
export const column = (key, label, cell = (row) => row[key], more = {}) => ({ key, label: say(label), cell, ...more });
export const numbers = (of = (row) => row.volunteer_no) =>
  column("volunteer_no", "signups.column.number", (row) => grouped(of(row), 3, 3, 4), { narrow: true });

// How many of each: [words, number, look]; of none the look is plain.
export const tallies = (pairs) => {
  const one = ([words, number, look]) => h("li", {}, badge(words, number ? look : ""), ` ${count(number)}`);
  return h("ul", { class: "tallies" }, pairs.map(one));
};

// What is there for those who ask for it.
export const folded = (words, content) =>
  h("details", { class: "panel" }, h("summary", {}, words), h("div", { class: "part" }, content));

// Terms and what they are, two by two; what is empty is left out.
export const facts = (pairs) => {
  const there = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h("dl", { class: "facts" }, there.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
};

// A part of a screen with a heading.
export const part = (title, content, { look = "", acts = [] } = {}) =>
  h(
    "section",
    { class: `panel part ${look}` },
    h("div", { class: "parted" }, h("h2", {}, title), acts.length ? h("div", { class: "actions" }, acts) : null),
    content,
  );

// "2026年3月1日 星期日 09:00–11:00"; where it ends on another day, that is said.
export const when = ({ starts_at, ends_at }) => {
  const [day, from, to] = [weekday(dayOf(starts_at)), timeOf(starts_at), timeOf(ends_at)];
  return say(dayOf(starts_at) === dayOf(ends_at) ? "looks.when" : "looks.when.over", { day, from, to });
};

// The states of an activity and of a session, in words.
export const activityState = ({ state }) => badge(say(`activity.state.${state}`), state);
export const sessionState = (session, at = Date.now()) => {
  if (session.closed_at) return badge(say("session.closed"), "closed");
  if (at >= Date.parse(session.ends_at)) return badge(say("session.ended"), "care");
  if (at >= Date.parse(session.starts_at)) return badge(say("session.running"), "running");
  return badge(say("session.coming"), "");
};

// All pages of a collection, one after the other.
export const everything = async (server, path, query = {}) => {
  const items = [];
  let cursor = null;
  do {
    const page = await server.get(path, { ...query, limit: 200, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
};

// For a table: the rows after these (see kit/table.js).
export const rest = (server, path, query, cursor) => {
  if (!cursor) return null;
  return async () => {
    const page = await server.get(path, { ...query, cursor });
    return { rows: page.items, more: rest(server, path, query, page.next_cursor) };
  };
};
