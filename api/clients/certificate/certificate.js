// Whether a certificate holds, and what must stand on the paper. The number comes from the paper, typed or as #number.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, grouped, hours } from "../kit/formats.js";
import { parts, say } from "../kit/language.js";
import { Page } from "../kit/page.js";
import { Screen } from "../kit/screen.js";
import "./words.js";

const VERDICTS = { valid: "valid", superseded: "invalid", revoked: "invalid", erased: "unsure" };
const DIGITS = 20;

// `given.number` is what stands behind the #, or "".
class Certificate extends Screen {
  #told = null;

  view() {
    this.number ??= this.given.number;
    const typed = field({ name: "number", label: say("number"), inputmode: "numeric", maxlength: 30, value: this.number });
    typed.input.addEventListener("input", () => (this.number = typed.value));
    typed.input.addEventListener("keydown", (event) => event.key === "Enter" && this.#check());
    this.box = h("div", { class: "verdict", role: "status" });
    if (this.#told) this.#tell(...this.#told);
    const link = h("a", { href: "/verify" }, say("proof.verify"));
    return h(
      "div",
      {},
      h("h1", {}, say("title")),
      p(say("how"), "lead"),
      h(
        "section",
        { class: "panel" },
        typed,
        h("div", { class: "actions" }, button(say("check"), () => this.#check(), "primary")),
        this.box,
      ),
      h("section", { class: "read" }, h("h2", {}, say("proof.title")), p(parts("proof", { verify: link }))),
    );
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.number.length === DIGITS) this.#check();
  }

  async #check() {
    const number = (this.number ?? "").normalize("NFKC").replace(/[\s-]/g, "");
    if (!/^\d{20}$/.test(number)) return this.#tell("unsure", () => [say("digits")]);
    this.#tell("waiting", () => [say("checking")]);
    try {
      const found = await this.app.server.get(`/certificates/${number}`);
      this.#tell(VERDICTS[found.state], () => said(found));
    } catch (error) {
      if (error.words === undefined) throw error;
      if (error.status === 404) this.#tell("invalid", () => [say("none")]);
      else this.#tell("unsure", () => [error.words]);
    }
  }

  // `lines()` gives them in the chosen language.
  #tell(verdict, lines) {
    this.#told = [verdict, lines];
    this.box.className = `verdict ${verdict}`;
    this.box.replaceChildren(...lines().flat().map((line) => (line instanceof Element ? line : p(line))));
  }
}

const said = (found) => {
  const fact = (key, value) => [h("dt", {}, say(key)), h("dd", {}, value)];
  const whose = found.masked_name
    ? [fact("name", found.masked_name), fact("tail", `…${found.volunteer_no_tail}`)]
    : null;
  const facts = [
    fact("certificate", grouped(found.certificate_no, 4)),
    whose,
    fact("days", say("days.of", { from: day(found.from_on), until: day(found.until_on) })),
    fact("service", say("service.of", { records: found.records, time: hours(found.minutes) })),
    fact("issued", say("issued.of", { organisation: found.organisation, on: day(found.issued_on) })),
    fact("entry", say("entry.of", { seq: found.transaction_seq })),
  ];
  return [say(`state.${found.state}`), h("dl", { class: "facts" }, facts), say("compare")];
};

customElements.define("certificate-check", Certificate);

const numberOf = (where) => (/^\d{20}$/.test(where) ? where : "");

new Page((where) => [Certificate, { number: numberOf(where) }], { needsBank: false }).start();
