"""The lapse run: what is left of every lot whose day has passed leaves its wallet, in chunks, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ledger.bank import Bank, By
from ledger.core.accounts import Owner
from ledger.core.lapse import Lapse
from ledger.store import pages
from ledger.store.writer import Submission

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRun:
    """What a run did, or would do: lots emptied and points in the smallest unit."""

    lots: int
    points: int


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
