// Objections to lines of notices: read, answered, and what follows from it.

import { button, h, p } from "../kit/element.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { facts } from "./listing.js";
import { Notice } from "./notice.js";
import "./notice-words.js";
import { Queue } from "./queue.js";
import { Record } from "./record.js";

export class Objections extends Queue {
  id = "objections";
  path = "/objections";
  states = ["open", "answered"];
  contacts = new Map();

  said(key) {
    return say(`objections.${key}`);
  }

  heading(objection) {
    return say("objections.heading", { line: objection.line, number: objection.transaction_seq });
  }

  told(objection) {
    return [
      [say("objections.words"), objection.reason],
      [say("admin.organisation"), this.app.places.name(objection.organisation_id)],
      [say("objections.made"), day(objection.made_on)],
      [say("objections.answered"), objection.state === "open" ? null : say(`objections.now.${objection.state}`)],
      [say("objections.answer"), objection.answer],
    ];
  }

  beside(objection) {
    const open = (Class, id) => () => this.app.open(Class, { id });
    const contact = this.contacts.get(objection.id);
    return [
      objection.is_late ? p(say("objections.late"), "care") : null,
      objection.posted_seq !== null ? p(say("objections.posted"), "quiet-words") : null,
      contact ? facts([[say("objections.contact"), contact]]) : null,
      h(
        "div",
        { class: "actions" },
        button(say("objections.notice"), open(Notice, objection.notice_id), "quiet"),
        objection.record_id && this.app.may("service-records:read")
          ? button(say("objections.record"), open(Record, objection.record_id), "quiet")
          : null,
        objection.has_contact && !contact ? button(say("objections.reach"), () => this.#reach(objection), "quiet") : null,
      ),
    ];
  }

  // That it was looked at is noted, so it is asked for only when it is wanted.
  async #reach(objection) {
    try {
      const told = await this.app.server.get(`/objections/${objection.id}`);
      this.contacts.set(objection.id, told.contact ?? say("objections.contact.gone"));
      this.draw();
    } catch (error) {
      this.app.failed(error);
    }
  }

  acts(objection) {
    if (objection.state !== "open") return [];
    const path = `/objections/${objection.id}/resolve`;
    return [
      { name: "upheld", path, body: { outcome: "upheld" }, look: "danger", needs: true },
      { name: "dismissed", path, body: { outcome: "dismissed" }, needs: true },
    ];
  }
}

customElements.define("admin-objections", Objections);
