// Taking a request in for whoever stands at the counter or rings: a volunteer by card or number, a neighbour by name, or
// somebody who gives none.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { dayOf, timeOf, weekday } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { kinds, priorities } from "../kit/requests.js";
import { Screen } from "../kit/screen.js";
import "./ask-words.js";
import { backKey } from "./goods.js";
import { identified, shownBy } from "./identity.js";

const CHANNELS = ["visit", "phone", "mobile_desk"];
const ASKER = ["name", "phone", "flat"];

export class Ask extends Screen {
  view() {
    const text = (name, more = {}) => field({ name, label: say(`ask.${name.replace("asker/", "")}`), maxlength: 100, required: false, ...more });
    this.number = text("volunteer_no", { inputmode: "numeric", hint: say("ask.volunteer_no.how") });
    const fields = [
      field({ name: "words", label: say("ask.words"), hint: say("ask.words.how"), maxlength: 500 }),
      field({ name: "kind", label: say("ask.kind"), choices: kinds() }),
      field({ name: "priority", label: say("ask.priority"), choices: priorities(), value: "normal" }),
      text("place", { hint: say("ask.place.how") }),
      field({ name: "channel", label: say("ask.channel"), choices: CHANNELS.map((each) => [each, say(`request.channel.${each}`)]) }),
      this.number,
      text("asker/name", { hint: say("ask.name.how") }),
      text("asker/phone", { type: "tel" }),
      text("asker/flat"),
    ];
    this.first = fields[0];
    return h(
      "div",
      { class: "page slim" },
      h("h1", {}, say("ask.title")),
      p(say("ask.how"), "quiet-words"),
      h("section", { class: "panel two" }, form(fields, say("ask.do"), (typed) => this.#send(typed))),
      backKey(() => this.app.toTill()),
    );
  }

  begin() {
    this.first.focus();
  }

  // A card or a code says whose request it is.
  async scanned({ digits }) {
    const shown = shownBy(digits);
    if (!shown) return false;
    try {
      const person = await identified(this.app, shown);
      this.number.value = person.volunteer_no;
      this.app.status.tell(say("ask.whose", { name: person.name }));
    } catch (error) {
      this.app.failed(error);
    }
    return true;
  }

  async #send({ volunteer_no: number, ...typed }) {
    const asker = ASKER.filter((each) => typed[`asker/${each}`]).map((each) => [each, typed[`asker/${each}`]]);
    const about = Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith("asker/")));
    const made = await this.app.api.post("/requests", {
      ...about,
      organisation_id: this.app.desk.organisation_id,
      ...(number ? { volunteer_no: number.replace(/\s/g, "") } : {}),
      ...(asker.length ? { asker: Object.fromEntries(asker) } : {}),
    });
    await this.app.go(Ask);
    const due = made.accept_due_at;
    this.app.status.tell(say("ask.done", { day: weekday(dayOf(due)), time: timeOf(due) }));
  }
}

customElements.define("desk-ask", Ask);
