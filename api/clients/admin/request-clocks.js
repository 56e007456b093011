// What the two clocks of a request say.

import { p } from "../kit/element.js";
import { clock } from "../kit/requests.js";

const OVER = new Set(["declined", "withdrawn"]);

// What a clock of a request says; nothing where nobody waits any more.
const said = ({ words, late }) => p(words, late ? "late" : null);
export const accepting = (each) =>
  OVER.has(each.state) && !each.accepted_at ? "" : said(clock(each.accept_due_at, each.accepted_at));
export const closing = (each) => (OVER.has(each.state) ? "" : said(clock(each.close_due_at, each.closed_at)));
