"""Reservations, for the nightly run: whom to remind, and what nobody fetched in time."""

from __future__ import annotations

from datetime import timedelta

import click

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refusing, result, settings, shown
from ledger.prizes import reservations

REMIND_DAYS = 3
LISTED_AT_ONCE = 200


@click.group("reservations")
def reserved() -> None:
    """Reservations (预订): whom to remind, and what nobody fetched in time."""


@reserved.command()
@click.option("--dry-run", is_flag=True, help="Say what would happen and post nothing.")
@as_json
@refusing
def expire(dry_run: bool, as_json: bool) -> None:
    """Give up every reservation whose last day has passed. Goods go back to the shelf; points come back or are
    forfeited, as the rulebook of the day of reserving says (逾期未领). To be run each night; as often as one likes.
    """
    with Bank.open(settings()) as bank:
        run = reservations.expire(bank, By(actor=bank.world.new_id(), kind="operator"), dry_run=dry_run)
    values = {
        "expired": run.expired,
        "forfeited": run.forfeited,
        "points_back": run.points_back,
        "points_forfeited": run.points_forfeited,
        "dry_run": dry_run,
    }
    would = "Would give up" if dry_run else "Gave up"
    words = (
        f"{would} {run.expired + run.forfeited:,} reservations: {run.points_back:,} points come back, "
        f"{run.points_forfeited:,} are forfeited (smallest units)."
    )
    result(values, as_json, lambda: shown.print(words))


@reserved.command()
@click.option("--days", type=click.IntRange(0, 366), default=REMIND_DAYS, show_default=True, help="Left to fetch it.")
@as_json
@refusing
def remind(days: int, as_json: bool) -> None:
    """List who still has something to fetch within so many days, the nearest deadline first (领取提醒)."""
    found: list[reservations.Reservation] = []
    with Bank.open(settings()) as bank:
        due_by, after = bank.today() + timedelta(days=days), None
        while True:
            page = reservations.page(bank, within=None, is_open=True, due_by=due_by, after=after, limit=LISTED_AT_ONCE)
            found += page.items
            if page.after is None:
                break
            after = page.after
    values = {
        "reservations": [
            {"volunteer_no": one.volunteer_no, "due_on": one.due_on.isoformat(), "desk_id": str(one.desk_id)}
            for one in found
        ]
    }
    lines = "\n".join(f"{one.due_on}  {one.volunteer_no}  {one.points:,} points" for one in found)
    result(values, as_json, lambda: shown.print(lines or "Nobody has anything to fetch so soon."))
