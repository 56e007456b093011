"""What the transparency log reads and writes: the committed head, tiles and entries by range, published heads, and
epochs. Every read costs the same at any size of the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, text, union_all, update
from sqlalchemy.exc import IntegrityError

from ledger.core.merkle import TILE_HEIGHT, Frontier
from ledger.core.tiles import TILE_WIDTH, Fetch
from ledger.store.engines import Store
from ledger.store.reads import AccountRead, PrivateRead, TransactionRead, TransferRead
from ledger.store.schema import books
from ledger.store.schema import log as schema
from ledger.store.streams import spoken


class Published(NamedTuple):
    """A signed head as it was published."""

    size: int
    note: str
    signed_at: int


class Epoch(NamedTuple):
    """A new beginning in the open: up to `kept_size` the tree is the one before; the head before is not followed."""

    number: int
    origin: str
    kept_size: int
    lost_size: int
    lost_root: bytes
    began_at: int


class EntryRows(NamedTuple):
    """The rows that some neighbouring entries are made of."""

    transactions: Sequence[TransactionRead]
    transfers: Sequence[TransferRead]
    accounts: Mapping[int, AccountRead]


def head(connection: Connection) -> Frontier:
    """The right edge of the committed tree."""
    size, joined = connection.execute(select(books.head.c.seq, books.head.c.frontier)).one()
    return Frontier.from_bytes(size, joined)


def fetch(connection: Connection) -> Fetch:
    """Tiles as they lie in the database. A tile of level 0 is a range of leaves, the others of stored nodes."""
    leaves, nodes = books.transaction.c, books.tree_node.c

    def tile(level: int, n: int) -> list[bytes]:
        first = n * TILE_WIDTH
        if level == 0:
            wanted = select(leaves.leaf_hash).where(leaves.seq > first, leaves.seq <= first + TILE_WIDTH)
            return [bytes(row[0]) for row in connection.execute(wanted.order_by(leaves.seq))]
        inside = (nodes.level == level * TILE_HEIGHT, nodes.position >= first, nodes.position < first + TILE_WIDTH)
        wanted = select(nodes.hash).where(*inside).order_by(nodes.position)
        return [bytes(row[0]) for row in connection.execute(wanted)]

    return tile


_TRANSACTIONS = """
    SELECT t.seq, ID(t.id), t.kind, DAY(t.effective_on), t.recorded_at, ID(t.actor_id), t.detail,
        t.rulebook_code, t.rulebook_version, t.reverses, t.commitment, t.leaf_hash, NULL
    FROM "transaction" t WHERE t.seq > :first AND t.seq <= :last ORDER BY t.seq"""

_TRANSFERS = """
    SELECT seq, leg, debit_account_id, credit_account_id, unit_id, amount, debit_balance, credit_balance
    FROM transfer WHERE seq > :first AND seq <= :last ORDER BY seq, leg"""

_ACCOUNTS = """
    SELECT id, owner_kind, ID(owner_id), purpose, unit_id, DAY(expires_on), floor, opened_seq, balance, entries
    FROM account WHERE id IN (
        SELECT debit_account_id FROM transfer WHERE seq > :first AND seq <= :last
        UNION SELECT credit_account_id FROM transfer WHERE seq > :first AND seq <= :last)"""


def entry_rows(connection: Connection, first: int, count: int) -> EntryRows:
    """The rows of `count` entries from leaf `first` on."""
    span = {"first": first, "last": first + count}

    def rows(statement: str) -> list[Any]:
        return list(connection.execute(text(spoken(connection, statement)), span))

    return EntryRows(
        [TransactionRead._make(row) for row in rows(_TRANSACTIONS)],
        [TransferRead._make(row) for row in rows(_TRANSFERS)],
        {row[0]: AccountRead._make(row) for row in rows(_ACCOUNTS)},
    )


def privates(connection: Connection, seqs: Sequence[int]) -> dict[int, PrivateRead]:
    """The private parts of these transactions, as far as they were not erased."""
    made = books.private.c
    found = connection.execute(select(made.seq, made.salt, made.opening).where(made.seq.in_(seqs)))
    return {row.seq: PrivateRead(row.seq, None if row.salt is None else bytes(row.salt), row.opening) for row in found}


def seqs_of(connection: Connection, accounts: Sequence[int]) -> list[int]:
    """Every transaction that moved something in or out of these accounts, in order."""
    moved = books.transfer.c
    sides = (select(moved.seq).where(side.in_(accounts)) for side in (moved.debit_account_id, moved.credit_account_id))
    return sorted({row[0] for row in connection.execute(union_all(*sides))})


# -- published heads --------------------------------------------------------------------------------------------------


def newest(connection: Connection, origin: str) -> Published | None:
    """The last head that was published under this origin."""
    made = schema.checkpoint.c
    wanted = select(made.size, made.note, made.signed_at).where(made.origin == origin)
    row = connection.execute(wanted.order_by(made.size.desc()).limit(1)).first()
    return Published._make(row) if row else None


def covering(connection: Connection, origin: str, size: int) -> Published | None:
    """The first published head over at least so many leaves: it stays the same once it is there."""
    made = schema.checkpoint.c
    wanted = select(made.size, made.note, made.signed_at).where(made.origin == origin, made.size >= size)
    row = connection.execute(wanted.order_by(made.size).limit(1)).first()
    return Published._make(row) if row else None


def cosigned(connection: Connection, origin: str, size: int) -> Published | None:
    """The first published head over at least so many leaves that a witness stands for."""
    made, stood = schema.checkpoint.c, schema.cosignature.c
    wanted = (
        select(made.size, made.note, made.signed_at)
        .where(made.origin == origin, made.size >= size)
        .where(select(stood.size).where(stood.origin == made.origin, stood.size == made.size).exists())
    )
    row = connection.execute(wanted.order_by(made.size).limit(1)).first()
    return Published._make(row) if row else None


def publish(store: Store, origin: str, head: Published) -> bool:
    """Add a published head; False where another process was quicker."""
    try:
        with store.changing() as connection:
            connection.execute(insert(schema.checkpoint).values(origin=origin, **head._asdict()))
    except IntegrityError:
        return False
    return True


def cosignatures(connection: Connection, origin: str, size: int) -> list[str]:
    """The lines by which witnesses stand for this head."""
    made = schema.cosignature.c
    wanted = select(made.line).where(made.origin == origin, made.size == size).order_by(made.witness)
    return [row[0] for row in connection.execute(wanted)]


def add_cosignature(store: Store, *, origin: str, size: int, witness: str, line: str) -> bool:
    """Keep what a witness said of a head; False where it is known."""
    try:
        with store.changing() as connection:
            connection.execute(insert(schema.cosignature).values(origin=origin, size=size, witness=witness, line=line))
    except IntegrityError:
        return False
    return True


# -- epochs -----------------------------------------------------------------------------------------------------------


def epochs(connection: Connection) -> list[Epoch]:
    """Every new beginning, the first one first; none in a bank that never lost history."""
    made = schema.epoch.c
    columns = [made[name] for name in Epoch._fields]
    return [Epoch._make(row) for row in connection.execute(select(*columns).order_by(made.number))]


# -- other logs, as this bank witnessed them --------------------------------------------------------------------------


def witnessed(connection: Connection, origin: str) -> tuple[int, bytes] | None:
    """Size and root of the last head of this log that was cosigned here."""
    made = schema.witnessed.c
    row = connection.execute(select(made.size, made.root).where(made.origin == origin)).first()
    return (row[0], bytes(row[1])) if row else None


def witness(store: Store, origin: str, was: int | None, seen: Mapping[str, Any]) -> bool:
    """Remember a newer head of another log, if the one remembered is still `was`; else False and nothing changes."""
    made = schema.witnessed
    try:
        with store.changing() as connection:
            if was is None:
                connection.execute(insert(made).values(origin=origin, **seen))
                return True
            changed = connection.execute(update(made).where(made.c.origin == origin, made.c.size == was).values(**seen))
            return changed.rowcount == 1
    except IntegrityError:
        return False
