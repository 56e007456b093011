"""The lapse run: what is left of every lot whose day has passed leaves its wallet, in chunks, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Page
from ledger.core.accounts import AccountKey, Owner
from ledger.core.lapse import Lapse
from ledger.prizes.carry_over import CarryOver
from ledger.rules import Rulebook
from ledger.service import rulebooks
from ledger.store import pages, rows
from ledger.store.writer import Submission

CHUNK = 500
WARNING_DAYS = (60, 30, 7)
"""How many days before points lapse their holders are told, unless the rulebook says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRun:
    """What a run did, or would do: lots emptied and points in the smallest unit."""

    lots: int
    points: int
    carried_over: int = 0
    """Points that went on into the next lot instead."""


class Upcoming(NamedTuple):
    """Points of somebody that will lapse after a day, and how far off that is."""

    volunteer_no: str
    on: date
    points: int
    days_left: int
    """0 on their last day."""
    carried_over: int
    """How many of them the rulebook carries over; the others lapse."""


def warning_days(rulebook: Rulebook | None) -> tuple[int, ...]:
    """How many days ahead people are to be told, the farthest first; the usual ones where the rulebook is silent."""
    own = {days for rule in rulebook.rules if rule.lapse for days in rule.lapse.warn_days} if rulebook else set()
    own |= set(rulebook.lapse.warn_days) if rulebook else set()
    return tuple(sorted(own, reverse=True)) or WARNING_DAYS


def upcoming(
    bank: Bank, *, days: int, within: Sequence[str], after: Sequence[Any] | None, limit: int
) -> Page[Upcoming]:
    """What will lapse within so many days and still holds something, the nearest first."""
    today = bank.today()
    with bank.store.reading() as connection:
        found = pages.lapsing_lots(
            connection,
            since=today,
            until=today + timedelta(days=days),
            within=within,
            after=(after[0], after[1]) if after else None,
            limit=limit + 1,
        )
    last = found[limit - 1] if len(found) > limit else None
    carrying = Carrying(bank)
    items = [
        Upcoming(
            lot.volunteer_no,
            lot.expires_on,
            lot.points,
            (lot.expires_on - today).days,
            carrying.over(lot.organisation_path, lot.expires_on, lot.points),
        )
        for lot in found[:limit]
    ]
    return Page(items, (last.expires_on, last.account_id) if last else None)


def lapse(
    bank: Bank,
    by: By,
    organisation: Owner,
    *,
    on: date,
    dry_run: bool = False,
    progress: Callable[[int], None] | None = None,
) -> LapseRun:
    """Lapse every lot whose last day lies before `on`. Stopped in the middle, the next run goes on; a second run
    finds nothing.

    `on` may not lie in the future: LapseNotDue would answer for each lot. Nothing is posted by a dry run.
    """
    lots = points = over = after = 0
    carrying = Carrying(bank)
    while True:
        with bank.store.reading() as connection:
            due = pages.due_lots(connection, min(on, bank.today()), after=after, limit=CHUNK)
            homes = pages.homes_of(connection, [lot.key.owner.id for lot in due]) if carrying.any else {}
        if not due:
            return LapseRun(lots=lots, points=points, carried_over=over)
        after = due[-1].id
        if dry_run:
            carried = sum(carrying.over(homes.get(lot.key.owner.id), lot.key.expires_on, lot.balance) for lot in due)
            lots, over = lots + len(due), over + carried
            points += sum(lot.balance for lot in due) - carried
        else:
            commands = [_emptied(bank, by, organisation, lot.key, carrying, homes) for lot in due]
            posted = [outcome for outcome in bank.submit_all([Submission.own(c) for c in commands]) if outcome.posted]
            lots, points = lots + len(posted), points + sum(outcome.answer["points"] for outcome in posted)
            over += sum(outcome.answer.get("carried_over", 0) for outcome in posted)
        if progress:
            progress(lots)


class Due(NamedTuple):
    """Points (smallest unit) whose last day has passed: of a volunteer by number, of a household or group by id."""

    holder_kind: str
    holder: str
    on: date
    points: int
    carried_over: int
    """How many of them the rulebook carries over; the others lapse."""


def due(bank: Bank, *, on: date) -> Iterator[Due]:
    """What a run would take, person by person, to be published before it does. Nothing is posted."""
    after, carrying = 0, Carrying(bank)
    while True:
        with bank.store.reading() as connection:
            lots = pages.due_lots(connection, min(on, bank.today()), after=after, limit=CHUNK)
            owners = [lot.key.owner.id for lot in lots]
            homes = pages.homes_of(connection, owners)
            people = rows.find_all(connection, "volunteer", sorted(set(owners)))
        for lot in lots:
            owner, last = lot.key.owner, lot.key.expires_on
            person = people.get(owner.id)
            holder = str(person["volunteer_no"]) if person else str(owner.id)
            over = carrying.over(homes.get(owner.id), last, lot.balance)
            yield Due(owner.kind.value, holder, last, lot.balance, over)
        if not lots:
            return
        after = lots[-1].id


class Carrying:
    """Under which rulebook lots are carried over, by place and day; each is looked up once."""

    def __init__(self, bank: Bank) -> None:
        self._books = rulebooks.by_organisation(bank)
        self.any = any(one.rulebook.lapse.carries_over for of in self._books.values() for one in of)
        """Whether any book ever carried over; where none did, nobody has to be asked where they belong."""
        self._known: dict[tuple[str, date], Rulebook | None] = {}

    def book(self, organisation_path: str | None, on: date) -> Rulebook | None:
        """The book that carries over what is left there of a lot with this last day; None: all of it lapses."""
        if organisation_path is None or not self.any:
            return None
        key = organisation_path, on
        if key not in self._known:
            held = rulebooks.nearest(self._books, tuple(organisation_path.strip("/").split("/")), on)
            self._known[key] = held.rulebook if held and held.rulebook.lapse.carries_over else None
        return self._known[key]

    def over(self, organisation_path: str | None, on: date, points: int) -> int:
        """How many of these points are carried over, if nothing becomes of them before."""
        book = self.book(organisation_path, on)
        return book.lapse.carried_over(points) if book else 0


def _emptied(
    bank: Bank, by: By, organisation: Owner, lot: AccountKey, carrying: Carrying, homes: Mapping[UUID, str]
) -> Lapse | CarryOver:
    book = carrying.book(homes.get(lot.owner.id), lot.expires_on)
    named = {
        "id": bank.world.new_id(),
        "actor": by.actor,
        "owner": lot.owner,
        "organisation": organisation,
        "expires_on": lot.expires_on,
    }
    return CarryOver(**named, rulebook=book) if book else Lapse(**named)  # type: ignore[arg-type]
