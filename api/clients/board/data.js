// What the board shows, asked for without a login. What belongs together is asked for until it is of one moment.

const MOST = 200;
const TRIES = 3;

// Everything of a collection.
export const all = async (server, path, query = {}) => {
  const items = [];
  let cursor = null;
  do {
    const page = await server.get(path, { ...query, limit: MOST, cursor });
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
};

// The rulebook of the whole bank, and those of places that have one of their own, as they hold today.
export const rulebooks = async (server) => {
  const [found, general] = await Promise.all([
    server.get("/rulebooks"),
    server.get("/rulebooks/in-force").catch(noneYet),
  ]);
  const others = new Set(found.items.map((each) => each.organisation_id).filter((id) => id !== general?.organisation_id));
  const local = await Promise.all(
    [...others].map((organisation_id) => server.get("/rulebooks/in-force", { organisation_id }).catch(noneYet)),
  );
  return [general, ...local.filter((each) => each && each.organisation_id !== general?.organisation_id)].filter(Boolean);
};

const noneYet = (error) => {
  if (error.status === 404) return null;
  throw error;
};

// Totals and months at one size of the log, and the newest signed head, null where there is none.
export const sums = async (server) => {
  let [totals, months] = [null, null];
  for (let tried = 0; tried < TRIES && (totals === null || totals.size !== months.size); tried += 1) {
    [totals, months] = await Promise.all(["totals", "months"].map((each) => server.get(`/log/${each}`)));
  }
  return { size: totals.size, totals: totals.totals, months: months.months, agree: totals.size === months.size };
};

// The newest signed head: { origin, size, root, note }; null where nothing was signed yet.
export const head = async (server) => {
  const file = await server.file("/log/checkpoint").catch(noneYet);
  if (!file) return null;
  const note = await file.content.text();
  const [origin, size, root] = note.split("\n");
  return { origin, size: Number(size), root, note };
};

// Where a unit came from and where it is: two lists of [purpose, amount] with one sum, in the order people ask.
const FROM = ["issuance", "received", "adjustment", "counted", "debt"];
const TO = ["wallet", "clocked", "honorary", "stock", "held", "donate_only", "honour", "redeemed", "handed_out", "lapsed"];

export const balance = (totals, unit) => {
  const amounts = Object.entries(totals).map(([purpose, units]) => [purpose, units[unit] ?? 0]);
  const ordered = (order) => ([one], [other]) => place(order, one) - place(order, other);
  const from = amounts.filter(([, amount]) => amount < 0).map(([purpose, amount]) => [purpose, -amount]);
  const to = amounts.filter(([, amount]) => amount > 0);
  const summed = (list) => list.reduce((sum, [, amount]) => sum + amount, 0);
  return { from: from.sort(ordered(FROM)), to: to.sort(ordered(TO)), given: summed(from), kept: summed(to) };
};

const place = (order, purpose) => (order.includes(purpose) ? order.indexOf(purpose) : order.length);

// What people have: to spend, set aside, to give away, to look at, less what is owed.
const THEIRS = ["wallet", "held", "donate_only", "honour", "debt"];

// Every month from the first to the last, those without an entry among them.
const everyMonth = (months) => {
  const [first, last] = [Object.keys(months).sort().at(0), Object.keys(months).sort().at(-1)];
  const found = [];
  for (let month = first; month && month <= last; month = after(month)) found.push(month);
  return found;
};

const after = (month) => {
  const [year, number] = month.split("-").map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
};

// Month by month: what came, what went, and what people had at its end.
export const byMonth = (months) => {
  let outstanding = 0;
  return everyMonth(months).map((month) => {
    const of = (purpose, unit = "points") => months[month]?.[purpose]?.[unit] ?? 0;
    const change = THEIRS.reduce((sum, purpose) => sum + of(purpose), 0);
    const [issued, redeemed, lapsed] = [-of("issuance"), of("redeemed"), of("lapsed")];
    outstanding += change;
    const other = change - (issued - redeemed - lapsed);
    return { month, issued, redeemed, lapsed, other, outstanding, minutes: -of("issuance", "minutes") };
  });
};
