// What a log and a receipt must be (C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-proof; RFC 6962). Throws Invalid.

import { bytesOf, hex, hmacSha256, isSame, isSigned, joined, plainSha256, sha256, unbase64, unhex } from "./crypto.js";
import { Invalid, Meaning, canonical } from "./meaning.js";

export { Invalid };
const WIDTH = 256;
const ZERO = new Uint8Array([0]);
const ONE = new Uint8Array([1]);

const node = (left, right) => plainSha256(joined(ONE, left, right));
const refuse = (code, facts = {}) => {
  throw new Invalid(code, facts);
};

export async function keyOf(word) {
  const [name, id, encoded] = word.trim().split(/\+([0-9a-f]{8})\+/);
  const raw = encoded ? unbase64(encoded) : ZERO;
  const made = { name, public: raw.slice(1), id: (await sha256(joined(bytesOf(`${name}\n`), raw))).slice(0, 4) };
  if (raw.length !== 33 || raw[0] !== 1 || hex(made.id) !== id) refuse("key");
  return made;
}

export async function headOf(note, keys) {
  const end = note.lastIndexOf("\n\n");
  const body = note.slice(0, end + 1);
  const [origin, size, root] = body.split("\n");
  if (end < 0 || !note.endsWith("\n") || !/^(0|[1-9][0-9]{0,14})$/.test(size)) refuse("head");
  let trusted = false;
  for (const line of note.slice(end + 2, -1).split("\n")) {
    const [dash, name, encoded] = line.split(" ");
    const raw = unbase64(encoded ?? "");
    const key = keys.find((one) => one.name === name && isSame(one.id, raw.slice(0, 4)));
    if (dash !== "—") refuse("line");
    if (!key) continue;
    if (!(await isSigned(key.public, raw.slice(4), bytesOf(body)))) refuse("signature");
    trusted ||= name === origin;
  }
  if (!trusted) refuse("untrusted");
  return { origin, size: Number(size), root: unbase64(root) };
}

export function rootByPath(index, size, leaf, path) {
  let [at, last, root] = [index, size - 1, leaf];
  for (const step of path) {
    if (last === 0) refuse("long");
    if (at % 2 || at === last) {
      root = node(step, root);
      while (at % 2 === 0 && at) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    } else {
      root = node(root, step);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last ? refuse("short") : root;
}

export async function receiptOf(words, keys) {
  const gap = words.indexOf("\n\n");
  const lines = words.slice(0, gap).split("\n");
  const extra = /^extra /.test(lines[1]) ? JSON.parse(new TextDecoder().decode(unbase64(lines[1].slice(6)))) : null;
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines[2] ?? "");
  if (lines[0] !== "c2sp.org/tlog-proof@v1" || !extra || !index) refuse("receipt");
  const head = await headOf(words.slice(gap + 2), keys);
  const leaf = "entry" in extra ? plainSha256(joined(ZERO, bytesOf(extra.entry))) : unhex(extra.leaf);
  const at = Number(index[1]);
  if (at >= head.size || !isSame(rootByPath(at, head.size, leaf, lines.slice(3).map(unbase64)), head.root)) {
    refuse("absent");
  }
  const entry = "entry" in extra ? JSON.parse(extra.entry) : null;
  if (extra.opening !== undefined) {
    const committed = hex(await hmacSha256(unhex(extra.salt), bytesOf(extra.opening)));
    if (committed !== entry.private) refuse("opening");
  }
  return { head, index: at, entry, opening: extra.opening === undefined ? null : JSON.parse(extra.opening) };
}

// -- the whole log ----------------------------------------------------------------------------------------------------

/** Every entry under the signed root, what the entries say, and whether they add up to the `stated` totals and months. */
export async function wholeLog(fetched, keys, stated, progress) {
  const head = await headOf(new TextDecoder().decode(await fetched("checkpoint")), keys);
  const meaning = new Meaning();
  const tops = [];
  for (let n = 0; n * WIDTH < head.size; n++) {
    const width = Math.min(WIDTH, head.size - n * WIDTH);
    const name = `${pathOf(n)}${width < WIDTH ? `.p/${width}` : ""}`;
    const bundle = await fetched(`tile/entries/${name}`);
    const leaves = [];
    for (let at = 0; at < bundle.length; ) {
      const end = at + 2 + bundle[at] * 256 + bundle[at + 1];
      const entry = bundle.slice(at + 2, end);
      leaves.push(plainSha256(joined(ZERO, entry)));
      meaning.read(new TextDecoder().decode(entry));
      if (meaning.seq === stated?.size && canonical(meaning.totals()) !== canonical(stated.totals)) refuse("totals");
      if (meaning.seq === stated?.months?.size && canonical(meaning.months()) !== canonical(stated.months.months)) {
        refuse("months");
      }
      at = end;
    }
    if (leaves.length !== width) refuse("bundle", { n });
    if (!isSame(joined(...leaves), await fetched(`tile/0/${name}`))) refuse("tile", { n });
    leaves.forEach((leaf, at) => grow(tops, n * WIDTH + at, leaf));
    progress(n * WIDTH + width, head.size);
  }
  const root = tops.length ? tops.reduceRight((right, left) => node(left, right)) : plainSha256(new Uint8Array());
  if (!isSame(root, head.root)) refuse("root");
  return { head, meaning };
}

function grow(tops, size, leaf) {
  for (let at = size; at % 2; at = Math.floor(at / 2)) leaf = node(tops.pop(), leaf);
  tops.push(leaf);
}

function pathOf(n) {
  const parts = [String(n % 1000).padStart(3, "0")];
  while ((n = Math.floor(n / 1000))) parts.unshift(`x${String(n % 1000).padStart(3, "0")}`);
  return parts.join("/");
}
