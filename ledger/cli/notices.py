"""Public notices: what is due is published, what has ended is posted."""

from __future__ import annotations

import click

from ledger.bank import Bank, By
from ledger.cli.console import as_json, refusing, result, settings, shown, steps
from ledger.service import notice_runs


@click.command()
@as_json
@refusing
def notices(as_json: bool) -> None:
    """Publish, post and correct what is due (公示). Run it every day, soon after midnight.

    Approved records that wait for a public notice are put on one, each organisation's on its own. Records whose notice
    has ended without an open objection are posted. Lines to which an objection was upheld are corrected in public.
    How to reach who asked for something is forgotten once it was closed some time ago (the need settings say when).
    Can be stopped and repeated: a second run finds nothing.
    """
    shown_lines = 0
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:

        def published(_: str, lines: int) -> None:
            nonlocal shown_lines
            shown_lines += lines
            progress("lines on notice", shown_lines, shown_lines)

        run = notice_runs.run(bank, By(actor=bank.world.new_id(), kind="operator"), progress=published)
    words = (
        f"Published {run.notices:,} notices: {run.lines:,} records to be posted, {run.corrected:,} corrections. "
        f"Posted {run.posted:,} records."
    )
    result(run._asdict(), as_json, lambda: shown.print(words))
