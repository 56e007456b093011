"""Stars (星级): who is due for promotion or demotion, on what grounds, and how far each change has come.

A change is proposed, stands on public notice as long as the ladder says, is decided by somebody else at the level the
ladder names, and is then in force. Nothing of it is ever taken out of the books.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request, Submission
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.levels import LEVELS
from ledger.core.refusals.refusal import Refused
from ledger.core.refusals.service import OtherLevelDecides, StarNotDue
from ledger.people import organisations
from ledger.people.volunteers import Volunteer
from ledger.rules import Ladder, Rulebook, Text, standing_from
from ledger.rules.periods import days_later
from ledger.service import star_bonuses
from ledger.service.star_changes import APPROVE, REJECT, DecideStars, Judged, ProposeStars
from ledger.service.star_standings import (
    READ_AT_ONCE,
    Due,
    Next,
    Person,
    Place,
    again,
    books_by_name,
    due,
    ladder_of,
    next_of,
    places_of,
    star_level,
)
from ledger.service.working_days import working_days
from ledger.store import stars as store

__all__ = [
    "APPROVE",
    "REJECT",
    "Change",
    "Due",
    "Next",
    "Run",
    "State",
    "decide",
    "due",
    "find",
    "history",
    "next_of",
    "page",
    "propose",
    "run",
    "star_level",
]

RESUMED_DAYS = 366
"""A bonus that could not be posted with its star is tried again for so long."""

State = Literal["on_notice", "proposed", "in_force", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A promotion or demotion, and how far it has come."""

    id: UUID
    seq: int
    volunteer_id: UUID
    volunteer_no: str
    volunteer_name: str
    organisation_id: UUID
    organisation_name: str
    organisation_path: str
    """Where the volunteer belongs now."""
    ladder: Ladder
    judged: Judged
    from_level: int
    to_level: int
    proposed_on: date
    notice_until: date | None
    approved_by: str
    """The level of organisation, or the body, that decides; empty where any may."""
    recorded_by: UUID
    state: State
    decided_on: date | None
    decision_seq: int | None

    @property
    def because(self) -> Text:
        return self.judged.because(self.from_level, self.to_level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run did, or would do."""

    found: tuple[Due, ...]
    proposed: int
    bonuses: int
    """Bonuses posted that an earlier day owed."""


def propose(bank: Bank, by: By, request: Request, volunteer: Volunteer, *, ladder: str | None = None) -> Outcome:
    """Propose what somebody is due for today; `ladder` where they stand on several. The outcome says what, or why
    not. Raises Refused(StarNotDue) where no such ladder is for them.
    """
    places = [place for place in places_of(bank, volunteer) if ladder in (None, place.judged.ladder.id)]
    if not places:
        raise Refused(StarNotDue(level=0))
    place = next((one for one in places if one.due != one.held), places[0])
    return bank.submit(_proposal(bank, by, place, _ends(bank)), request)


def run(
    bank: Bank,
    by: By,
    *,
    on: date,
    within: Sequence[str],
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Run:
    """Find everybody who is due on a day and propose each change, and post what bonuses are still owed. A second run
    proposes nothing new.
    """
    found: list[Due] = []
    proposed = 0
    after: Sequence[Any] | None = None
    while True:
        some = due(bank, on=on, within=within, after=after, limit=READ_AT_ONCE)
        found += some.items
        if not dry_run:
            ends = _ends(bank)
            open_now = [one.place for one in some.items if not one.is_under_way and not one.is_barred]
            proposals = [_proposal(bank, by, place, ends) for place in open_now]
            proposed += sum(outcome.posted for outcome in bank.submit_all([Submission.own(one) for one in proposals]))
        if progress:
            progress(len(found))
        if (after := some.after) is None:
            break
    bonuses = 0 if dry_run else _owed_bonuses(bank, by)
    return Run(found=tuple(found), proposed=proposed, bonuses=bonuses)


def decide(
    bank: Bank,
    by: By,
    request: Request,
    change: Change,
    *,
    decision: str,
    reason: str,
    reach: Sequence[str] | None,
) -> Outcome:
    """The word about a change; with an approval what the rulebook gives for the star is posted too.

    `reach`: the organisation paths at and below which this person decides. Raises Refused(OtherLevelDecides) where the
    ladder wants another level.
    """
    if decision == APPROVE and not _may_approve(bank, change, reach):
        raise Refused(OtherLevelDecides(level=change.approved_by))
    person = Person(change.volunteer_id, change.volunteer_no, change.organisation_id, change.organisation_path)
    place = again(bank, person, change.judged, change.from_level)
    command = DecideStars(
        id=bank.world.new_id(),
        actor=by.actor,
        change_id=change.id,
        volunteer=Owner(OwnerKind.VOLUNTEER, change.volunteer_id),
        judged=place.judged,
        decision=decision,
        reason=reason,
        barred=place.barred,
    )
    outcome = bank.submit(command, request)
    if outcome.posted and decision == APPROVE:
        _give_bonus(bank, by, change)
    return outcome


def _proposal(bank: Bank, by: By, place: Place, ends: Callable[[Ladder], date | None]) -> ProposeStars:
    return ProposeStars(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=Owner(OwnerKind.VOLUNTEER, place.person.id),
        organisation=place.person.organisation_id,
        judged=place.judged,
        notice_until=ends(place.judged.ladder),
        barred=place.barred,
    )


def _ends(bank: Bank) -> Callable[[Ladder], date | None]:
    """The last day of a notice that begins today. The first day does not count (民法典 art. 201)."""
    calendar, today = working_days(bank), bank.today()

    def ends(ladder: Ladder) -> date | None:
        if not ladder.notice_days:
            return None
        days = ladder.notice_days
        return calendar.later(today, days) if ladder.working_days else days_later(today, days)

    return ends


def _may_approve(bank: Bank, change: Change, reach: Sequence[str] | None) -> bool:
    """Whether one of these paths is the organisation of the level that decides, or above it. Where the way up has none
    of that level, the nearest above it decides. A body that is no level of the tree (a party branch) speaks through
    whoever may decide: the books do not know who sits in it.
    """
    if reach is None or change.approved_by not in LEVELS:
        return True
    ranks = list(LEVELS)
    wanted = ranks.index(change.approved_by)
    ids = [UUID(id) for id in change.organisation_path.strip("/").split("/")]
    found = organisations.find_all(bank, ids)
    above = [found[id].path for id in ids if ranks.index(found[id].level) <= wanted]
    return any(above[-1].startswith(path) for path in reach)


def _owed_bonuses(bank: Bank, by: By) -> int:
    """Post the bonuses of stars that are in force, where the power went in between; how many there were."""
    since = bank.today() - timedelta(days=RESUMED_DAYS)
    with bank.store.reading() as connection:
        waiting = store.unrewarded(connection, since=since)
    return sum(_give_bonus(bank, by, change) for change in _all(bank, waiting))


def _give_bonus(bank: Bank, by: By, change: Change) -> int:
    levels = range(change.from_level + 1, change.to_level + 1)
    return star_bonuses.give(bank, by, change.volunteer_id, ladder=change.ladder.id, levels=levels)


def find(bank: Bank, id: UUID) -> Change | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _all(bank, [row])[0] if row else None


def history(bank: Bank, volunteer_id: UUID) -> list[Change]:
    """Every change of somebody's stars, the newest first."""
    with bank.store.reading() as connection:
        rows = store.history(connection, volunteer_id)
    return _all(bank, rows)


def page(
    bank: Bank, *, within: Sequence[str] | None, state: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Change]:
    """Changes in a state, the oldest first; None is every state, and everywhere."""
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, state=state, today=bank.today(), after=after, limit=limit)
    return Page(_all(bank, found.items), found.after)


def _all(bank: Bank, rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    books = books_by_name(bank) if rows else {}
    return [_from(bank, row, books) for row in rows]


def _from(bank: Bank, row: Mapping[str, Any], books: Mapping[tuple[str, int], Rulebook]) -> Change:
    inputs = json.loads(row["inputs"])
    named = (row["rulebook_code"], row["rulebook_version"]) if row["rulebook_code"] else None
    ladder, ladders = ladder_of(books[named] if named else None, row["ladder_id"], inputs)
    judged = Judged(
        ladder=ladder,
        ladders=ladders,
        rulebook=named,
        points_scale=bank.charter.points_scale,
        standing=standing_from(inputs["standing"]),
        measured_on=row["measured_on"],
        as_of_seq=row["as_of_seq"],
    )
    return Change(
        ladder=ladder,
        judged=judged,
        state=_state(row, bank.today()),
        **{name: row[name] for name in Change.__slots__ if name not in ("ladder", "judged", "state")},
    )


def _state(row: Mapping[str, Any], today: date) -> State:
    if row["decision"] is not None:
        return "in_force" if row["decision"] == APPROVE else "rejected"
    until = row["notice_until"]
    return "on_notice" if until is not None and today <= until else "proposed"
