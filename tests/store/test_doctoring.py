"""The doctor says what a machine's durability really is; what could lose a confirmed posting is not served at all."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import make_url, update

from ledger.bank import Bank, Charter
from ledger.settings import Settings
from ledger.store import disks, doctoring, engines
from ledger.store.doctoring import Finding, examine
from ledger.store.engines import NotDurable, Store, losses, wal_is_safe
from ledger.store.granting import grant
from ledger.store.schema import books
from tests.postgres import Postgres, PostgresServer, memory_directory

CHARTER = Charter(name="先锋银行", origin="pioneer.example")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Of a bank whose directory only its owner may enter."""
    tmp_path.chmod(0o700)
    made = Settings(database_url=database_url, data_dir=tmp_path)
    Bank.found(made, CHARTER)
    return made


def about(found: list[Finding], subject: str) -> Finding:
    """The worst finding about this subject."""
    return max(
        (one for one in found if one.subject == subject), key=lambda one: ["ok", "warn", "fail"].index(one.level)
    )


def faults(found: list[Finding]) -> list[Finding]:
    return [one for one in found if one.level == "fail"]


# -- a sound bank ------------------------------------------------------------------------------------------------------


def test_a_sound_bank_has_no_fault(settings: Settings) -> None:
    found = examine(settings)
    assert faults(found) == []
    assert about(found, "bank").said.startswith("先锋银行, revision 0")
    assert about(found, "guards").level == "ok"
    assert about(found, "durability").level == "ok"
    assert about(found, "zone").said.startswith("Asia/Shanghai")
    assert all(one.mend for one in found if one.level != "ok")


def test_looking_changes_nothing(tmp_path: Path) -> None:
    found = examine(Settings(data_dir=tmp_path / "not" / "there"))
    assert about(found, "bank").mend == "run `pioneer init`"
    assert list(tmp_path.iterdir()) == []
    assert faults(found) == []


def test_an_empty_server_is_no_fault_yet(database_url: str, tmp_path: Path) -> None:
    found = examine(Settings(database_url=database_url, data_dir=tmp_path))
    assert about(found, "bank").level == "warn"
    assert "pioneer init" in about(found, "bank").mend


# -- what is wrong with the database -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:bank?mode=memory&cache=shared&uri=true"]
)
def test_a_bank_in_memory_is_refused(url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=url, data_dir=tmp_path)
    with pytest.raises(NotDurable, match="memory"):
        Bank.open(settings)
    with pytest.raises(NotDurable, match="memory"):
        Bank.found(settings, CHARTER)


@pytest.mark.parametrize("options", ["nolock=1&uri=true", "vfs=unix-none&uri=true", "immutable=1&uri=true"])
def test_a_file_without_its_locks_is_refused(options: str, tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///file:{tmp_path}/bank.db?{options}", data_dir=tmp_path)
    with pytest.raises(NotDurable, match="and nothing else"):
        Bank.open(settings)


def test_the_doctor_says_what_is_wrong_with_memory(tmp_path: Path) -> None:
    found = about(examine(Settings(database_url="sqlite://", data_dir=tmp_path)), "database")
    assert (found.level, found.said) == ("fail", "a bank in memory loses everything when it stops")


@pytest.mark.parametrize("url", ["mysql://somewhere/bank", "nonsense", "postgresql://127.0.0.1:1/bank"])
def test_a_database_that_cannot_be_used_is_a_fault_in_words(url: str, tmp_path: Path) -> None:
    found = about(examine(Settings(database_url=url, data_dir=tmp_path)), "database")
    assert found.level == "fail"
    assert "Traceback" not in found.said
    assert found.mend


def test_a_file_that_is_no_database_is_a_fault_in_words(tmp_path: Path) -> None:
    (tmp_path / "bank.db").write_text("something else" * 100)
    assert "not a database" in about(examine(Settings(data_dir=tmp_path)), "database").said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"synchronous": "normal"}, "must be FULL"),
        ({"synchronous": "off"}, "must be FULL"),
        ({"journal_mode": "off"}, "must be WAL or DELETE"),
        ({"journal_mode": "memory"}, "must be WAL or DELETE"),
        ({"version": "3.40.1"}, "can corrupt a WAL file"),
        ({"version": "3.51.2"}, "can corrupt a WAL file"),
    ],
)
def test_sqlite_settings_that_lose_are_known(changed: dict[str, str], said: str) -> None:
    sound = {"synchronous": "full", "journal_mode": "wal", "version": "3.53.4"}
    assert losses("sqlite", sound) == []
    assert said in losses("sqlite", sound | changed)[0]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        *(((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False), ((3, 50, 7), True)),
        *(((3, 51, 0), False), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 53, 4), True), ((3, 7, 0), False)),
    ],
)
def test_wal_is_used_only_where_it_is_mended(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) == safe


def test_without_a_mended_sqlite_the_rollback_journal_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    if wal_is_safe(sqlite3.sqlite_version_info):
        pytest.skip("the standard library's SQLite is mended here")
    monkeypatch.setattr(engines, "sqlite_module", lambda: sqlite3)
    monkeypatch.setattr(doctoring, "sqlite_module", lambda: sqlite3)
    tmp_path.chmod(0o700)
    settings = Settings(data_dir=tmp_path)
    Bank.found(settings, CHARTER)
    Bank.open(settings).close()
    found = examine(settings)
    assert about(found, "engine").mend.startswith("install pysqlite3")
    assert about(found, "durability").said == "journal_mode delete, synchronous full"
    assert faults(found) == []


def test_guards_that_are_gone_are_a_fault(settings: Settings) -> None:
    store = Store(settings.url)
    with store.changing() as connection:
        table = "" if store.dialect == "sqlite" else ' ON "transfer"'
        connection.exec_driver_sql(f"DROP TRIGGER {'transfer_no_update' if not table else 'transfer_no_change'}{table}")
    store.close()
    found = about(examine(settings), "guards")
    assert found.level == "fail"
    assert "transfer_no_" in found.said


def test_another_revision_is_a_fault(settings: Settings) -> None:
    store = Store(settings.url)
    with store.changing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    assert "revision 9999" in about(examine(settings), "bank").said


def test_a_clock_behind_the_last_posting_is_noticed(settings: Settings) -> None:
    store = Store(settings.url)
    with store.changing() as connection:
        connection.execute(update(books.head).values(recorded_at=time.time_ns() // 1_000 + 3_600_000_000))
    store.close()
    assert "behind the last posting" in about(examine(settings), "clock").said


# -- PostgreSQL --------------------------------------------------------------------------------------------------------


@pytest.mark.postgresql
def test_a_superuser_is_told_of_the_granted_role(
    postgres_server: Postgres, lived_in_postgresql: str, tmp_path: Path
) -> None:
    owner = Store(lived_in_postgresql)
    role = f"doctor_{owner.url.database}"[:60]
    found = about(examine(Settings(database_url=lived_in_postgresql, data_dir=tmp_path)), "role")
    assert found.level == "warn"
    assert "pioneer grant" in found.mend
    grant(owner, role)
    clerk = Settings(
        database_url=make_url(lived_in_postgresql).set(username=role).render_as_string(hide_password=False),
        data_dir=tmp_path,
    )
    assert about(examine(clerk), "role").level == "ok"
    assert faults(examine(clerk)) == []
    with owner.changing() as connection:
        connection.exec_driver_sql(f"REVOKE ALL ON desk FROM {role}")
    assert about(examine(clerk), "role").said == f"{role} may not add to desk"
    with owner.changing() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {role}")
    assert about(examine(clerk), "bank").mend == f"run `pioneer grant {role}` as its owner"
    with owner.changing() as connection:
        connection.exec_driver_sql(f"DROP ROLE {role}")
    owner.close()


@pytest.fixture(scope="module")
def careless() -> Iterator[PostgresServer]:
    """A server of our own, whose settings may be spoilt."""
    with PostgresServer.start(memory_directory()) as server:
        yield server


@pytest.mark.postgresql
@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_a_server_that_could_lose_is_refused(careless: PostgresServer, setting: str, tmp_path: Path) -> None:
    settings = Settings(database_url=careless.create_database(), data_dir=tmp_path)
    Bank.found(settings, CHARTER)
    Bank.open(settings).close()
    configure(careless, f"ALTER SYSTEM SET {setting} = off", setting, "off")
    try:
        with pytest.raises(NotDurable, match=f"{setting} is off: set it to on"):
            Bank.open(settings)
        assert about(examine(settings), "durability").said == f"PostgreSQL {setting} is off"
    finally:
        configure(careless, f"ALTER SYSTEM RESET {setting}", setting, "on")
    Bank.open(settings).close()


def configure(server: Postgres, statement: str, setting: str, expected: str) -> None:
    server.execute(sql.Composed([sql.SQL(statement)]))
    server.execute(sql.Composed([sql.SQL("SELECT pg_reload_conf()")]))
    deadline = time.monotonic() + 10
    while server.show(setting) != expected and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.show(setting) == expected


@pytest.mark.postgresql
def test_a_standby_is_refused(tmp_path: Path) -> None:
    with PostgresServer.start(memory_directory()) as server:
        settings = Settings(database_url=server.create_database(), data_dir=tmp_path)
        Bank.found(settings, CHARTER)
        server.stop()
        (server.directory / "data" / "standby.signal").touch()
        server.restart()
        with pytest.raises(NotDurable, match="in_recovery is yes"):
            Bank.open(settings)
        assert "in_recovery" in about(examine(settings), "durability").said


# -- the disk ----------------------------------------------------------------------------------------------------------


def test_a_disk_in_memory_and_a_network_are_told_apart(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n"
        "tmpfs /memory tmpfs rw 0 0\n"
        "server:/x /far/away nfs4 rw 0 0\n"
        "overlay /box overlay rw 0 0\n"
        "/dev/sdb1 /box/volume xfs rw 0 0\n"
        "//host/share /with\\040space cifs rw 0 0\n"
    )
    kinds = {
        "/srv/bank": "ext4",
        "/memory/bank": "tmpfs",
        "/memoryless": "ext4",
        "/far/away": "nfs4",
        "/box/bank": "overlay",
        "/box/volume/bank": "xfs",
        "/with space/bank": "cifs",
    }
    assert {path: disks.file_system(Path(path), mounts) for path in kinds} == kinds
    assert disks.file_system(Path("/srv"), tmp_path / "none") is None


@pytest.mark.parametrize(
    ("kind", "level"),
    [("ext4", "ok"), ("xfs", "ok"), ("tmpfs", "warn"), ("overlay", "warn"), ("nfs4", "fail"), ("cifs", "fail")],
)
def test_a_file_on_the_wrong_file_system_is_noticed(
    kind: str, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "file_system", lambda _: kind)
    found = about(examine(Settings(data_dir=tmp_path)), "database's disk")
    assert found.level == level
    assert kind in found.said or level == "ok"


@pytest.mark.parametrize(("free", "level"), [(2**20, "fail"), (2**29, "warn"), (2**33, "ok")])
def test_a_disk_that_fills_up_is_noticed(
    free: int, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disks, "free_bytes", lambda _: free)
    monkeypatch.setattr(disks, "file_system", lambda _: "ext4")
    assert about(examine(Settings(data_dir=tmp_path)), "database's disk").level == level


def test_a_slow_disk_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disks, "file_system", lambda _: "ext4")
    real = os.fsync

    def slow(file: int) -> None:
        time.sleep(0.06)
        real(file)

    monkeypatch.setattr(os, "fsync", slow)
    found = about(examine(Settings(data_dir=tmp_path)), "database's disk")
    assert (found.level, found.mend) == ("warn", "a faster disk; until then the bank is slow, not unsafe")


def test_a_disk_that_takes_no_writes_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "No space left" in about(examine(Settings(data_dir=tmp_path)), "database's disk").said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing here")
@pytest.mark.parametrize(("mode", "level"), [(0o700, "ok"), (0o750, "warn"), (0o777, "fail")])
def test_a_directory_open_to_others_is_noticed(mode: int, level: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    Bank.found(settings, CHARTER)
    for file in tmp_path.iterdir():
        file.chmod(0o600)
    tmp_path.chmod(mode)
    assert about(examine(settings), "database's directory").level == level


@pytest.mark.skipif(os.name != "posix", reason="modes mean nothing here")
def test_a_file_that_others_may_write_is_a_fault(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    Bank.found(settings, CHARTER)
    (tmp_path / "bank.db").chmod(0o666)
    found: Any = about(examine(settings), "file bank.db")
    assert found.level == "fail"
    assert found.mend.startswith("chmod go-rwx ")
