// What the entries say, checked from public bytes: they balance, reversals undo what they name, stock and personal totals
// never fall below zero, awards cite rules in force.

const BELOW_ZERO_NEVER = /^person\/(wallet|donate_only|clocked|honorary)$|\/(stock|held)$/;

export class Invalid extends Error {}

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
  #nets = [];
  #undone = new Set();

  /** One more entry, by its text. */
  read(text) {
    this.seq += 1;
    try {
      const entry = JSON.parse(text);
      if (canonical(entry) !== text) throw new Invalid("写法不规范 its bytes are not canonical JSON");
      this.#read(entry);
    } catch (error) {
      throw new Invalid(`第 ${this.seq} 笔 entry ${this.seq}: ${error.message}`);
    }
  }

  #read(entry) {
    const { kind, on, rulebook } = entry;
    if (entry.seq !== this.seq || entry.v !== 1) throw new Invalid("编号或版本不对 wrong number or version");
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
    const net = new Map();
    for (const move of entry.moves) this.#move(move, net);
    const changed = [...net].filter(([, change]) => change).sort(([one], [other]) => (one < other ? -1 : 1));
    this.#nets.push(JSON.stringify(changed));
    if (kind === "process.reversal") this.#reversal(entry.reverses, changed);
    else if ("reverses" in entry) throw new Invalid("只有冲正可以冲正 only a reversal may reverse");
    if (kind === "result.award") this.#cites(rulebook, on);
    else if (/^decision\.(founding|rulebook)$/.test(kind) && rulebook) {
      this.books.set(`${rulebook.code} ${rulebook.version}`, entry.detail.effective_from);
    } else if (kind === "process.key_change") this.keys.push(`${entry.detail.change} ${entry.detail.key}`);
  }

  #move({ amount, unit, debit, credit }, net) {
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new Invalid(`数量不对 it moves ${amount}`);
    for (const [account, change] of [[debit, -amount], [credit, amount]]) {
      const held = (this.balances.get(`${account} ${unit}`) ?? 0) + change;
      this.balances.set(`${account} ${unit}`, held);
      if (held < 0 && BELOW_ZERO_NEVER.test(account)) throw new Invalid(`${account} 成为负数 would hold ${held} ${unit}`);
      if (held > 0 && account === "person/debt") throw new Invalid("还的比欠的多 more debt is paid than there was");
      // What lapsed before comes back through the lot it lapsed from: both are the persons' here.
      const whose = account.startsWith("person/") || account.endsWith("/lapsed") ? "person" : account;
      net.set(`${whose} ${unit}`, (net.get(`${whose} ${unit}`) ?? 0) + change);
    }
  }

  #reversal(undone, changed) {
    if (!(undone > 0 && undone < this.seq) || this.#undone.has(undone)) {
      throw new Invalid(`冲正有误 it reverses ${undone}, which is not there or was reversed before`);
    }
    if (this.#nets[undone - 1] !== JSON.stringify(changed.map(([whose, change]) => [whose, -change]))) {
      throw new Invalid(`冲正不符 it does not undo exactly what entry ${undone} did`);
    }
    this.#undone.add(undone);
  }

  /** Where the log publishes its rulebooks, an award names one that was decided before it and held on its day. */
  #cites(rulebook, on) {
    if (!this.books.size) return;
    const since = rulebook && this.books.get(`${rulebook.code} ${rulebook.version}`);
    if (!since || since > on) throw new Invalid(`${on} 无此细则 it cites no rulebook in force on ${on}`);
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
}
