// The areas of the client and the screens in each. Who has none of a screen's scopes is not offered it. A screen is
// fetched when it is needed, so that the first one is light.

import { Home } from "./home.js";

export const AREAS = [
  { id: "home", screens: [{ id: "home", scopes: ["self"], fetch: async () => Home }] },
  {
    id: "review",
    screens: [
      { id: "records", scopes: ["service-records:read"], fetch: async () => (await import("./records.js")).Records },
      { id: "deeds", scopes: ["service-records:read"], fetch: async () => (await import("./deeds.js")).Deeds },
      { id: "disputes", scopes: ["disputes:answer"], fetch: async () => (await import("./disputes.js")).Disputes },
      { id: "stars", scopes: ["stars:read"], fetch: async () => (await import("./stars.js")).Stars },
    ],
  },
  {
    id: "notices",
    screens: [
      { id: "notices", scopes: ["notices:write", "objections:resolve"], fetch: async () => (await import("./notices.js")).Notices },
      { id: "objections", scopes: ["objections:resolve"], fetch: async () => (await import("./objections.js")).Objections },
      { id: "duty", scopes: ["service-records:read"], fetch: async () => (await import("./duty.js")).Duty },
    ],
  },
  {
    id: "wishes",
    screens: [
      { id: "wishes", scopes: ["wishes:read"], fetch: async () => (await import("./wishes.js")).Wishes },
      { id: "companionships", scopes: ["wishes:read"], fetch: async () => (await import("./companionships.js")).Companionships },
      { id: "appraisals", scopes: ["notices:write"], fetch: async () => (await import("./appraisals.js")).Appraisals },
    ],
  },
  {
    id: "requests",
    screens: [
      { id: "requests", scopes: ["requests:read"], fetch: async () => (await import("./requests.js")).Requests },
      { id: "tasks", scopes: ["requests:read"], fetch: async () => (await import("./tasks.js")).Tasks },
      { id: "offers", scopes: ["requests:read"], fetch: async () => (await import("./offers.js")).Offers },
      { id: "requests_figures", scopes: ["requests:report"], fetch: async () => (await import("./requests-figures.js")).RequestFigures },
    ],
  },
  {
    id: "rules",
    screens: [
      { id: "rulebooks", scopes: ["rulebooks:read"], fetch: async () => (await import("./rulebooks.js")).Rulebooks },
      { id: "drafts", scopes: ["proposals:write"], fetch: async () => (await import("./drafts.js")).Drafts },
      { id: "proposals", scopes: ["rulebooks:read"], fetch: async () => (await import("./proposals.js")).Proposals },
    ],
  },
  {
    id: "people",
    screens: [
      { id: "people", scopes: ["volunteers:read"], fetch: async () => (await import("./people.js")).People },
      { id: "duplicates", scopes: ["volunteers:read"], fetch: async () => (await import("./duplicates.js")).Duplicates },
      { id: "households", scopes: ["volunteers:read"], fetch: async () => (await import("./households.js")).Households },
      { id: "groups", scopes: ["volunteers:read"], fetch: async () => (await import("./groups.js")).Groups },
      { id: "flags", scopes: ["flags:read"], fetch: async () => (await import("./flags.js")).Flags },
      { id: "bulk_papers", scopes: ["balances:read"], fetch: async () => (await import("./bulk-papers.js")).BulkPapers },
    ],
  },
  {
    id: "office",
    screens: [
      { id: "organisations", scopes: ["organisations:read"], fetch: async () => (await import("./organisations.js")).Organisations },
      { id: "staff", scopes: ["staff:read"], fetch: async () => (await import("./staff.js")).Staff },
      { id: "devices", scopes: ["devices:read"], fetch: async () => (await import("./devices.js")).Devices },
      { id: "settings", scopes: ["privacy:write", "audit:read"], fetch: async () => (await import("./settings.js")).Settings },
      { id: "calendar", scopes: ["working-days:read"], fetch: async () => (await import("./calendar.js")).Calendar },
    ],
  },
  {
    id: "prizes",
    screens: [
      { id: "prizes", scopes: ["prizes:read"], fetch: async () => (await import("./prizes.js")).Prizes },
      { id: "lapses", scopes: ["lapses:read"], fetch: async () => (await import("./lapses.js")).Lapses },
      { id: "liability", scopes: ["stock:read"], fetch: async () => (await import("./liability.js")).Liability },
    ],
  },
  {
    id: "figures",
    screens: [
      { id: "figures", scopes: ["reports:read"], fetch: async () => (await import("./figures.js")).Figures },
      { id: "report", scopes: ["reports:read"], fetch: async () => (await import("./report.js")).Report },
    ],
  },
  {
    id: "trust",
    screens: [
      { id: "audit", scopes: ["audit:read"], fetch: async () => (await import("./audit.js")).Audit },
      { id: "log", scopes: ["self"], fetch: async () => (await import("./log.js")).Log },
      { id: "ledger", scopes: ["ledger:read"], fetch: async () => (await import("./ledger.js")).Ledger },
    ],
  },
];

export const screenOf = (id) => AREAS.flatMap((area) => area.screens).find((screen) => screen.id === id);
