"""The one group-committing writer: whoever waits is taken along, each with an outcome of its own, in one commit.

It takes the bank's head (so several processes may run a writer each), loads what the batch needs, decides each
command in order in memory, writes everything with one statement a table, commits once, and answers. A batch that
fails from outside is run again
command by command.
"""

from __future__ import annotations

import contextlib
import gc
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from ledger.core import merkle
from ledger.core.books import Books
from ledger.core.canonical import digest
from ledger.core.posting import Command, Plan, Record
from ledger.core.receipts import receipt_token
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.postings import IdUsed, KeyReused
from ledger.core.refusals.precedence import remembered
from ledger.core.refusals.refusal import Refusal
from ledger.rules import Tallies
from ledger.store import marks
from ledger.store.batches import BatchConnection, BatchFacts, BatchNeeds, BatchRows, CommandRow, HeadRow, Root
from ledger.store.engines import Unavailable, is_outage

BATCH_MAX = 1_000
WRITTEN_AT_ONCE = 128
"""Commands whose rows go to the database together: it writes them while the next are decided."""
SALT_BYTES = 32
OUTAGES_MAX = 3
"""After so many failures in a row from outside, those still waiting are told at once that the database is away."""

_told = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command. `answer` is what its client is told; a refusal has no seq."""

    seq: int | None
    answer: Mapping[str, Any]
    refusal: Refusal | None = None
    replayed: bool = False

    @property
    def posted(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Submission:
    """A command under its client's idempotency key; `request` is the digest that tells a replay from a reused key."""

    command: Command
    client: str
    key: str
    request: bytes

    @classmethod
    def own(cls, command: Command) -> Submission:
        """A command of the bank's own, whose id is its key."""
        return cls(command, "bank", command.id.hex, digest(repr(command).encode()))


class Writer:
    """A thread that commits. `submit` may be called from any number of threads."""

    def __init__(
        self,
        connection: BatchConnection,
        *,
        clock: Callable[[], int],
        salts: Callable[[int], bytes],
        zone: ZoneInfo,
        batch_max: int = BATCH_MAX,
        observe: Callable[[int, float], None] | None = None,
    ) -> None:
        """`clock` gives microseconds since 1970 UTC, `salts(n)` n unguessable bytes; `observe(commands, seconds)` is
        told of each batch.
        """
        self._connection = connection
        self._clock, self._salts, self._zone = clock, salts, zone
        self._batch_max = batch_max
        self._observe = observe
        self._queue: deque[tuple[Submission, Future[Outcome]]] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, submission: Submission) -> Future[Outcome]:
        """Queue a command. The future gives its outcome, or raises Unavailable: then it was not written, or will be
        found when tried again.
        """
        future: Future[Outcome] = Future()
        with self._wake:
            if self._stopping:
                raise Unavailable("the bank is closing")
            self._queue.append((submission, future))
            self._wake.notify()
        return future

    def submit_all(self, submissions: Sequence[Submission]) -> list[Future[Outcome]]:
        """Queue many at once, in order, so that they travel together."""
        futures: list[Future[Outcome]] = [Future() for _ in submissions]
        with self._wake:
            if self._stopping:
                raise Unavailable("the bank is closing")
            self._queue.extend(zip(submissions, futures, strict=True))
            self._wake.notify()
        return futures

    def close(self) -> None:
        """Commit what is waiting, then stop."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while waiting := self._next():
            started = time.perf_counter()
            self._serve(waiting)
            self._tell(len(waiting), time.perf_counter() - started)

    def _tell(self, commands: int, seconds: float) -> None:
        try:
            if self._observe:
                self._observe(commands, seconds)
        except Exception:  # whoever counts must not stop those who post
            log.exception("observer_failed")

    def _next(self) -> list[tuple[Submission, Future[Outcome]]]:
        with self._wake:
            while not self._queue and not self._stopping:
                self._wake.wait()
            return [self._queue.popleft() for _ in range(min(len(self._queue), self._batch_max))]

    def _serve(self, taken: list[tuple[Submission, Future[Outcome]]]) -> None:
        """Answer everybody: together if it goes, one by one if it does not. Who stopped waiting before is left out."""
        waiting = [one for one in taken if one[1].set_running_or_notify_cancel()]
        if not waiting:
            return
        error = self._try(waiting)
        if error is None:
            return
        log.warning("batch_failed", commands=len(waiting), error=type(error).__name__)
        outages = 0
        for one in waiting:
            if outages < OUTAGES_MAX:
                error = self._try([one])
                outages = outages + 1 if error is not None and is_outage(error) else 0
            if error is not None:
                one[1].set_exception(Unavailable(type(error).__name__) if is_outage(error) else error)

    def _try(self, waiting: list[tuple[Submission, Future[Outcome]]]) -> Exception | None:
        """Commit these and answer them, or say what stood in the way with nothing written and nobody answered.

        A commit whose confirmation was lost is found under its keys by the next try.
        """
        try:
            outcomes = self._commit([submission for submission, _ in waiting])
        except Exception as error:  # noqa: BLE001 - whatever it is, the thread must live on and every waiter be answered
            self._recover()
            return error
        for (_, future), outcome in zip(waiting, outcomes, strict=True):
            future.set_result(outcome)
        return None

    def _recover(self) -> None:
        """Back to a usable session; what cannot even be rolled back is given up, and the next batch connects anew."""
        try:
            self._connection.rollback()
        except Exception:
            log.exception("rollback_failed")
            with contextlib.suppress(Exception):
                self._connection.close()

    def _commit(self, submissions: Sequence[Submission]) -> list[Outcome]:
        needs = BatchNeeds()
        for submission in submissions:
            command = submission.command
            needs.add(submission.client, submission.key, command.id, command.needs())
        read = self._connection.read(needs)
        salts = self._salts(SALT_BYTES * len(submissions))
        with _undisturbed():
            batch = Batch(read.facts(), now=self._clock(), zone=self._zone, salts=salts)
            outcomes = self._decide(batch, submissions)
        if batch.changed:
            self._connection.commit(*batch.end())
        else:
            self._connection.rollback()
        return outcomes

    def _decide(self, batch: Batch, submissions: Sequence[Submission]) -> list[Outcome]:
        """Everybody's outcome, with the rows on their way to the database."""
        outcomes = []
        for at, submission in enumerate(submissions):
            outcomes.append(batch.decide(submission, at))
            if len(batch.rows.commands) == WRITTEN_AT_ONCE:
                self._connection.write(batch.take())
        if batch.rows.commands:
            self._connection.write(batch.take())
        return outcomes


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A batch makes tens of thousands of values that all live until its end: looking for garbage among them costs a
    fifth of its time and finds none. It waits for these milliseconds, never for the database.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Batch:
    """Commands decided in order, each seeing what those before it did."""

    def __init__(self, facts: BatchFacts, *, now: int, zone: ZoneInfo, salts: bytes) -> None:
        head = facts.head
        # A clock that jumps back must not make recorded_at do so.
        now = max(now, head.recorded_at + 1)
        self._books = Books(
            seq=head.seq,
            account_last=head.account_last,
            now=now,
            today=business_day(now, zone),
            past=Tallies(facts.tallies),
        )
        for account in facts.accounts:
            self._books.know_account(account)
        for transaction in facts.transactions:
            self._books.know_transaction(transaction)
        for owner, seq in facts.closed:
            self._books.know_closed(owner, seq)
        for lot, taker, amount in facts.left:
            self._books.know_left(lot, taker, amount)
        for (table, column, id), rows in facts.rows.items():
            self._books.know_rows(table, column, id, rows)
        self._head = head
        self._salts = salts
        self._remembered = facts.commands
        self._used_ids = facts.used_ids
        self._frontier = merkle.Frontier.from_bytes(head.seq, head.frontier)
        self.rows = BatchRows()
        self.changed = False
        """Whether there is anything to commit; a batch of replays has nothing."""

    def decide(self, submission: Submission, at: int) -> Outcome:
        """The outcome of one command: replayed, refused or posted."""
        command = submission.command
        known = self._remembered.get((submission.client, submission.key))
        if known is not None:
            return replay(known, submission.request)
        decision = self._decided(command)
        if isinstance(decision, Refusal):
            answer = {"code": decision.code, "facts": decision.facts()}
            self._remember(submission, "refused", None, answer)
            return Outcome(None, answer, decision)
        salt = self._salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]
        transaction, transfers, private = self._books.post(decision, command, salt)
        seq = transaction.seq
        rows = self.rows
        rows.transactions.append(transaction)
        rows.transfers += transfers
        rows.private.append(private)
        rows.nodes += [(node.level, node.position, node.hash) for node in self._frontier.append(transaction.leaf_hash)]
        if decision.marks:
            self._leave(decision.marks, seq)
        for record in decision.records:
            if "seq" in record.row:
                record.row["seq"] = seq
            rows.records.append(record)
        self._used_ids.add(command.id)
        posted = {**decision.answer, "transaction_seq": seq, "receipt_token": receipt_token(seq, salt)}
        self._remember(submission, "posted", seq, posted)
        self._books.now += 1
        return Outcome(seq, posted)

    def _leave(self, left: Sequence[Any], seq: int) -> None:
        made = [marks.row_of(seq, line, mark) for line, mark in enumerate(left, 1)]
        self.rows.marks += made
        if self._books.watches("mark"):
            self._books.remember_rows([Record("mark", row._asdict()) for row in made], seq)

    def _decided(self, command: Command) -> Plan | Refusal:
        """What the command decides, unless it cannot even be asked."""
        if command.id in self._used_ids:
            return IdUsed(id=str(command.id))
        if self._books.concerns_closed(command.needs()):
            return VolunteerClosed()
        return command.decide(self._books)

    def take(self) -> BatchRows:
        """The rows since the last take. Accounts are in them as they stand now."""
        rows, books = self.rows, self._books
        rows.opened, rows.moved = books.take_accounts()
        self.rows, self.changed = BatchRows(), True
        return rows

    def end(self) -> tuple[HeadRow, Root | None]:
        """The head after this batch, and the tree's root where anything was posted."""
        books = self._books
        if books.seq == self._head.seq:
            return self._head, None
        head = HeadRow(books.seq, books.account_last, books.now - 1, self._frontier.to_bytes())
        return head, (books.seq, self._frontier.root())

    def _remember(self, submission: Submission, outcome: str, seq: int | None, answer: Mapping[str, Any]) -> None:
        text = _told(answer)
        row = CommandRow(submission.client, submission.key, submission.request, outcome, seq, text, self._books.now)
        self._remembered[(submission.client, submission.key)] = row
        self.rows.commands.append(row)


def replay(known: CommandRow, request: bytes) -> Outcome:
    """The first outcome again, or KeyReused where the request is another one."""
    if known.request != request:
        refusal: Refusal = KeyReused()
        return Outcome(None, {"code": refusal.code, "facts": {}}, refusal)
    answer = json.loads(known.answer)
    if known.outcome == "refused":
        return Outcome(None, answer, remembered(answer["code"], answer["facts"]), replayed=True)
    return Outcome(known.seq, answer, replayed=True)


def business_day(instant: int, zone: ZoneInfo) -> date:
    """The date in the bank's zone at an instant given in microseconds since 1970 UTC."""
    return datetime.fromtimestamp(instant // 1_000_000, UTC).astimezone(zone).date()
