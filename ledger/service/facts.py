"""Facts: what a rulebook asks about a deed beside what its recorder says, read from the books for a whole roster at
once. Nothing is read that no rulebook asks for, and of what is read only the answer is kept with the deed.

What nobody told the bank stays unknown: it satisfies no condition, and the explanation says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Protocol, TypeVar
from uuid import UUID

from ledger.bank import Bank
from ledger.core.workdays import WorkingDays
from ledger.people import particulars, profiles, sealing
from ledger.rules import Deed, Rulebook, reached
from ledger.rules.deeds import LOCAL, OUTSIDE, UNKNOWN_DAY
from ledger.service.participations import Part, part_of
from ledger.service.working_days import working_days
from ledger.store import facts as store
from ledger.store import listings, participations

PARTY_STATUS = {"yes": "member", "no": "none"}
"""From what is kept of a person to the words of rulebooks; the others are the same word."""
OTHER_STATUS = "other"
"""Known, and none that the rulebook asks for: which one is not kept."""
REPORTS = {
    "home": "home_report",
    "unit": "unit_report",
    "team": "joined_team",
    "stairwell": "linked_stairwell",
    "area": "adopted_area",
}
BIRTH = ("birth_date", "id_number")
PARTY = "party_member"

Sought = frozenset[Any]
"""What of a fact a rulebook asks for: words, or bounds of numbers."""
Rows = Mapping[UUID, Sequence[Mapping[str, Any]]]


class Assessed(Protocol):
    """A command that will assess a deed."""

    @property
    def deed(self) -> Deed: ...

    @property
    def rulebook(self) -> Rulebook | None: ...


C = TypeVar("C", bound=Assessed)


def filled(bank: Bank, commands: Sequence[C]) -> list[C]:
    """The same commands, their deeds with every fact that their rulebooks ask for."""
    deeds = completed(bank, [(command.rulebook, command.deed) for command in commands])
    return [
        command if deed is command.deed else replace(command, deed=deed)  # type: ignore[type-var]
        for command, deed in zip(commands, deeds, strict=True)
    ]


def completed(bank: Bank, asked: Sequence[tuple[Rulebook | None, Deed]]) -> list[Deed]:
    """The deeds with every fact that their rulebooks ask for, as it was on the day of each deed. The same number of
    statements for one deed and for a thousand; none where nothing is asked.
    """
    wanted = {fact for book, _ in asked if book is not None for fact in book.selection.asked if fact in READ}
    if not wanted:
        return [deed for _, deed in asked]
    with bank.store.snapshot() as connection:
        known = _Known(bank, connection, [deed for _, deed in asked])
        return [deed if book is None else known.complete(deed, book.selection.asked) for book, deed in asked]


class _Known:
    """The rows about these deeds, each table read when it is first asked for."""

    def __init__(self, bank: Bank, connection: Any, deeds: Sequence[Deed]) -> None:
        self._bank, self._connection = bank, connection
        self._asked = {deed.person for deed in deeds if isinstance(deed.person, UUID)}
        self._activities = {deed.activity for deed in deeds if isinstance(deed.activity, UUID)}
        self._units = {deed.organisation for deed in deeds if isinstance(deed.organisation, UUID)}

    def complete(self, deed: Deed, asked: Mapping[str, Sought]) -> Deed:
        read = {fact: READ[fact](self, deed, sought) for fact, sought in asked.items() if fact in READ}
        if "kind_of_day" in read:
            read["day_kind"] = read.pop("kind_of_day")
        return replace(deed, **read)

    # -- rows ----------------------------------------------------------------------------------------------------------

    @cached_property
    def leads(self) -> dict[UUID, UUID]:
        """Everybody asked about, and who was merged into them: what is said of the one is said of the other."""
        return store.merged_into(self._connection, self._asked)

    @cached_property
    def people(self) -> Rows:
        return self._by_person(store.people)

    @cached_property
    def posts(self) -> Rows:
        return self._by_person(store.posts)

    @cached_property
    def groups(self) -> Rows:
        return self._by_person(store.groups)

    @cached_property
    def ties(self) -> Rows:
        return self._by_person(store.ties)

    @cached_property
    def flags(self) -> Rows:
        return self._by_person(store.flags)

    @cached_property
    def stars(self) -> Rows:
        return self._by_person(store.stars)

    @cached_property
    def listings(self) -> Rows:
        return self._by_person(listings.of_people)

    @cached_property
    def particulars(self) -> dict[UUID, dict[str, str]]:
        """Opened, for as long as this roster is worked on."""
        rows = store.particulars(self._connection, self.leads, (*BIRTH, PARTY))
        seals = sealing.of(self._bank) if rows else None
        opened: dict[UUID, dict[str, str]] = {}
        for row in rows:
            who, field = row["volunteer_id"], row["field"]
            value = seals.open(row["sealed"], place=profiles.place_of(who, field)) if seals else ""
            opened.setdefault(who, {})[field] = value
        for merged, who in self.leads.items():
            opened[who] = opened.get(merged, {}) | opened.get(who, {})
        return opened

    def _by_person(self, read: Callable[[Any, Iterable[UUID]], list[Mapping[str, Any]]]) -> Rows:
        found: dict[UUID, list[Mapping[str, Any]]] = {}
        for row in read(self._connection, self.leads):
            found.setdefault(self.leads[row["volunteer_id"]], []).append(row)
        return found

    @cached_property
    def paths(self) -> dict[UUID, str]:
        return store.paths(self._connection, self._units)

    @cached_property
    def units(self) -> dict[UUID, Mapping[str, Any]]:
        """Every organisation on the way to an organising unit or to somebody's home."""
        homes = [row["path"] for rows in self.people.values() for row in rows]
        return store.units(self._connection, {id for path in (*homes, *self.paths.values()) for id in _ids(path)})

    @cached_property
    def parts(self) -> dict[tuple[UUID, UUID, date], Part]:
        """What was said of somebody's part in an activity on a day; of two merged numbers the survivor's word."""
        said: dict[tuple[UUID, UUID, date], Part] = {}
        rows = participations.of_people(self._connection, self.leads, self._activities)
        for row in sorted(rows, key=lambda row: row["volunteer_id"] in self._asked):
            said[self.leads[row["volunteer_id"]], row["activity_id"], row["on_day"]] = part_of(row)
        return said

    @cached_property
    def activities(self) -> dict[UUID, Mapping[str, Any]]:
        return store.activities(self._connection, self._activities)

    @cached_property
    def sessions(self) -> dict[tuple[UUID, date], int]:
        """When the first session of an activity on a day begins, in minutes after midnight."""
        began: dict[tuple[UUID, date], int] = {}
        for row in store.sessions(self._connection, self._activities):
            at = self._at(row["starts_at"])
            began.setdefault((row["activity_id"], at.date()), at.hour * 60 + at.minute)
        return began

    @cached_property
    def calendar(self) -> WorkingDays:
        return working_days(self._bank)

    # -- facts ---------------------------------------------------------------------------------------------------------

    def home(self, deed: Deed) -> Mapping[str, Any] | None:
        return next((row for row in _of(self.people, deed) if row["volunteer_id"] == deed.person), None)

    def names(self, path: str | None) -> set[str]:
        """Names and ids of the organisations on a path."""
        ids = _ids(path or "")
        return {str(id) for id in ids} | {self.units[id]["name"] for id in ids if id in self.units}

    def organiser(self, deed: Deed) -> str | None:
        return self.paths.get(deed.organisation) if isinstance(deed.organisation, UUID) else None

    def person_no(self, deed: Deed, sought: Sought) -> str | None:
        """Whoever the rulebook names; of all others the number is not kept."""
        home = self.home(deed)
        return home["volunteer_no"] if home and home["volunteer_no"] in sought else None

    def tenure_days(self, deed: Deed, _: Sought) -> int | None:
        first = min((row["registered_at"] for row in _of(self.people, deed)), default=None)
        return None if first is None else max(0, (deed.served_on - self.day(first)).days)

    def residences(self, deed: Deed, sought: Sought) -> frozenset[str]:
        home, unit = self.home(deed), self.organiser(deed)
        if home is None:
            return frozenset()
        path = home["path"]
        where = LOCAL if unit and (unit.startswith(path) or path.startswith(unit)) else OUTSIDE
        return sought & {*self.names(path), where}

    def organisers(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & self.names(self.organiser(deed))

    def organiser_level(self, deed: Deed, _: Sought) -> str | None:
        path = _ids(self.organiser(deed) or "")
        return self.units[path[-1]]["level"] if path else None

    def team_member(self, deed: Deed, _: Sought) -> bool:
        """In a group, registered with a volunteer team, or confirmed to have joined one."""
        home = self.home(deed)
        levels = {self.units[id]["level"] for id in _ids(home["path"] if home else "") if id in self.units}
        return (
            "team" in levels
            or any(_holds(row, deed.served_on) for row in _of(self.groups, deed))
            or "joined_team" in self.reports(deed)
        )

    def held_posts(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & _kinds(_of(self.posts, deed), deed.served_on)

    def reports(self, deed: Deed) -> frozenset[str]:
        return frozenset(REPORTS[kind] for kind in _kinds(_of(self.ties, deed), deed.served_on))

    def party_reports(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & self.reports(deed)

    def standing_flags(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & _kinds(_of(self.flags, deed), deed.served_on)

    def party_status(self, deed: Deed, sought: Sought) -> str | None:
        told = self._told(deed).get(PARTY)
        status = None if told is None else PARTY_STATUS.get(told, told)
        return status if status is None or status in sought else OTHER_STATUS

    def person_tags(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & _kinds(_of(self.listings, deed), deed.served_on)

    def star_level(self, deed: Deed, _: Sought) -> int:
        """The stars that were granted by that day."""
        return next((row["star_level"] for row in _of(self.stars, deed) if row["granted_on"] <= deed.served_on), 0)

    def age(self, deed: Deed, sought: Sought) -> int | None:
        """The highest bound of the rulebook that was reached: whether, not how old."""
        born = particulars.birth_in(self._told(deed))
        return None if born is None else reached(sought, particulars.age_on(born, deed.served_on))

    def tags(self, deed: Deed, sought: Sought) -> frozenset[str]:
        """Those of the activity, and whatever was said of the deed itself or of the person's part in it."""
        return deed.tags | (sought & (self._tags(deed) | set(self.part(deed).tags)))

    def part(self, deed: Deed) -> Part:
        person, activity = deed.person, deed.activity
        if not isinstance(person, UUID) or not isinstance(activity, UUID):
            return Part()
        return self.parts.get((person, activity, deed.served_on), Part())

    def role(self, deed: Deed, _: Sought) -> str | None:
        return deed.role or self.part(deed).role

    def measures(self, deed: Deed, sought: Sought) -> tuple[tuple[str, int], ...]:
        """Those said with the deed, or else those of the part that the rulebook names."""
        return deed.measures or tuple(sorted((k, n) for k, n in self.part(deed).measures.items() if k in sought))

    def value(self, deed: Deed, _: Sought) -> int:
        return deed.value or self.part(deed).value

    def beneficiary(self, deed: Deed, _: Sought) -> str | None:
        return self.part(deed).beneficiary

    def beneficiary_age(self, deed: Deed, sought: Sought) -> int | None:
        age = self.part(deed).beneficiary_age
        return None if age is None else reached(sought, age)

    def beneficiary_tags(self, deed: Deed, sought: Sought) -> frozenset[str]:
        return sought & set(self.part(deed).beneficiary_tags)

    def class_(self, deed: Deed, sought: Sought) -> str | None:
        """The tag of the activity that the rulebook names as a class, or as a level."""
        return min(sought & self._tags(deed), default=None)

    def filed(self, deed: Deed, _: Sought) -> bool | None:
        return self._by_then(deed, "filed_at")

    def published(self, deed: Deed, _: Sought) -> bool | None:
        return self._by_then(deed, "published_at")

    def starts_minute(self, deed: Deed, _: Sought) -> int | None:
        """When it was clocked to begin, or else when the activity's session of that day did."""
        if deed.starts_minute is not None or not isinstance(deed.activity, UUID):
            return deed.starts_minute
        return self.sessions.get((deed.activity, deed.served_on))

    def day_kind(self, deed: Deed, _: Sought) -> str:
        on, calendar = deed.served_on, self.calendar
        if on.year not in calendar.announced:
            return UNKNOWN_DAY
        if calendar.is_working(on):
            return "workday"
        return "holiday" if on in calendar.exceptions else "rest_day"

    def day(self, instant: int) -> date:
        """The business day of an instant."""
        return self._at(instant).date()

    def _at(self, instant: int) -> datetime:
        return datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(self._bank.zone)

    def _tags(self, deed: Deed) -> frozenset[str]:
        found = self.activities.get(deed.activity) if isinstance(deed.activity, UUID) else None
        return frozenset(json.loads(found["tags"])) if found else frozenset()

    def _by_then(self, deed: Deed, column: str) -> bool | None:
        """Whether it was done by the day of the deed; None of a deed outside any activity."""
        found = self.activities.get(deed.activity) if isinstance(deed.activity, UUID) else None
        if found is None:
            return None
        return found[column] is not None and self.day(found[column]) <= deed.served_on

    def _told(self, deed: Deed) -> dict[str, str]:
        return self.particulars.get(deed.person, {}) if isinstance(deed.person, UUID) else {}


READ: Mapping[str, Callable[[_Known, Deed, Sought], Any]] = {
    "person_no": _Known.person_no,
    "tenure_days": _Known.tenure_days,
    "residences": _Known.residences,
    "organisers": _Known.organisers,
    "organiser_level": _Known.organiser_level,
    "team_member": _Known.team_member,
    "posts": _Known.held_posts,
    "party_status": _Known.party_status,
    "party_reports": _Known.party_reports,
    "age": _Known.age,
    "flags": _Known.standing_flags,
    "tags": _Known.tags,
    "activity_class": _Known.class_,
    "activity_level": _Known.class_,
    "filed": _Known.filed,
    "published": _Known.published,
    "starts_minute": _Known.starts_minute,
    "kind_of_day": _Known.day_kind,
    "role": _Known.role,
    "measures": _Known.measures,
    "value": _Known.value,
    "beneficiary": _Known.beneficiary,
    "beneficiary_age": _Known.beneficiary_age,
    "beneficiary_tags": _Known.beneficiary_tags,
    "star_level": _Known.star_level,
    "person_tags": _Known.person_tags,
}
"""The facts that the books hold, by the field of a deed they fill."""


def _of(rows: Rows, deed: Deed) -> Sequence[Mapping[str, Any]]:
    return rows.get(deed.person, ()) if isinstance(deed.person, UUID) else ()


def _kinds(rows: Iterable[Mapping[str, Any]], on: date) -> set[str]:
    return {row["kind"] for row in rows if _holds(row, on)}


def _holds(row: Mapping[str, Any], on: date) -> bool:
    return bool(row["from_on"] <= on and (row["until_on"] is None or on <= row["until_on"]))


def _ids(path: str) -> list[UUID]:
    return [UUID(id) for id in path.strip("/").split("/") if id]
