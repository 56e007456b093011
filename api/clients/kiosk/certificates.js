// Certificates of service: free of charge, whenever one wants one (民政部令67, art. 14-17).

import { button, h, p } from "../kit/element.js";
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
    const issue = ({ currentTarget }) =>
      this.app.done(currentTarget, this.issuing, {}, Certificates, "certificates.issued");
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("certificates.title")),
      p(say("certificates.how")),
      h("div", { class: "actions" }, button(say("certificates.issue"), issue, "primary")),
      this.certificates.length
        ? h("ol", {}, this.certificates.map(certificate))
        : p(say("certificates.empty"), "empty panel"),
    );
  }
}

const certificate = (each) =>
  h(
    "li",
    { class: "panel certificate" },
    h("h2", {}, say("certificates.number", { number: grouped(each.certificate_no, 4) })),
    p(hours(each.minutes), "big"),
    p(say("certificates.days", { from: day(each.from_on), until: day(each.until_on) })),
    p(say(`certificates.${each.state}`, { day: day(each.issued_on) }), each.state === "valid" ? "enough" : "short"),
  );

customElements.define("kiosk-certificates", Certificates);
