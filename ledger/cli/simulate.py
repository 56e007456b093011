"""`pioneer simulate`: a draft over past deeds, before anybody votes on it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ledger import rules
from ledger.bank import Bank
from ledger.cli.console import as_json, refuse, refusing, result, said, settings, shown, steps, table
from ledger.governance import simulating, simulation_files, texts
from ledger.governance.simulating import Simulated
from ledger.people import organisations
from ledger.rules import RulebookInvalid

PERSONS_SHOWN = 20


@click.command()
@click.argument("rulebook", type=click.Path(exists=True, dir_okay=False))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="First day.  [default: a year ago]")
@click.option("--to", "until", type=click.DateTime(["%Y-%m-%d"]), help="Last day.  [default: today]")
@click.option(
    "--budget", type=click.IntRange(0), default=0, show_default=True, help="Points that money is set aside for."
)
@click.option("--out", type=click.Path(dir_okay=False), help="Write it to this file too: .xlsx or .csv.")
@as_json
@refusing
def simulate(
    rulebook: str, since: datetime | None, until: datetime | None, budget: int, out: str | None, as_json: bool
) -> None:
    """Assess the deeds of a period under the draft RULEBOOK (YAML): who would have got what. Nothing is posted.

    Points are in the bank's smallest unit. People appear by their number.
    """
    document = Path(rulebook).read_text(encoding="utf-8")
    if out and Path(out).suffix not in (".xlsx", ".csv"):
        refuse("--out must end in .xlsx or .csv", as_json)
    with Bank.open(settings()) as bank, steps(quiet=as_json) as progress:
        root = organisations.root(bank)
        last = until.date() if until else bank.today()
        first = since.date() if since else date(last.year - 1, last.month, min(last.day, 28))
        try:
            whole = texts.whole_rulebook(bank, document, organisation_path=root.path)
            book = rules.load(whole, points_scale=bank.charter.points_scale)
        except RulebookInvalid as error:
            if not as_json:
                for finding in error.findings:
                    said.print(f"{rulebook}:{finding.line}: {finding.field}: {finding.en} ({finding.zh})", markup=False)
            refuse(f"{rulebook} is not a rulebook: {len(error.findings)} findings\n{error}", as_json)
        done = simulating.simulated(
            bank,
            book,
            since=first,
            until=last,
            within=root.path,
            budget=budget,
            progress=lambda at, of: progress("deeds assessed", at, of),
        )
    if out:
        write = simulation_files.as_xlsx if out.endswith(".xlsx") else simulation_files.as_csv
        Path(out).write_bytes(write(done, names=False))
    result(told(done), as_json, lambda: _tell(done, out))


def told(done: Simulated) -> dict[str, Any]:
    """The whole simulation as one JSON object."""
    owed = done.liability
    return {
        "rulebook": {"code": done.code, "version": done.version},
        "since": done.since,
        "until": done.until,
        "deeds": done.deeds,
        "given": done.given,
        "would_be": done.would_be,
        "change": done.change,
        "persons": [
            {"volunteer_no": one.volunteer_no, "deeds": one.deeds, "given": one.given, "would_be": one.would_be}
            for one in done.persons
        ],
        "by_rule": dict(done.by_rule),
        "capped": [
            {"of": one.of, "name": one.name, "per": one.per, "unit": one.unit, "times": one.times}
            for one in done.capped
        ],
        "liability": {
            "outstanding": owed.outstanding,
            "would_be": owed.would_be,
            "stock": owed.stock,
            "budget": owed.budget,
            "uncovered": owed.uncovered,
        },
    }


def _tell(done: Simulated, out: str | None) -> None:
    owed = done.liability
    rows = table(f"{done.code} {done.version} over {done.since} to {done.until}; nothing was posted", "what", "figure")
    for what, figure in (
        ("deeds 记录", done.deeds),
        ("points given 已得", done.given),
        ("points under the draft 草案", done.would_be),
        ("change 变化", done.change),
        ("outstanding today 未兑付", owed.outstanding),
        ("outstanding under the draft", owed.would_be),
        ("goods on the shelves, in points 库存", owed.stock),
        ("not covered by stock and budget 缺口", owed.uncovered),
    ):
        rows.add_row(what, f"{figure:,}")
    shown.print(rows)
    if done.capped:
        caps = table("Caps that bind 封顶", "cap", "count")
        for one in done.capped:
            caps.add_row(f"{one.of} {one.name}, {one.unit} per {one.per}", f"{one.times:,}")
        shown.print(caps)
    people = table(f"The largest changes, of {len(done.persons):,} persons", "volunteer", "given", "draft", "change")
    for person in done.persons[:PERSONS_SHOWN]:
        people.add_row(person.volunteer_no, f"{person.given:,}", f"{person.would_be:,}", f"{person.change:+,}")
    shown.print(people)
    if out:
        said.print(f"Written to {out}: everybody, by number.")
