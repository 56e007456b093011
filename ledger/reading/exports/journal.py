"""What the two plain-text journals share: names, amounts, and balances to be asserted.

Seen from the volunteers: what they hold are assets, what issues it is income, where it goes are expenses, so that our
signs are theirs. Every account of the bank, each lot too, is one account of the journal with one commodity; persons
appear by their id alone.

**Balances by date.** Postings are dated on their business day, which may lie before days already in the book (an award
is dated on the day of the deed, a lapse on the lot's last day). The balance after each leg that the bank stores runs
by seq, so it is no balance of any date, and no journal can assert it. What is asserted is: at the end, after the last
business day, each account's own stored balance, which does not depend on any order; and at the end of each earlier
month in which an account moved, the sum of its legs dated up to then, added up by date from the transfers.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from ledger.core.accounts import MINUTES, POINTS, Purpose
from ledger.reading.exports.chronicle import Chronicle
from ledger.reading.proofs.standings import Standing
from ledger.store.reads import MonthRead

ROOTS = {
    Purpose.WALLET: "Assets",
    Purpose.HELD: "Assets",
    Purpose.DONATE_ONLY: "Assets",
    Purpose.CLOCKED: "Assets",
    Purpose.HONORARY: "Assets",
    Purpose.STOCK: "Assets",
    Purpose.DEBT: "Liabilities",
    Purpose.ISSUANCE: "Income",
    Purpose.RECEIVED: "Income",
    Purpose.REDEEMED: "Expenses",
    Purpose.HANDED_OUT: "Expenses",
    Purpose.WRITTEN_OFF: "Expenses",
    Purpose.COUNTED: "Equity",
    Purpose.LAPSED: "Expenses",
    Purpose.DONATED: "Expenses",
    Purpose.FORFEITED: "Expenses",
    Purpose.ADJUSTMENT: "Equity",
}
_NEVER = "9999-12-31"


def commodity(unit: int) -> str:
    return "POINTS" if unit == POINTS else "MINUTES" if unit == MINUTES else f"PRIZE{unit}"


def account_name(standing: Standing) -> str:
    """`Assets:Volunteer:0192…:Wallet:Points:2026-12-31`: no account is the parent of another."""
    purpose = standing.purpose.replace("_", "-").title()
    lot = "Never" if standing.expires_on == _NEVER else standing.expires_on
    owner = f"{standing.owner_kind.capitalize()}:{standing.owner_id.upper()}"
    return f"{ROOTS[standing.purpose]}:{owner}:{purpose}:{commodity(standing.unit_id).capitalize()}:{lot}"


class Amounts:
    """Amounts as people write them: points with the bank's decimals, all else whole."""

    def __init__(self, points_scale: int) -> None:
        self._scale = points_scale

    def scale_of(self, unit: int) -> int:
        return self._scale if unit == POINTS else 0

    def text(self, unit: int, amount: int) -> str:
        scale = self.scale_of(unit)
        if scale == 0:
            return str(amount)
        whole, part = divmod(abs(amount), 10**scale)
        return f"{'-' if amount < 0 else ''}{whole}.{part:0{scale}}"


def units_of(chronicle: Chronicle) -> list[int]:
    return [unit.id for unit in chronicle.view.units()]


def span_of(chronicle: Chronicle) -> tuple[date, date] | None:
    """The first and the last business day; None while nothing is posted."""
    span = chronicle.view.span()
    return None if span is None else (date.fromisoformat(span[0]), date.fromisoformat(span[1]))


def month_ends(chronicle: Chronicle, last: date) -> Iterator[tuple[Standing, date, int]]:
    """(account, last day of a month in which it moved, balance of that day), for months over before `last`."""
    account, balance = 0, 0
    for row in chronicle.view.months():
        if row.account_id != account:
            account, balance = row.account_id, 0
        balance += row.amount
        ends = _end_of(row)
        if ends < last:
            yield chronicle.accounts[account], ends, balance


def one_line(words: str) -> str:
    """Words from outside on one line of a comment."""
    return " ".join(words.split())


def _end_of(row: MonthRead) -> date:
    year, month = map(int, row.month.split("-"))
    return date(year, month, monthrange(year, month)[1])


def next_day(day: date) -> date:
    return day + timedelta(days=1)
