"""What a subdistrict asks for, at a terminal: figures by month, and the annual report."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from ledger.bank import Bank
from ledger.cli.console import as_json, refuse, refusing, result, settings, shown, table
from ledger.core.levels import LEVELS
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.reading import annual_reports, report_papers, reports
from ledger.reading.books import head_seq
from ledger.reading.figures import Report
from ledger.reading.report_papers import Wording
from ledger.reading.spans import Every

NAMES_WIDTH, SPAN_WIDTH = 38, 10
"""Characters of a line of the terminal, for what a figure is called and for each column."""
EVERY = ("month", "quarter", "half_year", "year", "whole")


@click.group()
def report() -> None:
    """What a subdistrict asks for (统计报表), at one seq of the ledger."""


@report.command()
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day.  [default: 1 January]")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Last day.  [default: today]")
@click.option("--every", type=click.Choice(EVERY), default="month", show_default=True, help="What a column holds.")
@click.option("--level", type=click.Choice(list(LEVELS)), help="A table for each organisation of this level.")
@click.option("--seq", type=click.IntRange(0), help="As the ledger stood right after this transaction.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write it on paper, too: a PDF.")
@as_json
@refusing
def figures(
    since: datetime | None,
    until: datetime | None,
    every: Every,
    level: str | None,
    seq: int | None,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Volunteers, hours, activities, points, prizes, stars and duties, by organisation and month."""
    with Bank.open(settings()) as bank:
        last = min(until.date() if until else bank.today(), bank.today())
        first = since.date() if since else date(last.year, 1, 1)
        if last < first:
            refuse(f"{first} lies after {last}", as_json)
        if seq is not None and seq > head_seq(bank):
            refuse(f"there is no transaction {seq} yet (the last is {head_seq(bank)})", as_json)
        root = organisations.root(bank)
        made = reports.report(
            bank, since=first, until=last, every=every, within=[root.path], level=level, as_of_seq=seq
        )
        if pdf is not None:
            try:
                pdf.write_bytes(report_papers.paper(bank, made, root.name))
            except PapersMissing as missing:
                refuse(str(missing), as_json)
        words = report_papers.wording(bank)
    result(_values(made, words), as_json, lambda: _show(made, words))


@report.command()
@click.argument("year", type=click.IntRange(2000, 2099))
@click.argument("pdf", type=click.Path(dir_okay=False, path_type=Path))
@as_json
@refusing
def annual(year: int, pdf: Path, as_json: bool) -> None:
    """Write the annual report of the whole bank (年度报告, 民政部令67 第18条) as a PDF."""
    with Bank.open(settings()) as bank:
        if year > bank.today().year:
            refuse(f"{year} has not come yet", as_json)
        seq = head_seq(bank)
        try:
            pdf.write_bytes(annual_reports.paper(bank, organisations.root(bank), year, as_of_seq=seq))
        except PapersMissing as missing:
            refuse(str(missing), as_json)
    values = {"year": year, "seq": seq, "file": str(pdf)}
    result(values, as_json, lambda: shown.print(f"{pdf}: the year {year} as of transaction {seq:,}", markup=False))


def _values(made: Report, words: Wording) -> dict[str, Any]:
    return {
        "seq": made.as_of_seq,
        "from": made.first_day.isoformat(),
        "to": made.last_day.isoformat(),
        "organisations": [
            {
                "organisation": place.name,
                "periods": [one.span.label for one in rows],
                "figures": {line.en.strip(): line.cells for line in report_papers.lines(rows, words)},
            }
            for place, rows in report_papers.of_each(made)
        ],
    }


def _show(made: Report, words: Wording) -> None:
    for place, rows in report_papers.of_each(made):
        room = max(1, (shown.width - NAMES_WIDTH) // SPAN_WIDTH)
        for at in range(0, len(rows), room):
            some = rows[at : at + room]
            told = table(f"{place.name}, as of transaction {made.as_of_seq:,}", "what")
            for one in some:
                told.add_column(one.span.label, justify="right")
            for line in report_papers.lines(some, words):
                name = line.en if line.zh.strip() == line.en.strip() else f"{line.en} {line.zh.strip()}"
                told.add_row(escape(name), *line.cells)
            shown.print(told)
