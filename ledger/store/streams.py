"""The whole bank row by row, in one unchanging view: for whoever must read everything in little memory.

Rows come ordered by seq, through a server-side cursor on PostgreSQL; SQLite's cursors stream by nature. Several
streams of one view may be read at once: that is how they are merged. In the statements below ID(…) and DAY(…) stand for
the text of a UUID and of a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from itertools import chain
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, CursorResult, text

from ledger.rules import HistoryKey, Tally
from ledger.store import guards, marks
from ledger.store.asking import asked_postgresql, asked_sqlite, listed
from ledger.store.batches import HeadRow
from ledger.store.engines import Store
from ledger.store.reads import (
    AccountRead,
    CommandRead,
    FlagRead,
    MarkRead,
    MonthRead,
    PrivateRead,
    RecordRead,
    StandingRead,
    TransactionRead,
    TransferRead,
    UndoneRead,
    UnitRead,
)

FETCH_ROWS = 2_000
FIRST = 1
_BEFORE_ALL = -(2**63)
"""Reading from the first seq also brings rows that were forged before it."""

_HEAD = "SELECT seq, account_last, recorded_at, frontier FROM head WHERE id = 1"

_ACCOUNTS = """
    SELECT id, owner_kind, ID(owner_id), purpose, unit_id, DAY(expires_on), floor, opened_seq, balance, entries
    FROM account ORDER BY id"""

_STANDINGS = """
    SELECT a.id,
        (SELECT m.seq FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.leg FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.debit_balance FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.seq FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.leg FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT m.credit_balance FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq
            ORDER BY m.seq DESC, m.leg DESC LIMIT 1),
        (SELECT COUNT(*) FROM transfer m WHERE m.debit_account_id = a.id AND m.seq < :seq)
            + (SELECT COUNT(*) FROM transfer m WHERE m.credit_account_id = a.id AND m.seq < :seq)
    FROM account a ORDER BY a.id"""

_TRANSACTIONS = """
    SELECT t.seq, ID(t.id), t.kind, DAY(t.effective_on), t.recorded_at, ID(t.actor_id), t.detail,
        t.rulebook_code, t.rulebook_version, t.reverses, t.commitment, t.leaf_hash, undone.kind
    FROM "transaction" t LEFT JOIN "transaction" undone ON undone.seq = t.reverses
    WHERE t.seq >= :seq ORDER BY t.seq"""

_TRANSFERS = """
    SELECT seq, leg, debit_account_id, credit_account_id, unit_id, amount, debit_balance, credit_balance
    FROM transfer WHERE seq >= :seq ORDER BY seq, leg"""

_UNDONE = """
    SELECT t.seq, m.debit_account_id, m.credit_account_id, m.amount
    FROM "transaction" t JOIN transfer m ON m.seq = t.reverses
    WHERE t.reverses IS NOT NULL AND t.seq >= :seq ORDER BY t.seq, m.leg"""

_PRIVATES = "SELECT seq, salt, opening FROM private WHERE seq >= :seq ORDER BY seq"

_COMMANDS = "SELECT seq, outcome, answer, recorded_at FROM command WHERE seq >= :seq ORDER BY seq"

_RECORDS = """
    SELECT seq, ID(id), 'service', NULL, ID(volunteer_id), ID(organisation_id), ID(activity_id), ID(household_id),
        ID(group_id),
        DAY(served_on), minutes, capture_method, evaluation, ID(recorded_by), rule_id, counted_minutes, points, inputs,
        (SELECT COUNT(DISTINCT v.reviewed_by) FROM service_review v WHERE v.claim_id = service_record.id
            AND v.decision = 'approve' AND v.reviewed_by <> recorded_by AND v.seq < service_record.seq)
    FROM service_record WHERE seq >= :seq ORDER BY seq"""

_DEEDS = """
    SELECT seq, ID(id), kind, deed_type, ID(volunteer_id), ID(organisation_id), COALESCE(ID(activity_id), ID(id)),
        ID(household_id), ID(group_id), DAY(done_on), 0, 'clocked', evaluation, ID(recorded_by), rule_id, 0, points,
        inputs,
        (SELECT COUNT(DISTINCT v.reviewed_by) FROM service_review v WHERE v.claim_id = deed.id
            AND v.decision = 'approve' AND v.reviewed_by <> recorded_by AND v.seq < deed.seq)
    FROM deed WHERE seq >= :seq ORDER BY seq"""

_FLAGS = """
    SELECT seq, ID(volunteer_id), counter, flag, title_zh, title_en, reached, DAY(first_day), DAY(last_day)
    FROM flag WHERE seq >= :seq ORDER BY seq"""

MARK = """
    m.line, ID(m.volunteer_id), ID(m.household_id), ID(m.organisation_id), ID(m.activity_id), DAY(m.done_on), m.rule_id,
    m.theme, m.counter, m.unique_key, m.deeds, m.quantity, m.eligible, m.counted, m.minutes, m.points, m.taken"""

_MARKS = f"SELECT m.seq, {MARK} FROM mark m WHERE m.seq >= :seq ORDER BY m.seq, m.line"

_MARKS_OF = f"""
    SELECT m.seq, {MARK} FROM mark m WHERE m.volunteer_id = :volunteer AND m.seq < :seq
    ORDER BY m.seq, m.line"""

_UNDONE_MARKS = f"""
    SELECT t.seq, {MARK} FROM "transaction" t JOIN mark m ON m.seq = t.reverses
    WHERE t.reverses IS NOT NULL AND t.seq >= :seq ORDER BY t.seq, m.line"""

_UNITS = "SELECT u.id, u.kind, u.scale, ID(p.id) FROM unit u LEFT JOIN prize p ON p.unit_id = u.id ORDER BY u.id"

_MONTHS = """
    SELECT account_id, month, CAST(SUM(amount) AS bigint) FROM (
        SELECT m.debit_account_id AS account_id, substr(DAY(t.effective_on), 1, 7) AS month, -m.amount AS amount
        FROM transfer m JOIN "transaction" t ON t.seq = m.seq
        UNION ALL
        SELECT m.credit_account_id, substr(DAY(t.effective_on), 1, 7), m.amount
        FROM transfer m JOIN "transaction" t ON t.seq = m.seq
    ) AS legs GROUP BY account_id, month ORDER BY account_id, month"""

_SPAN = 'SELECT DAY(MIN(effective_on)), DAY(MAX(effective_on)) FROM "transaction"'

_REVERSED_TWICE = """
    SELECT reverses, COUNT(*) FROM "transaction" WHERE reverses IS NOT NULL
    GROUP BY reverses HAVING COUNT(*) > 1 ORDER BY reverses"""

_KEYS_TWICE = "SELECT client, key FROM command GROUP BY client, key HAVING COUNT(*) > 1 ORDER BY client, key"

_COMMANDS_ASTRAY = "SELECT client, key FROM command WHERE outcome <> 'refused' AND seq IS NULL ORDER BY client, key"

_ID = re.compile(r"\bID\(([\w.]+)\)")
_DAY = re.compile(r"\bDAY\(((?:MIN|MAX)\(\w+\)|[\w.]+)\)")

Row = TypeVar("Row")


class View:
    """One unchanging view of a bank. `from_seq` leaves out what stands before it."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._results: list[CursorResult[Any]] = []

    def close(self) -> None:
        """Give back the cursors of streams that were not read to their end."""
        for result in self._results:
            result.close()

    def head(self) -> HeadRow:
        return HeadRow(*self.rows(_HEAD)[0])

    def missing_guards(self) -> list[str]:
        return guards.missing(self.connection)

    def accounts(self) -> Iterator[AccountRead]:
        return self.stream(AccountRead._make, _ACCOUNTS)

    def standings(self, before_seq: int) -> Iterator[StandingRead]:
        """Where every account stood just before a seq: a few look-ups by index each."""
        return self.stream(StandingRead._make, _STANDINGS, seq=before_seq)

    def transactions(self, from_seq: int = FIRST) -> Iterator[TransactionRead]:
        return self.stream(TransactionRead._make, _TRANSACTIONS, seq=_from(from_seq))

    def transfers(self, from_seq: int = FIRST) -> Iterator[TransferRead]:
        return self.stream(TransferRead._make, _TRANSFERS, seq=_from(from_seq))

    def undone(self, from_seq: int = FIRST) -> Iterator[UndoneRead]:
        """The legs of the transaction that a reversal undid, under the reversal's seq."""
        return self.stream(UndoneRead._make, _UNDONE, seq=_from(from_seq))

    def privates(self, from_seq: int = FIRST) -> Iterator[PrivateRead]:
        return self.stream(PrivateRead._make, _PRIVATES, seq=_from(from_seq))

    def commands(self, from_seq: int = FIRST) -> Iterator[CommandRead]:
        """Those that name a transaction."""
        return self.stream(CommandRead._make, _COMMANDS, seq=_from(from_seq))

    def records(self, from_seq: int = FIRST) -> Iterator[RecordRead]:
        return self.stream(RecordRead._make, _RECORDS, seq=_from(from_seq))

    def deeds(self, from_seq: int = FIRST) -> Iterator[RecordRead]:
        return self.stream(RecordRead._make, _DEEDS, seq=_from(from_seq))

    def flags(self, from_seq: int = FIRST) -> Iterator[FlagRead]:
        return self.stream(FlagRead._make, _FLAGS, seq=_from(from_seq))

    def marks(self, from_seq: int = FIRST) -> Iterator[MarkRead]:
        return self.stream(MarkRead._make, _MARKS, seq=_from(from_seq))

    def undone_marks(self, from_seq: int = FIRST) -> Iterator[MarkRead]:
        """The marks of what a reversal undid, under the reversal's seq."""
        return self.stream(MarkRead._make, _UNDONE_MARKS, seq=_from(from_seq))

    def marks_of(self, volunteer_id: str, before_seq: int) -> Iterator[MarkRead]:
        """What the deeds of somebody left before a seq."""
        return self.stream(MarkRead._make, _MARKS_OF, volunteer=self._id(volunteer_id), seq=before_seq)

    def tallies(self, asked: Sequence[tuple[HistoryKey, int]]) -> list[Tally]:
        """What the marks of before a seq add up to, for each question and its seq: one statement a kind of question."""
        keys, before = [key for key, _ in asked], [seq for _, seq in asked]
        is_sqlite = self.connection.dialect.name == "sqlite"
        rows: list[Any] = []
        for shape, questions in marks.questions(keys, before).items():
            statement = marks.tally_statement(asked_sqlite if is_sqlite else asked_postgresql, marks.SEEKS[shape])
            given = (listed(questions),) if is_sqlite else tuple(map(list, zip(*questions, strict=True)))
            rows += self.connection.exec_driver_sql(statement, given).all()
        return marks.summed(len(keys), rows)

    def units(self) -> Iterator[UnitRead]:
        return self.stream(UnitRead._make, _UNITS)

    def months(self) -> Iterator[MonthRead]:
        """By account, then by month: the sum of its legs whose business date lies in it."""
        return self.stream(MonthRead._make, _MONTHS)

    def span(self) -> tuple[str, str] | None:
        """The first and the last business date of all transactions; None if there are none."""
        first, last = self.rows(_SPAN)[0]
        return None if first is None else (first, last)

    def reversed_twice(self) -> list[tuple[int, int]]:
        """(seq, how often) of transactions that more than one reverses."""
        return [(seq, times) for seq, times in self.rows(_REVERSED_TWICE)]

    def keys_twice(self) -> list[tuple[str, str]]:
        """(client, key) with more than one outcome."""
        return [(client, key) for client, key in self.rows(_KEYS_TWICE)]

    def commands_astray(self) -> list[tuple[str, str]]:
        """(client, key) of commands that say they posted and name no transaction."""
        return [(client, key) for client, key in self.rows(_COMMANDS_ASTRAY)]

    def from_seq(self, make: Callable[[Any], Row], statement: str, seq: int) -> Iterator[Row]:
        """The rows of a statement of another room's that asks for those from :seq on."""
        return self.stream(make, statement, seq=_from(seq))

    def day(self, day: date) -> date | str:
        return day.isoformat() if self.connection.dialect.name == "sqlite" else day

    def _id(self, id: str) -> UUID | str:
        return id if self.connection.dialect.name == "sqlite" else UUID(id)

    def rows(self, statement: str, **parameters: Any) -> list[Any]:
        return list(self.connection.execute(text(spoken(self.connection, statement)), parameters))

    def stream(self, make: Callable[[Any], Row], statement: str, **parameters: Any) -> Iterator[Row]:
        options = {"yield_per": FETCH_ROWS}
        result = self.connection.execute(
            text(spoken(self.connection, statement)), parameters, execution_options=options
        )
        self._results.append(result)
        return map(make, chain.from_iterable(result.partitions(FETCH_ROWS)))


def spoken(connection: Connection, statement: str) -> str:
    """The statement in the words of this engine."""
    is_sqlite = connection.dialect.name == "sqlite"
    said = _ID.sub(r"\1" if is_sqlite else r"CAST(\1 AS text)", statement)
    return _DAY.sub(r"\1" if is_sqlite else r"to_char(\1, 'YYYY-MM-DD')", said)


@contextmanager
def view(store: Store) -> Iterator[View]:
    """Everything that is read through it agrees with everything else."""
    with store.snapshot() as connection, closing(View(connection)) as rows:
        yield rows


def _from(seq: int) -> int:
    return seq if seq > FIRST else _BEFORE_ALL
