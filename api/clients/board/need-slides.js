// What the large screen shows of wishes and of appraisals.

import { h, p } from "../kit/element.js";
import { count } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { starred } from "./appraisals.js";
import { places, worth } from "./wishes.js";

const WISHES = 12;

// What is free first; how to take one up. null where nothing hangs there.
export const wishes = ({ wall }) => {
  if (!wall.length) return null;
  const ordered = [...wall].sort((one, other) => Number(other.places_left > 0) - Number(one.places_left > 0));
  const card = (wish) =>
    h(
      "div",
      { class: "item" },
      h("h2", {}, wish.text),
      p(worth(wish)),
      p(places(wish), wish.places_left ? "good-words" : "quiet-words"),
    );
  const rest = wall.length - WISHES;
  const more = rest > 0 ? p(say("hall.wishes.more", { count: count(rest) }), "wide quiet-words") : null;
  const how = p(say("hall.wishes.how"), "wide how");
  return { title: say("wishes.title"), look: "grid", items: [...ordered.slice(0, WISHES).map(card), more, how].filter(Boolean) };
};

export const appraisals = ({ appraised }) => {
  if (!appraised.length) return null;
  const result = (one) =>
    h(
      "div",
      { class: "item" },
      h("h2", {}, one.title),
      p(starred(one), "good-words"),
      p(say("hall.appraisal", { by: one.organisation_name, count: count(one.voices) })),
    );
  return { title: say("appraisals.title"), look: "words", items: appraised.map(result) };
};
