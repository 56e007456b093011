// One roster that was brought in: what was found in it, row by row; what it asks; committing it; and what became of it.

import { button, h, p } from "../kit/element.js";
import { field } from "../kit/field.js";
import { exportsOf, save } from "../kit/files.js";
import { progress } from "../kit/chart.js";
import { count, hours, instant, points } from "../kit/formats.js";
import { chosen, say } from "../kit/language.js";
import { LONG_MS } from "../kit/request.js";
import { Screen } from "../kit/screen.js";
import { table } from "../kit/table.js";
import { badge, column, facts, folded, head, part, rest, tallies } from "./looks.js";

const LOOK_MS = 700;
const LOOKS = { posted: "running", submitted: "care", refused: "bad" };

// `given`: the `import_id`.
export class Roster extends Screen {
  static under = "rosters";

  // What was answered: by row and question, the candidate, or "skip".
  answers = new Map();
  working = false;
  #timer = null;

  async load() {
    const { server } = this.app;
    this.path = `/imports/${this.given.import_id}`;
    this.run = await server.get(this.path);
    this.committing ??= server.posting(`${this.path}/commit`, { patience: LONG_MS });
    if (this.run.state !== "committed") return;
    const page = await server.get(`${this.path}/rows`, { limit: 200 });
    [this.rows, this.more] = [page.items, rest(server, `${this.path}/rows`, { limit: 200 }, page.next_cursor)];
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.run.state === "committing") this.#watch();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  view() {
    const { run } = this;
    const views = {
      checked: () => this.#checked(),
      committing: () => this.#underWay(),
      committed: () => this.#committed(),
      expired: () => p(say("roster.expired"), "care"),
    };
    return h(
      "div",
      { class: "page" },
      head(say(`roster.title.${run.state}`), {
        back: [say("rosters.title"), () => this.app.go("rosters")],
        under: say("roster.at", { at: instant(run.created_at) }),
        acts: run.state === "expired" ? [] : [button(say("roster.marked"), (event) => this.#marked(event.currentTarget))],
      }),
      views[run.state](),
    );
  }

  #checked() {
    const { run } = this;
    const found = tallies([
      [say("roster.rows"), run.rows, "running"],
      [say("roster.faults"), run.faults_count, "bad"],
      [say("roster.questions"), run.questions_count, "care"],
      [say("roster.notes"), run.notes_count, ""],
    ]);
    const notes = () => this.#found("notes", run.notes, run.notes_count);
    const ignored = run.ignored_columns.join(", ");
    this.place = h("div", { class: "commit" });
    queueMicrotask(() => this.#offer());
    return [
      h("div", { class: "panel part" }, found, this.place),
      run.questions_count ? part(say("roster.asks"), this.#questions(), { look: "wanting" }) : null,
      run.faults_count ? h("div", { class: "panel" }, this.#found("faults", run.faults, run.faults_count)) : null,
      run.notes_count ? folded(say("roster.notes.show", { count: run.notes_count }), notes()) : null,
      ignored ? p(say("roster.ignored", { columns: ignored }), "quiet-words") : null,
    ];
  }

  #found(kind, found, all) {
    const columns = [
      column("row", "roster.column.row", (one) => one.row ?? "", { number: true, sort: (one) => one.row ?? 0 }),
      column("column", "roster.column.column", (one) => [one.column, one.header].filter(Boolean).join(" · ")),
      column("message", "roster.column.message", (one) => chosen(one.message), { head: true }),
    ];
    const key = all > found.length ? "first" : "caption";
    const caption = say(`roster.${kind}.${key}`, { count: all, shown: found.length });
    return table({ caption, columns, rows: found });
  }

  #questions() {
    const { questions } = this.run;
    const asked = (question) => {
      const key = `${question.row} ${question.code}`;
      const choices = [
        ["", say("roster.choose")],
        ...question.choices.map((each) => [each.choice, each.shown]),
        ["skip", say("roster.skip")],
      ];
      const its = field({
        name: `row-${question.row}`,
        label: say("roster.question", { row: question.row, message: chosen(question.message) }),
        choices,
        value: this.answers.get(key) ?? "",
      });
      its.input.addEventListener("change", () => {
        this.answers.set(key, its.value);
        this.#offer();
      });
      return h("li", { class: "line" }, its);
    };
    return [p(say("roster.asks.how"), "quiet-words"), h("ul", { class: "lines questions" }, questions.map(asked))];
  }

  get #open() {
    const answered = [...this.answers.values()].filter(Boolean).length;
    return this.run.questions_count - answered;
  }

  // What can be done with it as it stands: all of it, or what is not in doubt.
  #offer() {
    const { run } = this;
    const whole = run.faults_count === 0 && this.#open === 0;
    const told = whole ? "roster.whole" : run.faults_count ? "roster.faulty" : "roster.asking";
    const words = say(whole ? "roster.commit" : "roster.commit.part");
    const mode = whole ? "all" : "partial";
    const commit = button(words, (event) => this.#commit(event.currentTarget, mode), whole ? "primary" : null);
    const other = button(say("roster.other"), () => this.app.go("rosters"), whole ? "quiet" : "primary");
    this.place.replaceChildren(
      p(say(run.rows ? told : "roster.nothing", { faults: run.faults_count, questions: this.#open })),
      h("div", { class: "actions" }, run.rows ? (whole ? [commit, other] : [other, commit]) : other),
    );
  }

  // While it is committed the run itself says how far it has come. The answer that gets lost is asked for again, under
  // the same key: no row is posted twice.
  async #commit(asked, mode) {
    const answered = [...this.answers].filter(([, choice]) => choice);
    const choices = answered.map(([key, choice]) => ({ row: Number(key.split(" ")[0]), choice }));
    this.working = true;
    this.#watch();
    const done = await this.app.doing(asked, async () => void (await this.committing.send({ mode, choices })));
    this.working = false;
    if (!done) return this.#refused();
    await this.#settled();
  }

  // A refusal may have found new faults: what is wrong now is shown, the answers stay.
  async #refused() {
    clearTimeout(this.#timer);
    try {
      await this.load();
      this.draw();
    } catch (error) {
      if (!error.means) this.app.failed(error);
    }
  }

  async #settled() {
    clearTimeout(this.#timer);
    await this.load();
    if (!this.isConnected) return;
    this.draw();
    this.app.status.tell(say("roster.done", { made: this.run.made }));
  }

  #watch() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), LOOK_MS);
  }

  async #look() {
    if (!this.isConnected) return;
    try {
      const run = await this.app.server.get(this.path);
      if (run.state === "committed" && !this.working) return await this.#settled();
      if (run.state === "committing" && this.place) this.place.replaceChildren(...this.#bar(run));
    } catch (error) {
      if (error.words === undefined) throw error;
    }
    if (this.isConnected) this.#watch();
  }

  #bar({ done, total }) {
    const label = say("roster.progress", { done: count(done), total: count(total) });
    return [progress({ label, done, whole: Math.max(1, total) })];
  }

  // It was begun, here or elsewhere: how far it is, and to go on where it was interrupted.
  #underWay() {
    this.place = h("div", { class: "commit" }, this.#bar(this.run));
    const go = button(say("roster.go.on"), (event) => this.#commit(event.currentTarget, "all"));
    return h("div", { class: "panel part" }, p(say("roster.committing")), this.place, h("div", { class: "actions" }, go));
  }

  #committed() {
    const { run } = this;
    const became = tallies([
      [say("roster.made"), run.made, "running"],
      [say("roster.refused"), run.refused, "bad"],
      [say("roster.left.out"), run.left_out, "care"],
    ]);
    const columns = [
      column("row", "roster.column.row", (one) => one.row, { number: true, head: true }),
      column("state", "roster.column.state", stateOf, { narrow: true }),
      column("minutes", "roster.column.minutes", (one) => (one.minutes === null ? "" : hours(one.minutes))),
      column("points", "roster.column.points", (one) => (one.points === null ? "" : points(one.points)), { number: true }),
      column("message", "roster.column.why", (one) => (one.message ? chosen(one.message) : "")),
    ];
    const told = {
      caption: say("roster.outcomes"),
      columns,
      rows: this.rows,
      more: this.more,
      empty: say("roster.outcomes.empty"),
      exports: exportsOf(this.app.server, `${this.path}/rows`),
    };
    return [
      h(
        "div",
        { class: "panel part" },
        became,
        facts([[say("roster.settled"), run.settled_at && instant(run.settled_at)]]),
        h(
          "div",
          { class: "actions" },
          button(say("roster.records"), () => this.app.go("records", { state: "all" })),
          button(say("roster.next"), () => this.app.go("rosters"), "quiet"),
        ),
      ),
      h("div", { class: "panel" }, table(told)),
    ];
  }

  #marked(asked) {
    return this.app.doing(asked, async () => save(await this.app.server.file(`${this.path}/report.xlsx`)));
  }
}

const stateOf = ({ state }) => badge(say(`outcome.${state}`), LOOKS[state]);

customElements.define("organiser-roster", Roster);
