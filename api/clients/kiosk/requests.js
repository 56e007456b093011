// What I need (我需要帮助): one touch asks for it, and here one sees how far it has come and says how it was.

import { ask } from "../kit/dialog.js";
import { button, h, p } from "../kit/element.js";
import { field, form } from "../kit/field.js";
import { dayOf, timeOf, weekday } from "../kit/formats.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";

const PAGE = 20;
const SORTS = [
  ["safety", "danger"],
  ["plumbing", "utilities"],
  ["lighting", "normal"],
  ["cleaning", "normal"],
  ["care", "normal"],
];

export class Requests extends Screen {
  async load() {
    const path = `/volunteers/${this.app.number}/requests`;
    this.requests = (await this.app.mine.get(path, { limit: PAGE })).items;
  }

  view() {
    const said = { label: say("requests.words"), hint: say("requests.words.how") };
    const words = field({ name: "words", maxlength: 200, ...said });
    const other = (values) => this.#send({ kind: "other", words: values.words, priority: "normal" });
    return h(
      "div",
      { class: "list" },
      h("h1", {}, say("requests.title")),
      p(say("requests.how")),
      h("div", { class: "touches" }, SORTS.map((sort) => this.#sort(...sort))),
      h("h2", {}, say("requests.other")),
      form([words], say("requests.send"), other),
      h("h2", {}, say("requests.mine")),
      this.requests.length
        ? h("ol", {}, this.requests.map((each) => this.#request(each)))
        : p(say("requests.empty"), "empty panel"),
    );
  }

  #sort(kind, priority) {
    const words = say(`requests.kind.${kind}`);
    return button(words, () => this.#sure(kind, words, priority), kind === "safety" ? "primary" : "");
  }

  // A finger slips: what somebody will come for is asked once more.
  async #sure(kind, words, priority) {
    const actions = [["send", say("requests.sure"), "primary"], ["no", say("requests.unsure"), "quiet"]];
    const chosen = await ask(words, p(say(kind === "safety" ? "requests.danger" : "requests.who.comes")), actions);
    if (chosen !== "send") return;
    try {
      await this.#send({ kind, words, priority });
    } catch (error) {
      this.app.failed(error);
    }
  }

  async #send(body) {
    await this.app.mine.post("/me/requests", body);
    await this.app.go(Requests);
    this.app.status.tell(say("requests.sent"));
  }

  #request(request) {
    const { words, state, received_at: received, close_due_at: due, answer } = request;
    const is = ["received", "accepted", "dispatched"].includes(state);
    const at = (moment) => ({ day: weekday(dayOf(moment)), time: timeOf(moment) });
    return h(
      "li",
      { class: "panel notice" },
      h("h3", {}, words),
      p(say("requests.at", at(received)), "quiet-words"),
      p(say(`requests.state.${state}`), state === "declined" ? "short" : "enough"),
      is ? p(say("requests.due", at(due))) : null,
      answer ? p(say("requests.answer", { answer })) : null,
      state === "closed" ? this.#judge(request) : null,
      state === "received" ? this.#withdraw(request) : null,
    );
  }

  #withdraw(request) {
    return button(say("requests.withdraw"), () => this.#change(request, "withdraw", {}), "quiet");
  }

  #judge(request) {
    const told = (key, is, score, look) =>
      button(say(key), () => this.#change(request, "feedback", { is_satisfied: is, score }), look);
    return h(
      "div",
      { class: "touches" },
      told("requests.happy", true, 5, "primary"),
      told("requests.so.so", true, 3, ""),
      told("requests.unhappy", false, 1, "quiet"),
    );
  }

  // What the server refuses is told; then what is really so is shown.
  async #change(request, step, body) {
    let refused = null;
    try {
      await this.app.mine.post(`/requests/${request.id}/${step}`, body);
    } catch (error) {
      refused = error;
    }
    if (refused?.means) return this.app.failed(refused);
    await this.app.go(Requests);
    if (refused) this.app.failed(refused);
  }
}

customElements.define("kiosk-requests", Requests);
