// Certificates of service: free of charge, whenever one wants one (民政部令67, art. 14-17).

import { h } from "../kit/element.js";
import { day, grouped, hours } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 20;

export class Certificates extends Screen {
  async load() {
    const path = `/volunteers/${this.app.number}/certificates`;
    this.issuing = this.app.mine.posting(path);
    this.certificates = (await this.app.mine.get(path, { limit: PAGE })).items;
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("certificates.title")),
      h("p", {}, say("certificates.how")),
      h("div", { class: "actions" }, h("button", { type: "button", class: "primary", onclick: (event) => this.app.done(event.currentTarget, this.issuing, {}, Certificates, "certificates.issued") }, say("certificates.issue"))),
      this.certificates.length
        ? h("ol", {}, this.certificates.map(certificate))
        : h("p", { class: "empty panel" }, say("certificates.empty")),
    );
  }
}

const certificate = (each) =>
  h(
    "li",
    { class: "panel certificate" },
    h("h2", {}, say("certificates.number", { number: grouped(each.certificate_no, 4) })),
    h("p", { class: "big" }, hours(each.minutes)),
    h("p", {}, say("certificates.days", { from: day(each.from_on), until: day(each.until_on) })),
    h("p", { class: each.state === "valid" ? "enough" : "short" }, say(`certificates.${each.state}`, { day: day(each.issued_on) })),
  );

customElements.define("kiosk-certificates", Certificates);
