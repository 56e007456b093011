"""Reports: others who add up an export come to the same, at whatever seq."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ledger.people import organisations
from ledger.reading import reports
from ledger.reading.behind_figures import Behind, behind
from ledger.reading.export import export
from ledger.reading.figures import MOVES
from tests.reading.figuring import plain, told_again
from tests.reading.scenario import Scenario


def test_every_figure_is_what_others_add_up_from_an_export(scenario: Scenario, tmp_path: Path) -> None:
    """Of a bank on which everything has happened, at its head and at every tenth of its history."""
    bank = scenario.bank
    made = export(bank.store, bank.charter, "csv", tmp_path / "books")
    path = organisations.root(bank).path
    seen: dict[str, int] = {}
    for seq in range(made.seq, 0, -max(1, made.seq // 10)):
        report = reports.report(
            bank, since=date(2025, 12, 1), until=bank.today(), every="month", within=[path], as_of_seq=seq
        )
        assert report.as_of_seq == seq
        for one in report.rows:
            assert plain(one) == told_again(one, made.directory, seq), (seq, one.span)
            for name, figure in plain(one).items():
                seen[name] = seen.get(name, 0) + bool(figure)
    assert {name for name, times in seen.items() if not times} == set()


def test_the_entries_behind_a_figure_come_to_it(scenario: Scenario) -> None:
    """Page by page, at the head and halfway, each entry once."""
    bank = scenario.bank
    path = organisations.root(bank).path
    since, until = date(2025, 12, 1), bank.today()
    for seq in (scenario.seqs["last"], scenario.seqs["last"] // 2):
        [one] = reports.report(bank, since=since, until=until, every="whole", within=[path], as_of_seq=seq).rows
        told = plain(one)
        for figure in ("minutes", "prizes", *(f"points_{move}" for move in (*MOVES, "moved"))):
            found: list[Behind] = []
            after: Any = None
            while True:
                page = behind(
                    bank,
                    figure=figure,
                    since=since,
                    until=until,
                    within=[path],
                    as_of_seq=seq,
                    after=after,
                    limit=7,
                )
                found += page.items
                after = page.after
                if after is None:
                    break
            assert sum(entry.amount for entry in found) == told[figure], figure
            keys = [(entry.seq, entry.leg, entry.side) for entry in found]
            assert keys == sorted(set(keys), reverse=True)
