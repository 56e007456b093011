// Codes that people read out and scanners type: digits, the last of them a check digit after Damm (2004). The length
// says what was scanned.

export const LENGTHS = { pairing: 9, volunteer: 10, card: 16, screen: 40, door: 93 };

const DAMM = [
  "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
  "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
];

// Whether the check digit holds: most slips are caught before anybody is asked.
export const isSound = (digits) => [...digits].reduce((at, digit) => Number(DAMM[at][digit]), 0) === 0;

// "card", "volunteer", "screen", "pairing", or null for what is none of ours or was misread.
export const kindOf = (digits) =>
  Object.keys(LENGTHS).find((kind) => LENGTHS[kind] === digits.length && isSound(digits)) ?? null;
