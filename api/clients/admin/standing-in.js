// Who speaks for a minor, and who may act for somebody: read, recorded and taken back.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { form, values } from "./forms.js";
import "./people-words.js";

const RELATIONS = ["mother", "father", "grandparent", "sibling", "other"];
const SCOPES = ["collect", "redeem"];
const CAPTURED = ["in_person", "paper"];

// A section: who stands there now, and how another one is added.
const section = (screen, { title, empty, lines, adding, add, fields, send, done }) => {
  const { app } = screen;
  const sent = async () => {
    await send(values(fields));
    await app.again();
    app.status.tell(done);
  };
  const changes = app.may("volunteers:write") && screen.person.closed === null;
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, title),
    lines.length ? h("ul", { class: "standing" }, lines) : p(empty, "quiet-words"),
    changes ? h("details", {}, h("summary", {}, adding), form(fields, add, sent)) : null,
  );
};

// A line, with the way to end it.
const line = (screen, words, ended, act) => {
  const { app } = screen;
  const pressed = button(say("standing.end"), () => end(), "quiet");
  const end = async () => {
    pressed.disabled = true;
    try {
      await act();
      await app.again();
      app.status.tell(say("standing.ended"));
    } catch (error) {
      pressed.disabled = false;
      app.failed(error);
    }
  };
  return h("li", {}, p(words), ended || !app.may("volunteers:write") ? null : pressed);
};

export const guardiansOf = (screen) => {
  const { server } = screen.app;
  const path = `${screen.path}/guardians`;
  const one = (each) => {
    const facts = { name: each.masked_name, phone: each.masked_phone, relation: say(`relation.${each.relation}`) };
    const words = say(each.ended_at ? "guardian.was" : "guardian.is", facts);
    return line(screen, words, each.ended_at, () => server.post(`${path}/${each.id}/end`, { ended: true }));
  };
  return section(screen, {
    title: say("guardian.title"),
    empty: say("guardian.none"),
    lines: screen.guardians.items.map(one),
    adding: say("guardian.add"),
    add: say("standing.save"),
    fields: [
      field({ name: "name", label: say("guardian.name") }),
      field({ name: "phone", label: say("guardian.phone"), type: "tel" }),
      field({ name: "relation", label: say("guardian.relation"), choices: RELATIONS.map((each) => [each, say(`relation.${each}`)]) }),
    ],
    send: (typed) => server.post(path, typed),
    done: say("standing.saved"),
  });
};

export const actsFor = (screen) => {
  const { server } = screen.app;
  const path = `${screen.path}/agents`;
  const one = (each) => {
    const facts = { name: each.agent_name ?? say("agent.volunteer"), scope: say(`agent.scope.${each.scope}`), from: day(each.from_on) };
    const words = each.until_on ? say("agent.until", { ...facts, until: day(each.until_on) }) : say("agent.since", facts);
    return line(screen, words, !each.holds, () => server.post(`${path}/${each.id}/revoke`));
  };
  return section(screen, {
    title: say("agent.title"),
    empty: say("agent.none"),
    lines: screen.agents.items.map(one),
    adding: say("agent.add"),
    add: say("standing.save"),
    fields: [
      field({ name: "agent_no", label: say("agent.number"), hint: say("agent.number.hint"), inputmode: "numeric", required: false }),
      field({ name: "agent_name", label: say("agent.name"), required: false }),
      field({ name: "scope", label: say("agent.scope"), choices: SCOPES.map((each) => [each, say(`agent.scope.${each}`)]) }),
      field({ name: "captured", label: say("consent.captured"), choices: CAPTURED.map((each) => [each, say(`captured.${each}`)]) }),
      field({ name: "until_on", type: "date", label: say("agent.last"), required: false }),
    ],
    send: (typed) => server.post(path, typed),
    done: say("standing.saved"),
  });
};
