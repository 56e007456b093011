"""`pioneer`: the bank for whoever has only a terminal."""

from __future__ import annotations

import click

from ledger.cli.audit import check, export, lapse
from ledger.cli.demo import demo
from ledger.cli.devices import devices
from ledger.cli.duty import duty, post_ready
from ledger.cli.imports import import_
from ledger.cli.keys import keys
from ledger.cli.liability import liability
from ledger.cli.log import log
from ledger.cli.machine import bench, doctor
from ledger.cli.notices import notices
from ledger.cli.organisations import organisations
from ledger.cli.reports import report
from ledger.cli.reservations import reserved
from ledger.cli.roster_imports import import_service_records, template
from ledger.cli.set_up import grant, init, migrate, serve
from ledger.cli.simulate import simulate
from ledger.cli.staff import staff
from ledger.cli.stars import stars
from ledger.cli.verify import receipt
from ledger.cli.volunteers import people


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="pioneer-bank", prog_name="pioneer")
def main() -> None:
    """Pioneer Bank (先锋银行): a points bank that cannot lose, invent or hide a point.

    \b
    First time?      pioneer demo --serve     an invented district's year, to look at
    For real:        pioneer init             found your own bank, then: pioneer serve
    Is it sound?     pioneer check            prove every balance from the rows alone

    Settings are environment variables PIONEER_… (or a TOML file named by PIONEER_CONFIG):
    PIONEER_DATABASE_URL (default: a SQLite file in PIONEER_DATA_DIR, which is ./var), PIONEER_HOST, PIONEER_PORT.

    \b
    Exit codes: 0 done, 1 refused or something was found, 2 the command was typed wrongly.
    """


for command in (
    init,
    migrate,
    grant,
    organisations,
    serve,
    demo,
    import_,
    check,
    lapse,
    liability,
    notices,
    duty,
    post_ready,
    stars,
    export,
    simulate,
    log,
    receipt,
    staff,
    keys,
    doctor,
    bench,
    devices,
    people,
    reserved,
    report,
):
    main.add_command(command)
import_.add_command(import_service_records)
import_.add_command(template)
