// Making an activity, and changing one: all that the law wants to know of it, with words that help.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { chosen, say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Editing } from "./editing.js";
import { everything, head } from "./looks.js";
import { times, whole } from "./typed.js";

const OTHER = "other";
const NUMBERS = { capacity: 1, minimum_age: 1, cancel_before_minutes: 0, check_in_before_minutes: 0, grace_minutes: 0 };
const OPTIONAL = new Set(["capacity", "minimum_age", "insurance_reference"]);
// What an activity is unless it says otherwise, as the bank has it.
const USUAL = {
  title: "",
  activity_type: "",
  held_on: "",
  place: "",
  content: "",
  person_in_charge: "",
  is_volunteer_service: true,
  tags: [],
  capacity: null,
  minimum_age: null,
  is_dangerous: false,
  risk_note: "",
  insurance_reference: null,
  cancel_before_minutes: 120,
  check_in_before_minutes: 60,
  grace_minutes: 0,
  overlap: "refuse",
  no_check_out: "nothing",
};

// `given`: the `activity_id` of one that is to be changed.
export class ActivityForm extends Screen {
  static under = "activities";

  async load() {
    const { server, person, bank } = this.app;
    const path = this.given.activity_id && `/activities/${this.given.activity_id}`;
    const told = path ? await server.get(path) : null;
    this.shown = told ?? { ...USUAL, held_on: bank.today, person_in_charge: person.name };
    if (told) {
      const put = (names, now) => names.forEach((name) => this.#put(name, now[name]));
      this.editing = new Editing({ server, path, told, put, spelled });
    } else {
      this.homes = await everything(server, "/organisations");
    }
    const organisation_id = told?.organisation_id ?? this.#home();
    this.types = (await server.get("/activity-types", { organisation_id })).activity_types;
  }

  // Where this person organises; their own organisation where that is one of those they reach.
  #home() {
    const roles = this.app.person.roles.filter((role) => role.role === "organiser").map((role) => role.organisation_id);
    const own = [...roles, this.app.person.organisation_id].find((id) => this.homes.some((home) => home.id === id));
    return own ?? this.homes[0].id;
  }

  view() {
    const [what, time, limits, more] = [this.#what(), this.editing ? [] : this.#time(), this.#limits(), this.#more()];
    this.fields = new Map([what, time, limits, more].flat().map((each) => [each.name, each]));
    const words = say(this.editing ? "edit.save" : "activity.make.save");
    const made = form([...this.fields.values()], words, () => this.#send());
    const group = (key, fields, how = null) =>
      h("fieldset", {}, h("legend", {}, say(`activity.form.${key}`)), how ? p(how, "quiet-words") : null, fields);
    this.further = h("details", {}, h("summary", {}, say("activity.form.more")), h("div", { class: "further" }, more));
    made.prepend(
      ...[
        group("what", what),
        time.length && group("time", time, say("activity.form.time.how")),
        group("limits", limits),
        this.further,
      ].filter(Boolean),
    );
    const back = this.editing
      ? [this.shown.title, () => this.#back(this.shown.id)]
      : [say("activities.title"), () => this.app.go("activities")];
    return h(
      "div",
      { class: "page slim" },
      head(say(this.editing ? "activity.edit" : "activities.make"), { back, under: say("activity.form.law") }),
      h("div", { class: "panel activity-form" }, made),
    );
  }

  #back(activity_id) {
    return this.app.go("activity", { activity_id });
  }

  #field(name, more = {}) {
    const value = asTyped(name, this.shown[name]);
    return field({ name, label: say(`field.${name}`), hint: say(`field.${name}.hint`), value, ...more });
  }

  #flag(name) {
    const box = { type: "checkbox", value: null, required: false, class: "flag" };
    return this.#field(name, { ...box, checked: this.shown[name] });
  }

  #what() {
    const known = this.types.map((each) => [each.code, chosen(each.title)]);
    const type = this.shown.activity_type;
    const choices = [...known, [OTHER, say("activity.type.none")]];
    if (type && !choices.some(([code]) => code === type)) choices.push([type, type]);
    const homes = this.homes?.map((home) => [home.id, home.name]);
    const organisation = homes
      ? [field({ name: "organisation_id", label: say("field.organisation"), choices: homes, value: this.#home() })]
      : [];
    return [
      this.#field("title", { maxlength: 100 }),
      ...organisation,
      this.#field("activity_type", { choices, value: type || choices[0][0] }),
      this.#field("content", { rows: 4, maxlength: 2000, required: false }),
      this.#field("place", { maxlength: 100 }),
      this.#field("person_in_charge", { maxlength: 100 }),
      this.#flag("is_volunteer_service"),
      ...(this.editing && !this.shown.sessions.length ? [this.#field("held_on", { type: "date" })] : []),
    ];
  }

  #time() {
    const optional = { type: "time", required: false };
    return [
      this.#field("held_on", { type: "date" }),
      field({ name: "from", label: say("session.from"), ...optional }),
      field({ name: "to", label: say("session.to"), hint: say("session.to.hint"), ...optional }),
    ];
  }

  #limits() {
    const number = { inputmode: "numeric", required: false, maxlength: 6 };
    return [
      this.#field("capacity", number),
      this.#field("minimum_age", { ...number, maxlength: 3 }),
      this.#flag("is_dangerous"),
      this.#field("risk_note", { rows: 2, maxlength: 2000, required: false }),
      this.#field("insurance_reference", { required: false, maxlength: 100 }),
    ];
  }

  #more() {
    const number = { inputmode: "numeric", maxlength: 5 };
    const choices = (name, values) => ({ choices: values.map((each) => [each, say(`field.${name}.${each}`)]) });
    return [
      this.#field("cancel_before_minutes", number),
      this.#field("check_in_before_minutes", number),
      this.#field("grace_minutes", number),
      this.#field("overlap", choices("overlap", ["refuse", "warn"])),
      this.#field("no_check_out", choices("no_check_out", ["nothing", "session"])),
      this.#field("tags", { required: false, maxlength: 500 }),
    ];
  }

  async #send() {
    const body = this.#typed();
    if (!body) return;
    try {
      const made = this.editing ? await this.editing.send(body) : await this.app.server.post("/activities", body);
      await this.#back(made?.id ?? this.shown.id);
      this.app.status.tell(say(this.editing ? "activity.saved" : "activity.made"));
    } catch (error) {
      const behind = [...this.further.querySelectorAll("kit-field")].some((each) => error.faults?.has(`/${each.name}`));
      if (behind) this.further.open = true;
      throw error;
    }
  }

  // The body of what was typed; null where something is no answer, which is told at its field.
  #typed() {
    const body = {};
    for (const [name, its] of this.fields) {
      if (name === "from" || name === "to") continue;
      body[name] = name in NUMBERS ? whole(its, NUMBERS[name]) : read(name, its.value);
      if (body[name] === undefined) return this.#behind(its);
      if (name in NUMBERS && body[name] === null && !OPTIONAL.has(name)) {
        its.fault = say("edit.missing");
        return this.#behind(its);
      }
    }
    const [from, to] = [this.fields.get("from"), this.fields.get("to")];
    if (!from?.value && !to?.value) return body;
    const moments = times(this.fields.get("held_on"), from, to);
    return moments && { ...body, sessions: [moments] };
  }

  #behind(its) {
    if (this.further.contains(its)) this.further.open = true;
    its.focus();
    return null;
  }

  #put(name, value) {
    this.shown = { ...this.shown, [name]: value };
    const its = this.fields.get(name);
    if (its) its.value = asTyped(name, value);
  }
}

// Commas and semicolons, of whichever width.
const BETWEEN = /[,;\uff0c\u3001\uff1b]+/;

const asTyped = (name, value) => (name === "tags" ? value.join(", ") : (value ?? ""));

const read = (name, typed) => {
  if (name === "tags") return [...new Set(typed.split(BETWEEN).map((tag) => tag.trim()).filter(Boolean))].sort();
  if (typeof typed !== "string" || name === "content" || name === "risk_note") return typed;
  return typed.trim() || (OPTIONAL.has(name) ? null : typed);
};

const spelled = (name, value) => {
  if (value === true || value === false) return say(value ? "edit.yes" : "edit.no");
  return String(asTyped(name, value)) || say("edit.nothing");
};

customElements.define("organiser-activity-form", ActivityForm);
