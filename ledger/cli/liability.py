"""What is outstanding, for whoever draws up the budget."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.markup import escape

from ledger.bank import Bank
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, table
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.prizes import liability as reports
from ledger.prizes.liability import Liability


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="At the end of which day.  [default: now]")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write it on paper, too: a PDF.")
@as_json
@refusing
def liability(on: datetime | None, pdf: Path | None, as_json: bool) -> None:
    """Show the points outstanding by the month in which they lapse, against stock, what is ordered and the budget
    (积分负债). Values are for reference only: PIONEER_REFERENCE_FEN_PER_POINT says what a point is reckoned at.
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
                "title": line.title,
                "quantity": line.quantity,
                "points": line.points,
                "value_fen": line.value_fen,
            }
            for line in made.lines
        ],
    }
    result(values, as_json, lambda: _table(made))


def _table(made: Liability) -> None:
    shown.print(f"On {made.on}, after transaction {made.seq:,} (points in smallest units):")
    columns = table("", "", "lapses", "quantity", "points", "yuan")
    for number in columns.columns[2:]:
        number.justify = "right"
    for line in made.lines:
        named = f"{reports.WORDS[line.kind]} {escape(line.title or '')}".strip()
        columns.add_row(
            named,
            line.lapse_month or ("never" if line.kind == "points" else ""),
            "" if line.quantity is None else f"{line.quantity:,}",
            "" if line.points is None else f"{line.points:,}",
            "" if line.value_fen is None else f"{line.value_fen / 100:,.2f}",
        )
    shown.print(columns)
    shown.print("Yuan are for reference only: nobody is ever paid them." if made.lines else "Nothing is outstanding.")
