// What the entries say, checked from public bytes: they balance, reversals undo what they name, stock and personal totals
// never fall below zero, awards cite rules in force.

const BELOW_ZERO_NEVER = /^person\/(wallet|donate_only|clocked|honorary)$|\/(stock|held)$/;

// What is wrong, by a code; who shows it has the words.
export class Invalid extends Error {
  constructor(code, facts = {}) {
    super(code);
    Object.assign(this, { code, facts });
  }
}

/** RFC 8785 narrowed as the log's entries are: ASCII keys, integers. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

export class Meaning {
  balances = new Map();
  kinds = new Map();
  books = new Map();
  keys = [];
  seq = 0;
  #months = {};
  #nets = [];
  #undone = new Set();

  /** One more entry, by its text. */
  read(text) {
    this.seq += 1;
    try {
      const entry = JSON.parse(text);
      if (canonical(entry) !== text) throw new Invalid("canonical");
      this.#read(entry);
    } catch (why) {
      throw new Invalid("entry", { seq: this.seq, why });
    }
  }

  #read(entry) {
    const { kind, on, rulebook } = entry;
    if (entry.seq !== this.seq || entry.v !== 1) throw new Invalid("number");
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    const net = new Map();
    for (const move of entry.moves) this.#move(move, net, on.slice(0, 7));
    const changed = [...net].filter(([, change]) => change).sort(([one], [other]) => (one < other ? -1 : 1));
    this.#nets.push(JSON.stringify(changed));
    if (kind === "process.reversal") this.#reversal(entry.reverses, changed);
    else if ("reverses" in entry) throw new Invalid("undoing");
    if (kind === "result.award") this.#cites(rulebook, on);
    else if (/^decision\.(founding|rulebook)$/.test(kind) && rulebook) {
      this.books.set(`${rulebook.code} ${rulebook.version}`, entry.detail.effective_from);
    } else if (kind === "process.key_change") this.keys.push(`${entry.detail.change} ${entry.detail.key}`);
  }

  #move({ amount, unit, debit, credit }, net, month) {
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new Invalid("amount", { amount });
    for (const [account, change] of [[debit, -amount], [credit, amount]]) {
      const held = (this.balances.get(`${account} ${unit}`) ?? 0) + change;
      this.balances.set(`${account} ${unit}`, held);
      if (held < 0 && BELOW_ZERO_NEVER.test(account)) throw new Invalid("below", { account, held, unit });
      if (held > 0 && account === "person/debt") throw new Invalid("debt");
      if (/^(points|minutes)$/.test(unit)) this.#changed(month, account, unit, change);
      // What lapsed before comes back through the lot it lapsed from: both are the persons' here.
      const whose = account.startsWith("person/") || account.endsWith("/lapsed") ? "person" : account;
      net.set(`${whose} ${unit}`, (net.get(`${whose} ${unit}`) ?? 0) + change);
    }
  }

  #changed(month, account, unit, change) {
    const purpose = account.slice(account.lastIndexOf("/") + 1);
    const units = ((this.#months[month] ??= {})[purpose] ??= {});
    units[unit] = (units[unit] ?? 0) + change;
  }

  #reversal(undone, changed) {
    if (!(undone > 0 && undone < this.seq) || this.#undone.has(undone)) throw new Invalid("reversed", { undone });
    if (this.#nets[undone - 1] !== JSON.stringify(changed.map(([whose, change]) => [whose, -change]))) {
      throw new Invalid("unequal", { undone });
    }
    this.#undone.add(undone);
  }

  /** Where the log publishes its rulebooks, an award names one that was decided before it and held on its day. */
  #cites(rulebook, on) {
    if (!this.books.size) return;
    const since = rulebook && this.books.get(`${rulebook.code} ${rulebook.version}`);
    if (!since || since > on) throw new Invalid("rulebook", { on });
  }

  /** By what accounts are for and by unit, over all persons, desks and organisations; zeros left out. */
  totals() {
    const made = {};
    for (const [key, held] of this.balances) {
      const gap = key.lastIndexOf(" ");
      const [what, unit] = [key.slice(key.lastIndexOf("/", gap) + 1, gap), key.slice(gap + 1)];
      made[what] ??= {};
      made[what][unit] = (made[what][unit] ?? 0) + held;
      if (!made[what][unit]) delete made[what][unit];
    }
    return Object.fromEntries(Object.entries(made).filter(([, units]) => Object.keys(units).length));
  }

  /** By how much what accounts are for has changed in each month, in points and minutes; zeros left out. */
  months() {
    const kept = (units) => Object.fromEntries(Object.entries(units).filter(([, change]) => change));
    const month = (purposes) => {
      const left = Object.entries(purposes).map(([purpose, units]) => [purpose, kept(units)]);
      return Object.fromEntries(left.filter(([, units]) => Object.keys(units).length));
    };
    return Object.fromEntries(Object.entries(this.#months).map(([key, purposes]) => [key, month(purposes)]));
  }
}
