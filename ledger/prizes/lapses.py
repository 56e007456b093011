"""The lapse run: what is left of every lot whose day has passed leaves its wallet, in chunks, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from ledger.bank import Bank, By, Page
from ledger.core.accounts import Owner
from ledger.core.lapse import Lapse
from ledger.rules import Rulebook
from ledger.store import pages
from ledger.store.writer import Submission

CHUNK = 500
WARNING_DAYS = (60, 30, 7)
"""How many days before points lapse their holders are told, unless the rulebook says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRun:
    """What a run did, or would do: lots emptied and points in the smallest unit."""

    lots: int
    points: int


class Upcoming(NamedTuple):
    """Points of somebody that will lapse after a day, and how far off that is."""

    volunteer_no: str
    on: date
    points: int
    days_left: int
    """0 on their last day."""


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
    items = [
        Upcoming(lot.volunteer_no, lot.expires_on, lot.points, (lot.expires_on - today).days) for lot in found[:limit]
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
    lots = points = after = 0
    while True:
        with bank.store.reading() as connection:
            due = pages.due_lots(connection, min(on, bank.today()), after=after, limit=CHUNK)
        if not due:
            return LapseRun(lots=lots, points=points)
        after = due[-1].id
        if dry_run:
            lots, points = lots + len(due), points + sum(lot.balance for lot in due)
        else:
            commands = [
                Lapse(
                    id=bank.world.new_id(),
                    actor=by.actor,
                    owner=lot.key.owner,
                    organisation=organisation,
                    expires_on=lot.key.expires_on,
                )
                for lot in due
            ]
            posted = [outcome for outcome in bank.submit_all([Submission.own(c) for c in commands]) if outcome.posted]
            lots, points = lots + len(posted), points + sum(outcome.answer["points"] for outcome in posted)
        if progress:
            progress(lots)
