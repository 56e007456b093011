"""What is outstanding, for whoever draws up the budget."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from ledger.bank import Bank
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.prizes import liability as reports


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="At the end of which day.  [default: now]")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write it on paper, too: a PDF.")
@as_json
@refusing
def liability(on: datetime | None, pdf: Path | None, as_json: bool) -> None:
    """Show the points outstanding by the month in which they lapse, against stock, reservations and the budget
    (积分负债). Values are for reference: PIONEER_REFERENCE_FEN_PER_POINT, PIONEER_PRIZE_BUDGET_FEN.
    """
    with Bank.open(settings()) as bank:
        if on is not None and on.date() > bank.today():
            refuse(f"{on.date()} has not come yet (today is {bank.today()})", as_json)
        root = organisations.root(bank)
        made = reports.report(bank, on=on.date() if on else None, within=[root.path])
        if pdf is not None:
            try:
                pdf.write_bytes(reports.paper(bank, made, root.name))
            except PapersMissing as missing:
                refuse(str(missing), as_json)
    values = {
        "on": made.on.isoformat(),
        "seq": made.seq,
        "lines": [
            {
                "kind": line.kind,
                "lapse_month": line.lapse_month,
                "prize_id": str(line.prize_id) if line.prize_id else None,
                "quantity": line.quantity,
                "points": line.points,
                "value_fen": line.value_fen,
            }
            for line in made.lines
        ],
    }
    lines = [f"On {made.on}, after transaction {made.seq:,} (points in smallest units):"]
    lines += [f"  {_said(line)}" for line in made.lines]
    result(values, as_json, lambda: shown.print("\n".join(lines), markup=False))


def _said(line: reports.Line) -> str:
    parts = [reports.WORDS[line.kind], line.lapse_month or "", line.title or ""]
    parts += [f"x{line.quantity:,}" if line.quantity is not None else ""]
    parts += [f"{line.points:,} points" if line.points is not None else ""]
    parts += [f"{line.value_fen / 100:,.2f} yuan for reference" if line.value_fen is not None else ""]
    return "  ".join(part for part in parts if part)
