"""`pioneer notices`, for the operator's clock."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_pioneer import PASSWORD, pioneer, told


def test_a_run_says_what_it_did(database_url: str, tmp_path: Path) -> None:
    assert pioneer("init", "--admin-password", PASSWORD, url=database_url, place=tmp_path).returncode == 0
    nothing = {"ok": True, "notices": 0, "lines": 0, "posted": 0, "corrected": 0}
    assert told("notices", url=database_url) == nothing
    assert "Published 0 notices" in pioneer("notices", url=database_url).stdout
