"""What earlier deeds gave, as far as a cap, a threshold, a counter or a one-off bonus must know it.

`needs(rulebook, deed)` (in `needs.py`) names the keys; whoever keeps the records answers each with a Tally. A key that
is not answered stands for nothing before. `after` lays an assessment over a history, so that a batch is assessed in
order with what was read once for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple, Protocol

from ledger.rules.deeds import Deed, Id
from ledger.rules.periods import bounds

SUBJECTS = ("person", "household", "organisation", "everybody")
"""Whose deeds a cap counts together. `organisation` is the organising unit of the deed."""


class Tally(NamedTuple):
    """Sums over earlier, unreversed deeds."""

    deeds: int = 0
    """Records that counted for something."""
    quantity: int = 0
    """What was done: minutes, or whatever the rule counts."""
    eligible: int = 0
    """The part of it above thresholds, before rounding to steps."""
    counted: int = 0
    """The part of it that points were worked out from."""
    minutes: int = 0
    """`counted`, of timed rules only."""
    points: int = 0
    """Gained, in the smallest unit; for a balance, what it holds."""
    taken: int = 0
    """Lost by penalties, in the smallest unit."""

    def plus(self, other: Tally) -> Tally:
        return Tally(*map(int.__add__, self, other))

    def negated(self) -> Tally:
        return Tally(*map(int.__neg__, self))


NOTHING = Tally()


class HistoryKey(NamedTuple):
    """One question to the past: `of` rule, theme, book, counter, unique or balance; `name` which of them."""

    of: str
    name: str
    key: str | None
    by: str
    per: str
    first: date
    last: date
    subject: Id = None
    activity: Id = None
    """Only where `per` is `activity`: deeds of this one."""


History = Mapping[HistoryKey, Tally]


class Mark(NamedTuple):
    """What one line of an assessment leaves behind for later deeds, on one local date."""

    on: date
    tally: Tally
    rule: str = ""
    theme: str = ""
    counter: str = ""
    key: str | None = None


def history_key(
    of: str, name: str, per: str, by: str, deed: Deed, on: date, year_begins: int = 1, key: str | None = None
) -> HistoryKey:
    """The question about the period around `on`, and about the subject of `deed` that `by` names."""
    first, last = bounds(per, on, year_begins)
    return HistoryKey(
        of, name, key, by, per, first, last, deed.subject(by), deed.activity if per == "activity" else None
    )


def balance_key(deed: Deed, account: str) -> HistoryKey:
    """What the account holds now; answered with `Tally(points=...)`."""
    return HistoryKey("balance", "", None, account, "lifetime", date.min, date.max, deed.subject(account), None)


def speaks_of(key: HistoryKey, deed: Doer, mark: Mark) -> bool:
    """Whether a mark that `deed` left belongs to the sum that `key` asks for."""
    return (
        _is_of(key, mark)
        and key.first <= mark.on <= key.last
        and key.subject == deed.subject(key.by)
        and (key.per != "activity" or key.activity == deed.activity)
    )


def _is_of(key: HistoryKey, mark: Mark) -> bool:
    if key.of == "rule":
        return mark.rule == key.name
    if key.of == "unique":
        return mark.rule == key.name and mark.key == key.key
    if key.of == "theme":
        return mark.theme == key.name and bool(mark.rule)
    if key.of == "counter":
        return mark.counter == key.name
    return key.of == "book" and bool(mark.rule)


class Kept(NamedTuple):
    """A mark as the books keep it: with whose deed it was, and in which activity."""

    mark: Mark
    person: Id
    household: Id
    organisation: Id
    activity: Id

    def subject(self, by: str) -> Id:
        """As `Deed.subject`."""
        if by == "person":
            return self.person
        if by == "household":
            return self.household or self.person
        return "" if by == "everybody" else self.organisation

    def undone(self) -> Kept:
        """What cancels it."""
        return self._replace(mark=self.mark._replace(tally=self.mark.tally.negated()))


class Doer(Protocol):
    """Whose deed a mark is: a deed, or a mark that was kept."""

    @property
    def activity(self) -> Id: ...

    def subject(self, by: str) -> Id: ...


def kept(deed: Deed, marks: Iterable[Mark]) -> tuple[Kept, ...]:
    """The marks of a deed, to be kept."""
    return tuple(Kept(mark, deed.person, deed.household, deed.organisation, deed.activity) for mark in marks)


def handed_on(left: Iterable[Kept], heir: Id) -> tuple[Kept, ...]:
    """Marks by which what somebody left becomes another's: those of the one are cancelled, and stand for the other.

    Marks that cancel each other already are left alone.
    """
    sums: dict[Kept, Tally] = {}
    for one in left:
        bare = one._replace(mark=one.mark._replace(tally=NOTHING))
        sums[bare] = sums.get(bare, NOTHING).plus(one.mark.tally)
    whole = [one._replace(mark=one.mark._replace(tally=tally)) for one, tally in sums.items() if tally != NOTHING]
    return tuple(mark for one in whole for mark in (one.undone(), one._replace(person=heir)))


class Past:
    """A history while one deed is assessed: earlier deeds, and what earlier lines of this one left."""

    __slots__ = ("_deed", "_history", "marks")

    def __init__(self, history: History, deed: Deed) -> None:
        self._history = history
        self._deed = deed
        self.marks: list[Mark] = []

    def of(self, key: HistoryKey) -> Tally:
        before = self._history.get(key, NOTHING)
        for mark in self.marks:
            if speaks_of(key, self._deed, mark):
                before = before.plus(mark.tally)
        return before


def lay_over(
    history: History, deed: Deed, marks: Iterable[Mark], changes: Iterable[tuple[str, int]]
) -> dict[HistoryKey, Tally]:
    """The same keys as the next deed sees them, after these marks and these changes of balances by account."""
    marks, changes = tuple(marks), tuple(changes)
    seen = dict(history)
    for key, tally in history.items():
        for mark in marks:
            if speaks_of(key, deed, mark):
                tally = tally.plus(mark.tally)
        if key.of == "balance":
            gained = sum(points for account, points in changes if account == key.by and _same(key, deed))
            tally = tally._replace(points=tally.points + gained)
        seen[key] = tally
    return seen


def _same(key: HistoryKey, deed: Deed) -> bool:
    return key.subject == deed.subject(key.by)
