"""Records from a terminal: what is due, and the posting of all that is ready."""

from __future__ import annotations

from datetime import datetime

import click
from rich.markup import escape

from ledger.bank import Bank
from ledger.cli.console import as_json, refusing, result, settings, shown, table
from ledger.service import duty as duties
from ledger.service.posting import post_ready as post_all_ready


@click.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day.  [default: today]")
@click.option("--overdue", "overdue_only", is_flag=True, help="Only what is overdue.")
@as_json
@refusing
def duty(day: datetime | None, overdue_only: bool, as_json: bool) -> None:
    """What was held and must be recorded within ten working days (民政部令67 第11条), the soonest first."""
    with Bank.open(settings()) as bank:
        on = day.date() if day else bank.today()
        found = [one for one in duties.due(bank, on=on) if one.is_overdue or not overdue_only]
        report = duties.report(bank, on=on)
    late = sum(one.is_overdue for one in found)
    rows = table(
        f"{len(found)} due on {on}, {late} overdue", "due", "left", "held", "activity", "organisation", "state"
    )
    for one in found:
        waits = f"{one.waiting} waiting" if one.waiting else "not recorded"
        estimate = " (estimate: the working days of that year are not announced)" if one.unannounced else ""
        words = (f"{one.due_on}{estimate}", one.days_left, one.held_on, one.title, one.organisation_name, waits)
        rows.add_row(*(escape(str(word)) for word in words), style="bold red" if one.is_overdue else None)
    values = {
        "on": on.isoformat(),
        "due": [
            {
                "activity_id": str(one.activity_id),
                "session_id": str(one.session_id) if one.session_id else None,
                "organisation": one.organisation_name,
                "title": one.title,
                "held_on": one.held_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "days_left": one.days_left,
                "state": one.state,
                "calendar_announced": not one.unannounced,
            }
            for one in found
        ],
        "organisations": [
            {"organisation": one.organisation_name, "due": one.due, "overdue": one.overdue} for one in report
        ],
    }
    result(values, as_json, lambda: shown.print(rows))


@click.command("post-ready")
@as_json
@refusing
def post_ready(as_json: bool) -> None:
    """Post every record whose reviews and notice are done, and make void what nobody reviewed in time.

    A served bank does so by itself; it may be asked for as often as one likes.
    """
    with Bank.open(settings()) as bank:
        looked = post_all_ready(bank)
    values = {"posted": looked.posted, "void": looked.void}
    result(values, as_json, lambda: shown.print(f"{looked.posted} records posted, {looked.void} void"))
