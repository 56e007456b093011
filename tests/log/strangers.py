"""Verifiers that nobody here wrote: tlog-scales and aics-tlog from PyPI, and Go's sumdb where Debian's Go is installed.

aics-tlog asks for Python 3.12; its code runs on 3.11 too, where pip needs `--ignore-requires-python`. It is looked for
among the installed packages, then in `.make/strangers`.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tlog_scales.reader
import tlog_scales.signing
import tlog_scales.tiles

from tests.conftest import program, unavailable
from tests.log.files import write

SOURCE = Path(__file__).parent / "sumdb.go.txt"
MODULES = "golang" + ".org"  # where Go's own modules live under GOPATH; nothing is fetched from there
GOPATH = Path(os.environ.get("TEST_GOPATH", "/usr/share/gocode"))
ROOT = Path(__file__).parents[2]
APART = ROOT / ".make" / "strangers"
INSTALL = "pip install --no-deps --ignore-requires-python --target .make/strangers aics-tlog aics-witness"


def aics(name: str) -> Any:
    """The package aics_tlog or aics_witness; without it the test is skipped, in CI failed."""
    if APART.is_dir() and str(APART) not in sys.path:
        sys.path.append(str(APART))
    try:
        return importlib.import_module(name)
    except ImportError:
        unavailable(f"{name} is not installed ({INSTALL})")


class Backend:
    """tlog-scales reading files in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def get(self, *path: str) -> bytes | None:
        return self.files.get("/".join(path))


def scales_accepts(files: Mapping[str, bytes], vkey: str, every: int = 1) -> bool:
    """tlog-scales: the signature, the root from the tiles, and every so-manieth entry by its inclusion proof."""
    try:
        reader = tlog_scales.reader.TilesReader(Backend(files))
        head = reader.get_checkpoint()
        head.verify(tlog_scales.signing.Vkey.from_string(vkey))
        if reader.calculate_root_hash() != head.root_hash or head.origin != vkey.split("+")[0]:
            return False
        for index in range(0, head.size, every):
            leaf = tlog_scales.tiles.leaf_hash(reader.get_entry(index))
            reader.get_inclusion_proof(index, head.size).check(leaf, head.root_hash)
    except Exception:  # noqa: BLE001 - however a stranger says no
        return False
    return True


def aics_accepts(files: Mapping[str, bytes], vkey: str) -> bool:
    """aics-tlog: the signature, and an audit of every tile and bundle against the root."""
    tlog = aics("aics_tlog")

    class Reader:
        def read_tile(self, level: int, index: int, width: int | None) -> bytes | None:
            return files.get(tlog.tiles.tile_path(level, index, width))

        def read_entry_bundle(self, index: int, width: int | None) -> bytes | None:
            return files.get(tlog.tiles.entry_bundle_path(index, width))

    try:
        note = tlog.parse_note(files["checkpoint"])
        key = tlog.parse_vkey(vkey)
        found = tlog.verify_checkpoint(note, key, expected_origin=key.name)
        if not found.log_ok:
            return False
        tlog.audit_tiles(Reader(), found.size, found.root)
    except Exception:  # noqa: BLE001 - however a stranger says no
        return False
    return True


def sumdb_built(made: Path) -> Path:
    """Go's checksum database code as a program, built in this folder: Debian's golang-go, golang-golang-x-mod-dev."""
    go = program("go")
    if not (GOPATH / "src" / MODULES / "x" / "mod").is_dir():
        unavailable("golang-golang-x-mod-dev is not installed")
    environment = os.environ | {
        "GO111MODULE": "off",
        "GOPATH": str(GOPATH),
        "GOCACHE": str(made / "cache"),
        "GOFLAGS": "",
        "CGO_ENABLED": "0",
    }
    built, source = made / "sumdb", made / "main.go"
    source.write_text(SOURCE.read_text(encoding="utf-8").replace("MODULES", MODULES), encoding="utf-8")
    subprocess.run([str(go), "build", "-o", str(built), str(source)], env=environment, check=True, timeout=300)
    return built


def go_accepts(sumdb: Path, files: Mapping[str, bytes], vkey: str, directory: Path) -> bool:
    """Go's sumdb: the signature, and the root recomputed from the entries."""
    shown = write(files, directory)
    return subprocess.run([str(sumdb), str(shown), vkey], capture_output=True, check=False).returncode == 0
