"""Stars (星级): the run that finds who is due for promotion or demotion, and proposes it."""

from __future__ import annotations

from datetime import datetime

import click

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, steps, table
from ledger.people import organisations
from ledger.service import stars as service
from ledger.service.stars import Due


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Judge by what stood on this day.  [default: today]")
@click.option("--dry-run", is_flag=True, help="List only; nothing is proposed.")
@as_json
@refusing
def stars(on: datetime | None, dry_run: bool, as_json: bool) -> None:
    """Find who is due for promotion or demotion (评星), and propose it. Somebody else approves it in the bank, after
    the public notice. Can be repeated: a second run proposes nothing new.
    """
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        day = on.date() if on else bank.today()
        if day > bank.today():
            refuse(f"{day} has not come yet (today is {bank.today()})", as_json)
        run = service.run(
            bank,
            By(actor=bank.world.new_id(), kind="operator"),
            on=day,
            within=[organisations.root(bank).path],
            dry_run=dry_run,
            progress=lambda found: progress("due", found, found),
        )

    def words() -> None:
        rows = table(f"Due on {day} 应升降星级", "volunteer no", "from", "to", "why", "")
        for due in run.found:
            place = due.place
            rows.add_row(place.person.volunteer_no, str(place.held), str(place.due), due.because.zh, _held_up(due))
        shown.print(rows)
        done = "Would propose" if dry_run else "Proposed"
        count = sum(not _held_up(due) for due in run.found) if dry_run else run.proposed
        shown.print(f"{done} {count:,} changes of {len(run.found):,} due; {run.bonuses:,} bonuses caught up.")

    listed = [_listed(due) for due in run.found]
    values = {"on": day.isoformat(), "dry_run": dry_run, "proposed": run.proposed, "bonuses": run.bonuses}
    result(values | {"due": listed}, as_json, words)


def _held_up(due: Due) -> str:
    """Why nothing is proposed for somebody who is due; empty where it is."""
    if due.is_under_way:
        return "under way 办理中"
    return f"barred: {due.place.barred.zh}" if due.is_barred and due.place.barred else ""


def _listed(due: Due) -> dict[str, object]:
    place = due.place
    return {
        "volunteer_no": place.person.volunteer_no,
        "ladder": place.judged.ladder.id,
        "from_level": place.held,
        "to_level": place.due,
        "because_zh": due.because.zh,
        "because_en": due.because.en,
        "held_up": _held_up(due),
    }
