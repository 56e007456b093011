// The public board: what anybody may know of the bank, without a login. One page each, and all in turn in the hall.

import { Page } from "../kit/page.js";
import { Decision, Decisions } from "./decisions.js";
import { Hall } from "./hall.js";
import { Notices } from "./notices.js";
import { Overview } from "./overview.js";
import { Unknown } from "./parts.js";
import { Prizes } from "./prizes.js";
import { Requests } from "./requests.js";
import { Rules } from "./rules.js";
import { Totals } from "./totals.js";
import { Trust } from "./trust.js";

const SCREENS = {
  "": Overview,
  rules: Rules,
  decisions: Decisions,
  notices: Notices,
  prizes: Prizes,
  requests: Requests,
  totals: Totals,
  trust: Trust,
  hall: Hall,
};

const screen = (where) => {
  const [name, id] = where.split("/");
  document.documentElement.classList.toggle("in-hall", name === "hall");
  if (name === "decision" && /^[0-9a-f-]{36}$/.test(id)) return [Decision, { id }];
  return [SCREENS[name] ?? Unknown];
};

new Page(screen, { missing: Unknown }).start();
