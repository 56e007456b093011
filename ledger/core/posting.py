"""Postings: what a command needs to know, and the plan of moves it decides on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable
from uuid import UUID

from ledger.core.accounts import AccountKey, Owner
from ledger.core.entries import Kind
from ledger.core.refusals.refusal import Refusal

if TYPE_CHECKING:
    from ledger.core.books import Books

RowKey: TypeAlias = "UUID | str | tuple[UUID | str | date, ...]"
"""What rows of a capability are asked for by: the value of one column, or those of several."""

AMOUNT_MAX = 10**12
"""The largest amount of one move, in smallest units: sums of ten thousand of them still survive an IEEE double."""


class Move(NamedTuple):
    """An amount from one account to another of the same unit; amount > 0. One value is both sides, so books always
    balance.
    """

    debit: AccountKey
    credit: AccountKey
    amount: int


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a capability's own that must stand or fall with the posting. Its room owns the table; `seq` is filled
    in if it is None.
    """

    table: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a command decided. After it nothing can be refused."""

    kind: Kind
    effective_on: date
    moves: Sequence[Move] = ()
    why: Mapping[str, Any] = field(default_factory=dict)
    """Private reason, strings and integers only: it can be erased, the entry keeps a commitment to it."""
    detail: Mapping[str, str | int] = field(default_factory=dict)
    """Public facts of the entry beside its moves."""
    rulebook: tuple[str, int] | None = None
    reverses: int | None = None
    opens: Sequence[AccountKey] = ()
    records: Sequence[Record] = ()
    marks: Sequence[Any] = ()
    """What later deeds must know of this one, in the words of the rules; those of a reversal cancel earlier ones."""
    closes: Owner | None = None
    """Whose account ends with this; until it is reversed they neither earn nor spend."""
    answer: Mapping[str, Any] = field(default_factory=dict)
    """What the client is told, now and at every replay; `transaction_seq` is added to it."""


def key_of(row: Mapping[str, Any], column: str) -> Any:
    """The value of this column of a row, or the values of several, as `Needs.rows` names them."""
    names = column.split(", ")
    return row[column] if len(names) == 1 else tuple(row[name] for name in names)


class Needs(NamedTuple):
    """Which facts a command's decision rests on. A holding is all accounts of one owner in one unit."""

    holdings: Iterable[tuple[Owner, int]] = ()
    history: Iterable[Any] = ()
    """Questions to earlier deeds, in the words of the rules."""
    reverses: Iterable[int] = ()
    """seqs of transactions to be undone; brings the holdings of everybody in them, and the marks they left."""
    rows: Iterable[tuple[str, str, RowKey]] = ()
    """(table, column, value): rows of capabilities, by an indexed column, or by several ("volunteer_id, served_on") and
    as many values. Whoever reads them here reads them under the bank's head, so that of two commands at once the second
    sees what the first one added.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedMove:
    leg: int
    debit: AccountKey
    credit: AccountKey
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedTransaction:
    """A transaction as it stands in the books, for the command that wants to undo it."""

    seq: int
    kind: Kind
    effective_on: date
    reversed_by: int | None
    moves: tuple[PostedMove, ...]
    marks: tuple[Any, ...] = ()


@runtime_checkable
class Command(Protocol):
    """A wish to post: a frozen value with two pure halves."""

    @property
    def id(self) -> UUID: ...

    @property
    def actor(self) -> UUID: ...

    def needs(self) -> Needs: ...

    def decide(self, facts: Books) -> Plan | Refusal: ...
