// The documentation page: /openapi.json as text on a page. Everything is set as text, never as markup.

const element = (name, text = "", attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

const shortName = (reference) => reference.split("/").at(-1);

// What a schema says, in one line; references are links.
const described = (schema) => {
  const line = element("span");
  if (schema.$ref) {
    line.append(element("a", shortName(schema.$ref), { href: `#schema-${shortName(schema.$ref)}` }));
  } else if (schema.anyOf || schema.oneOf) {
    (schema.anyOf ?? schema.oneOf).forEach((choice, at) => line.append(at ? " | " : "", described(choice)));
  } else if (schema.type === "array") {
    line.append("[", described(schema.items ?? {}), "]");
  } else if (schema.enum || schema.const !== undefined) {
    line.append((schema.enum ?? [schema.const]).map((value) => JSON.stringify(value)).join(" | "));
  } else {
    line.append(schema.format ?? schema.type ?? "any");
    if (schema.minimum !== undefined || schema.maximum !== undefined) {
      line.append(` ${schema.minimum ?? ""}..${schema.maximum ?? ""}`);
    }
    if (schema.maxLength !== undefined) line.append(` ≤ ${schema.maxLength}`);
  }
  return line;
};

const table = (head, rows) => {
  const made = element("table");
  const top = element("tr");
  head.forEach((title) => top.append(element("th", title, { scope: "col" })));
  made.append(top);
  for (const cells of rows) {
    const row = element("tr");
    for (const cell of cells) {
      const data = element("td");
      data.append(cell);
      row.append(data);
    }
    made.append(row);
  }
  return made;
};

const resolved = (document_, value) =>
  value.$ref ? value.$ref.slice(2).split("/").reduce((inner, step) => inner[step], document_) : value;

// An answer: its schema, or the problems it may be, each a link to what it means.
const said = (answer) => {
  const line = element("span");
  const schema = answer.content?.["application/json"]?.schema;
  if (schema) {
    line.append(described(schema));
  } else if (answer.content?.["application/problem+json"]) {
    answer.description.split(", ").forEach((code, at) => {
      line.append(at ? ", " : "", element("a", code, { href: `/problems/${code}` }));
    });
  } else {
    line.append(answer.description);
  }
  return line;
};

const operationSection = (contract, path, method, operation) => {
  const section = element("section", "", { id: operation.operationId });
  const title = element("h3");
  title.append(element("code", method.toUpperCase(), { class: "method" }), element("code", path));
  section.append(title, element("p", operation.summary, { lang: "en" }));
  section.append(element("p", `scope: ${operation["x-scope"]}`, { class: "scope" }));
  const parameters = (operation.parameters ?? []).map((each) => resolved(contract, each));
  if (parameters.length) {
    const rows = parameters.map((each) => [
      element("code", each.name), each.in, each.required ? "required" : "", described(each.schema),
    ]);
    section.append(table(["parameter", "in", "", "kind"], rows));
  }
  const body = operation.requestBody?.content["application/json"].schema;
  if (body) {
    const line = element("p", "body: ");
    line.append(described(body));
    section.append(line);
  }
  const rows = Object.entries(operation.responses).map(([status, each]) => [status, said(resolved(contract, each))]);
  section.append(table(["status", "answer"], rows));
  return section;
};

const schemaSection = (name, schema) => {
  const section = element("section", "", { id: `schema-${name}` });
  section.append(element("h3", name));
  if (schema.description) section.append(element("p", schema.description, { lang: "en" }));
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([member, each]) => [
    element("code", member), required.has(member) ? "required" : "", described(each),
  ]);
  if (rows.length) section.append(table(["member", "", "kind"], rows));
  return section;
};

const contract = await (await fetch("/openapi.json")).json();
document.querySelector("#about").textContent = `${contract.info.description} OpenAPI ${contract.openapi}.`;
const contents = document.querySelector("#contents");
const operations = document.querySelector("#operations");
operations.replaceChildren();
for (const tag of contract.tags) {
  contents.append(element("a", tag.name, { href: `#tag-${tag.name}` }), " ");
  operations.append(element("h2", tag.name, { id: `tag-${tag.name}` }));
  for (const [path, methods] of Object.entries(contract.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.tags[0] === tag.name) operations.append(operationSection(contract, path, method, operation));
    }
  }
}
const schemas = document.querySelector("#schemas");
for (const [name, schema] of Object.entries(contract.components.schemas)) schemas.append(schemaSection(name, schema));
