"""A draft over what was really done (E18): who would have got what, which caps bind, and what it would owe. Nothing is
posted: it reads one unchanging view, in streams.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from uuid import UUID

from ledger.bank import Bank
from ledger.people.masking import masked
from ledger.rules import Assessment, Deed, Rulebook, Simulation, inputs_from, simulate
from ledger.rules.deeds import Id
from ledger.service import facts
from ledger.store import past_streams
from ledger.store.past_streams import PastDeedRead
from ledger.store.streams import View, view

PROGRESS_EVERY = 1_000
LOOKED_UP_AT_ONCE = 1_000
"""Deeds whose facts are read from the books together."""

Progress = Callable[[int, int], None]
"""progress(done, all): how many deeds were assessed, of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What one volunteer was given for these deeds, and would have been. Points in the smallest unit."""

    volunteer_no: str
    masked_name: str
    deeds: int
    given: int
    would_be: int

    @property
    def change(self) -> int:
        return self.would_be - self.given


@dataclass(frozen=True, slots=True, kw_only=True)
class Capped:
    """A cap that bound, and how often: `of` a rule, theme, the book or a ceiling; `per` which period; of which unit."""

    of: str
    name: str
    per: str
    unit: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What the bank would owe, against what stands on the shelves and in the budget. All in points."""

    outstanding: int
    """What volunteers hold today, less what they owe."""
    would_be: int
    stock: int
    """What the goods on the shelves cost."""
    budget: int

    @property
    def uncovered(self) -> int:
        return max(0, self.would_be - self.stock - self.budget)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """A draft over a period."""

    code: str
    version: int
    since: date
    until: date
    deeds: int
    given: int
    would_be: int
    persons: tuple[Person, ...] = field(repr=False)
    """The largest changes first."""
    by_rule: tuple[tuple[str, int], ...]
    capped: tuple[Capped, ...]
    flags: tuple[tuple[str, int], ...]
    liability: Liability

    @property
    def change(self) -> int:
        return self.would_be - self.given


class _Past:
    """The deeds of a period, read again at each asking, and what was given for them. A merged number is its
    survivor's; what the draft asks beyond the rulebook of the day is looked up in the books as it was on that day.
    """

    def __init__(self, bank: Bank, draft: Rulebook, rows: View, since: date, until: date, within: str) -> None:
        self._bank, self._draft, self._rows, self._asked = bank, draft, rows, (since, until, within)
        self._led = past_streams.led(rows)
        self.names: dict[Id, tuple[str, str]] = {}
        self.given: Counter[Id] = Counter()
        self.deeds: Counter[Id] = Counter()

    def __call__(self) -> Iterator[Deed]:
        self.given.clear()
        self.deeds.clear()
        stream = past_streams.past_deeds(self._rows, *self._asked)
        if not facts.READ.keys() & self._draft.selection.asked.keys():
            yield from map(self._named, stream)
            return
        while read := list(islice(stream, LOOKED_UP_AT_ONCE)):
            yield from facts.completed(self._bank, [(self._draft, self._named(row)) for row in read])

    def _named(self, row: PastDeedRead) -> Deed:
        """The deed as it was recorded, with the ids of those it belongs to."""
        person, number, name = self._led.get(row.volunteer_id) or (row.volunteer_id, row.volunteer_no, row.name)
        who = _id(person)
        if who not in self.names:
            self.names[who] = (number, masked(name))
        self.given[who] += row.points
        self.deeds[who] += 1
        return replace(
            _deed(row.inputs),
            person=who,
            household=row.household_id,
            group=row.group_id,
            organisation=_id(row.organisation_id),
            activity=_id(row.activity_id),
        )


_id = lru_cache(maxsize=65_536)(UUID)


@lru_cache(maxsize=4_096)
def _deed(inputs: str) -> Deed:
    """Many deeds were recorded alike: two hours of cleaning on the same Saturday."""
    return inputs_from(json.loads(inputs))[0]


def simulated(
    bank: Bank,
    rulebook: Rulebook,
    *,
    since: date,
    until: date,
    within: str,
    budget: int = 0,
    progress: Progress | None = None,
) -> Simulated:
    """A draft over the deeds of these days, both included, of the organisation with the path `within` and all below."""
    with view(bank.store) as rows:
        past = _Past(bank, rulebook, rows, since, until, within)
        total = sum(1 for _ in past_streams.past_deeds(rows, since, until, within)) if progress else 0

        def told(number: int, _: Assessment) -> None:
            if progress and (number % PROGRESS_EVERY == 0 or number == total):
                progress(number, total)

        result = simulate(rulebook, past, told)
        given = past.given.total()
        outstanding, stock = past_streams.outstanding(rows, within), past_streams.on_shelves(rows, within)
    return Simulated(
        code=rulebook.code,
        version=rulebook.version,
        since=since,
        until=until,
        deeds=result.deeds,
        given=given,
        would_be=result.points,
        persons=_persons(result, past),
        by_rule=tuple(sorted((rule or "", points) for rule, points in result.by_rule.items())),
        capped=tuple(
            Capped(of=of, name=name, per=per, unit=unit, times=times)
            for (of, name, per, unit), times in sorted(result.capped.items())
        ),
        flags=tuple(sorted(result.flags.items())),
        liability=Liability(
            outstanding=outstanding, would_be=outstanding + result.points - given, stock=stock, budget=budget
        ),
    )


def _persons(result: Simulation, past: _Past) -> tuple[Person, ...]:
    made = [
        Person(
            volunteer_no=number,
            masked_name=name,
            deeds=past.deeds[id],
            given=past.given[id],
            would_be=result.by_person[id],
        )
        for id, (number, name) in past.names.items()
    ]
    return tuple(sorted(made, key=lambda one: (-abs(one.change), one.volunteer_no)))
