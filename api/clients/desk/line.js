// What somebody means with what they type or scan, told by its length and its check digit.

import { isSound } from "../kit/codes.js";
import { shownBy } from "./identity.js";

const PICKUP = /^\d{9}$/;
const RECEIPT = /^0\d{9}$/; // numbers of volunteers never begin with 0
const TIMES = /^(\d{1,3})\s*[*x×]\s*(.*)$/i;

// Digits as they are, whatever width the input method gave them.
const plain = (text) => text.normalize("NFKC").trim();

// "3*37" is three of 37; without a number before it the quantity is null.
export const times = (text) => {
  const [, quantity = null, words = plain(text)] = TIMES.exec(plain(text)) ?? [];
  return { quantity: quantity === null ? null : Number(quantity), words };
};

// One of { shown } (who it is), { pickup }, { receipt }, { name } to look for, and { prize, quantity }, where no prize
// means the line of the basket that is marked.
export const meant = (text, { inBasket = false } = {}) => {
  const { quantity, words } = times(text);
  if (RECEIPT.test(words) && isSound(words)) return { receipt: words };
  const shown = shownBy(words);
  if (shown) return { shown };
  if (PICKUP.test(words) && isSound(words)) return { pickup: words };
  return inBasket ? { prize: words, quantity: quantity ?? 1 } : { name: words };
};
