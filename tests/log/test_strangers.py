"""Go's checksum database code as a judge: it recomputes the root from our entries, and refuses spoiled ones.

Debian: golang-go and golang-golang-x-mod-dev. Without them the test is skipped at a desk, and failed in CI.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.log import test_tampering as tampering
from tests.log.conftest import Exhibit
from tests.log.strangers import go_accepts

TIMES = 20
ENTRIES = ("edit", "delete", "insert", "reorder", "forge_note", "forge_key")
"""What spoils entries or head; tiles are not believed by this judge, so what spoils only them is not for it."""


@pytest.mark.timeout(400)
def test_go_recomputes_the_root_from_our_entries(sumdb: Path, exhibit: Exhibit, tmp_path: Path) -> None:
    assert go_accepts(sumdb, exhibit.files, exhibit.vkey, tmp_path / "log")
    assert go_accepts(sumdb, exhibit.earlier, exhibit.vkey, tmp_path / "earlier")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("deed", ENTRIES)
def test_go_refuses_what_an_insider_spoiled(sumdb: Path, exhibit: Exhibit, deed: str, tmp_path: Path) -> None:
    dice = random.Random(deed)
    for at in range(TIMES):
        files = tampering.DEEDS[deed](exhibit, dice)
        assert files == exhibit.files or not go_accepts(sumdb, files, exhibit.vkey, tmp_path / f"{at}")
