"""The arrow between the rooms points one way, and only the store speaks SQL."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project import PROJECT

ROOMS = ("ledger/core", "ledger/rules", "api", "migrations")


@pytest.mark.skipif(
    not all((PROJECT / room / "__init__.py").exists() for room in ROOMS), reason="the rooms are still being built"
)
def test_imports_follow_the_arrow() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([lint, "--no-logo", "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
