// Changes of stars: who is due is proposed by one person and decided by another, after the notice.

import { h, p } from "../kit/element.js";
import { count, day, grouped, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { Queue } from "./queue.js";
import "./review-words.js";

const METRICS = ["hours", "points", "services", "commendations", "tenure_days"];

export class Stars extends Queue {
  id = "stars";
  states = ["proposed", "on_notice", "due", "in_force", "rejected"];

  get path() {
    return this.state === "due" ? "/star-changes/due" : "/star-changes";
  }

  asked(state) {
    return state === "due" ? {} : { state };
  }

  notes() {
    return p(say("stars.how"), "quiet-words");
  }

  said(key) {
    return say(`stars.${key}`);
  }

  heading(change) {
    const key = change.to_level > change.from_level ? "stars.up" : "stars.down";
    return say(key, { volunteer: grouped(change.volunteer_no, 3, 3, 4), from: change.from_level, to: change.to_level });
  }

  told(change) {
    const has = METRICS.filter((metric) => change.has[metric]);
    const metric = (each) => {
      const amount = each === "points" ? points(change.has[each]) : count(change.has[each]);
      return h("li", {}, say(`stars.has.${each}`, { count: amount }));
    };
    return [
      [say("stars.because"), chosen(change.because)],
      [say("stars.has"), h("ul", { class: "chips" }, has.map(metric))],
      [say("stars.measured"), change.measured_on ? day(change.measured_on) : null],
      [say("stars.notice"), change.notice_until ? day(change.notice_until) : null],
      [say("stars.proposer"), change.recorded_by ? this.app.who(change.recorded_by) : null],
      [say("stars.barred"), change.barred ? chosen(change.barred) : null],
    ];
  }

  acts(change) {
    if (!this.app.may("stars:write")) return [];
    if (this.state === "due") {
      if (change.barred || change.is_under_way) return [];
      const body = { volunteer_no: change.volunteer_no, ladder: change.ladder };
      return [{ name: "propose", path: "/star-changes", body, look: "primary", reason: false }];
    }
    if (change.state !== "proposed" || change.recorded_by === this.app.me.id) return [];
    const path = `/star-changes/${change.id}/decision`;
    return [
      { name: "approve", path, body: { decision: "approve" }, look: "primary" },
      { name: "reject", path, body: { decision: "reject" }, look: "danger", needs: true },
    ];
  }
}

customElements.define("admin-stars", Stars);
