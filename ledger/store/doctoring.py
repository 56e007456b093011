"""What this machine's durability really is, said in words to whoever runs the bank.

It looks and measures, and creates nothing but one scratch file. Whatever is wrong becomes a finding, not an exception.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from ledger.settings import Settings
from ledger.store import disks, founding, granting, guards, migrating
from ledger.store.engines import NotDurable, NotGranted, Store, losses, sqlite_module, wal_is_safe
from ledger.store.schema import books

FREE_WARN_BYTES, FREE_FAIL_BYTES = 2**30, 64 * 2**20
FLUSH_WARN_SECONDS = 0.05
CLOCK_BEHIND_MICROSECONDS = 5_000_000

Level = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `warn` loses no confirmed posting by itself; on `fail` no bank should be kept."""

    level: Level
    subject: str
    said: str
    mend: str = ""
    """What to do about it; empty where nothing is to be done."""


def examine(settings: Settings) -> list[Finding]:
    """Everything worth knowing about where this bank is kept, in the order in which it is best read."""
    return [*_database(settings), *_disks(settings), *_clock()]


# -- the database -----------------------------------------------------------------------------------------------------


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        store = Store(settings.url)
    except NotDurable as error:
        yield _fault("fail", "database", error)
        return
    except (ValueError, SQLAlchemyError) as error:
        mend = "set PIONEER_DATABASE_URL to sqlite:///FILE or postgresql://…"
        yield Finding(level="fail", subject="database", said=_line(error), mend=mend)
        return
    try:
        file = _file(store)
        if file and not file.exists():
            yield _sqlite_library()
            mend = "run `pioneer init`"
            yield Finding(level="warn", subject="bank", said=f"there is no {file} yet", mend=mend)
            return
        yield from _engine(store)
        yield from _bank(store)
    except SQLAlchemyError as error:
        mend = "see that the database runs, and that PIONEER_DATABASE_URL names it and a role that may use it"
        yield Finding(level="fail", subject="database", said=f"it does not answer: {_line(error)}", mend=mend)
    finally:
        store.close()


def _engine(store: Store) -> Iterator[Finding]:
    facts = store.durability()
    faults = losses(store.dialect, facts)
    if store.dialect == "sqlite":
        yield _sqlite_library()
        said = f"journal_mode {facts['journal_mode']}, synchronous {facts['synchronous']}"
    else:
        yield Finding(level="ok", subject="engine", said=f"PostgreSQL {facts['version']}")
        said = ", ".join(f"{name} {facts[name]}" for name in ("fsync", "full_page_writes", "synchronous_commit"))
        said += f", wal_sync_method {facts['wal_sync_method']}"
    if not faults:
        yield Finding(level="ok", subject="durability", said=said)
    for fault in faults:
        yield _fault("fail", "durability", fault)
    if store.dialect == "postgresql" and facts["in_recovery"] == "no":
        yield _commit(store)


def _sqlite_library() -> Finding:
    module = sqlite_module()
    said = f"SQLite {module.sqlite_version}, through {module.__name__.split('.')[0]}"
    if wal_is_safe(module.sqlite_version_info):
        return Finding(level="ok", subject="engine", said=said)
    mend = "install pysqlite3, or a Python with SQLite 3.51.3 or newer"
    said += ": its WAL can corrupt a file, so the slower rollback journal is used"
    return Finding(level="warn", subject="engine", said=said, mend=mend)


def _commit(store: Store) -> Finding:
    """Time a real commit: a message in the write-ahead log, which changes no table."""
    taken = []
    for _ in range(7):
        try:
            with store.changing() as connection:
                connection.exec_driver_sql("SELECT pg_logical_emit_message(true, 'pioneer', 'doctor')")
                started = time.perf_counter()
        except ProgrammingError as error:
            return Finding(level="ok", subject="commit", said=f"cannot be timed: {_line(error)}")
        taken.append(time.perf_counter() - started)
    return _speed("commit", "a commit takes", statistics.median(taken))


def _bank(store: Store) -> Iterator[Finding]:
    try:
        migrating.refuse_other_revision(store)
        charter = founding.charter(store)
    except (migrating.NotMigrated, NotGranted) as error:
        yield _fault("fail", "bank", error)
        return
    except founding.NoBank as error:
        yield _fault("warn", "bank", error)
        return
    yield Finding(level="ok", subject="bank", said=f"{charter.name}, revision {migrating.revision(store)}")
    yield from _guards(store)
    if store.dialect == "postgresql":
        yield _role(store)
    yield from _time(store, charter)


def _guards(store: Store) -> Iterator[Finding]:
    with store.reading() as connection:
        gone = guards.missing(connection)
    if gone:
        said = f"{len(gone)} guards are gone or changed: {', '.join(gone[:5])}{', …' if len(gone) > 5 else ''}"
        mend = "run `pioneer check` to see whether rows were changed too; then restore a backup made before"
        yield Finding(level="fail", subject="guards", said=said, mend=mend)
    else:
        said = f"all {len(guards.guards(store.dialect))} stand: what is written cannot be changed"
        yield Finding(level="ok", subject="guards", said=said)


def _role(store: Store) -> Finding:
    with store.reading() as connection:
        role = str(connection.exec_driver_sql("SELECT current_user").scalar())
        lacks, may = granting.lacks(connection), granting.excesses(connection, role)
    if lacks:
        said, mend = f"{role} may not add to {', '.join(lacks)}", f"run `pioneer grant {role}` as the owner"
        return Finding(level="fail", subject="role", said=said, mend=mend)
    if may:
        said = f"{role} could take the guards away: it may {may[0]}{' and more' if len(may) > 1 else ''}"
        mend = "run `pioneer grant ROLE` and serve under that role"
        return Finding(level="warn", subject="role", said=said, mend=mend)
    return Finding(level="ok", subject="role", said=f"{role} can add to the ledger and change nothing in it")


def _time(store: Store, charter: founding.Charter) -> Iterator[Finding]:
    try:
        zone = ZoneInfo(charter.zone)
    except ZoneInfoNotFoundError:
        said = f"the bank's zone {charter.zone} is unknown here"
        yield Finding(level="fail", subject="zone", said=said, mend="install the package tzdata")
        return
    yield Finding(level="ok", subject="zone", said=f"{charter.zone}, where it is {datetime.now(zone):%Y-%m-%d %H:%M}")
    with store.reading() as connection:
        last = int(connection.scalar(select(books.head.c.recorded_at)) or 0)
    behind = last - time.time_ns() // 1_000
    if behind > CLOCK_BEHIND_MICROSECONDS:
        said = f"this machine's clock is {behind // 1_000_000} s behind the last posting"
        yield Finding(level="warn", subject="clock", said=said, mend="set the clock, and let it be kept by NTP")


# -- the disk ---------------------------------------------------------------------------------------------------------


def _disks(settings: Settings) -> Iterator[Finding]:
    file = _sqlite_file(settings)
    if file is not None:
        yield from _disk(file.parent, "database's disk", sqlite=True)
        yield from _privacy(file.parent, "database's directory")
        for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            yield from _privacy(part, f"file {part.name}", quiet=True)
    if file is None or file.parent.absolute() != settings.data_dir.absolute():
        yield from _disk(settings.data_dir, "data directory's disk", sqlite=False)
        yield from _privacy(settings.data_dir, "data directory")


def _disk(directory: Path, subject: str, *, sqlite: bool) -> Iterator[Finding]:
    directory = disks.standing(directory)
    yield _file_system(directory, subject, sqlite=sqlite)
    free = disks.free_bytes(directory)
    level: Level = "fail" if free < FREE_FAIL_BYTES else "warn" if free < FREE_WARN_BYTES else "ok"
    mend = "" if level == "ok" else "make room: a full disk stops the bank, though it loses nothing"
    yield Finding(level=level, subject=subject, said=f"{free / 2**30:.1f} GiB free", mend=mend)
    try:
        seconds = disks.flush_seconds(directory)
    except OSError as error:
        said, mend = f"cannot write in {directory}: {error.strerror}", "let the user who runs the bank write there"
        yield Finding(level="fail", subject=subject, said=said, mend=mend)
    else:
        yield _speed(subject, "a page written and flushed takes", seconds)


def _file_system(directory: Path, subject: str, *, sqlite: bool) -> Finding:
    kind = disks.file_system(directory)
    if kind is None:
        return Finding(level="ok", subject=subject, said="this system does not say what kind of file system it is")
    if kind in disks.IN_MEMORY:
        mend = "keep it on a disk"
        return Finding(level="warn", subject=subject, said=f"{kind}: gone when the power goes", mend=mend)
    if kind in disks.NETWORK:
        said = f"{kind}: locks and flushes over a network may not be what they say"
        mend = "keep a SQLite file on a disk of this machine, or use PostgreSQL" if sqlite else "better a local disk"
        return Finding(level="fail" if sqlite else "warn", subject=subject, said=said, mend=mend)
    if kind in disks.OF_A_CONTAINER:
        mend = "mount a volume there"
        return Finding(level="warn", subject=subject, said=f"{kind}: goes with its container", mend=mend)
    return Finding(level="ok", subject=subject, said=kind)


def _privacy(path: Path, subject: str, *, quiet: bool = False) -> Iterator[Finding]:
    if not path.exists():
        return
    others = disks.open_to_others(path)
    mend = f"chmod go-rwx {path}"
    if others == "write":
        said = "others on this machine may write there, past every guard"
        yield Finding(level="fail", subject=subject, said=said, mend=mend)
    elif others == "read":
        if not quiet or disks.open_to_others(path.parent):  # nobody reaches a file in a closed directory
            said = "others on this machine may read what is in it"
            yield Finding(level="warn", subject=subject, said=said, mend=mend)
    elif not quiet:
        yield Finding(level="ok", subject=subject, said="only its owner may look into it")


# -- the rest ---------------------------------------------------------------------------------------------------------


def _clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    built = datetime(2026, 1, 1, tzinfo=UTC)
    if now < built:
        said = f"this machine believes it is {now:%Y-%m-%d}"
        yield Finding(level="fail", subject="clock", said=said, mend="set the clock, and let it be kept by NTP")
    else:
        yield Finding(level="ok", subject="clock", said=f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _speed(subject: str, what: str, seconds: float) -> Finding:
    said = f"{what} {seconds * 1_000:.2f} ms"
    if seconds > FLUSH_WARN_SECONDS:
        mend = "a faster disk; until then the bank is slow, not unsafe"
        return Finding(level="warn", subject=subject, said=said, mend=mend)
    return Finding(level="ok", subject=subject, said=said)


def _fault(level: Level, subject: str, message: object) -> Finding:
    """From a sentence of the form "what is wrong: what to do"."""
    said, _, mend = str(message).partition(": ")
    return Finding(level=level, subject=subject, said=said, mend=mend)


def _file(store: Store) -> Path | None:
    return Path(str(store.url.database)) if store.dialect == "sqlite" else None


def _sqlite_file(settings: Settings) -> Path | None:
    """The SQLite file of these settings, if it is one at all."""
    try:
        store = Store(settings.url)
    except (NotDurable, ValueError, SQLAlchemyError):
        return None
    store.close()
    return _file(store)


def _line(error: BaseException) -> str:
    """What an error says, in one line and without the statement."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]
