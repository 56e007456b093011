"""Reports: others who add up an export come to the same, at whatever seq."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ledger.people import organisations
from ledger.reading import reports
from ledger.reading.export import export
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
