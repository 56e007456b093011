// Asking the server, truthfully: what was answered, what was refused, and what nobody knows yet because no answer came.

import { knows, languageTag, say } from "./language.js";
import "./words.js";

const BASE = "/api/v1";
const ELSEWHERE = /^\/(api\/v1|log)\//;
const ANSWER_MS = 12_000;
// For a file of thousands of rows on its way up, and for posting them.
export const LONG_MS = 180_000;
const RESEND_MS = 600;
const WATCH_MS = 2_000;
const LOST = new Set([502, 503, 504]);
const SILENT = new Set([401, 429]); // they say nothing of what became of a deed that was sent before

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A refusal of the server (RFC 9457): `words` is what to show, `faults` what is wrong by JSON pointer.
export class Problem extends Error {
  constructor(told) {
    super(told.code ?? `http_${told.status}`);
    this.code = told.code ?? null;
    this.status = told.status;
    this.title = told.title ?? "";
    this.detail = told.detail ?? "";
    this.facts = told.facts ?? {};
    this.findings = told.findings ?? [];
    this.retrySeconds = told.retrySeconds ?? 0;
    this.faults = new Map((told.errors ?? []).map((fault) => [fault.pointer ?? fault.parameter, fault.detail]));
  }

  get words() {
    if (this.status === 429) return say("kit.wait", { seconds: this.retrySeconds });
    if (knows(`problem.${this.code}`)) return say(`problem.${this.code}`, this.facts);
    return this.detail || this.title || say("kit.broken");
  }
}

// No answer came. What that means: "nothing" was changed; it is "unknown" whether it was done, and sending the same
// again tells, without doing it twice; or one is "unsure", and must look before doing it again.
export class Away extends Error {
  constructor(means) {
    super("away");
    this.means = means;
  }

  get words() {
    return say(`kit.away.${this.means}`);
  }
}

// Whether the server can be reached: "away" and "back" are told. While it is away it is asked again and again.
class Connection extends EventTarget {
  away = false;

  heard() {
    if (!this.away) return;
    this.away = false;
    this.dispatchEvent(new Event("back"));
  }

  lost() {
    if (this.away) return;
    this.away = true;
    this.dispatchEvent(new Event("away"));
    this.#watch();
  }

  async #watch() {
    while (this.away) {
      await pause(WATCH_MS);
      try {
        if ((await fetch("/readyz", { cache: "no-store" })).ok) this.heard();
      } catch {
        // still away
      }
    }
  }
}

export const connection = new Connection();

// 32 hexadecimal digits that nobody used before. (On plain http there is no randomUUID.)
export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// One deed of the ledger. Until the server has answered, whatever is sent again is sent under the same key, so that it
// has one effect, however often; another body is another deed.
export class Posting {
  constructor(server, path, { memory = new Memory(), ...more } = {}) {
    Object.assign(this, { server, path, memory, more });
  }

  async send(body) {
    const spelled = JSON.stringify(body);
    if (this.memory.key === null || this.memory.sent !== spelled) this.memory.keep(newKey(), spelled);
    try {
      const answer = await this.server.send("POST", this.path, { body, key: this.memory.key, ...this.more });
      this.memory.keep(null, null);
      return answer;
    } catch (error) {
      if (error instanceof Problem && !SILENT.has(error.status)) this.memory.keep(null, null);
      throw error;
    }
  }
}

// What a posting holds while no answer came: the key and the body. One that outlives the page can be given instead.
class Memory {
  key = null;
  sent = null;

  keep(key, sent) {
    Object.assign(this, { key, sent });
  }
}

// The API, for whoever `tokens` names (see session.js); nobody in particular without them.
export class Server {
  constructor(tokens = null) {
    this.tokens = tokens;
  }

  get(path, query = {}) {
    return this.send("GET", asked(path, query));
  }

  // What is no JSON: { content, name } for `save` (see files.js), or to be shown.
  file(path, query = {}) {
    return this.send("GET", asked(path, query), { raw: true });
  }

  // For what posts nothing to the ledger: sent once, or twice where that is `harmless`.
  post(path, body = {}, { harmless = false } = {}) {
    return this.send("POST", path, { body, harmless });
  }

  // For what posts to the ledger: keep it, and `await posting.send(body)`, again after an Away. `patience` in ms, where
  // an answer may take long; `memory`, where the key is to outlive the page.
  posting(path, more = {}) {
    return new Posting(this, path, more);
  }

  patch(path, body, etag) {
    return this.send("PATCH", path, { body, etag });
  }

  delete(path, etag) {
    return this.send("DELETE", path, { etag });
  }

  upload(path, form) {
    return this.send("POST", path, { form, patience: LONG_MS });
  }

  // The answer, with its `etag` and `replayed` beside it where it has them. Throws Problem or Away. What can be sent
  // twice without harm (a question, a posting under its key) is sent once more by itself when the answer is lost.
  async send(method, path, { body, form, key, etag, raw, patience = ANSWER_MS, harmless = method === "GET" } = {}) {
    const away = () => new Away(harmless ? "nothing" : key ? "unknown" : "unsure");
    const ask = () => this.#ask(method, path, { body, form, key, etag, raw, patience });
    try {
      return await ask();
    } catch (lost) {
      if (!(lost instanceof Away)) throw lost;
      if (!harmless && !key) throw away();
    }
    await pause(RESEND_MS);
    try {
      return await ask();
    } catch (lost) {
      throw lost instanceof Away ? away() : lost;
    }
  }

  async #ask(method, path, given) {
    const first = await this.#fetch(method, path, given);
    if (first.status !== 401 || first.told.code !== "token_invalid" || !(await this.tokens?.renew?.())) {
      return answered(first);
    }
    return answered(await this.#fetch(method, path, given));
  }

  async #fetch(method, path, { body, form, key, etag, raw, patience: ms }) {
    const headers = { "Accept-Language": languageTag() };
    if (this.tokens?.access) headers.Authorization = `Bearer ${this.tokens.access}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    if (key) headers["Idempotency-Key"] = key;
    if (etag) headers["If-Match"] = etag;
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), ms);
    try {
      const response = await fetch(ELSEWHERE.test(path) ? path : BASE + path, {
        method,
        headers,
        body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: patience.signal,
      });
      if (LOST.has(response.status)) throw new Away("unsure");
      const told = raw && response.ok ? await filed(response) : await response.json();
      connection.heard();
      return { status: response.status, told, headers: response.headers };
    } catch {
      connection.lost();
      throw new Away("unsure");
    } finally {
      clearTimeout(timer);
    }
  }
}

const asked = (path, query) => {
  const wanted = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return wanted.length ? `${path}?${new URLSearchParams(wanted)}` : path;
};

const filed = async (response) => {
  const told = response.headers.get("Content-Disposition") ?? "";
  const name = /filename\*=UTF-8''([^;]+)/.exec(told)?.[1] ?? /filename="([^"]+)"/.exec(told)?.[1] ?? "";
  return { content: await response.blob(), name: decodeURIComponent(name) };
};

const answered = ({ status, told, headers }) => {
  if (status >= 400) throw new Problem({ ...told, status, retrySeconds: Number(headers.get("Retry-After") ?? 0) });
  const [etag, replayed] = [headers.get("ETag"), headers.get("Idempotent-Replayed") === "true"];
  return Object.assign(told, etag ? { etag } : {}, replayed ? { replayed } : {});
};
