// The papers of one volunteer: certificates, statement, yearly letter, party return, and what is kept beside the service.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { save } from "../kit/files.js";
import { day, grouped, hours } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { dossierOf } from "./dossier.js";
import { form, FormScreen, values } from "./forms.js";
import { headed, pageOf } from "./listing.js";
import "./papers-words.js";

const ENDS = ["mistake", "fraud", "wish"];
const ISSUE = "certificates:issue";

// `given`: the `number` and the `name` of the volunteer.
export class Papers extends FormScreen {
  async load() {
    const { server } = this.app;
    this.path = `/volunteers/${this.given.number}`;
    [this.certificates, this.dossier] = await Promise.all([
      pageOf(server, `${this.path}/certificates`),
      server.get(`${this.path}/dossier`),
    ]);
    this.issuing ??= server.posting(`${this.path}/certificates`);
  }

  view() {
    const { app, given } = this;
    return h(
      "div",
      { class: "list" },
      headed(app, say("papers.title", given)),
      p(say("papers.number", { number: grouped(given.number, 3, 3, 4) }), "state"),
      h("section", { class: "panel" }, this.#certificates(), app.may(ISSUE) ? this.#issue() : null),
      h("div", { class: "beside" }, this.#statement(), this.#yearly()),
      dossierOf(this),
    );
  }

  #certificates() {
    const act = (name, deed, each, look = "quiet") =>
      button(say(`papers.act.${name}`), deed, look, { "aria-label": say(`papers.of.${name}`, { number: each.certificate_no }) });
    const acts = (each) =>
      h(
        "div",
        { class: "actions" },
        each.state === "erased" ? null : act("print", () => this.#print(each, false), each),
        each.state === "erased" ? null : act("english", () => this.#print(each, true), each),
        each.state === "valid" && this.app.may("certificates:revoke") ? act("revoke", () => this.#revoke(each), each, "danger") : null,
      );
    return table({
      caption: say("papers.certificates"),
      columns: [
        { key: "certificate_no", narrow: true, label: say("papers.certificate"), head: true, cell: (each) => grouped(each.certificate_no, 4) },
        { key: "days", label: say("papers.days"), cell: (each) => say("papers.from.to", { from: day(each.from_on), to: day(each.until_on) }) },
        { key: "minutes", narrow: true, number: true, label: say("papers.time"), cell: (each) => hours(each.minutes) },
        { key: "state", narrow: true, label: say("papers.state"), cell: (each) => say(`papers.state.${each.state}`) },
        { key: "acts", label: say("admin.open"), cell: acts },
      ],
      rows: this.certificates.rows,
      more: this.certificates.more,
      empty: say("papers.certificates.none"),
    });
  }

  #issue() {
    const { today } = this.app.bank;
    const fields = [
      field({ name: "from_on", type: "date", label: say("papers.from"), hint: say("papers.from.hint"), max: today, required: false }),
      field({ name: "until_on", type: "date", label: say("papers.to"), value: today, max: today }),
    ];
    const send = async () => {
      await this.issuing.send(values(fields));
      await this.app.again();
      this.app.status.tell(say("papers.issued"));
    };
    const made = form(fields, say("papers.issue"), send);
    made.classList.add("two");
    return h("details", {}, h("summary", {}, say("papers.issue")), h("div", { class: "deciding" }, p(say("papers.issue.how"), "quiet-words"), made));
  }

  #print(certificate, english) {
    return this.#keep(() => this.app.server.send("POST", "/certificates/papers", { body: { ids: [certificate.id], english }, raw: true, harmless: true }));
  }

  async #revoke(certificate) {
    const actions = [["", say("papers.keep")], ...ENDS.map((each) => [each, say(`papers.end.${each}`), "danger"])];
    const reason = await ask(say("papers.revoke.sure"), p(say("papers.revoke.how")), actions);
    if (!reason) return;
    try {
      await this.app.server.posting(`/certificates/${certificate.id}/revoke`).send({ reason });
      await this.app.again();
      this.app.status.tell(say("papers.revoked"));
    } catch (error) {
      this.app.failed(error);
    }
  }

  #statement() {
    const { today } = this.app.bank;
    const fields = [
      field({ name: "from", type: "date", label: say("papers.from"), value: `${today.slice(0, 4)}-01-01`, max: today }),
      field({ name: "to", type: "date", label: say("papers.to"), value: today, max: today }),
    ];
    const made = form(fields, say("papers.print"), async () => save(await this.app.server.file(`${this.path}/passbook`, values(fields))));
    made.classList.add("two");
    return h("section", { class: "panel" }, h("h2", {}, say("papers.statement")), p(say("papers.statement.how"), "quiet-words"), made);
  }

  #yearly() {
    const { app } = this;
    const year = field({ name: "year", type: "number", min: 2000, max: 2099, label: say("papers.year"), value: app.bank.today.slice(0, 4) });
    const letter = form([year], say("papers.letter"), async () => save(await app.server.file(`${this.path}/yearly-letter`, values([year]))));
    const back = button(say("papers.return"), () => this.#keep(() => app.server.file(`${this.path}/party-return`, values([year]))), "quiet");
    if (app.may("party:read")) letter.lastElementChild.append(back);
    return h("section", { class: "panel" }, h("h2", {}, say("papers.yearly")), p(say("papers.yearly.how"), "quiet-words"), letter);
  }

  async #keep(how) {
    try {
      save(await how());
    } catch (error) {
      this.app.failed(error);
    }
  }
}

customElements.define("admin-papers", Papers);
