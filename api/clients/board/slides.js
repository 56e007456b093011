// What the large screen shows: each slide has a title and items, which are laid on as many pages as they need.

import { chart } from "../kit/chart.js";
import { h, p } from "../kit/element.js";
import { count, day, hours, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { kindOf } from "../kit/requests.js";
import { all, balance, byMonth, head, rulebooks, sums } from "./data.js";
import { nameOf } from "./parts.js";
import { stock } from "./prizes.js";
import { appraisals, wishes } from "./need-slides.js";
import { time } from "./requests.js";

const DECISIONS = 2;
const KINDS = 5;
const MONTHS = 6;
const FLOWS = ["issued", "redeemed"];
const WELCOME = ["what", "how", "trust"];
const TRUST = ["look", "object", "verify"];

export const fetched = async ({ server, bank }) => {
  const recent = async () => {
    const { items } = await server.get("/proposals", { limit: DECISIONS });
    return Promise.all(items.map(({ id }) => server.get(`/proposals/${id}`)));
  };
  const [rules, summed, signed, notices, prizes, decisions, wall, appraised, requests, today] = await Promise.all([
    rulebooks(server),
    sums(server),
    head(server),
    all(server, "/notices", { open: "true" }),
    all(server, "/showcase"),
    recent(),
    all(server, "/wishes/wall"),
    server.get("/appraisals/results", { limit: DECISIONS }),
    server.get("/requests/figures"),
    server.get("/bank"),
  ]);
  bank.today = today.today;
  prizes.sort((one, other) => one.cost_points - other.cost_points);
  return { rules, sums: summed, head: signed, notices, prizes, decisions, wall, appraised: appraised.items, requests };
};

export const slidesOf = (found, app) => {
  const governed = [welcome(app), ...rules(found), notices(found), ...decisions(found)];
  return [...governed, prizes(found), wishes(found), appraisals(found), requests(found), totals(found), months(found), trust(found)].filter(Boolean);
};

const slide = (title, look, items) => ({ title, look, items });
const line = (words, look = null) => p(words, look);
const item = (title, ...content) => h("div", { class: "item" }, h("h2", {}, title), content);

const welcome = ({ bank }) =>
  slide(say("kit.page.bank"), "words large", [...WELCOME.map((key) => line(say(`hall.${key}`))), line(day(bank.today), "quiet-words")]);

const rules = (found) =>
  found.rules.map((book) => {
    const title = say("rules.book", { title: chosen(book.title), version: book.version });
    const since = line(say("hall.since", { from: day(book.effective_from) }), "quiet-words");
    return slide(title, "words", [since, ...chosen(book.sentences).slice(1).map((sentence) => line(sentence))]);
  });

const notices = ({ notices: open }) => {
  const shown = open.map((one) =>
    item(
      one.title,
      p(say("hall.notice", { organisation: one.organisation, lines: count(one.lines) })),
      p(say("hall.until", { until: day(one.ends_on) })),
    ),
  );
  const how = line(say("hall.notices.how", { address: `${location.host}/notice` }), "how");
  if (!open.length) return slide(say("notices.title"), "words large", [line(say("notices.empty")), how]);
  return slide(say("notices.title"), "words", [...shown, how]);
};

const decisions = (found) =>
  found.decisions.map((one) => {
    const stands = { kind: say(`kind.${one.kind}`), state: say(`state.${one.state}`) };
    const state = line(say("hall.decision", stands), "quiet-words");
    const steps = one.steps.map((step) => {
      const told = { stage: chosen(step.title), on: day(step.held_on), result: say(`result.${step.result}`) };
      const votes = step.bodies.map((body) => {
        const { votes_for, votes_against, votes_abstained: abstained } = body;
        return p(say("hall.vote", { body: chosen(body.title), for: votes_for, against: votes_against, abstained }));
      });
      return item(say("step.head", told), votes);
    });
    return slide(one.title, "words", [state, ...steps]);
  });

const prizes = (found) => {
  const card = (each) =>
    h(
      "div",
      { class: "item" },
      h("h2", {}, each.title),
      p(say("prizes.cost", { points: points(each.cost_points) }), "cost"),
      p(stock(each), each.quantity ? "good-words" : "quiet-words"),
    );
  const items = found.prizes.map(card);
  return slide(say("prizes.title"), items.length ? "grid" : "words", items.length ? items : [line(say("prizes.empty"))]);
};

// Left out where there is too little to tell.
const requests = ({ requests: { all, by_kind: kinds } }) => {
  if (!all) return null;
  const row = (words, amount, look = null) => [h("dt", { class: look }, words), h("dd", { class: look }, amount)];
  const whole = ["received", "closed"].map((name) => row(say(`requests.${name}`), count(all[name])));
  const sum = item(say("requests.year"), h("dl", { class: "sum" }, whole, row(say("requests.average"), time(all))));
  const shown = kinds.slice(0, KINDS).map((each) => row(kindOf(each.of), say("requests.of", { received: count(each.received), closed: count(each.closed) })));
  const by = item(say("requests.of.head"), h("dl", { class: "sum" }, shown));
  return slide(say("requests.title"), "halves", [sum, shown.length ? by : null, h("div", { class: "wide" }, p(say("requests.how")))].filter(Boolean));
};

const totals = ({ sums: { totals: held, size } }) => {
  const { from, to, given, kept } = balance(held, "points");
  const row = (words, amount, look) => [h("dt", { class: look }, words), h("dd", { class: look }, points(amount))];
  const side = (way, list, sum) => {
    const rows = list.map(([purpose, amount]) => row(nameOf(way, purpose), amount, null));
    return item(say(`side.${way}`), h("dl", { class: "sum" }, rows, row(say("sum"), sum, "whole")));
  };
  const minutes = balance(held, "minutes").given;
  const equal = given === kept ? p(say("hall.equal"), "good-words") : p(say("hall.unequal"), "fault");
  const told = p(say("hall.totals", { size: count(size), time: hours(minutes) }));
  const items = [side("from", from, given), side("to", to, kept), h("div", { class: "wide" }, equal, told)];
  return slide(say("totals.points"), "halves", items);
};

const months = ({ sums: { months: by } }) => {
  const shown = byMonth(by).slice(-MONTHS);
  if (!shown.length) return null;
  const series = FLOWS.map((key) => ({ label: say(`month.${key}`), values: shown.map((each) => each[key]) }));
  const labels = shown.map((each) => each.month.slice(2));
  const title = say("hall.months", { count: shown.length });
  return slide(say("months.title"), "drawing", [chart({ title, labels, series, written: points, bare: true })]);
};

const trust = (found) => {
  const address = location.host;
  const size = found.head ? line(say("hall.signed", { size: count(found.head.size) }), "quiet-words") : null;
  const code = h("img", { class: "qr", src: "/verify.svg", alt: say("hall.qr", { address }) });
  return slide(say("trust.title"), "words large", [...TRUST.map((key) => line(say(`hall.${key}`, { address }))), code, size].filter(Boolean));
};
