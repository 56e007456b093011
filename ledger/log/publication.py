"""What the log serves (C2SP tlog-tiles, height 8): the newest signed head, tiles of hashes, bundles of entries.

Nothing past the newest signed head is served, and nothing whose bytes are not those that were hashed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock
from time import monotonic
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from ledger.core.entries import unit_name
from ledger.core.merkle import leaf_hash
from ledger.core.notes import Note, checkpoint_of, distinct, note_of, signatures_of
from ledger.core.tiles import TILE_WIDTH, Tiles, path_of, width_of
from ledger.reading.entries import entry_from
from ledger.reading.lanes import Lane
from ledger.reading.proofs.standings import Leg, Standing
from ledger.store import log as rows
from ledger.store import pages
from ledger.store.engines import Store
from ledger.store.log import EntryRows

T = TypeVar("T")
Stated: TypeAlias = tuple[int, dict[str, dict[str, int]]]
"""How many entries there are, and what they add up to by purpose and unit."""


class BytesBroken(RuntimeError):
    """The rows no longer give the bytes that were hashed; `pioneer check` says where."""


class Resource(NamedTuple):
    """One file of the log: a tile of hashes, or with no level a bundle of entries. `width` is how many it holds."""

    level: int | None
    n: int
    width: int

    @property
    def path(self) -> str:
        level = "entries" if self.level is None else self.level
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{level}/{path_of(self.n)}{partial}"


def checkpoint(store: Store, origin: str) -> str | None:
    """The newest head with everybody's signatures; None where none was signed yet."""
    with store.reading() as connection:
        newest = rows.newest(connection, origin)
        if newest is None:
            return None
        cosigned = "".join(rows.cosignatures(connection, origin, newest.size))
    note = note_of(newest.note.encode())
    return str(Note(note.text, distinct([*note.signatures, *signatures_of(cosigned)])))


def size_of(store: Store, origin: str) -> int:
    """How many entries the newest head is over."""
    with store.reading() as connection:
        newest = rows.newest(connection, origin)
    return newest.size if newest else 0


def resource(store: Store, origin: str, wanted: Resource) -> bytes | None:
    """The bytes of one file of the log; None where the newest head does not reach so far."""
    if not 0 < wanted.width <= width_of(size_of(store, origin), wanted.level or 0, wanted.n):
        return None
    return content(store, wanted)


def content(store: Store, wanted: Resource) -> bytes:
    """The bytes, of a file that is known to be there. Raises BytesBroken."""
    first = wanted.n * TILE_WIDTH
    if wanted.level is None:
        return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries(store, first, wanted.width))
    with store.reading() as connection:
        hashes = rows.fetch(connection)(wanted.level, wanted.n)[: wanted.width]
    if len(hashes) != wanted.width:
        raise BytesBroken(f"{wanted.path} has {len(hashes)} hashes: run `pioneer check`")
    return b"".join(hashes)


def entries(store: Store, first: int, count: int) -> list[bytes]:
    """The public entries from leaf `first` on, made again from their rows. Raises BytesBroken."""
    with store.snapshot() as connection:
        found = rows.entry_rows(connection, first, count)
    made = list(made_of(found))
    if len(made) != count:
        raise BytesBroken(f"of {count} entries from {first} on {len(made)} are there: run `pioneer check`")
    return made


def root_at(store: Store, size: int) -> bytes:
    """The root over the first `size` leaves."""
    with store.snapshot() as connection:
        return Tiles(rows.fetch(connection), size).frontier().root()


class Recounted(Generic[T]):
    """What all entries of a bank add up to, for strangers who may ask as often as they like: where counting takes long,
    one counts for all, and again after nine times as long at the earliest.
    """

    REST = 9
    LONG_SECONDS = 0.1
    _of: ClassVar[WeakKeyDictionary[Store, Any]]

    def __init_subclass__(cls) -> None:
        cls._of = WeakKeyDictionary()

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: tuple[int, T] | None = None
        self._stands_until = 0.0

    @classmethod
    def of(cls, store: Store) -> Self:
        made: Self = cls._of.setdefault(store, cls())
        return made

    def now(self, counted: Callable[[], tuple[int, T]]) -> tuple[int, T]:
        """How many entries there are, or were a moment ago, and what they add up to."""
        with self._lock:
            began = monotonic()
            if self._known is None or began >= self._stands_until:
                self._known = counted()
                taken = monotonic() - began
                self._stands_until = monotonic() + taken * self.REST if taken > self.LONG_SECONDS else 0.0
            return self._known


class Totals(Recounted[dict[str, dict[str, int]]]):
    """By purpose and unit."""


def stated_totals(store: Store) -> Stated:
    """The same as `totals`, or as it was a moment ago where counting takes long."""
    return Totals.of(store).now(lambda: totals(store))


def totals(store: Store) -> Stated:
    """How many entries there are, and what they add up to by purpose and unit, nothing left out but zeros."""
    with store.reading() as connection:
        size, found = pages.trial_balance(connection)
    made: dict[str, dict[str, int]] = {}
    for unit, purpose, _, debit, credit in found:
        if credit != debit:
            made.setdefault(purpose, {})[unit_name(unit)] = credit - debit
    return size, made


def resources(size: int, *, since: int = 0) -> Iterator[Resource]:
    """Every file of a log of this size that a log of the size `since` did not have; entries first, then upwards."""
    levels: Sequence[int | None] = (None, *range(9))
    for level in levels:
        held, had = (at >> 8 * (level or 0) for at in (size, since))
        for n in range(had // TILE_WIDTH, -(-held // TILE_WIDTH)):
            width = min(TILE_WIDTH, held - n * TILE_WIDTH)
            if width > max(0, had - n * TILE_WIDTH):
                yield Resource(level, n, width)


def head_of(note: str) -> tuple[int, bytes]:
    """Size and root of a signed head."""
    head = checkpoint_of(note_of(note.encode()))
    return head.size, head.root


def made_of(found: EntryRows) -> Iterator[bytes]:
    """The entries that these rows are of. Raises BytesBroken."""
    transfers = Lane(iter(found.transfers))
    try:
        accounts = {id: Standing(row) for id, row in found.accounts.items()}
        for transaction in found.transactions:
            legs = [
                Leg(row, accounts[row.debit_account_id], accounts[row.credit_account_id])
                for row in transfers.take(transaction.seq)
            ]
            entry = entry_from(transaction, legs)
            if leaf_hash(entry) != transaction.leaf_hash:
                raise BytesBroken(f"entry {transaction.seq} is not what was hashed: run `pioneer check`")
            yield entry
    except (ValueError, KeyError) as error:
        raise BytesBroken(f"an entry cannot be made from its rows ({error}): run `pioneer check`") from error
