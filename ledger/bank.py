"""The bank: opened once in a process, it hands commands to the writer and lends its store to the rooms that read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import uuid_utils.compat

from ledger.core.posting import Command
from ledger.settings import Settings
from ledger.store import changes, founding, granting, log, migrating
from ledger.store.anchors import AnchorFile, AnchorUnfit, Contradiction, contradiction
from ledger.store.changes import ActorKind, By, Changes, Note
from ledger.store.engines import NoPlace, NotDurable, NotGranted, Store, Unavailable, UnknownEngine, is_outage
from ledger.store.founding import Charter
from ledger.store.rows import Page, Taken
from ledger.store.writer import Outcome, Submission, Writer, business_day

__all__ = [
    "ActorKind",
    "Bank",
    "By",
    "Changes",
    "Charter",
    "Note",
    "Outcome",
    "Page",
    "Request",
    "Submission",
    "Taken",
    "Unavailable",
    "World",
    "is_outage",
]
"""What the rooms above need of the store they reach through the bank."""

KNOWN_FAILURES = (
    founding.NoBank,
    founding.BankExists,
    UnknownEngine,
    NoPlace,
    NotDurable,
    NotGranted,
    Unavailable,
    migrating.NotMigrated,
    migrating.MigrationRefused,
    granting.RoleRefused,
)
"""What can be wrong with a database, each with a sentence that says the mend."""

ANSWER_SECONDS = 60
"""How long a request waits for its outcome; after that it is told to try again with the same key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a bank takes from outside: the clock, fresh ids and unguessable bytes. Handed in, so that a demo or a test
    can hand in its own.
    """

    clock: Callable[[], int] = lambda: time.time_ns() // 1_000
    """Microseconds since 1970 UTC."""
    new_id: Callable[[], UUID] = uuid_utils.compat.uuid7
    random_bytes: Callable[[int], bytes] = os.urandom


class Request(NamedTuple):
    """Under which idempotency key a client asks for something, and the digest of what it asks."""

    client: str
    key: str
    digest: bytes


class Bank:
    """One points bank. Close it to commit what is waiting."""

    def __init__(
        self,
        store: Store,
        world: World,
        charter: Charter,
        settings: Settings,
        observe: Callable[[int, float], None] | None,
    ) -> None:
        self.store, self.world, self.charter, self.settings = store, world, charter, settings
        self.log_origin = charter.origin
        """The name its heads are signed under: the charter's, until history was lost and a new epoch began."""
        self.halted: Contradiction | None = None
        """Why nothing may be posted: this database is not the one whose heads were signed. It can still be read."""
        self.zone = ZoneInfo(charter.zone)
        self._writer = Writer(
            store.batches(),
            clock=world.clock,
            salts=world.random_bytes,
            zone=self.zone,
            batch_max=settings.batch_max,
            observe=observe,
        )

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        world: World | None = None,
        observe: Callable[[int, float], None] | None = None,
    ) -> Bank:
        """Open a bank that `init` founded. Refuses NotDurable, NotGranted, NotMigrated, NoBank."""
        store = Store(settings.url)
        try:
            store.refuse_no_place()
            store.refuse_what_loses()
            migrating.refuse_other_revision(store)
            charter = founding.charter(store)
            origin, against = _signed_as(store, charter, settings)
        except BaseException:
            store.close()
            raise
        bank = cls(store, world or World(), charter, settings, observe)
        bank.log_origin, bank.halted = origin, against
        return bank

    def look_again(self) -> None:
        """Halted, see whether the operator has begun a new epoch meanwhile, or put the right database back."""
        self.log_origin, self.halted = _signed_as(self.store, self.charter, self.settings)

    @classmethod
    def found(cls, settings: Settings, charter: Charter, *, world: World | None = None) -> None:
        """Prepare an empty database and write the first rows of a bank. Refuses BankExists, NotDurable."""
        with opened_store(settings) as store:
            migrating.migrate(store)
            store.refuse_what_loses()
            founding.found(store, charter, now=(world or World()).clock())

    def submit(self, command: Command, request: Request | None = None) -> Outcome:
        """Post one command and wait for its outcome. Without a request it is the bank's own, under its id.

        Raises Unavailable when the database is away: tried again with the same key it takes effect once.
        """
        self._refuse_halted()
        submission = Submission.own(command) if request is None else Submission(command, *request)
        return _awaited(self._writer.submit(submission))

    def submit_all(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Post many, in order; the writer takes them together. Raises the first failure, after all were tried."""
        self._refuse_halted()
        futures = self._writer.submit_all(submissions)
        return [_awaited(future) for future in futures]

    def changing(self, by: By) -> AbstractContextManager[Changes]:
        """A transaction of catalogue changes: all of them and their lines in the audit, or none."""
        return changes.changing(self.store, by, now=self.world.clock(), new_id=self.world.new_id)

    def _refuse_halted(self) -> None:
        """History must not be forked in silence. Raises Unavailable."""
        if self.halted is not None:
            raise Unavailable(self.halted.said)

    def noted(self, by: By, *notes: Note) -> None:
        """Lines in the audit about what is no change: who looks at whose personal data, who was refused what.

        They are on disk when this returns: note a view before showing it. Raises Unavailable as every change does.
        """
        with self.changing(by) as change:
            change.note(notes)

    def today(self) -> date:
        """The business day in the bank's zone."""
        return business_day(self.world.clock(), self.zone)

    def close(self) -> None:
        self._writer.close()
        self.store.close()

    def __enter__(self) -> Bank:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _awaited(future: Future[Outcome]) -> Outcome:
    try:
        return future.result(timeout=ANSWER_SECONDS)
    except TimeoutError as error:
        raise Unavailable("the database is slow; try again with the same key") from error


def _signed_as(store: Store, charter: Charter, settings: Settings) -> tuple[str, Contradiction | None]:
    """The origin of this bank's heads, and how its database contradicts the last of them."""
    with store.reading() as connection:
        epochs = log.epochs(connection)
    origin = epochs[-1].origin if epochs else charter.origin
    try:
        anchor = AnchorFile(settings.log_directory, origin).last()
    except AnchorUnfit as error:
        return origin, Contradiction("anchor_unfit", str(error))
    against = contradiction(store, origin, anchor)
    return origin, against if against is not None and against.halts else None


charter_of = founding.charter


def is_bank_here(settings: Settings) -> Charter | None:
    """The charter of the bank in this database, or None where there is none yet."""
    with opened_store(settings) as store:
        try:
            return founding.charter(store)
        except founding.NoBank:
            return None


def migrate_database(settings: Settings) -> list[str]:
    """Bring a database to the form this program knows; the revisions applied. Refuses MigrationRefused, NotMigrated."""
    with opened_store(settings) as store:
        return migrating.migrate(store)


def grant_role(settings: Settings, role: str, password: str | None) -> None:
    """Make a PostgreSQL role that may add to the ledger and never change it."""
    with opened_store(settings) as store:
        granting.grant(store, role, password)


@contextmanager
def opened_store(settings: Settings) -> Iterator[Store]:
    """The database without a writer, for those who only look."""
    store = Store(settings.url)
    try:
        store.refuse_no_place()
        yield store
    finally:
        store.close()
