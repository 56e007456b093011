// The till: who stands there, what they get, one key to hand it over, one for the next. One line takes everything that
// is typed or scanned, and keeps the focus.

import { button, h, newId, p } from "../kit/element.js";
import { say } from "../kit/language.js";
import { Screen } from "../kit/screen.js";
import { Basket, basketView, sumView } from "./basket.js";
import { found, identified, nobodyPanel, others, personPanel, pinForm, shownBy } from "./identity.js";
import { key } from "./keys.js";
import { meant, times } from "./line.js";
import { machine } from "./machine.js";
import { outcomeView } from "./outcome.js";
import { availableOf, leftWith, paidBy, payerIn } from "./payer.js";
import { byCode, Choices, offered, personOption, prizeOption } from "./shelf.js";
import { printSlip } from "./slip.js";

const SILENT = [401, 429]; // they say nothing of what became of what was sent before
const STEPS = { NumpadAdd: 1, NumpadSubtract: -1, Equal: 1, Minus: -1 };

export class Till extends Screen {
  isSending = false;
  isUnknown = false;
  drawing = null;
  #asked = 0;

  async load() {
    this.#clear();
    this.prizes = await offered(this.app);
    const { body } = this.app.unanswered;
    if (body) await this.#resume(body);
  }

  #clear() {
    const nobody = { customer: null, guest: null, people: [], fault: "" };
    const nothing = { basket: new Basket(), verdict: null, done: null, body: null };
    Object.assign(this, nobody, nothing, { posting: this.app.api.posting("/redemptions", { memory: this.app.unanswered }) });
    this.#asked += 1;
  }

  // What was sent before the page went away, as it was sent: the same key asks what became of it.
  async #resume(body) {
    const person = await identified(this.app, { volunteer_no: body.volunteer_no });
    this.customer = { person, pin: null, payer: await payerIn(this.app, body, person) };
    for (const { prize_id, quantity } of body.items) {
      const prize = this.prizes.find(({ id }) => id === prize_id) ?? (await this.app.api.get(`/prizes/${prize_id}`));
      this.basket.add(prize, quantity);
    }
    Object.assign(this, { body, isUnknown: true });
  }

  view() {
    const id = newId("line");
    this.choices = new Choices(say("till.shelf"), (option) => this.#choose(option));
    this.line = h("input", {
      id,
      class: "line",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-controls": this.choices.id,
      "aria-expanded": "true",
      "aria-autocomplete": "list",
      value: this.line?.value ?? "",
      onkeydown: (event) => this.#keyed(event),
      oninput: () => this.#typed(),
    });
    this.panes = {
      hint: p("", "hint"),
      person: h("section", { class: "panel person", "aria-label": say("till.person") }),
      basket: h("section", { class: "panel basket", "aria-label": say("till.basket") }),
      sum: h("p", { class: "sums" }),
      verdict: h("div", { class: "verdict", role: "status" }),
      acts: h("div", { class: "actions acts" }),
    };
    const { hint, person, basket, sum, verdict, acts } = this.panes;
    this.#show();
    return [
      h("h1", { class: "unseen" }, say("till.title")),
      h("div", { class: "asks" }, h("label", { for: id }, say("till.line")), this.line, hint),
      person,
      h("div", { class: "middle" }, basket, h("section", { class: "panel outcome" }, sum, verdict, acts)),
      h("section", { class: "panel shelf" }, h("h2", {}, say("till.shelf")), this.choices.element),
    ];
  }

  begin() {
    if (!this.guest) this.line.focus();
  }

  get #isFrozen() {
    return this.isSending || this.isUnknown || this.done !== null;
  }

  // Draws what changed; what is being typed stays.
  #show() {
    const { hint, person, basket, sum, verdict, acts } = this.panes;
    const { customer } = this;
    const available = customer && availableOf(customer);
    hint.textContent = this.fault || say(customer ? "till.hint.basket" : "till.hint.person");
    hint.classList.toggle("fault", Boolean(this.fault));
    person.replaceChildren(...this.#personView());
    basket.replaceChildren(...basketView(this.basket, this.#isFrozen, (change) => this.#change(change)));
    sum.replaceChildren(...(this.done ? [] : sumView(this.verdict?.points ?? this.basket.cost, available)));
    verdict.replaceChildren(...outcomeView(this));
    acts.replaceChildren(...this.#actsView());
    this.#list();
  }

  #personView() {
    if (this.customer) return personPanel(this.customer, () => this.#others());
    return this.guest ?? nobodyPanel();
  }

  #actsView() {
    const next = (look) => key("F2", say("till.next"), () => this.next(), look);
    if (this.done) return [next("primary"), key("F10", say("till.print"), () => this.#print())];
    const words = this.isSending ? "kit.working" : this.isUnknown ? "kit.ask.again" : "till.redeem";
    const isRefused = this.verdict?.possible === false && !this.isUnknown;
    const disabled = this.isSending || !this.customer || this.basket.isEmpty || isRefused;
    const redeem = key("F9", say(words), () => this.#redeem(), "primary", { disabled });
    return this.isSending || this.isUnknown ? [redeem] : [redeem, next("quiet")];
  }

  // What is to choose from: people of the name that was typed, else prizes.
  #list() {
    const { words } = times(this.line.value);
    const available = this.customer && availableOf(this.customer);
    const fits = ({ title, code }) => !words || title.includes(words) || code.replace(/^0+/, "").startsWith(words);
    const options = this.people.length
      ? this.people.map(personOption)
      : this.prizes.filter(fits).map((prize) => prizeOption(prize, available));
    this.#mark(this.choices.show(options));
  }

  #mark(id) {
    if (id) this.line.setAttribute("aria-activedescendant", id);
    else this.line.removeAttribute("aria-activedescendant");
  }

  // Empties the line; nothing is marked any more.
  #emptied() {
    this.line.value = "";
    this.choices.at = -1;
  }

  // The next customer: nothing of this one is left.
  async next() {
    if (this.isSending || this.isUnknown) return;
    this.#clear();
    this.#emptied();
    this.#show();
    this.line.focus();
    this.prizes = await offered(this.app).catch(() => this.prizes);
    this.#list();
  }

  async scanned({ digits, is }) {
    await this.#take(is === "prize" ? { prize: digits, quantity: 1 } : meant(digits));
    return true;
  }

  #keyed(event) {
    const { code } = event;
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const isEmpty = this.line.value === "";
    if (code === "Enter" || code === "NumpadEnter") this.#entered();
    else if (code === "ArrowDown" || code === "ArrowUp") this.#move(code === "ArrowDown" ? 1 : -1);
    else if (code === "PageDown" || code === "PageUp") this.#change(() => this.basket.mark(code === "PageDown" ? 1 : -1));
    else if (code === "Escape") this.#say("", true);
    else if (isEmpty && code in STEPS) this.#change(() => this.basket.change(STEPS[code]));
    else if (isEmpty && code === "Delete") this.#change(() => this.basket.set(0));
    else return;
    event.preventDefault();
  }

  // Drawn when there is time: a scanner does not wait.
  #typed() {
    this.people = [];
    this.choices.at = -1;
    this.drawing ??= requestAnimationFrame(() => this.#drawn());
  }

  #drawn() {
    if (this.drawing === null) return;
    cancelAnimationFrame(this.drawing);
    this.drawing = null;
    this.#list();
  }

  #move(step) {
    this.#drawn();
    this.#mark(this.choices.move(step));
  }

  #entered() {
    const { quantity, words } = times(this.line.value);
    if (this.choices.option) return this.#choose(this.choices.option, quantity);
    if (!words && quantity === null) return undefined;
    return this.#take(this.customer && !this.done ? meant(this.line.value, { inBasket: true }) : meant(this.line.value));
  }

  #choose(option, quantity = null) {
    if (option.person) return this.#identify({ volunteer_no: option.person.volunteer_no });
    return this.#add(option.prize, quantity);
  }

  // Does what was typed or scanned (see line.js).
  #take(said) {
    if (this.isSending || this.isUnknown) return this.app.status.warn(say("till.settle.first"));
    if (said.shown) return this.#identify(said.shown);
    if (said.pickup) return this.app.toPickup(said.pickup);
    if (said.receipt) return this.app.toRefund(said.receipt);
    if (said.name) return this.#search(said.name);
    if (!said.prize) return this.#change(() => this.basket.set(said.quantity), true);
    const named = this.prizes.filter(({ title }) => title.includes(said.prize));
    return this.#add(byCode(this.prizes, said.prize) ?? (named.length === 1 ? named[0] : null), said.quantity);
  }

  #add(prize, quantity) {
    if (!this.customer || this.done) return this.#say("till.who.first", true);
    if (!prize) return this.#say("till.no.prize");
    return this.#change(() => this.basket.add(prize, quantity ?? 1), true);
  }

  async #search(name) {
    try {
      this.people = await found(this.app, name);
    } catch (error) {
      return this.app.failed(error);
    }
    if (this.people.length === 1) return this.#identify({ volunteer_no: this.people[0].volunteer_no });
    this.#say(this.people.length ? "till.which" : "till.not.found");
    if (this.people.length) this.#move(1);
  }

  async #identify(shown) {
    if (this.customer && !this.done && !this.basket.isEmpty) return this.#say("till.one.at.a.time", true);
    const fresh = this.next();
    try {
      this.#known(await identified(this.app, shown));
    } catch (error) {
      if (error.code !== "not_found") this.app.failed(error);
      else if (shown.code) this.#say("till.not.found", true);
      else this.#askPin(shown);
    }
    await fresh;
  }

  #askPin(shown) {
    const form = pinForm(this.app, shown, (person, pin) => this.#known(person, pin));
    const back = button(say("who.not.them"), () => this.next(), "quiet");
    this.guest = [h("h2", {}, say("who.elsewhere")), form, back];
    this.#show();
    form.querySelector("input").focus();
  }

  #known(person, pin = null) {
    Object.assign(this, { customer: { person, pin }, guest: null, people: [], fault: "" });
    if (pin) this.posting = this.app.api.posting("/redemptions");
    this.#emptied();
    this.#show();
    this.line.focus();
  }

  async #others() {
    if (this.#isFrozen) return;
    try {
      const change = await others(this.app, this.customer);
      if (change) await this.#change(() => Object.assign(this.customer, change));
    } catch (error) {
      this.app.failed(error);
    }
    this.line.focus();
  }

  // Says under the line what is to be done.
  #say(words, clears = false) {
    this.fault = words ? say(words) : "";
    if (clears) this.#emptied();
    else this.line.select();
    this.#show();
  }

  // Changes the basket or for whom it is, and asks at once what would come of it.
  async #change(change, clears = false) {
    if (this.#isFrozen) return;
    change();
    Object.assign(this, { fault: "", verdict: null });
    if (clears) this.#emptied();
    this.#show();
    await this.#check();
  }

  get #wanted() {
    const { person, pin, agent, payer, beneficiary } = this.customer;
    return {
      volunteer_no: person.volunteer_no,
      desk_id: this.app.desk.id,
      items: this.basket.items,
      ...(pin ? { pin } : {}),
      ...(agent ? { collected_by: agent.id } : {}),
      ...paidBy(payer),
      ...(beneficiary ? { beneficiary: { relation: beneficiary.relation, age: beneficiary.age ?? null } } : {}),
    };
  }

  async #check() {
    const turn = (this.#asked += 1);
    if (this.basket.isEmpty || !this.customer) return;
    try {
      const verdict = await this.app.api.post("/redemptions/check", this.#wanted, { harmless: true });
      if (turn !== this.#asked) return;
      this.verdict = verdict;
      (this.customer.payer ?? this.customer.person.points).available = verdict.available;
      this.#show();
    } catch (error) {
      if (turn === this.#asked) this.app.failed(error);
    }
  }

  // Hands it over: once, however often the key is pressed; and where no answer came the same again, not another.
  async #redeem() {
    if (this.isSending || this.done) return;
    this.#asked += 1;
    this.body = this.isUnknown ? this.body : this.#wanted;
    this.isSending = true;
    this.#show();
    try {
      this.done = { answer: await this.posting.send(this.body), left: null };
      this.isUnknown = false;
    } catch (error) {
      this.isUnknown = error.means === "unknown" || (this.isUnknown && SILENT.includes(error.status));
      this.app.failed(error);
    }
    this.isSending = false;
    this.#show();
    if (this.done) await this.#handedOver(this.done);
    else if (!this.isUnknown) await this.#check();
  }

  async #handedOver(done) {
    this.app.status.clear();
    this.line.focus();
    if (machine.prints === "always") await this.#print();
    const { customer } = this;
    if (customer.person.is_guest) return;
    try {
      const left = await leftWith(this.app, customer);
      if (this.done !== done) return;
      done.left = left;
      this.#show();
    } catch {
      // the slip tells what is left
    }
  }

  async #print() {
    try {
      await printSlip(this.app, this.done.answer.id);
    } catch (error) {
      this.app.failed(error);
    }
    this.line.focus();
  }
}

customElements.define("desk-till", Till);
