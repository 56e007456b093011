// Disputes: a volunteer says that something is wrong, and somebody who had no part in it answers.

import { button, p } from "../kit/element.js";
import { day, grouped } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Queue } from "./queue.js";
import { Record } from "./record.js";
import "./review-words.js";

export class Disputes extends Queue {
  id = "disputes";
  path = "/disputes";
  states = ["open", "answered"];

  said(key) {
    return say(`disputes.${key}`);
  }

  heading(dispute) {
    return say("disputes.heading", { what: say(`dispute.${dispute.reason_code}`), number: dispute.transaction_seq });
  }

  told(dispute) {
    return [
      [say("records.column.volunteer"), grouped(dispute.volunteer_no, 3, 3, 4)],
      [say("admin.organisation"), this.app.places.name(dispute.organisation_id)],
      [say("disputes.entry"), dispute.disputed_seq],
      [say("records.column.day"), dispute.day ? day(dispute.day) : null],
      [say("disputes.words"), dispute.words],
      [say("disputes.made"), day(dispute.made_on)],
      [say("disputes.due"), dispute.answered_on ? null : day(dispute.due_on)],
      [say("disputes.answer"), dispute.answered_on ? say(`disputes.now.${dispute.state}`) : null],
      [say("disputes.answer.words"), dispute.answer],
    ];
  }

  beside(dispute) {
    const open = () => this.app.open(Record, { id: dispute.record_id });
    return [
      dispute.is_overdue ? p(say("disputes.overdue", { days: -dispute.days_left }), "care") : null,
      dispute.record_id && this.app.may("service-records:read") ? button(say("disputes.record"), open, "quiet") : null,
    ];
  }

  acts(dispute) {
    if (dispute.state !== "open") return [];
    const path = `/disputes/${dispute.id}/answer`;
    const act = (outcome, look) => ({ name: outcome, path, body: { outcome }, look, needs: true });
    return [act("corrected", "primary"), act("stands"), act("passed_on")];
  }
}

customElements.define("admin-disputes", Disputes);
