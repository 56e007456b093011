"""Opening a database so that what it confirms is durable, and refusing one that could lose it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from ledger.store.batches import BatchConnection
from ledger.store.viewing import Viewings

BUSY_TIMEOUT_MS = 30_000
POOL: dict[str, Any] = {"pool_size": 12, "max_overflow": 4, "pool_timeout": 10, "hide_parameters": True}
"""Reading is short, so a few sessions serve many requests; four processes stay well under PostgreSQL's usual
hundred. No error quotes the values of a statement: they may be somebody's name.
"""


SWEPT = (
    *("private", "volunteer", "volunteer_field", "guardian", "card", "volunteer_pin", "certificate_text"),
    *("notice_text", "objection_contact", "dossier_entry"),
    *("wish", "request", "request_step", "task"),
)
"""Tables from which people are erased."""


class UnknownEngine(ValueError):
    """A database that is neither SQLite nor PostgreSQL."""


class NoPlace(RuntimeError):
    """The directory that should hold the embedded database is not there."""


class NotDurable(RuntimeError):
    """This database could lose what it has confirmed; the bank does not serve on it."""


class NotGranted(RuntimeError):
    """The database role may not use the bank's tables; the message names the mend."""


class Unavailable(RuntimeError):
    """The database is away, full, or too busy; nothing of the request was written that was not confirmed."""


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """SQLite 3.7.0 to 3.51.2 can corrupt a WAL database shared by two connections; 3.44.6, 3.50.7 and 3.51.3 mend
    it.
    """
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def sqlite_module() -> Any:
    """The SQLite this bank uses: the bundled newer one where there is a wheel of it, else the one in the standard
    library.
    """
    try:
        import pysqlite3

        return pysqlite3
    except ImportError:
        import sqlite3

        return sqlite3


class Store:
    """Both ways into one bank's database: `reading` for snapshots, `changing` for ordinary transactions. The writer
    has its own.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.dialect = self.url.get_backend_name()
        self.viewings = Viewings(self.changing)
        if self.dialect == "sqlite":
            self._writing, self._reading = _sqlite_engine(url, read_only=False), _sqlite_engine(url, read_only=True)
        elif self.dialect == "postgresql":
            self._writing = create_engine(self.url.set(drivername="postgresql+psycopg"), **POOL)
            # A read of one statement needs no BEGIN and no ROLLBACK: one trip to the database instead of three.
            self._reading = self._writing.execution_options(isolation_level="AUTOCOMMIT")
        else:
            raise UnknownEngine(f"PIONEER_DATABASE_URL names {self.dialect}; use sqlite:///FILE or postgresql://…")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only view. Statements that must agree with each other go into one statement, or ask for `snapshot`."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One unchanging view of the whole database for as long as it is held."""
        with self._reading.connect() as connection:
            if self.dialect == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            else:
                connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction for what is not a posting: committed at the end, or wholly undone."""
        with self._writing.begin() as connection:
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A connection on which migrations begin and commit by themselves."""
        with self._writing.connect() as connection:
            yield connection

    def batches(self) -> BatchConnection:
        """A session for a writer."""
        if self.dialect == "sqlite":
            from ledger.store.sqlite import SqliteBatches

            return SqliteBatches(self._writing)
        from ledger.store.postgresql import PostgresqlBatches

        return PostgresqlBatches(self._writing)

    def sweep(self) -> bool:
        """Leave no old copy of what was erased in the database's files; False where readers kept one from going.

        SQLite: the file is written anew and its WAL emptied. PostgreSQL: the tables from which people are erased are
        written anew, which only their owner may; what its WAL and backups hold goes when they are recycled.
        """
        if self.dialect == "postgresql":
            with self._writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in SWEPT:
                    connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{name}"')
            return True
        with closing(self._writing.raw_connection()) as pooled:
            driver: Any = pooled.driver_connection
            driver.execute("VACUUM")
            busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy

    def durability(self) -> dict[str, str]:
        """What this database promises, as it says itself."""
        with self._writing.connect() as connection:
            return _sqlite_facts(connection) if self.dialect == "sqlite" else _postgresql_facts(connection)

    def refuse_no_place(self) -> None:
        """NoPlace where the embedded database has no directory to be in."""
        file = self.url.database
        if self.dialect == "sqlite" and file and not Path(file).absolute().parent.is_dir():
            raise NoPlace(
                f"the directory of {file} does not exist: run `pioneer init`, or say where the bank is "
                "(PIONEER_DATA_DIR)"
            )

    def refuse_what_loses(self) -> None:
        """NotDurable where a setting would let confirmed postings vanish."""
        facts = self.durability()
        faults = losses(self.dialect, facts)
        if faults:
            raise NotDurable("; ".join(faults))

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()


def losses(dialect: str, facts: dict[str, str]) -> list[str]:
    """What in these facts could lose confirmed postings, and the mend."""
    if dialect == "sqlite":
        faults = []
        if facts["synchronous"] not in ("full", "extra"):
            faults.append(f"SQLite synchronous is {facts['synchronous']}: it must be FULL")
        if facts["journal_mode"] not in ("wal", "delete", "truncate", "persist"):
            faults.append(f"SQLite journal_mode is {facts['journal_mode']}: it must be WAL or DELETE")
        version = tuple(int(part) for part in facts["version"].split("."))
        if facts["journal_mode"] == "wal" and not wal_is_safe(version):
            faults.append(
                f"SQLite {facts['version']} can corrupt a WAL file: use 3.51.3 or newer, or journal_mode DELETE"
            )
        return faults
    return [
        f"PostgreSQL {name} is {facts[name]}: set it to {wanted[0]}"
        for name, wanted in (
            ("fsync", ("on",)),
            ("full_page_writes", ("on",)),
            ("synchronous_commit", ("on", "remote_apply")),
            ("in_recovery", ("no",)),
        )
        if facts[name] not in wanted
    ]


def _sqlite_engine(url: str, *, read_only: bool) -> Engine:
    module = sqlite_module()
    file, options = make_url(url).database, make_url(url).query
    if not file or file == ":memory:" or options.get("mode") == "memory":
        raise NotDurable(
            "a bank in memory loses everything when it stops: give PIONEER_DATABASE_URL a file, sqlite:///bank.db"
        )
    if options or file.startswith("file:"):
        raise NotDurable(
            "options in a SQLite URL can switch off its locks or its flushes: write sqlite:///FILE and nothing else"
        )
    engine = create_engine(
        make_url(url).set(drivername="sqlite"), module=module, connect_args={"check_same_thread": False}, **POOL
    )
    wal = wal_is_safe(module.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves; the driver would start too late
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if not read_only:
            connection.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    if not read_only:

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _sqlite_facts(connection: Connection) -> dict[str, str]:
    def pragma(name: str) -> str:
        return str(connection.exec_driver_sql(f"PRAGMA {name}").scalar())

    file = connection.engine.url.database or ""
    return {
        "engine": "SQLite",
        "version": str(connection.exec_driver_sql("SELECT sqlite_version()").scalar()),
        "journal_mode": pragma("journal_mode"),
        "synchronous": {"0": "off", "1": "normal", "2": "full", "3": "extra"}[pragma("synchronous")],
        "foreign_keys": "on" if pragma("foreign_keys") == "1" else "off",
        "recursive_triggers": "on" if pragma("recursive_triggers") == "1" else "off",
        "file": str(Path(file).resolve()),
    }


def _postgresql_facts(connection: Connection) -> dict[str, str]:
    names = ("fsync", "full_page_writes", "synchronous_commit", "server_version", "wal_sync_method")
    shown = {name: str(connection.scalar(text(f"SELECT current_setting('{name}')"))) for name in names}
    return {
        "engine": "PostgreSQL",
        "version": shown.pop("server_version"),
        **shown,
        "in_recovery": "yes" if connection.scalar(text("SELECT pg_is_in_recovery()")) else "no",
        "role": str(connection.scalar(text("SELECT current_user"))),
        "superuser": str(connection.scalar(text("SELECT current_setting('is_superuser')"))),
    }


def is_outage(error: BaseException) -> bool:
    """Whether a database error comes from outside (away, full, locked, no session free) rather than from a statement
    that is wrong.
    """
    cause: BaseException | None = error.orig if isinstance(error, DBAPIError) else error
    names = {kind.__name__ for kind in type(cause).__mro__}
    return bool(names & {"OperationalError", "InterfaceError", "TimeoutError"})
