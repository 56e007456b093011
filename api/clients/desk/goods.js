// What several screens ask of goods: a prize from a list or by its label, a line of several of them, the way back.

import { h } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { key } from "./keys.js";
import { byCode, short } from "./shelf.js";

// A field for one prize: a list to choose from; a scanned label chooses it too.
export const prizeField = (prizes, more = {}) => {
  const words = (prize) => say("goods.prize", { title: prize.title, code: short(prize.code) });
  const choices = [["", say("goods.which")], ...prizes.map((prize) => [prize.id, words(prize)])];
  return field({ name: "prize_id", label: say("stock.prize"), choices, ...more });
};

export const quantityField = (more = {}) =>
  field({ name: "quantity", label: say("goods.quantity"), inputmode: "numeric", maxlength: 6, ...more });

// The whole number that was typed; null where it is none.
export const whole = (typed) => (/^\d{1,6}$/.test(typed.normalize("NFKC").trim()) ? Number(typed.normalize("NFKC")) : null);

// Puts what was scanned into the field; whether there is such a prize.
export const takeLabel = (prizes, digits, into, next) => {
  const prize = byCode(prizes, digits);
  if (prize) {
    into.value = prize.id;
    into.fault = "";
    next?.focus();
  }
  return prize !== null;
};

export const backKey = (act) => h("div", { class: "actions" }, key("Escape", say("goods.back"), act, "quiet"));

// Lines of goods that are gathered before they are sent: one for each prize.
export class Gathered {
  lines = [];

  // False where the prize stands there for another reason.
  add(line) {
    const same = this.lines.find((one) => one.prize.id === line.prize.id);
    if (same && same.reason !== line.reason) return false;
    if (same) same.quantity += line.quantity;
    else this.lines.push(line);
    return true;
  }

  drop(line) {
    this.lines = this.lines.filter((one) => one !== line);
  }
}
