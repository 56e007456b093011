// The cards of a volunteer: issued, lost, replaced, and their face to print.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { save } from "../kit/files.js";
import { day, dayOf } from "../kit/formats.js";
import { say } from "../kit/language.js";
import "./keeping-words.js";

// `screen` has `person`, `cards` and `pressed` (see rights.js).
export const cardsOf = (screen) => {
  const { cards, app } = screen;
  const path = `${screen.path}/cards`;
  const issue = (body) => (event) => screen.pressed(event.currentTarget, () => app.server.post(path, body), say("cards.issued"));
  const good = cards.items.some((card) => card.ended_at === null);
  const open = screen.person.closed === null;
  return h(
    "section",
    { class: "panel" },
    h("h2", {}, say("cards.title")),
    cards.items.length ? h("ul", { class: "standing" }, cards.items.map((card) => line(screen, path, card, issue, open))) : p(say("cards.none"), "quiet-words"),
    open && !good ? h("div", { class: "actions" }, button(say("cards.issue"), issue({}))) : null,
  );
};

const line = (screen, path, card, issue, open) => {
  const { app } = screen;
  const said = { end: card.card_no.slice(-4), day: day(dayOf(card.issued_at)) };
  if (card.ended_at !== null) return h("li", {}, p(say("cards.over", { ...said, reason: say(`cards.reason.${card.ended_for}`) })));
  const face = async () => {
    try {
      save({ ...(await app.server.file(`${path}/${card.id}/face.svg`)), name: `card-${said.end}.svg` });
    } catch (error) {
      app.failed(error);
    }
  };
  const lost = async (event) => {
    const pressed = event.currentTarget;
    const answers = [["no", say("cards.no")], ["yes", say("cards.lost"), "danger"]];
    if ((await ask(say("cards.sure"), p(say("cards.sure.how")), answers)) !== "yes") return;
    await screen.pressed(pressed, () => app.server.post(`${path}/${card.id}/end`, { reason: "lost" }), say("cards.ended"));
  };
  return h(
    "li",
    {},
    p(say("cards.good", said)),
    h(
      "div",
      { class: "actions" },
      button(say("cards.face"), face, "quiet"),
      open ? button(say("cards.replace"), issue({ replaces: card.id }), "quiet") : null,
      button(say("cards.lost"), lost, "quiet"),
    ),
  );
};
