// Goods go to another desk, in one transaction; whoever carries them has the list.

import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { Gather } from "./gather.js";

export class Transfer extends Gather {
  words = { title: "transfer.title", how: "transfer.how", send: "transfer.do" };
  path = "/stock-transfers";

  async load() {
    await super.load();
    const { items } = await this.app.api.get("/desks", { limit: 200 });
    this.others = items.filter(({ id }) => id !== this.app.desk.id);
  }

  before() {
    const choices = this.others.map(({ id, name }) => [id, name]);
    return [field({ name: "to_desk_id", label: say("transfer.to"), choices })];
  }

  body(lines) {
    return {
      from_desk_id: this.app.desk.id,
      to_desk_id: this.whole[0].value,
      items: lines.map(({ prize, quantity }) => ({ prize_id: prize.id, quantity })),
    };
  }

  async sent() {
    await this.app.toStock();
    this.app.status.tell(say("transfer.done"));
  }
}

customElements.define("desk-transfer", Transfer);
