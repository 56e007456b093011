"""People, for whoever has only a terminal: a copy of somebody's data, an erasure, and what follows both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click

from ledger.bank import Bank, By, opened_store
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, steps
from ledger.core.refusals.refusal import Refused
from ledger.people import erasure, resealing, viewings, volunteers
from ledger.people.volunteers import Volunteer
from ledger.reading import copies


@click.group("volunteers")
def people() -> None:
    """People (志愿者): a copy of somebody's data, an erasure, and what follows both."""


@people.command()
@click.argument("volunteer_no")
@as_json
@refusing
def copy(volunteer_no: str, as_json: bool) -> None:
    """Print everything held about one person (PIPL 45), as a text, or as one line of JSON. The view is noted."""
    with _volunteer(volunteer_no, as_json) as (bank, volunteer):
        by = By(actor=bank.world.new_id())
        viewings.viewed(bank, by, viewings.COPY, volunteer, purpose="own_request")
        made = copies.copy_of(bank, volunteer)
    click.echo(json.dumps(made, ensure_ascii=False) if as_json else copies.as_text(made))


@people.command()
@click.argument("volunteer_no")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_json
@refusing
def erase(volunteer_no: str, yes: bool, as_json: bool) -> None:
    """Remove the person behind a closed account (PIPL 47); every total, entry and proof stays. For good."""
    with _volunteer(volunteer_no, as_json) as (bank, volunteer):
        if not yes:
            click.confirm(f"Erase the person behind {volunteer.volunteer_no}? This cannot be undone", abort=True)
        try:
            erased = erasure.erase(bank, By(actor=bank.world.new_id()), volunteer)
        except Refused as no:
            refuse(no.refusal.sentence("en"), as_json)
    values = {"numbers": erased.numbers, "openings": erased.openings, "is_swept": erased.is_swept}
    left = "" if erased.is_swept else " Old copies may lie in the database's files: run `pioneer volunteers sweep`."
    words = f"Erased {', '.join(erased.numbers)}: {erased.openings} private parts are gone for good.{left}"
    result(values, as_json, lambda: shown.print(words))


@people.command()
@as_json
@refusing
def sweep(as_json: bool) -> None:
    """Write the database's files anew, so that no old copy of what was erased is left in them.

    On PostgreSQL the tables' owner must do it, and each is locked while it is rewritten.
    """
    with opened_store(settings()) as store:
        is_swept = store.sweep()
    if not is_swept:
        refuse("somebody is reading, so the write-ahead log could not be emptied: try again", as_json)
    result({"is_swept": True}, as_json, lambda: shown.print("Swept: no old copy is left in the database's files."))


@people.command()
@as_json
@refusing
def reseal(as_json: bool) -> None:
    """Seal everything anew that an older sealing key had sealed. Can be stopped and repeated.

    The oldest key stays where it is: keyed hashes, by which people are found, are made with it.
    """
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        count = resealing.reseal(bank, lambda done: progress("sealed anew", done, done))
    result({"resealed": count}, as_json, lambda: shown.print(f"Sealed {count:,} values anew with the newest key."))


@contextmanager
def _volunteer(volunteer_no: str, json_wanted: bool) -> Iterator[tuple[Bank, Volunteer]]:
    with Bank.open(settings()) as bank:
        volunteer = volunteers.find(bank, volunteer_no) if volunteers.is_number(volunteer_no) else None
        if volunteer is None:
            refuse(f"there is no volunteer {volunteer_no}", json_wanted)
        yield bank, volunteer
