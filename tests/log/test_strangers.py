"""Go's checksum database code as a judge: it recomputes the root from our entries, and refuses spoiled ones.

Debian: golang-go and golang-golang-x-mod-dev. Without them the test is skipped at a desk, and failed in CI.
"""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from tests.conftest import program, unavailable
from tests.log import test_tampering as tampering
from tests.log.conftest import Exhibit
from tests.log.files import Files, write

SOURCE = Path(__file__).parent / "sumdb" / "main.go"
GOPATH = Path(os.environ.get("TEST_GOPATH", "/usr/share/gocode"))
TIMES = 20
ENTRIES = ("edit", "delete", "insert", "reorder", "forge_note", "forge_key")
"""What spoils entries or head; tiles are not believed by this judge, so what spoils only them is not for it."""


@pytest.fixture(scope="session")
def sumdb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, built once."""
    go = program("go")
    if not (GOPATH / "src" / "golang.org" / "x" / "mod").is_dir():
        unavailable("golang-golang-x-mod-dev is not installed")
    made = tmp_path_factory.mktemp("sumdb")
    environment = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOCACHE": str(made / "cache"),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    built = made / "sumdb"
    subprocess.run([str(go), "build", "-o", str(built), str(SOURCE)], env=environment, check=True, timeout=300)
    return built


def accepts(sumdb: Path, files: Files, vkey: str, directory: Path) -> bool:
    shown = write(files, directory)
    return subprocess.run([str(sumdb), str(shown), vkey], capture_output=True, check=False).returncode == 0


@pytest.mark.timeout(400)
def test_go_recomputes_the_root_from_our_entries(sumdb: Path, exhibit: Exhibit, tmp_path: Path) -> None:
    assert accepts(sumdb, exhibit.files, exhibit.vkey, tmp_path / "log")
    assert accepts(sumdb, exhibit.earlier, exhibit.vkey, tmp_path / "earlier")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("deed", ENTRIES)
def test_go_refuses_what_an_insider_spoiled(sumdb: Path, exhibit: Exhibit, deed: str, tmp_path: Path) -> None:
    dice = random.Random(deed)
    for at in range(TIMES):
        files = tampering.DEEDS[deed](exhibit, dice)
        assert files == exhibit.files or not accepts(sumdb, files, exhibit.vkey, tmp_path / f"{at}")
