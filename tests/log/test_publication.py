"""The log is served as C2SP tlog-tiles have it, and exported as the same files; both to the byte."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.core import merkle
from ledger.core.tiles import Tiles, path_of
from ledger.log import export as exporting
from ledger.log import publication
from ledger.log.publication import Resource, Totals
from ledger.store import log as rows
from ledger.store.schema import books
from tests.log import strangers
from tests.log.conftest import Logged
from tests.log.files import entries_of, read


def test_paths_are_those_of_the_standard() -> None:
    assert path_of(0) == "000"
    assert path_of(999) == "999"
    assert path_of(1234067) == "x001/x234/067"
    assert Resource(2, 0, 1).path == "tile/2/000.p/1"
    assert Resource(None, 273, 112).path == "tile/entries/273.p/112"


def test_a_log_of_70_000_has_the_files_that_the_standard_counts() -> None:
    """The example of C2SP tlog-tiles, and its other one, of 256 entries."""
    made = [*publication.resources(70_000)]
    assert len([one for one in made if one.level == 0 and one.width == 256]) == 273
    assert [one for one in made if one.width < 256 and one.level is not None] == [
        Resource(0, 273, 112),
        Resource(1, 1, 17),
        Resource(2, 0, 1),
    ]
    assert len([one for one in made if one.level == 1 and one.width == 256]) == 1
    assert [one for one in publication.resources(256)] == [  # noqa: C416
        Resource(None, 0, 256),
        Resource(0, 0, 256),
        Resource(1, 0, 1),
    ]


def test_the_export_is_accepted_by_strangers_and_grows(logged: Logged, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    for deeds in (3, 300, 2):
        logged.live(deeds)
        head = logged.sign()
        assert head is not None
        exporting.export(logged.bank, folder, [str(key) for key in logged.keys])
        files = read(folder)
        vkey = str(logged.keys[0])
        assert strangers.scales_accepts(files, vkey)
        assert strangers.aics_accepts(files, vkey)
        assert merkle.root_of(map(merkle.leaf_hash, entries_of(files))) == head.root
        wanted = {one.path for one in publication.resources(head.size)} | {"checkpoint", "vkey"}
        assert set(files) == wanted


def test_an_export_stopped_half_way_goes_on(logged: Logged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    logged.live(300)
    logged.sign()
    written = 0
    real = exporting._write

    def dying(path: Path, content: bytes) -> None:
        nonlocal written
        written += 1
        if written == 3:
            raise KeyboardInterrupt
        real(path, content)

    monkeypatch.setattr(exporting, "_write", dying)
    with pytest.raises(KeyboardInterrupt):
        exporting.export(logged.bank, tmp_path / "out", [])
    assert not (tmp_path / "out" / "checkpoint").exists()
    monkeypatch.undo()
    exporting.export(logged.bank, tmp_path / "out", [])
    assert strangers.aics_accepts(read(tmp_path / "out"), str(logged.keys[0]))


def test_a_folder_with_another_history_is_left_alone(logged: Logged, tmp_path: Path) -> None:
    logged.live(5)
    logged.sign()
    exporting.export(logged.bank, tmp_path, [])
    note = (tmp_path / "checkpoint").read_text()
    root = note.split("\n")[2]
    (tmp_path / "checkpoint").write_text(note.replace(root, "A" * 43 + "="))
    with pytest.raises(exporting.NotThisLog, match="evidence"):
        exporting.export(logged.bank, tmp_path, [])


@pytest.mark.tampers
def test_bytes_that_are_not_those_that_were_hashed_are_not_served(logged: Logged) -> None:
    logged.live(4)
    logged.sign()
    with logged.bank.store.changing() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER transaction_no_update")
        else:
            connection.exec_driver_sql('ALTER TABLE "transaction" DISABLE TRIGGER ALL')
        connection.execute(books.transaction.update().where(books.transaction.c.seq == 2).values(kind="lapse"))
    with pytest.raises(publication.BytesBroken, match="entry 2"):
        publication.content(logged.bank.store, Resource(None, 0, 4))


def test_proofs_from_tiles_are_those_of_the_leaves(logged: Logged) -> None:
    logged.live(530)
    with logged.bank.store.reading() as connection:
        leaves = [row.leaf_hash for row in connection.execute(books.transaction.select().order_by("seq"))]
        for size in (1, 2, 255, 256, 257, 511, 530):
            tiles = Tiles(rows.fetch(connection), size)
            assert tiles.frontier().root() == merkle.root_of(leaves[:size])
            for index in {0, 1, size // 2, size - 1} - {size}:
                assert tiles.inclusion(index) == merkle.inclusion_proof(index, leaves[:size])
            for old in {1, 2, 128, 256, 300, size} & set(range(1, size + 1)):
                assert tiles.consistency(old) == merkle.consistency_proof(old, leaves[:size])


def test_totals_that_take_long_are_counted_once_for_all_who_ask() -> None:
    counted: list[int] = []

    def counting(seconds: float) -> tuple[int, dict[str, dict[str, int]]]:
        time.sleep(seconds)
        counted.append(1)
        return len(counted), {}

    slow, quick = Totals(), Totals()
    with ThreadPoolExecutor(8) as pool:
        sizes = {size for size, _ in pool.map(lambda _: slow.now(lambda: counting(0.15)), range(16))}
    assert sizes == {1}
    assert [quick.now(lambda: counting(0))[0] for _ in range(3)] == [2, 3, 4]
