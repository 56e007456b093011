// Files for those who have rights to them: fetched with their token, then handed to the browser to keep.

import { languageTag } from "./language.js";
import { Away, Problem } from "./request.js";

const NAMED = /filename="([^"]+)"/;

// Fetches what lies at this path of the API and saves it under the name that the server gives it; with a `body` it is
// asked for with POST. Throws Problem or Away, as requests do.
export const download = async (tokens, path, body = null) => {
  let answer = await asked(tokens, path, body);
  if (answer.status === 401 && (await tokens.renew?.())) answer = await asked(tokens, path, body);
  if (!answer.ok) throw new Problem({ ...(await answer.json().catch(() => ({}))), status: answer.status });
  save(await answer.blob(), NAMED.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "");
};

const asked = async (tokens, path, body) => {
  const headers = { "Accept-Language": languageTag(), Authorization: `Bearer ${tokens.access}` };
  if (body) headers["Content-Type"] = "application/json";
  const how = { method: body ? "POST" : "GET", headers, cache: "no-store", credentials: "omit", redirect: "error" };
  try {
    return await fetch(`/api/v1${path}`, { ...how, body: body ? JSON.stringify(body) : undefined });
  } catch {
    throw new Away("nothing");
  }
};

const save = (content, name) => {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
