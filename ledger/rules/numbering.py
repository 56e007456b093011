"""Which number in its counter a deed is: the so-manieth of a period, of its days, or of days without a gap."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ledger.rules.counters import Counter
from ledger.rules.deeds import Deed
from ledger.rules.history import HistoryKey, Past, history_key

if TYPE_CHECKING:
    from ledger.rules.rulebook import Rulebook

_A_DAY = timedelta(days=1)


def keys_of(book: Rulebook, counter: Counter, deed: Deed) -> tuple[HistoryKey, ...]:
    """What must be known of the past to number a deed."""
    whole = (_whole(book, counter, deed),)
    if not counter.by_days:
        return whole
    days = book.selection.longest[counter.id] if counter.consecutive else 0
    return (*whole, *(_day(counter, deed, on) for on in _back(deed.served_on, days)))


def before(book: Rulebook, counter: Counter, deed: Deed, past: Past) -> int | None:
    """How many there were before this deed; None where its day has counted already."""
    if counter.by_days and past.of(_day(counter, deed, deed.served_on)).deeds:
        return None
    if not counter.consecutive:
        return past.of(_whole(book, counter, deed)).deeds
    run = 0
    for on in _back(deed.served_on, book.selection.longest[counter.id])[1:]:
        if not past.of(_day(counter, deed, on)).deeds:
            break
        run += 1
    return run


def _back(on: date, days: int) -> list[date]:
    """That day and so many before it."""
    return [on - _A_DAY * n for n in range(min(days, on.toordinal() - 1) + 1)]


def _whole(book: Rulebook, counter: Counter, deed: Deed) -> HistoryKey:
    return history_key("counter", counter.id, counter.per, counter.by, deed, deed.served_on, book.year_begins)


def _day(counter: Counter, deed: Deed, on: date) -> HistoryKey:
    return history_key("counter", counter.id, "day", counter.by, deed, on)
