// The documentation page: /openapi.json as text on a page. Everything is set as text, never as markup.

import { h, p } from "../kit/element.js";
import { parts, say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Away } from "../kit/request.js";
import { Screen } from "../kit/screen.js";
import { described, said, shortName } from "./schemas.js";
import "./words.js";

class Docs extends Screen {
  async load() {
    const answer = await fetch("/openapi.json").catch(() => null);
    if (!answer?.ok) throw new Away("nothing");
    this.contract = await answer.json();
  }

  view() {
    const { contract } = this;
    const file = h("a", { href: "/openapi.json" }, "/openapi.json");
    return h(
      "div",
      { class: "docs" },
      h("h1", {}, say("title")),
      p(parts("about", { version: contract.openapi, file }), "lead"),
      h("p", { lang: "en", class: "quiet-words" }, contract.info.description),
      h("nav", { class: "contents", "aria-label": say("contents") }, contract.tags.map(({ name }) => to(`tag-${name}`, name))),
      h("div", { class: "operations" }, contract.tags.map((tag) => this.#tag(tag))),
      h("h2", { id: "schemas" }, say("schemas")),
      h("div", { class: "operations" }, Object.entries(contract.components.schemas).map(schema)),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (wanted) setTimeout(() => wanted.scrollIntoView());
  }

  #tag({ name }) {
    const all = Object.entries(this.contract.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
    const ours = all.filter(({ operation }) => operation.tags[0] === name);
    return [h("h2", { id: `tag-${name}` }, name), ours.map((each) => this.#operation(each))];
  }

  #operation({ path, method, operation }) {
    const parameters = (operation.parameters ?? []).map((each) => this.#resolved(each));
    const asked = parameters.map((each) => [
      h("code", {}, each.name), each.in, each.required ? say("required") : "", described(each.schema),
    ]);
    const body = operation.requestBody?.content["application/json"]?.schema;
    const answers = Object.entries(operation.responses).map(([status, each]) => [status, said(this.#resolved(each))]);
    return h(
      "section",
      { id: operation.operationId, class: "panel" },
      h("h3", {}, h("code", { class: "method" }, method.toUpperCase()), h("code", {}, path)),
      h("p", { lang: "en" }, operation.summary),
      p(say("scope", { scope: operation["x-scope"] }), "quiet-words"),
      asked.length ? grid(["parameter", "where", "need", "kind"], asked) : null,
      body ? p(parts("body", { body: described(body) })) : null,
      grid(["status", "answer"], answers),
    );
  }

  #resolved(value) {
    return value.$ref ? value.$ref.slice(2).split("/").reduce((inner, step) => inner[step], this.contract) : value;
  }
}

const to = (id, name) => h("a", { href: `#${id}` }, name);

const schema = ([name, { description, required = [], properties = {} }]) => {
  const rows = Object.entries(properties).map(([member, each]) => [
    h("code", {}, member), required.includes(member) ? say("required") : "", described(each),
  ]);
  return h(
    "section",
    { id: `schema-${shortName(name)}`, class: "panel" },
    h("h3", {}, name),
    description ? h("p", { lang: "en" }, description) : null,
    rows.length ? grid(["member", "need", "kind"], rows) : null,
  );
};

const grid = (head, rows) =>
  h(
    "table",
    {},
    h("thead", {}, h("tr", {}, head.map((key) => h("th", { scope: "col" }, say(`column.${key}`))))),
    h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, cell))))),
  );

customElements.define("docs-page", Docs);

new Page(() => [Docs], { needsBank: false, moves: false }).start();
