// The public board: what anybody may know of the bank, without a login. One page each, and all in turn in the hall. What
// does not stand at its front is fetched when it is looked at.

import { Page } from "../kit/page.js";
import { Overview } from "./overview.js";
import { Unknown } from "./parts.js";

const SCREENS = {
  "": () => Overview,
  rules: async () => (await import("./rules.js")).Rules,
  decisions: async () => (await import("./decisions.js")).Decisions,
  notices: async () => (await import("./notices.js")).Notices,
  prizes: async () => (await import("./prizes.js")).Prizes,
  wishes: async () => (await import("./wishes.js")).Wishes,
  appraisals: async () => (await import("./appraisals.js")).Appraisals,
  requests: async () => (await import("./requests.js")).Requests,
  totals: async () => (await import("./totals.js")).Totals,
  trust: async () => (await import("./trust.js")).Trust,
  hall: async () => (await import("./hall.js")).Hall,
};
// One of many, by its id.
const SINGLE = {
  decision: async () => (await import("./decisions.js")).Decision,
  appraisal: async () => (await import("./appraisals.js")).Appraisal,
};

const screen = async (where) => {
  const [name, id] = where.split("/");
  document.documentElement.classList.toggle("in-hall", name === "hall");
  if (name in SINGLE && /^[0-9a-f-]{36}$/.test(id)) return [await SINGLE[name](), { id }];
  return [name in SCREENS ? await SCREENS[name]() : Unknown];
};

new Page(screen, { missing: Unknown }).start();
