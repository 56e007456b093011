"""What one batch reads and writes, in values both engines understand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from uuid import UUID

from ledger.core.accounts import Account, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import PrivateRow, TransactionRow, TransferRow
from ledger.core.posting import Needs, PostedTransaction, Record, RowKey
from ledger.rules import HistoryKey, Tally
from ledger.store.marks import MarkRow

if TYPE_CHECKING:
    from ledger.store.assembly import BatchRead


class HeadRow(NamedTuple):
    """The one row that orders everything: holding it is being the writer."""

    seq: int
    account_last: int
    recorded_at: int
    frontier: bytes


class CommandRow(NamedTuple):
    client: str
    key: str
    request: bytes
    outcome: str
    seq: int | None
    answer: str
    recorded_at: int


@dataclass(slots=True)
class BatchNeeds:
    """The union of what the commands of a batch need to be decided."""

    keys: list[tuple[str, str]] = field(default_factory=list)
    ids: list[UUID] = field(default_factory=list)
    holdings: set[tuple[UUID, int]] = field(default_factory=set)
    volunteers: set[UUID] = field(default_factory=set)
    history: dict[HistoryKey, None] = field(default_factory=dict)
    reverses: set[int] = field(default_factory=set)
    rows: dict[tuple[str, str], set[RowKey]] = field(default_factory=dict)
    """What is wanted, by table and column."""

    def add(self, client: str, key: str, id: UUID, needs: Needs) -> None:
        self.keys.append((client, key))
        self.ids.append(id)
        holdings = list(needs.holdings)
        self.holdings.update([(owner.id, unit) for owner, unit in holdings])
        self.volunteers.update([owner.id for owner, _ in holdings if owner.kind is OwnerKind.VOLUNTEER])
        self.history.update(dict.fromkeys(needs.history))
        self.reverses.update(needs.reverses)
        for table, column, value in needs.rows:
            self.rows.setdefault((table, column), set()).add(value)


@dataclass(slots=True)
class BatchFacts:
    """What the database said."""

    head: HeadRow
    commands: dict[tuple[str, str], CommandRow]
    used_ids: set[UUID]
    accounts: Iterable[Account]
    tallies: Mapping[HistoryKey, Tally]
    transactions: Iterable[PostedTransaction]
    closed: Iterable[tuple[UUID, int]]
    """(volunteer, seq) of closings that stand, of everybody concerned."""
    left: Iterable[tuple[AccountKey, AccountKey, int]]
    """(lot, taker, amount): what has lapsed so far out of the lots of those whom a reversal touches, and what went on
    into their later lots.
    """
    rows: Mapping[tuple[str, str, RowKey], Sequence[Mapping[str, Any]]]
    """Rows of capabilities, by what was asked; empty where there are none."""


Root = tuple[int, bytes]
"""The size of the tree and its hash."""


@dataclass(slots=True)
class BatchRows:
    """What the commands decided so far bring, in the order in which it must be written."""

    opened: Sequence[Account] = ()
    moved: Sequence[Account] = ()
    transactions: list[TransactionRow] = field(default_factory=list)
    transfers: list[TransferRow] = field(default_factory=list)
    private: list[PrivateRow] = field(default_factory=list)
    marks: list[MarkRow] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    commands: list[CommandRow] = field(default_factory=list)
    nodes: list[tuple[int, int, bytes]] = field(default_factory=list)

    def by_table(self) -> dict[str, list[dict[str, Any]]]:
        """The capabilities' rows by table, in order of first appearance: what refers to another comes after it."""
        grouped: dict[str, list[dict[str, Any]]] = {}
        for record in self.records:
            grouped.setdefault(record.table, []).append(record.row)
        return grouped


class BatchConnection(Protocol):
    """One database session of the writer's own. Every fault leaves as an exception; `rollback` makes it usable again
    or reconnects.
    """

    def read(self, needs: BatchNeeds) -> BatchRead:
        """Begin, take the head, load what the facts are made of."""

    def write(self, rows: BatchRows) -> None:
        """Write these, or leave them with the database to be written while the next are decided."""

    def commit(self, head: HeadRow, root: Root | None) -> None:
        """Move the head and commit all that was written since `read`, or nothing. No root: nothing was posted."""

    def rollback(self) -> None: ...

    def close(self) -> None: ...


OWNER_KINDS = {kind.value: kind for kind in OwnerKind}
PURPOSES = {purpose.value: purpose for purpose in Purpose}


def account_from(
    id: int,
    owner_kind: str,
    owner_id: UUID,
    purpose: str,
    unit: int,
    expires_on: date,
    balance: int,
    entries: int,
    opened_seq: int,
) -> Account:
    owner = Owner(OWNER_KINDS[owner_kind], owner_id)
    return Account(id, AccountKey(owner, PURPOSES[purpose], unit, expires_on), balance, entries, opened_seq)


def account_row(account: Account, floor: int | None) -> tuple[Any, ...]:
    """In the order of ACCOUNT_COLUMNS."""
    key = account.key
    return (
        account.id,
        key.owner.kind.value,
        key.owner.id,
        key.purpose.value,
        key.unit,
        key.expires_on,
        floor,
        account.opened_seq,
        account.balance,
        account.entries,
    )
