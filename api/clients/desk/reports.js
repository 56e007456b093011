// What waits for a second person: counts, write-offs and days that somebody said, and another confirms or rejects.

import { h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { exportsOf } from "../kit/files.js";
import { count, day } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { countersign } from "./countersign.js";
import { key } from "./keys.js";

export class Reports extends Screen {
  async load() {
    const { api } = this.app;
    if (this.given.id) this.report = await api.get(`/stock-reports/${this.given.id}`);
    else this.waiting = (await api.get("/stock-reports", { state: "reported", limit: 200 })).items;
  }

  view() {
    return h("div", { class: "page" }, h("h1", {}, say("reports.title")), this.report ? this.#one() : this.#list());
  }

  begin() {
    (this.querySelector("form input") ?? this.querySelector(".panel button"))?.focus();
  }

  #list() {
    const mine = (one) => say(one.reported_by === this.app.me.id ? "reports.mine" : "reports.other");
    const columns = [
      { key: "kind", label: say("reports.kind"), head: true, cell: (one) => say(`reports.kind.${one.kind}`) },
      { key: "reported_on", label: say("refunds.day"), cell: (one) => day(one.reported_on) },
      { key: "by", label: say("reports.by"), cell: mine },
      { key: "differences", label: say("reports.differences"), number: true, cell: (one) => count(differing(one).length) },
    ];
    const open = (one) => this.app.go(Reports, { id: one.id });
    const exports = exportsOf(this.app.api, "/stock-reports", { state: "reported" });
    return h(
      "section",
      { class: "panel stack" },
      table({ caption: say("reports.waiting"), columns, rows: this.waiting, empty: say("reports.none"), open, exports }),
      h("div", { class: "actions" }, key("Escape", say("goods.back"), () => this.app.toStock(), "quiet")),
    );
  }

  #one() {
    const { report } = this;
    return h(
      "section",
      { class: "panel stack" },
      h("h2", {}, say("reports.of", { kind: say(`reports.kind.${report.kind}`), day: day(report.reported_on) })),
      differences(report.lines),
      report.state === "reported"
        ? settling(this.app, report, (state) => this.#settled(state))
        : p(say(`reports.${report.state}`), "care"),
      h("div", { class: "actions" }, key("Escape", say("goods.back"), () => this.app.toStock(), "quiet")),
    );
  }

  async #settled(state) {
    if (this.report.kind === "day_close") await this.app.dayAnew();
    await this.app.toStock();
    this.app.status.tell(say(`reports.${state}`));
  }
}

// What is not as the book says, line by line.
export const differences = (lines) => {
  const columns = [
    { key: "title", label: say("stock.prize") },
    { key: "best_before", label: say("reports.batch"), cell: (line) => (line.best_before ? day(line.best_before) : say("reports.lasting")) },
    { key: "expected", label: say("count.expected"), number: true, cell: (line) => count(line.expected) },
    { key: "counted", label: say("count.counted"), number: true, cell: (line) => count(line.counted) },
    { key: "reason", label: say("count.reason"), cell: (line) => (line.reason ? say(`reason.${line.reason}`) : "") },
  ];
  const rows = lines.filter((line) => line.expected !== line.counted);
  return table({ caption: say("reports.differences"), columns, rows, empty: say("reports.agrees") });
};

const differing = (report) => report.lines.filter((line) => line.expected !== line.counted);

// Confirm or reject: as oneself where another reported it, else another person signs here, or it waits.
export const settling = (app, report, settled) => {
  const path = `/stock-reports/${report.id}`;
  const isMine = report.reported_by === app.me.id;
  const confirm = { path: `${path}/confirm`, words: say("reports.confirm"), done: () => settled("confirmed") };
  if (isMine) return h("div", { class: "stack" }, p(say("reports.wait"), "care"), countersign(confirm));
  const [confirming, rejecting] = [app.api.posting(confirm.path), app.api.posting(`${path}/reject`)];
  const reason = field({ name: "reason", label: say("reports.why"), maxlength: 200 });
  const yes = async ({ currentTarget }) => (await app.done(currentTarget, confirming, {})) && confirm.done();
  const no = async (typed) => {
    await rejecting.send(typed);
    await settled("rejected");
  };
  return h(
    "div",
    { class: "stack" },
    h("div", { class: "actions" }, key("F9", say("reports.confirm"), yes, "primary")),
    h("details", {}, h("summary", {}, say("reports.not.right")), form([reason], say("reports.reject"), no)),
  );
};

customElements.define("desk-reports", Reports);
