"""Who and what a roster is about: people by number or by name and tail, activities by id or by title and day. Where
more than one fits, it is asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank
from ledger.people import masking, sealing, volunteers
from ledger.people.imports import Question
from ledger.people.volunteers import Volunteer
from ledger.service import activities, activity_sessions
from ledger.service.activities import Activity
from ledger.service.roster_columns import Told, columns_of, fault
from ledger.store import rosters as store
from ledger.tables import Fault

DAYS_SHOWN_MAX = 5
AT_ONCE = 500
ACTIVITY = ("activity_id", "activity")
"""The columns that say what was done; an id comes before a title."""


@dataclass(slots=True)
class Match:
    """What a row is about. Each question leaves open which of its candidates it is."""

    told: Told
    volunteer: Volunteer | None = None
    activity: Activity | None = None
    served_on: date | None = None
    faults: list[Fault] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


class Matching:
    """What is known of everybody and everything that a roster names, looked up at once."""

    def __init__(
        self, bank: Bank, rows: Sequence[Told], *, within: Sequence[str], below: str, activity: Activity | None
    ) -> None:
        """`within` are the paths the caller may look people up in, `below` the path of the organisation whose roster it
        is; `activity` is what all rows are about that name none.
        """
        self._within, self._activity = tuple(within), activity
        names = {told.name for told in rows if told.name and not told.volunteer_no}
        titles = {told.activity_title for told in rows if told.activity_title}
        with bank.store.reading() as connection:
            self._namesakes = store.namesakes(connection, names, within)
            alike = [one["id"] for same in self._namesakes.values() for one in same]
            tails = store.phone_tails(connection, alike) if any(told.tail for told in rows) else {}
            self._titled = {
                title: [activities.from_row(row) for row in found if row["cancelled_at"] is None]
                for title, found in store.titled(connection, titles, [below]).items()
            }
        self._days = _days_of(bank, [one for found in self._titled.values() for one in found])
        numbers = sorted({told.volunteer_no for told in rows if told.volunteer_no})
        self._numbered: dict[str, Volunteer] = {}
        for at in range(0, len(numbers), AT_ONCE):
            self._numbered |= volunteers.find_all(bank, numbers[at : at + AT_ONCE])
        self._activities = activities.find_all(bank, sorted({told.activity_id for told in rows if told.activity_id}))
        seals = sealing.of(bank)
        written = {told.tail for told in rows if told.tail}
        digests = {tail: seals.digest(tail, purpose="phone tail") for tail in written} if tails else {}
        self._tails, self._digests = tails, digests

    def match(self, told: Told) -> Match:
        made = Match(told=told, served_on=told.served_on)
        self._who(made)
        self._what(made)
        return made

    # -- people --------------------------------------------------------------------------------------------------------

    def _who(self, made: Match) -> None:
        told = made.told
        if told.volunteer_no:
            self._by_number(made, told.volunteer_no)
        elif told.name:
            self._by_name(made, told.name)

    def _by_number(self, made: Match, number: str) -> None:
        told = made.told
        if not volunteers.is_number(number):
            made.faults.append(fault(told.row, "volunteer_no", "number_wrong"))
            return
        found = self._numbered.get(number)
        if found is None:
            made.faults.append(fault(told.row, "volunteer_no", "volunteer_unknown"))
        elif told.name is not None and not self._is_called(found, told.name):
            made.faults.append(fault(told.row, "name", "name_disagrees"))
        else:
            made.volunteer = found

    def _is_called(self, volunteer: Volunteer, name: str) -> bool:
        """Of a guest only the mask is known here (docs/decisions/0008), so only that is compared."""
        if volunteer.organisation_path.startswith(self._within):
            return name == volunteer.name
        return masking.masked(name) == masking.masked(volunteer.name)

    def _by_name(self, made: Match, name: str) -> None:
        told = made.told
        namesakes = self._namesakes.get(name, [])
        if not namesakes:
            made.faults.append(fault(told.row, "name", "name_unknown"))
            return
        fitting = [one for one in namesakes if told.tail is None or self._has_tail(one, told.tail, len(namesakes) == 1)]
        if not fitting:
            made.faults.append(fault(told.row, "tail", "tail_disagrees"))
        elif len(fitting) == 1:
            made.volunteer = volunteers.from_row(fitting[0])
        else:
            made.questions.append(_who_of(told.row.number, fitting))

    def _has_tail(self, one: Mapping[str, Any], tail: str, is_only: bool) -> bool:
        """Whether these are the last digits of their number or telephone; the only one of a name may have none kept."""
        if str(one["volunteer_no"]).endswith(tail):
            return True
        kept = self._tails.get(one["id"])
        return is_only if kept is None else kept == self._digests.get(tail)

    # -- activities ----------------------------------------------------------------------------------------------------

    def _what(self, made: Match) -> None:
        told = made.told
        if told.activity_id is not None:
            self._by_id(made, told.activity_id)
        elif told.activity_title is not None:
            self._by_title(made, told.activity_title)
        elif self._activity is not None:
            made.activity = self._activity
        else:
            made.faults.append(fault(told.row, columns_of(told.row, *ACTIVITY), "activity_missing"))
        if made.served_on is None and self._activity is not None and made.activity is self._activity:
            made.served_on = self._activity.held_on
        if made.served_on is None:
            made.faults.append(fault(told.row, columns_of(told.row, "served_on"), "day_missing"))

    def _by_id(self, made: Match, id: UUID) -> None:
        found = self._activities.get(id)
        if found is None or not found.organisation_path.startswith(self._within):
            made.faults.append(fault(made.told.row, columns_of(made.told.row, *ACTIVITY), "activity_unknown"))
        else:
            made.activity = found

    def _by_title(self, made: Match, title: str) -> None:
        told, row = made.told, made.told.row
        if self._activity is not None and title == self._activity.title:
            made.activity = self._activity
            return
        found = self._titled.get(title, [])
        if not found:
            made.faults.append(fault(row, columns_of(row, *ACTIVITY), "activity_unknown"))
        elif told.served_on is not None:
            held = [one for one in found if told.served_on in self._days[one.id]]
            if len(held) == 1:
                made.activity = held[0]
            elif held:
                made.questions.append(_which_of(row.number, held))
            else:
                days = _spelled({day for one in found for day in self._days[one.id]})
                made.faults.append(
                    fault(row, columns_of(row, "served_on") or "activity", "activity_other_day", days=days)
                )


def _who_of(row: int, fitting: Sequence[Mapping[str, Any]]) -> Question:
    return Question(
        row=row,
        code="ambiguous_name",
        zh="有几位志愿者叫这个名字, 是哪一位? 请填写志愿者编号",
        en="several volunteers have this name: which of them? Give the volunteer number",
        candidates=tuple(one["volunteer_no"] for one in fitting),
        shown=tuple(_shown(one) for one in fitting),
    )


def _which_of(row: int, found: Sequence[Activity]) -> Question:
    return Question(
        row=row,
        code="ambiguous_activity",
        zh="同一天有几个活动叫这个名称, 是哪一个? 请填写活动编号",
        en="several activities have this title on that day: which of them? Give the activity's id",
        candidates=tuple(str(one.id) for one in found),
        shown=tuple(f"{one.title} {one.held_on.isoformat()} {one.place}" for one in found),
    )


def _days_of(bank: Bank, found: Sequence[Activity]) -> dict[UUID, set[date]]:
    """The days of each of these activities: its own, and those of its sessions."""
    days = {one.id: {one.held_on} for one in found}
    ids = sorted(days)
    for at in range(0, len(ids), AT_ONCE):
        for id, sessions in activity_sessions.of(bank, ids[at : at + AT_ONCE]).items():
            for session in sessions:
                first = activity_sessions.day_of(bank, session.starts_at)
                last = activity_sessions.day_of(bank, session.ends_at - 1)
                days[id] |= {first, last}
    return days


def _spelled(days: Iterable[date]) -> str:
    return "、".join([day.isoformat() for day in sorted(days)][-DAYS_SHOWN_MAX:])


def _shown(one: Mapping[str, Any]) -> str:
    number = str(one["volunteer_no"])
    return f"{masking.masked(one['name'])} …{number[-volunteers.TAIL_DIGITS :]} {one['organisation']}"
