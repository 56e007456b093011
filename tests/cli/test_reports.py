"""`pioneer report`: the figures at a terminal, and the annual report as a file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_pioneer import PASSWORD, pioneer, told


def test_figures_name_their_seq_and_the_annual_report_is_written(database_url: str, tmp_path: Path) -> None:
    assert pioneer("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path).returncode == 0
    made = told("report", "figures", "--every", "whole", url=database_url)
    [whole] = made["organisations"]
    assert (made["seq"], whole["figures"]["volunteers"]) == (1, ["0"])
    shown = pioneer("report", "figures", url=database_url).stdout
    assert "hours of service" in shown
    assert "as of transaction 1" in shown
    refused = pioneer("report", "figures", "--seq", "2", url=database_url)
    assert (refused.returncode, "there is no transaction 2 yet" in refused.stderr) == (1, True)
    paper = tmp_path / "annual.pdf"
    assert told("report", "annual", made["to"][:4], str(paper), url=database_url)["seq"] == 1
    assert paper.read_bytes().startswith(b"%PDF-")
