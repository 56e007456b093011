"""The writer's statements: what differs between the engines is how a list of keys is handed over, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Table

from ledger.store import marks
from ledger.store.schema import books, metadata

ACCOUNT = "a.id, a.owner_kind, a.owner_id, a.purpose, a.unit_id, a.expires_on, a.balance, a.entries, a.opened_seq"
OPENED_COLUMNS = (
    "id", "owner_kind", "owner_id", "purpose", "unit_id", "expires_on", "floor", "opened_seq", "balance", "entries",
)  # fmt: skip

STANDING = 'NOT EXISTS (SELECT 1 FROM "transaction" r WHERE r.reverses = c.seq)'
"""Of a closing: it was not undone."""

Asked = Callable[..., str]
"""asked("client text", "key text") is a table expression `asked` with these columns, filled from the parameters."""


class Statements:
    """Every statement of a batch in the words of one engine."""

    def __init__(self, asked: Asked, lock: str) -> None:
        self._asked = asked
        self.head = f"SELECT seq, account_last, recorded_at, frontier FROM head WHERE id = 1{lock}"
        self.commands = (
            "SELECT c.client, c.key, c.request, c.outcome, c.seq, c.answer, c.recorded_at "
            f"FROM {asked('client text', 'key text')} JOIN command c ON c.client = asked.client AND c.key = asked.key"
        )
        self.used_ids = f'SELECT t.id FROM {asked("id uuid")} JOIN "transaction" t ON t.id = asked.id'
        self.holdings = (
            f"SELECT {ACCOUNT} FROM {asked('owner_id uuid', 'unit_id bigint')} "
            "JOIN account a ON a.owner_id = asked.owner_id AND a.unit_id = asked.unit_id"
        )
        self.tallies = {shape: marks.tally_statement(asked, seek) for shape, seek in marks.SEEKS.items()}
        self.undone = (
            "SELECT t.seq, t.kind, t.effective_on, r.seq "
            f'FROM {asked("seq bigint")} JOIN "transaction" t ON t.seq = asked.seq '
            'LEFT JOIN "transaction" r ON r.reverses = t.seq'
        )
        self.undone_moves = (
            "SELECT m.seq, m.leg, m.debit_account_id, m.credit_account_id, m.amount "
            f"FROM {asked('seq bigint')} JOIN transfer m ON m.seq = asked.seq ORDER BY m.seq, m.leg"
        )
        self.undone_holdings = (
            f"SELECT DISTINCT {ACCOUNT} FROM {asked('seq bigint')} JOIN transfer m ON m.seq = asked.seq "
            "JOIN account own ON own.id IN (m.debit_account_id, m.credit_account_id) "
            "JOIN account a ON a.owner_id = own.owner_id AND a.unit_id = own.unit_id"
        )
        self.undone_left = (
            "SELECT lot.id, "
            "CAST(SUM(CASE WHEN l.debit_account_id = lot.id THEN l.amount ELSE -l.amount END) AS bigint), "
            f"{ACCOUNT} FROM (SELECT DISTINCT wallet.id, wallet.owner_id, wallet.expires_on "
            f"FROM {asked('seq bigint')} JOIN transfer m ON m.seq = asked.seq "
            "JOIN account own ON own.id IN (m.debit_account_id, m.credit_account_id) "
            "JOIN account wallet ON wallet.owner_id = own.owner_id AND wallet.unit_id = own.unit_id "
            "AND wallet.purpose = 'wallet') AS lot "
            "JOIN transfer l ON l.debit_account_id = lot.id OR l.credit_account_id = lot.id "
            "JOIN account a ON a.id IN (l.debit_account_id, l.credit_account_id) AND (a.purpose = 'lapsed' OR "
            "(a.purpose = 'wallet' AND a.owner_id = lot.owner_id AND a.expires_on > lot.expires_on)) "
            f"GROUP BY lot.id, {ACCOUNT}"
        )
        self.closed = (
            f"SELECT c.volunteer_id, c.seq FROM {asked('id uuid')} JOIN closing c ON c.volunteer_id = asked.id "
            f"WHERE {STANDING}"
        )
        self.undone_closed = (
            f"SELECT DISTINCT c.volunteer_id, c.seq FROM {asked('seq bigint')} JOIN transfer m ON m.seq = asked.seq "
            "JOIN account own ON own.id IN (m.debit_account_id, m.credit_account_id) "
            f"JOIN closing c ON c.volunteer_id = own.owner_id WHERE {STANDING}"
        )
        self.undone_marks = (
            f"SELECT {', '.join(f'm.{name}' for name in marks.MarkRow._fields)} "
            f"FROM {asked('seq bigint')} JOIN mark m ON m.seq = asked.seq ORDER BY m.seq, m.line"
        )
        self.move_accounts = (
            "UPDATE account SET balance = asked.balance, entries = asked.entries "
            f"FROM {asked('id bigint', 'balance bigint', 'entries bigint')} WHERE account.id = asked.id"
        )

    def rows(self, table: str, column: str, *kinds: str) -> str:
        """The rows of a capability's table by values in one of its columns or in several, the oldest first."""
        keys = column.split(", ")
        asked = self._asked(*(f"key{at} {kind}" for at, kind in enumerate(kinds)))
        on = " AND ".join(f"t.{name} = asked.key{at}" for at, name in enumerate(keys))
        names = ", ".join(f"t.{name}" for name in columns_of(TABLES[table]))
        order = " ORDER BY t.seq" if "seq" in TABLES[table].columns else ""
        return f'SELECT {names} FROM {asked} JOIN "{table}" t ON {on}{order}'


def columns_of(table: Table) -> Sequence[str]:
    return [column.name for column in table.columns]


TABLES: dict[str, Table] = {table.name: table for table in metadata.sorted_tables}
LEDGER_TABLES = (books.transaction, books.transfer, books.private, books.command, books.tree_node)
