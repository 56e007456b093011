// What may wait for somebody: how it is asked for, and where it is dealt with. Lists hold what this person can do
// something about, and leave out what only somebody else can.

import { say } from "../kit/language.js";

const LOOKED_AT = 100;

const page = async (app, path, query = {}) => {
  const told = await app.server.get(path, { limit: LOOKED_AT, ...query });
  return { items: told.items, more: told.next_cursor !== null };
};

const asking = (path, query = {}, keep = () => true) => async (app) => {
  const found = await page(app, path, query);
  return { ...found, items: found.items.filter((item) => keep(item, app)) };
};

const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const ENDING_DAYS = 3;
const overdue = (items) => {
  const late = items.filter((item) => item.is_overdue).length;
  return late ? say("home.overdue", { count: late }) : null;
};

// Neither recorded nor reviewed by this person.
export const mayReview = (record, app) =>
  record.recorded_by !== app.me.id && !(record.reviewed_by ?? []).includes(app.me.id);

// Proposals whose next stage is for somebody with a role of this person to put on record.
const underWay = async (app) => {
  const [found, ways] = await Promise.all([page(app, "/proposals"), app.server.get("/proposals/templates")]);
  const roles = new Map(ways.items.flatMap((way) => way.stages.map((stage) => [stage.id, stage.roles])));
  const mine = ({ next_stage: next, organisation_id: place }) =>
    next !== null && app.places.knows(place) && app.me.roles.some(({ role }) => roles.get(next)?.includes(role));
  return { ...found, items: found.items.filter(mine) };
};

export const DUTIES = [
  {
    id: "records",
    scopes: ["service-records:review"],
    ask: asking("/service-records", { state: "submitted" }, (each, app) => mayReview(each, app) && !each.reviews),
    screen: "records",
    given: { state: "submitted" },
    urgent: (items, app) => {
      const ending = items.filter((each) => each.review_by && daysBetween(app.bank.today, each.review_by) <= ENDING_DAYS);
      return ending.length ? say("home.review.by", { count: ending.length }) : null;
    },
  },
  {
    id: "second",
    scopes: ["service-records:review"],
    ask: asking("/service-records", { state: "submitted" }, (each, app) => mayReview(each, app) && each.reviews > 0),
    screen: "records",
    given: { state: "submitted" },
  },
  {
    id: "held",
    scopes: ["service-records:review"],
    ask: asking("/service-records", { state: "held" }, mayReview),
    screen: "records",
    given: { state: "held" },
  },
  {
    id: "deeds",
    scopes: ["service-records:review"],
    ask: asking("/deeds", { state: "submitted" }, mayReview),
    screen: "deeds",
  },
  { id: "objections", scopes: ["objections:resolve"], ask: asking("/objections"), screen: "objections" },
  { id: "disputes", scopes: ["disputes:answer"], ask: asking("/disputes"), screen: "disputes", urgent: overdue },
  {
    id: "stars",
    scopes: ["stars:write"],
    ask: asking("/star-changes", { state: "proposed" }, (each, app) => each.recorded_by !== app.me.id),
    screen: "stars",
  },
  {
    id: "unpublished",
    scopes: ["notices:write", "service-records:read"],
    ask: asking("/service-records", { state: "approved" }),
    screen: "notices",
  },
  {
    id: "ending",
    scopes: ["notices:write"],
    ask: asking(
      "/notices",
      { open: "true" },
      (each, app) =>
        app.places.knows(each.organisation_id) && daysBetween(app.bank.today, each.ends_on) <= ENDING_DAYS,
    ),
    screen: "notices",
  },
  { id: "duty", scopes: ["service-records:read"], ask: asking("/duty"), screen: "duty", urgent: overdue },
  { id: "proposals", scopes: ["proposals:record"], ask: underWay, screen: "proposals" },
  {
    id: "wishes",
    scopes: ["wishes:verify"],
    ask: asking("/wishes", { state: "collected" }, (each, app) => each.collected_by !== app.me.id),
    screen: "wishes",
  },
  {
    id: "granted",
    scopes: ["wishes:write"],
    ask: asking("/wishes", { state: "fulfilled" }, (each, app) => ![each.fulfilled_by, each.verified_by].includes(app.me.id)),
    screen: "wishes",
    given: { state: "fulfilled" },
  },
  {
    id: "claims",
    scopes: ["wishes:write"],
    ask: asking("/wish-claims", {}, (each, app) => daysBetween(app.bank.today, each.until_on) <= ENDING_DAYS),
    screen: "wishes",
    given: { state: "held" },
  },
  { id: "duplicates", scopes: ["volunteers:write"], ask: asking("/possible-duplicates"), screen: "duplicates" },
];
