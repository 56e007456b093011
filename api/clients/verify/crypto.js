// SHA-256, SHA-512, HMAC and Ed25519 verification. WebCrypto does it where the page has it; over plain http in a local
// network it is missing, and then the same is done here, slower.

const subtle = globalThis.crypto?.subtle;
const text = new TextEncoder();

export const bytesOf = (words) => text.encode(words);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (word) => Uint8Array.from(word.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const isSame = (one, two) => one.length === two.length && one.every((byte, at) => byte === two[at]);

export function joined(...parts) {
  const made = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}

export function unbase64(word) {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(word) || word.length % 4) throw new SyntaxError("base64");
  const raw = Uint8Array.from(atob(word), (letter) => letter.charCodeAt(0));
  if (btoa(Array.from(raw, (byte) => String.fromCharCode(byte)).join("")) !== word) throw new SyntaxError("base64");
  return raw;
}

export async function sha256(bytes) {
  return subtle ? new Uint8Array(await subtle.digest("SHA-256", bytes)) : plainSha256(bytes);
}

export async function hmacSha256(key, bytes) {
  const padded = joined(key, new Uint8Array(64 - key.length));
  const inner = await sha256(joined(padded.map((byte) => byte ^ 0x36), bytes));
  return sha256(joined(padded.map((byte) => byte ^ 0x5c), inner));
}

// -- SHA-2 in plain JavaScript (FIPS 180-4): the constants are roots of the first primes ------------------------------

const PRIMES = [];
for (let number = 2; PRIMES.length < 80; number++) {
  if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
}

// The first `bits` bits of the fraction of the n-th root of a prime.
function fraction(prime, root, bits) {
  const scaled = BigInt(prime) << (BigInt(root) * BigInt(bits));
  let low = 0n;
  let high = scaled;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(root) <= scaled) low = middle;
    else high = middle - 1n;
  }
  return low & ((1n << BigInt(bits)) - 1n);
}

const START_256 = PRIMES.slice(0, 8).map((prime) => Number(fraction(prime, 2, 32)));
const ROUND_256 = PRIMES.slice(0, 64).map((prime) => Number(fraction(prime, 3, 32)));
const START_512 = PRIMES.slice(0, 8).map((prime) => fraction(prime, 2, 64));
const ROUND_512 = PRIMES.map((prime) => fraction(prime, 3, 64));

function padded(bytes, block, lengthBytes) {
  const size = Math.ceil((bytes.length + 1 + lengthBytes) / block) * block;
  const made = new Uint8Array(size);
  made.set(bytes);
  made[bytes.length] = 0x80;
  new DataView(made.buffer).setBigUint64(size - 8, BigInt(bytes.length) * 8n);
  return made;
}

export function plainSha256(bytes) {
  const message = padded(bytes, 64, 8);
  const view = new DataView(message.buffer);
  const state = [...START_256];
  const words = new Int32Array(64);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  for (let at = 0; at < message.length; at += 64) {
    for (let n = 0; n < 16; n++) words[n] = view.getInt32(at + 4 * n);
    for (let n = 16; n < 64; n++) {
      const early = words[n - 15];
      const late = words[n - 2];
      const small = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
      words[n] = words[n - 16] + small + words[n - 7] + (turned(late, 17) ^ turned(late, 19) ^ (late >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 64; n++) {
      const big = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
      const one = (h + big + ((e & f) ^ (~e & g)) + ROUND_256[n] + words[n]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] = (state[n] + word) | 0));
  }
  const made = new DataView(new ArrayBuffer(32));
  state.forEach((word, n) => made.setInt32(4 * n, word));
  return new Uint8Array(made.buffer);
}

export function plainSha512(bytes) {
  const message = padded(bytes, 128, 16);
  const view = new DataView(message.buffer);
  const state = [...START_512];
  const cut = (word) => BigInt.asUintN(64, word);
  const turned = (word, by) => (word >> by) | cut(word << (64n - by));
  for (let at = 0; at < message.length; at += 128) {
    const words = [];
    for (let n = 0; n < 16; n++) words.push(view.getBigUint64(at + 8 * n));
    for (let n = 16; n < 80; n++) {
      const early = words[n - 15];
      const late = words[n - 2];
      const small = turned(early, 1n) ^ turned(early, 8n) ^ (early >> 7n);
      words.push(cut(words[n - 16] + small + words[n - 7] + (turned(late, 19n) ^ turned(late, 61n) ^ (late >> 6n))));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let n = 0; n < 80; n++) {
      const big = turned(e, 14n) ^ turned(e, 18n) ^ turned(e, 41n);
      const one = h + big + ((e & f) ^ (cut(~e) & g)) + ROUND_512[n] + words[n];
      const two = (turned(a, 28n) ^ turned(a, 34n) ^ turned(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, cut(d + one), c, b, a, cut(one + two)];
    }
    [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] = cut(state[n] + word)));
  }
  const made = new DataView(new ArrayBuffer(64));
  state.forEach((word, n) => made.setBigUint64(8 * n, word));
  return new Uint8Array(made.buffer);
}

// -- Ed25519 (RFC 8032, section 5.1.7): points are [X, Y, Z, T] -------------------------------------------------------

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const mod = (number) => ((number % P) + P) % P;

function power(base, exponent) {
  let made = 1n;
  for (base = mod(base); exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) made = (made * base) % P;
    base = (base * base) % P;
  }
  return made;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT = power(2n, (P - 1n) / 4n);

function sum(one, two) {
  const a = mod((one[1] - one[0]) * (two[1] - two[0]));
  const b = mod((one[1] + one[0]) * (two[1] + two[0]));
  const c = mod(2n * one[3] * two[3] * D);
  const d = mod(2n * one[2] * two[2]);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [mod(e * f), mod(g * h), mod(f * g), mod(e * h)];
}

function times(scalar, point) {
  let made = [0n, 1n, 1n, 0n];
  for (; scalar > 0n; scalar >>= 1n) {
    if (scalar & 1n) made = sum(made, point);
    point = sum(point, point);
  }
  return made;
}

const number = (bytes) => bytes.reduceRight((made, byte) => (made << 8n) | BigInt(byte), 0n);

function unpacked(bytes) {
  const sign = bytes[31] >> 7;
  const y = number(bytes) & (2n ** 255n - 1n);
  if (bytes.length !== 32 || y >= P) return null;
  const square = mod((y * y - 1n) * power(D * y * y + 1n, P - 2n));
  let x = power(square, (P + 3n) / 8n);
  if (mod(x * x - square)) x = mod(x * ROOT);
  if (mod(x * x - square) || (x === 0n && sign)) return null;
  if (Number(x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

export function plainSigned(publicKey, signature, message) {
  const key = unpacked(publicKey);
  const point = unpacked(signature.slice(0, 32));
  const scalar = number(signature.slice(32));
  if (signature.length !== 64 || !key || !point || scalar >= ORDER || !times(8n, key)[0]) return false;
  const base = unpacked(joined(new Uint8Array([0x58]), new Uint8Array(31).fill(0x66)));
  const digest = number(plainSha512(joined(signature.slice(0, 32), publicKey, message))) % ORDER;
  const [left, right] = [times(scalar, base), sum(point, times(digest, key))];
  return !mod(left[0] * right[2] - right[0] * left[2]) && !mod(left[1] * right[2] - right[1] * left[2]);
}

export async function isSigned(publicKey, signature, message) {
  try {
    const key = await subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
    return await subtle.verify("Ed25519", key, signature, message);
  } catch {
    return plainSigned(publicKey, signature, message); // no WebCrypto here, or one that does not know Ed25519
  }
}
