"""Where people stand on the ladders of their stars: what they have, what they hold, what they are due for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.people.volunteers import Volunteer
from ledger.rules import Deed, Ladder, Rulebook, Text, default_ladder, excluded, held_level
from ledger.service import rulebooks
from ledger.service.star_changes import Judged
from ledger.store import stars as store

READ_AT_ONCE = 2_000
"""Volunteers who are judged with the same few statements."""
STAR = "star"
"""What a ladder, an exclusion and a rule for a bonus call this."""
_AFTER_ALL = chr(0x10FFFF)


class Person(NamedTuple):
    """Who is judged, and where they belong."""

    id: UUID
    volunteer_no: str
    organisation_id: UUID
    organisation_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands on one ladder."""

    person: Person
    judged: Judged
    held: int
    """The level that was granted."""
    barred: Text | None
    """Why the rulebook gives them no stars on that day."""

    @property
    def due(self) -> int:
        return self.judged.due(self.held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Somebody who should go to another level, and why."""

    place: Place
    because: Text
    is_under_way: bool
    """Whether a change of theirs on this ladder waits for its decision already."""

    @property
    def is_barred(self) -> bool:
        """Whether the rulebook does not give them what they reached."""
        return self.place.barred is not None and self.place.due > self.place.held

    @property
    def key(self) -> tuple[UUID, str]:
        return self.place.person.id, self.place.judged.ladder.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The next level of a ladder, and what it still asks for, by metric; nothing where it is reached and only has to be
    granted.
    """

    ladder: str
    level: int
    title: Text
    lacking: Mapping[str, int]


def due(bank: Bank, *, on: date, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Due]:
    """Who is due for another level on a day, by volunteer and ladder."""
    found: list[Due] = []
    key: tuple[UUID, str] | None = (after[0], after[1]) if after else None
    books = rulebooks.by_organisation(bank)
    while True:
        with bank.store.reading() as connection:
            rows = store.people(connection, within=within, since=key[0] if key else None, limit=READ_AT_ONCE)
        some = sorted(_due(bank, books, [Person(**row) for row in rows], on), key=lambda one: one.key)
        found += [one for one in some if key is None or one.key > key]
        if len(found) > limit:
            return Page(found[:limit], found[limit - 1].key)
        if len(rows) < READ_AT_ONCE:
            return Page(found, None)
        key = rows[-1]["id"], _AFTER_ALL


def next_of(bank: Bank, volunteer: Volunteer) -> Next | None:
    """What comes next for somebody, on the ladder on which they stand highest; None at the top, or without a ladder."""
    for place in sorted(places_of(bank, volunteer), key=lambda place: -place.held):
        ladder = place.judged.ladder
        if place.held < len(ladder.levels):
            lacking = ladder.lacking(place.held, place.judged.standing)
            return Next(ladder=ladder.id, level=place.held + 1, title=ladder.title_of(place.held + 1), lacking=lacking)
    return None


def places_of(bank: Bank, volunteer: Volunteer) -> list[Place]:
    """Where somebody stands today on each ladder that is for them."""
    person = Person(volunteer.id, volunteer.volunteer_no, volunteer.organisation_id, volunteer.organisation_path)
    return _places(bank, rulebooks.by_organisation(bank), [person], bank.today())


def star_level(bank: Bank, volunteer_id: UUID) -> int:
    """The stars somebody was granted."""
    with bank.store.reading() as connection:
        return store.star_level(connection, volunteer_id)


def _due(bank: Bank, books: _Books, people: Sequence[Person], on: date) -> list[Due]:
    places = [place for place in _places(bank, books, people, on) if place.due != place.held]
    with bank.store.reading() as connection:
        under_way = store.under_way(connection, [place.person.id for place in places])
    return [
        Due(
            place=place,
            because=place.judged.because(place.held, place.due),
            is_under_way=(place.person.id, place.judged.ladder.id) in under_way,
        )
        for place in places
    ]


_Books = Mapping[str, tuple[rulebooks.Adopted, ...]]


class _Under(NamedTuple):
    """The ladders of a place on a day, and whose they are."""

    book: Rulebook | None
    """In force there, whether or not it has a ladder."""
    ladders: tuple[Ladder, ...]
    rulebook: tuple[str, int] | None


def _places(bank: Bank, books: _Books, people: Sequence[Person], on: date) -> list[Place]:
    """Where each stands on each ladder for them, in as many statements for one as for thousands."""
    under = {path: _under(bank, books, path, on) for path in {person.organisation_path for person in people}}
    with bank.store.reading() as connection:
        as_of = store.as_of(connection)
        asked: list[store.Asked] = []
        wanted: list[tuple[Person, Ladder, int]] = []
        for person in people:
            of = under[person.organisation_path]
            for ladder in of.ladders:
                windows = ladder.windows(on, of.book.year_begins if of.book else 1)
                wanted.append((person, ladder, len(windows)))
                asked += [store.Asked(person.id, first, last, as_of + 1) for first, last in windows]
        standings = iter(store.standings(connection, asked, bank.zone))
        decided = store.decisions(connection, [person.id for person in people])
    places = []
    for person, ladder, count in wanted:
        of = under[person.organisation_path]
        ids = frozenset(one.id for one in of.ladders)
        judged = Judged(
            ladder=ladder,
            ladders=ids,
            rulebook=of.rulebook,
            points_scale=bank.charter.points_scale,
            standing=ladder.best([next(standings) for _ in range(count)]),
            measured_on=on,
            as_of_seq=as_of,
        )
        held = held_level(decided.get(person.id, ()), ladder.id, ids)
        if ladder.is_for(_known(person, judged, held)):
            places.append(_place(person, judged, held, of.book))
    return places


def _place(person: Person, judged: Judged, held: int, book: Rulebook | None) -> Place:
    barred = excluded(book, _known(person, judged, held), "stars") if book else None
    return Place(person=person, judged=judged, held=held, barred=barred)


def _under(bank: Bank, books: _Books, path: str, on: date) -> _Under:
    held = rulebooks.nearest(books, tuple(path.strip("/").split("/")), on)
    book = held.rulebook if held else None
    if book is not None and book.ladders:
        return _Under(book, book.ladders, (book.code, book.version))
    return _Under(book, (_own_ladder(bank),), None)


def _own_ladder(bank: Bank) -> Ladder:
    """The bank's, where no rulebook has one."""
    return default_ladder(bank.settings.star_hours, bank.settings.star_notice_days)


def _known(person: Person, judged: Judged, held: int) -> Deed:
    """What a ladder or an exclusion may ask about somebody."""
    return Deed(
        kind="good_deed",
        activity_type=STAR,
        served_on=judged.measured_on,
        person_no=person.volunteer_no,
        tenure_days=judged.standing.tenure_days,
        star_level=held,
        person=person.id,
    )


def again(bank: Bank, person: Person, before: Judged, held: int) -> Place:
    """Where somebody stands by now on the ladder they were judged by."""
    on = bank.today()
    book = books_by_name(bank)[before.rulebook] if before.rulebook else None
    windows = before.ladder.windows(on, book.year_begins if book else 1)
    with bank.store.reading() as connection:
        as_of = store.as_of(connection)
        asked = [store.Asked(person.id, first, last, as_of + 1) for first, last in windows]
        standing = before.ladder.best(store.standings(connection, asked, bank.zone))
    judged = replace(before, standing=standing, measured_on=on, as_of_seq=as_of)
    return _place(person, judged, held, book)


def ladder_of(book: Rulebook | None, id: str, inputs: Mapping[str, Any]) -> tuple[Ladder, frozenset[str]]:
    """The ladder a change was judged by, and the ids of all of its book; what the bank had of its own is in the inputs.

    LookupError where the book has no such ladder.
    """
    if book is None:
        own = default_ladder(inputs["ladder"]["hours"], inputs["ladder"]["notice_days"])
        return own, frozenset({own.id})
    found = next((ladder for ladder in book.ladders if ladder.id == id), None)
    if found is None:
        raise LookupError(f"{book.code} {book.version} has no ladder {id}")
    return found, frozenset(ladder.id for ladder in book.ladders)


def _book(bank: Bank, named: tuple[str, int] | None) -> Rulebook | None:
    if named is None:
        return None
    return next(one.rulebook for one in rulebooks.adopted(bank) if (one.rulebook.code, one.rulebook.version) == named)


def books_by_name(bank: Bank) -> dict[tuple[str, int], Rulebook]:
    """Every rulebook that was taken up, by code and version."""
    books = (one.rulebook for one in rulebooks.adopted(bank))
    return {(book.code, book.version): book for book in books}
