// What the lists of this client share: pages of a collection, its files, choices above it, and what stands in a cell.

import { download } from "../kit/download.js";
import { button, h } from "../kit/element.js";
import { language, say } from "../kit/language.js";

const PAGE = 50;
const FORMATS = { csv: "CSV", xlsx: "Excel" };

// The first rows of a collection, and how to get the next.
export const pageOf = async (server, path, query = {}) => {
  const page = await server.get(path, { limit: PAGE, ...query });
  const next = () => pageOf(server, path, { ...query, cursor: page.next_cursor });
  return { rows: page.items, more: page.next_cursor ? next : null };
};

// The whole collection as files, for <kit-table>.
export const exportsOf = (app, path, query = {}) => {
  const asked = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const save = (format) => async () => {
    try {
      await download(app.tokens, `${path}?${new URLSearchParams([...asked, ["format", format]])}`);
    } catch (error) {
      app.failed(error);
    }
  };
  return Object.entries(FORMATS).map(([format, name]) => [name, save(format)]);
};

// Which of several is shown: buttons, the chosen one pressed.
export const choices = (label, offered, now, choose) =>
  h(
    "div",
    { class: "choice", role: "group", "aria-label": label },
    offered.map(([value, words]) => button(words, () => choose(value), null, { "aria-pressed": String(value === now) })),
  );

// Of what a row says in both, as { x_zh, x_en }.
export const told = (row, name) => row[`${name}_${language()}`];

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
export const takeAway = (files) =>
  files.map(([format, save]) => button(say("kit.export", { format }), save, "quiet"));

// A cell whose words may stand on several lines.
export const long = (words) => h("span", { class: "wrap" }, words);
