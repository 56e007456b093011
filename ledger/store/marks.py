"""Marks: what each deed left for later ones to know, and their sums for every question of a batch.

A mark is a row that is never changed; a reversal leaves the same marks with the opposite sign. So what was before is
always a plain sum, as of any seq. Questions that are found the same way share one statement, however many they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.rules import HistoryKey, Kept, Mark, Tally

NOBODY = UUID(int=0)
"""Stands for everybody where the database wants an id."""
EVER = 2**62
"""Before this seq: all there is."""


class MarkRow(NamedTuple):
    seq: int
    line: int
    volunteer_id: UUID
    household_id: UUID | None
    organisation_id: UUID
    activity_id: UUID | None
    done_on: date
    rule_id: str
    theme: str
    counter: str
    unique_key: str | None
    deeds: int
    quantity: int
    eligible: int
    counted: int
    minutes: int
    points: int
    taken: int


_ASKED = (
    *("at bigint", "kind text", "named text", "one text", "whose text", "subject uuid", "activity_id uuid"),
    *("since date", "until date", "before bigint"),
)
ASKED_KINDS = tuple(column.split()[1] for column in _ASKED)

SEEKS = {
    "person": "m.volunteer_id = asked.subject",
    "household": "m.household_id = asked.subject",
    "organisation": "m.organisation_id = asked.subject",
    "everybody": "m.done_on >= asked.since",
    "activity": "m.activity_id = asked.activity_id AND m.volunteer_id = asked.subject",
    "whole activity": "m.activity_id = asked.activity_id",
    "counter": "m.counter = asked.named AND m.counter <> ''",
    "unique": "m.unique_key = asked.one",
}
"""The ways to find marks, each by an index of its own."""

_SUMS = ", ".join(f"CAST(SUM(m.{name}) AS bigint)" for name in Tally._fields)

_BELONGS = """
    CASE asked.whose WHEN 'person' THEN m.volunteer_id WHEN 'household' THEN COALESCE(m.household_id, m.volunteer_id)
        WHEN 'organisation' THEN m.organisation_id ELSE asked.subject END = asked.subject
    AND CASE asked.kind WHEN 'counter' THEN m.counter WHEN 'theme' THEN m.theme WHEN 'book' THEN ''
        ELSE m.rule_id END = asked.named
    AND (asked.kind = 'counter' OR m.rule_id <> '')
    AND (asked.kind <> 'unique' OR m.unique_key = asked.one)
    AND (asked.activity_id IS NULL OR m.activity_id = asked.activity_id)
    AND m.done_on BETWEEN asked.since AND asked.until AND m.seq < asked.before"""
"""Whether a mark belongs to a question, as `rules.speaks_of` says it."""


def tally_statement(asked: Callable[..., str], seek: str) -> str:
    """The sums of the marks that belong to each question found this way; no row where there are none."""
    return (
        f"SELECT asked.at, {_SUMS} FROM {asked(*_ASKED)} CROSS JOIN mark m "  # in this order, says CROSS to SQLite
        f"WHERE {seek} AND {_BELONGS} GROUP BY asked.at"
    )


def questions(keys: Sequence[HistoryKey], before: Sequence[int] | None = None) -> Mapping[str, Sequence[Sequence[Any]]]:
    """Rows of `_ASKED` by the way to find their marks. `before`: only what stood before this seq, for each key."""
    found: dict[str, list[Sequence[Any]]] = {}
    for at, key in enumerate(keys):
        row = (
            *(at, key.of, key.name, key.key, key.by, key.subject or NOBODY, key.activity),
            *(key.first, key.last, EVER if before is None else before[at]),
        )
        for shape in _shapes(key):
            found.setdefault(shape, []).append(row)
    return found


def _shapes(key: HistoryKey) -> tuple[str, ...]:
    if key.of == "unique":
        return ("unique",)
    if key.per == "activity":
        return ("activity",) if key.by == "person" else ("whole activity",)
    if key.of == "counter" and key.by in ("organisation", "everybody"):
        return ("counter",)
    # Who had no household on the day is a household of one: their marks carry none.
    return ("household", "person") if key.by == "household" else (key.by,)


def tallied(keys: Sequence[HistoryKey], rows: Iterable[Sequence[Any]]) -> dict[HistoryKey, Tally]:
    """Every key with its sum."""
    return dict(zip(keys, summed(len(keys), rows), strict=True))


def summed(count: int, rows: Iterable[Sequence[Any]]) -> list[Tally]:
    """The sum of each of so many questions, by its number."""
    sums = [Tally()] * count
    for at, *sum_ in rows:
        sums[at] = sums[at].plus(Tally(*sum_))
    return sums


def row_of(seq: int, line: int, kept: Kept) -> MarkRow:
    mark = kept.mark
    ids = kept.person, kept.household, kept.organisation, kept.activity
    return MarkRow._make((seq, line, *ids, mark.on, mark.rule, mark.theme, mark.counter, mark.key, *mark.tally))


def kept_in(row: Sequence[Any]) -> Kept:
    """The mark that `row_of` wrote."""
    of = MarkRow(*row)
    mark = Mark(of.done_on, Tally(*row[-len(Tally._fields) :]), of.rule_id, of.theme, of.counter, of.unique_key)
    return Kept(mark, of.volunteer_id, of.household_id, of.organisation_id, of.activity_id)
