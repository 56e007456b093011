// What a schema says, in one line; references are links.

import { h } from "../kit/element.js";

export const shortName = (reference) => reference.split("/").at(-1);

const between = (made, separator) => made.flatMap((each, at) => (at ? [separator, each] : [each]));

export const described = (schema) => {
  if (schema.$ref) return h("a", { href: `#schema-${shortName(schema.$ref)}` }, shortName(schema.$ref));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return h("span", {}, between(choices.map(described), " | "));
  if (schema.type === "array") return h("span", {}, "[", described(schema.items ?? {}), "]");
  if (schema.enum || schema.const !== undefined) {
    return h("span", {}, (schema.enum ?? [schema.const]).map((value) => JSON.stringify(value)).join(" | "));
  }
  const bounded = schema.minimum !== undefined || schema.maximum !== undefined;
  const range = bounded ? ` ${schema.minimum ?? ""}..${schema.maximum ?? ""}` : "";
  const length = schema.maxLength === undefined ? "" : ` ≤ ${schema.maxLength}`;
  return h("span", {}, schema.format ?? schema.type ?? "any", range, length);
};

// An answer: its schema, or the problems it may be, each a link to what it means.
export const said = (answer) => {
  const schema = answer.content?.["application/json"]?.schema;
  if (schema) return described(schema);
  if (!answer.content?.["application/problem+json"]) return h("span", {}, answer.description);
  const codes = answer.description.split(", ");
  return h("span", {}, between(codes.map((code) => h("a", { href: `/problems/${code}` }, code)), ", "));
};
