// The next step of a wish, as a form: looked over and hung up, turned down, taken up, fulfilled, confirmed, taken back.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { say } from "../kit/language.js";
import { complete, form, required, values } from "./forms.js";

const REFUSED = ["too_expensive", "commercial", "unlawful", "infeasible", "cash", "repeated", "not_a_wish"];
const WITHDRAWN = ["no_longer_needed", "granted_elsewhere", "moved_away", "by_mistake"];
const CONFIRMED = ["wisher", "guardian", "in_person", "phone"];
const PEOPLE_MAX = 20;

// What draws the steps that this person may take with the wish of this screen. Made once for a wish, so that what is
// sent again is the same posting.
export const stepsOf = (screen) => {
  const confirming = screen.app.server.posting(`/wishes/${screen.wish.id}/confirm`);
  return () => {
    const { app, wish } = screen;
    const [writes, verifies] = [app.may("wishes:write"), app.may("wishes:verify")];
    const mine = (...ids) => ids.includes(app.me.id);
    const held = wish.claims.filter((claim) => claim.state === "open");
    const offered = {
      collected: [
        verifies && !mine(wish.collected_by) ? publish(screen) : p(say("wish.whose.verify"), "quiet-words"),
        verifies && !mine(wish.collected_by) && because(screen, "refuse", REFUSED),
        writes && because(screen, "withdraw", WITHDRAWN),
      ],
      published: [
        writes && held.length > 0 && fulfil(screen, held),
        writes && held.length < wish.claimers_at_most && claim(screen),
        writes && because(screen, "withdraw", WITHDRAWN),
      ],
      fulfilled: [
        writes && !mine(wish.fulfilled_by, wish.verified_by) ? confirm(screen, confirming) : p(say("wish.whose.confirm"), "quiet-words"),
        writes && because(screen, "withdraw", WITHDRAWN),
      ],
    };
    return (offered[wish.state] ?? []).filter(Boolean);
  };
};

const pathOf = ({ wish }, step) => `/wishes/${wish.id}/${step}`;
const panel = (title, how, made) => h("section", { class: "panel" }, h("h2", {}, title), how ? p(how, "quiet-words") : null, made);
const folded = (title, how, made) => h("details", { class: "panel" }, h("summary", {}, title), h("div", { class: "deciding" }, how ? p(how, "quiet-words") : null, made));

// Small, lawful and feasible, each looked at; then the words that everybody reads, and what it is worth.
const publish = (screen) => {
  const { app, wish } = screen;
  const scale = 10 ** app.bank.points_scale;
  const looked = ["lawful", "feasible"].map((name) => field({ name, type: "checkbox", label: say(`wish.verify.${name}`) }));
  const must = [
    field({ name: "text", label: say("wish.text"), hint: say("wish.text.hint"), rows: 2, maxlength: 500, value: wish.words }),
    field({ name: "points", type: "number", min: 0, step: String(1 / scale), label: say("wish.points") }),
    field({ name: "cost_fen", type: "number", min: 0, step: "0.01", label: say("wish.cost.yuan"), hint: say("wish.cost.hint") }),
    field({ name: "person_in_charge", label: say("wish.charge"), value: app.me.name }),
    field({ name: "claimers_at_most", type: "number", min: 1, max: PEOPLE_MAX, label: say("wish.most"), value: "1" }),
  ];
  const minor = field({ name: "guardian_agreed", type: "checkbox", label: say("wish.guardian"), required: false });
  const named = field({ name: "shows_name", type: "checkbox", label: say("wish.shows.name"), hint: say("wish.shows.name.hint"), required: false });
  const more = wish.is_minor ? [minor] : [named];
  const send = async () => {
    if (!complete(must) || !agreed(looked)) return;
    const typed = values([...must, ...more]);
    const body = { ...typed, points: Math.round(Number(typed.points) * scale), cost_fen: Math.round(Number(typed.cost_fen) * 100), claimers_at_most: Number(typed.claimers_at_most) };
    await screen.done(() => app.server.post(pathOf(screen, "publish"), body), "wish.published");
  };
  must[0].classList.add("whole");
  const made = form([...must, ...looked, ...more], say("wish.publish"), send);
  made.classList.add("two");
  must.at(-1).after(h("div", { class: "ticks whole" }, looked, more));
  return panel(say("wish.verify"), say(wish.is_minor ? "wish.verify.how.minor" : "wish.verify.how"), made);
};

const agreed = (looked) => {
  const missing = looked.filter((each) => !each.value);
  for (const each of looked) each.fault = each.value ? "" : say("wish.verify.missing");
  missing[0]?.focus();
  return !missing.length;
};

// Turned down or taken back, for a reason out of a few.
const because = (screen, step, reasons) => {
  const reason = field({ name: "reason", label: say("wish.reason"), choices: reasons.map((each) => [each, say(`wish.because.${each}`)]) });
  const send = () => screen.done(() => screen.app.server.post(pathOf(screen, step), values([reason])), `wish.done.${step}`);
  return folded(say(`wish.${step}`), say(`wish.${step}.how`), form([reason], say(`wish.${step}`), send));
};

// Somebody who stands there takes it up.
const claim = (screen) => {
  const number = field({ name: "volunteer_no", label: say("wish.volunteer"), inputmode: "numeric" });
  const send = async () => {
    const volunteer_no = required(number)?.replace(/\s/g, "");
    if (volunteer_no) await screen.done(() => screen.app.server.post(pathOf(screen, "claims"), { volunteer_no }), "wish.claim.done");
  };
  return folded(say("wish.claim"), say("wish.claim.how"), form([number], say("wish.claim"), send));
};

// What was given or done and who was there, in words; how long each served, where it was service.
const fulfil = (screen, held) => {
  const { app } = screen;
  const must = [
    field({ name: "proof", label: say("wish.proof"), hint: say("wish.proof.hint"), rows: 2, maxlength: 500 }),
    field({ name: "done_on", type: "date", label: say("wish.done.on"), value: app.bank.today, max: app.bank.today }),
  ];
  const minutes = held.map((each) => field({ name: `minutes-${each.id}`, type: "number", min: 1, max: 1440, label: say("wish.minutes", { name: each.name }), hint: say("wish.minutes.hint"), required: false }));
  const send = async () => {
    if (!complete(must)) return;
    const told = held.map((each, at) => ({ volunteer_no: each.volunteer_no, minutes: Number(minutes[at].value) }));
    const body = { ...values(must), served: told.filter((each) => each.minutes) };
    await screen.done(() => app.server.post(pathOf(screen, "fulfil"), body), "wish.fulfilled");
  };
  must[0].classList.add("whole");
  const made = form([...must, ...minutes], say("wish.fulfil"), send);
  made.classList.add("two");
  return panel(say("wish.fulfil"), say("wish.fulfil.how"), made);
};

// The wisher has the last word. What it was worth is posted with it.
const confirm = (screen, posting) => {
  const how = field({ name: "how", label: say("wish.how"), choices: CONFIRMED.map((each) => [each, say(`wish.how.${each}`)]), value: "in_person" });
  const send = () => screen.done(() => posting.send(values([how])), "wish.confirmed");
  const made = form([how], say("wish.confirm"), send);
  const back = async () => {
    try {
      await screen.done(() => screen.app.server.post(pathOf(screen, "send-back")), "wish.sent.back");
    } catch (error) {
      screen.app.failed(error);
    }
  };
  made.lastElementChild.append(button(say("wish.send.back"), back));
  return panel(say("wish.confirm.title"), say("wish.confirm.how"), made);
};
