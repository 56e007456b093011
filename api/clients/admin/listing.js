// What the lists of this client share: pages of a collection, choices above it, and what stands in a cell.

import { button, h } from "../kit/element.js";
import { exportsOf, save } from "../kit/files.js";
import { say } from "../kit/language.js";

const PAGE = 50;

// The first rows of a collection, and how to get the next.
export const pageOf = async (server, path, query = {}) => {
  const page = await server.get(path, { limit: PAGE, ...query });
  const next = () => pageOf(server, path, { ...query, cursor: page.next_cursor });
  return { rows: page.items, more: page.next_cursor ? next : null };
};

// Which of several is shown: buttons, the chosen one pressed.
export const choices = (label, offered, now, choose) =>
  h(
    "div",
    { class: "choice", role: "group", "aria-label": label },
    offered.map(([value, words]) => button(words, () => choose(value), null, { "aria-pressed": String(value === now) })),
  );

// The heading of a screen that another one led to.
export const headed = (app, title, ...beside) =>
  h(
    "div",
    { class: "headed" },
    h("h1", {}, title),
    h("div", { class: "actions" }, beside, button(say("admin.back"), () => app.back(), "quiet")),
  );

// A list of what is known: [words, content], without those that have none.
export const facts = (pairs) =>
  h(
    "dl",
    { class: "facts" },
    pairs
      .filter(([, content]) => content !== null && content !== undefined && content !== "")
      .map(([words, content]) => h("div", {}, h("dt", {}, words), h("dd", {}, content))),
  );

// The files of a list that is no table.
export const takeAway = (app, path, query) => {
  const keep = (how) => async () => {
    try {
      save(await how());
    } catch (error) {
      app.failed(error);
    }
  };
  return exportsOf(app.server, path, query).map(([format, how]) => button(say("kit.export", { format }), keep(how), "quiet"));
};
