// What can be done about a request as it stands: each step with its own few fields, the likeliest one open.

import { h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { kinds, priorities } from "../kit/requests.js";
import { form, values } from "./forms.js";
import "./requests-words.js";

// By state, the likeliest first. What is up with others waits for their answer.
const STEPS = {
  received: ["accept", "decline", "withdraw"],
  accepted: ["follow_ups", "close", "escalate", "decline", "withdraw"],
  dispatched: ["follow_ups", "close", "escalate", "withdraw"],
  up: ["answer_escalation", "follow_ups", "withdraw"],
  closed: ["feedback", "follow_ups"],
};
const OPENED = new Set(["accept", "answer_escalation", "feedback"]);

export const stepsOf = (screen) => {
  const { request } = screen;
  const steps = STEPS[request.escalated_to ? "up" : request.state] ?? [];
  return steps.map((name) => step(screen, name));
};

const step = (screen, name) => {
  const typed = screen.given.beaten?.name === name ? screen.given.beaten.words : "";
  const fields = FIELDS[name](screen.request, typed);
  const told = say(`requests.done.${name}`);
  const send = () => screen.step(name, bodyOf(name, values(fields)), told);
  const made = form(fields, say(`requests.act.${name}`), send);
  if (fields.length === 2) made.classList.add("two");
  return h(
    "details",
    { open: OPENED.has(name), "data-step": name },
    h("summary", {}, say(`requests.act.${name}`)),
    h("div", { class: "deciding" }, p(say(`requests.how.${name}`), "quiet-words"), made),
  );
};

const words = (name, value = "") => field({ name: "words", label: say(`requests.words.${name}`), rows: 2, maxlength: 500, value });
const SCORES = [5, 4, 3, 2, 1];

const FIELDS = {
  accept: (request) => [
    field({ name: "kind", label: say("requests.kind"), choices: kinds(request.kind), value: request.kind }),
    field({ name: "priority", label: say("requests.priority"), choices: priorities(), value: request.priority }),
  ],
  decline: (_, typed) => [words("decline", typed)],
  withdraw: () => [],
  follow_ups: (_, typed) => [words("follow_ups", typed)],
  close: (_, typed) => [words("close", typed)],
  escalate: (_, typed) => [
    field({ name: "to", label: say("requests.escalate.to"), choices: ["joint_meeting", "subdistrict"].map((each) => [each, say(`requests.to.${each}`)]), value: "subdistrict" }),
    words("escalate", typed),
  ],
  answer_escalation: (_, typed) => [words("answer_escalation", typed)],
  feedback: () => [
    field({ name: "is_satisfied", label: say("requests.satisfied"), choices: [["yes", say("requests.satisfied.yes")], ["no", say("requests.satisfied.no")]], value: "yes" }),
    field({ name: "score", label: say("requests.score"), choices: SCORES.map((each) => [String(each), say("requests.score.of", { score: each })]), value: "5" }),
    field({ name: "words", label: say("requests.words.feedback"), rows: 2, maxlength: 500, required: false }),
  ],
};

const bodyOf = (name, typed) =>
  name === "feedback" ? { ...typed, is_satisfied: typed.is_satisfied === "yes", score: Number(typed.score) } : typed;
