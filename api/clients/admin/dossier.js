// Training, commendations and evaluations of a volunteer (令67 art. 8 to 10): kept, and withdrawn where it was not so.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { day, hours } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { table } from "../kit/table.js";
import { form, values } from "./forms.js";
import "./papers-words.js";

const KINDS = ["training", "commendation", "evaluation"];

// The part of a screen of somebody's papers.
export const dossierOf = (screen) => {
  const writes = screen.app.may("service-records:write");
  return h("section", { class: "panel" }, listed(screen, writes), writes ? adding(screen) : null);
};

const listed = (screen, writes) => {
  const away = (each) => button(say("dossier.withdraw"), () => withdraw(screen, each), "quiet", { "aria-label": say("dossier.withdraw.of", each) });
  const columns = [
    { key: "title", label: say("dossier.what"), head: true, cell: (each) => h("div", {}, p(each.title), each.detail ? p(each.detail, "quiet-words small") : null) },
    { key: "kind", narrow: true, label: say("dossier.kind"), cell: (each) => say(`dossier.kind.${each.kind}`) },
    { key: "on_day", narrow: true, label: say("dossier.day"), cell: (each) => day(each.on_day) },
    { key: "given_by", label: say("dossier.by") },
    { key: "minutes", narrow: true, number: true, label: say("papers.time"), cell: (each) => (each.minutes ? hours(each.minutes) : "") },
  ];
  const act = { key: "act", narrow: true, label: say("admin.open"), cell: away };
  return table({ caption: say("dossier.title"), columns: writes ? [...columns, act] : columns, rows: screen.dossier.items, empty: say("dossier.empty") });
};

const adding = (screen) => {
  const { app } = screen;
  const fields = [
    field({ name: "kind", label: say("dossier.kind"), choices: KINDS.map((each) => [each, say(`dossier.kind.${each}`)]), value: KINDS[0] }),
    field({ name: "on_day", type: "date", label: say("dossier.day"), value: app.bank.today, max: app.bank.today }),
    field({ name: "title", label: say("dossier.what"), maxlength: 100 }),
    field({ name: "given_by", label: say("dossier.by"), maxlength: 100 }),
    field({ name: "minutes", type: "number", min: 1, label: say("dossier.minutes"), required: false }),
    field({ name: "detail", label: say("dossier.detail"), maxlength: 500, required: false }),
  ];
  const send = async () => {
    const { minutes, ...typed } = values(fields);
    await app.server.post(`${screen.path}/dossier`, { ...typed, ...(minutes ? { minutes: Number(minutes) } : {}) });
    await app.again();
    app.status.tell(say("dossier.kept"));
  };
  const made = form(fields, say("dossier.keep"), send);
  made.classList.add("two");
  return h("details", {}, h("summary", {}, say("dossier.keep")), h("div", { class: "deciding" }, made));
};

const withdraw = async ({ app }, entry) => {
  const actions = [["no", say("dossier.leave")], ["yes", say("dossier.withdraw"), "danger"]];
  if ((await ask(say("dossier.withdraw.sure", entry), p(say("dossier.withdraw.how")), actions)) !== "yes") return;
  try {
    await app.server.post(`/dossier-entries/${entry.id}/withdraw`);
    await app.again();
    app.status.tell(say("dossier.withdrawn"));
  } catch (error) {
    app.failed(error);
  }
};
