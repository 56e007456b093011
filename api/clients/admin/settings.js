// The settings of the whole bank: what may be kept of a person, and from when on a reviewer's attention is drawn.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { changing, FormScreen } from "./forms.js";
import "./keeping-words.js";
import { facts } from "./listing.js";
import "./people-words.js";
import { ticks } from "./ticks.js";

const KEPT = ["phone", "id_number", "birth_date", "gender", "address", "party_member"];
const DISPOSALS = ["forfeit", "transfer"];
const LINES = [
  "duty_working_days",
  "long_day_minutes",
  "same_second_people",
  "same_device_people",
  "same_reviewer_times",
  "same_pair_times",
  "backfill_times",
  "weeks_alike",
  "period_days",
];

export class Settings extends FormScreen {
  async load() {
    const asked = ["/privacy-rules", "/record-settings"].map((path) => this.app.server.get(path));
    [this.privacy, this.records] = await Promise.all(asked);
  }

  view() {
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("settings.title")),
      p(say("settings.whole"), "quiet-words"),
      h(
        "section",
        { class: "panel" },
        h("h2", {}, say("privacy.title")),
        p(say("privacy.how"), "quiet-words"),
        this.app.may("privacy:write") ? this.#privacy() : this.#told(),
      ),
      h(
        "section",
        { class: "panel" },
        h("h2", {}, say("records.settings")),
        p(say("records.settings.how"), "quiet-words"),
        this.app.may("working-days:write") ? this.#records() : facts(LINES.map((name) => [say(`setting.${name}`), String(this.records[name])])),
      ),
    );
  }

  #told() {
    const { kept_fields, on_leaving, on_death } = this.privacy;
    return facts([
      [say("privacy.kept"), kept_fields.map((name) => say(`particular.${name}`)).join(say("list.comma"))],
      [say("privacy.on_leaving"), say(`privacy.${on_leaving}`)],
      [say("privacy.on_death"), say(`privacy.${on_death}`)],
    ]);
  }

  #privacy() {
    const kept = ticks({ name: "kept_fields", label: say("privacy.kept"), choices: KEPT.map((name) => [name, say(`particular.${name}`)]), value: this.privacy.kept_fields });
    const disposal = (name) =>
      field({ name, label: say(`privacy.${name}`), choices: DISPOSALS.map((each) => [each, say(`privacy.${each}`)]), value: this.privacy[name] });
    return this.#changing("/privacy-rules", this.privacy, [kept, disposal("on_leaving"), disposal("on_death")], {
      spelled: { kept_fields: kept.spelled },
      meant: { kept_fields: kept.meant },
    });
  }

  #records() {
    const line = (name) => field({ name, type: "number", min: 1, label: say(`setting.${name}`), value: String(this.records[name]) });
    const each = (make) => Object.fromEntries(LINES.map((name) => [name, make]));
    const made = this.#changing("/record-settings", this.records, LINES.map(line), {
      spelled: Object.fromEntries(LINES.map((name) => [name, (state) => String(state[name])])),
      meant: each(Number),
    });
    made.classList.add("two");
    return made;
  }

  #changing(path, seen, fields, how) {
    const done = async () => {
      await this.app.again();
      this.app.status.tell(say("settings.saved"));
    };
    return changing({ server: this.app.server, path, seen, fields, words: say("settings.save"), done, ...how });
  }
}

customElements.define("admin-settings", Settings);
