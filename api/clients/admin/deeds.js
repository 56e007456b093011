// Deeds other than service that wait for reviewers: awards, penalties, missed activities.

import { day, grouped, points } from "../kit/formats.js";
import { knows, say } from "../kit/language.js";
import { Queue } from "./queue.js";
import "./review-words.js";
import { mayReview } from "./waiting.js";

export class Deeds extends Queue {
  id = "deeds";
  path = "/deeds";
  states = ["submitted", "held", "approved", "posted", "rejected"];

  said(key) {
    return say(`deeds.${key}`);
  }

  heading(deed) {
    return say("deeds.heading", { kind: say(`deed.kind.${deed.kind}`), type: termOf(deed.deed_type), day: day(deed.done_on) });
  }

  told(deed) {
    return [
      [say("records.column.volunteer"), grouped(deed.volunteer_no, 3, 3, 4)],
      [say("admin.organisation"), this.app.places.name(deed.organisation_id)],
      [say("deeds.count"), deed.count > 1 ? say("deeds.times", { count: deed.count }) : null],
      [say("deeds.value"), deed.value ? points(deed.value) : null],
      [say("record.evaluation"), deed.evaluation],
      [say("records.column.reviews"), say("records.reviews", { done: deed.reviews, needed: deed.reviews_needed })],
      [say("record.by"), deed.review_by ? day(deed.review_by) : null],
      [say("record.recorder"), this.app.who(deed.recorded_by)],
    ];
  }

  acts(deed) {
    const decides = this.app.may("service-records:review") && ["submitted", "held"].includes(deed.state);
    if (!decides || !mayReview(deed, this.app)) return [];
    const path = `/deeds/${deed.id}`;
    const holding = deed.state === "held" ? "release" : "hold";
    return [
      { name: "approve", path: `${path}/review`, body: { decision: "approve" }, look: "primary" },
      { name: "reject", path: `${path}/review`, body: { decision: "reject" }, look: "danger", needs: true },
      { name: holding, path: `${path}/${holding}`, body: {}, needs: true },
    ];
  }
}

// What a rulebook calls it; the code itself where this client has no word for it.
const termOf = (code) => (knows(`deed.type.${code}`) ? say(`deed.type.${code}`) : code);

customElements.define("admin-deeds", Deeds);
