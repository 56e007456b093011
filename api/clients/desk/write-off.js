// What is expired, damaged or lost is written off on two persons' word: one says it here, another confirms it.

import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Gather } from "./gather.js";
import { Reports } from "./reports.js";

export class WriteOff extends Gather {
  words = { title: "lose.title", how: "lose.how", send: "lose.do" };
  path = "/write-offs";

  more() {
    const reasons = ["expired", "damaged", "lost"].map((reason) => [reason, say(`reason.${reason}`)]);
    return [field({ name: "reason", label: say("reason.label"), choices: reasons })];
  }

  body(lines) {
    const items = lines.map(({ prize, quantity, reason }) => ({ prize_id: prize.id, quantity, reason }));
    return { desk_id: this.app.desk.id, items };
  }

  sent(answer) {
    return this.app.go(Reports, { id: answer.id });
  }
}

customElements.define("desk-write-off", WriteOff);
