"""Accounts: each balance is the running sum of its legs, each stored balance equals it, none passes its floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from sys import intern
from uuid import UUID

from ledger.core.accounts import FLOORED, POINTS, AccountKey, Owner, OwnerKind, Purpose, floor_of, public_name
from ledger.reading.findings import Findings
from ledger.store.reads import AccountRead, StandingRead, TransferRead
from ledger.store.streams import FIRST, View

day_of = lru_cache(maxsize=4096)(date.fromisoformat)


_AT_A_DESK = frozenset({Purpose.STOCK, Purpose.HELD})
_OF_A_WALLET = frozenset({Purpose.WALLET, Purpose.HELD, Purpose.DEBT})


class Standing:
    """One account: what it is, what its row says, and what its legs add up to so far."""

    __slots__ = (
        *("id", "name", "owner_kind", "owner_id", "purpose", "unit_id", "expires_on", "opened_seq"),
        "is_floored",
        *("stored_balance", "stored_entries", "balance", "entries"),
    )

    def __init__(self, row: AccountRead) -> None:
        """ValueError where the row is of no known kind."""
        self.id = row.id
        self.owner_kind, self.purpose = OwnerKind(row.owner_kind), Purpose(row.purpose)
        self.is_floored = self.purpose in FLOORED
        self.owner_id, self.unit_id, self.expires_on = intern(row.owner_id), row.unit_id, intern(row.expires_on)
        key = AccountKey(Owner(self.owner_kind, UUID(row.owner_id)), self.purpose, row.unit_id, day_of(row.expires_on))
        self.name = intern(public_name(key))
        self.opened_seq, self.stored_balance, self.stored_entries = row.opened_seq, row.balance, row.entries
        self.balance = self.entries = 0


class Leg:
    """One transfer with the accounts on its sides, and the running numbers that it gave them."""

    __slots__ = ("amount", "credit", "credit_entries", "debit", "debit_entries", "row", "unit_id")

    def __init__(self, row: TransferRead, debit: Standing, credit: Standing) -> None:
        self.row, self.debit, self.credit = row, debit, credit
        self.unit_id, self.amount = row.unit_id, row.amount
        self.debit_entries = debit.entries
        self.credit_entries = credit.entries


class Standings:
    """All accounts of the bank, folded leg by leg."""

    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self._by_id: dict[int, Standing] = {}
        self._by_owner: defaultdict[str, list[Standing]] | None = None
        self._shelves: dict[str, dict[tuple[int | None, str], list[Standing]]] | None = None
        self._head = view.head()
        self._read(view.accounts())
        if from_seq > FIRST:
            self._begin(view.standings(from_seq))

    def _read(self, rows: Iterable[AccountRead]) -> None:
        last = opened_seq = 0
        for row in rows:
            if row.id != last + 1:
                self._found.note("account_gap", account=row.id, after=last)
            last = row.id
            try:
                standing = self._by_id[row.id] = Standing(row)
            except ValueError as error:
                self._found.note("account_malformed", account=row.id, what=str(error))
                continue
            if row.floor != floor_of(standing.purpose):
                self._found.note("account_floor_wrong", account=row.id)
            if not max(opened_seq, FIRST) <= row.opened_seq <= self._head.seq:
                self._found.note("account_opened_wrong", account=row.id)
            opened_seq = row.opened_seq
        if last != self._head.account_last:
            self._found.note("head_wrong", what="account_last", stored=self._head.account_last, found=last)

    def _begin(self, rows: Iterable[StandingRead]) -> None:
        """Trust what stood in the books before the first seq to be checked."""
        for row in rows:
            standing = self._by_id.get(row.id)
            if standing is not None:
                debited = (row.debit_seq or 0, row.debit_leg or 0)
                credited = (row.credit_seq or 0, row.credit_leg or 0)
                standing.balance = (row.debit_balance if debited > credited else row.credit_balance) or 0
                standing.entries = row.entries

    def held(self, owner_id: str, on: str) -> int:
        """Points of an owner as they stand in the walk: usable on that day or held, less what is owed."""
        return sum(
            standing.balance
            for standing in self._of_owner(owner_id)
            if standing.purpose is not Purpose.WALLET or standing.expires_on >= on
        )

    def usable(self, owner_id: str, on: str, before: str | None = None) -> int:
        """Points in the wallet of an owner as they stand in the walk, usable on that day; with `before`, only those
        that are not valid until that day.
        """
        return sum(
            standing.balance
            for standing in self._of_owner(owner_id)
            if standing.purpose is Purpose.WALLET and on <= standing.expires_on < (before or "~")
        )

    def _of_owner(self, owner_id: str) -> list[Standing]:
        if self._by_owner is None:
            self._by_owner = defaultdict(list)
            for standing in self._by_id.values():
                if standing.unit_id == POINTS and standing.purpose in _OF_A_WALLET:
                    self._by_owner[standing.owner_id].append(standing)
        return self._by_owner.get(owner_id, [])

    def shelf(self, desk_id: str, unit_id: int | None, best_before: str) -> int:
        """What lies in one batch at a desk, set aside or not, as it stands in the walk."""
        return _lies(self._batches_at(desk_id).get((unit_id, best_before), ()))

    def shelved(self, desk_id: str) -> set[tuple[int | None, str]]:
        """(unit, last day) of every batch that lies at a desk, set aside or not, as it stands in the walk."""
        return {batch for batch, standings in self._batches_at(desk_id).items() if _lies(standings)}

    def _batches_at(self, desk_id: str) -> Mapping[tuple[int | None, str], Sequence[Standing]]:
        if self._shelves is None:
            self._shelves = {}
            for standing in self._by_id.values():
                if standing.owner_kind is OwnerKind.DESK and standing.purpose in _AT_A_DESK:
                    batches = self._shelves.setdefault(standing.owner_id, {})
                    batches.setdefault((standing.unit_id, standing.expires_on), []).append(standing)
        return self._shelves.get(desk_id, {})

    def of(self, account: int) -> Standing | None:
        return self._by_id.get(account)

    def post(self, seq: int, rows: list[TransferRead]) -> list[Leg] | None:
        """The legs of one transaction, moved. None if an account is not there: then little else can be said of it."""
        legs: list[Leg] | None = []
        for number, row in enumerate(rows, 1):
            if row.leg != number:
                self._found.note("leg_gap", seq=seq)
            debit, credit = self._by_id.get(row.debit_account_id), self._by_id.get(row.credit_account_id)
            if debit is None or credit is None:
                self._found.note("account_unknown", seq=seq, leg=row.leg)
                legs = None
                continue
            self._move(row, debit, credit)
            if legs is not None:
                legs.append(Leg(row, debit, credit))
        return legs

    def _move(self, row: TransferRead, debit: Standing, credit: Standing) -> None:
        seq, leg, amount = row.seq, row.leg, row.amount
        if amount <= 0:
            self._found.note("amount_not_positive", seq=seq, leg=leg, amount=amount)
        if not debit.unit_id == row.unit_id == credit.unit_id:
            self._found.note("unit_crossed", seq=seq, leg=leg)
        if debit is credit:
            self._found.note("sides_same", seq=seq, leg=leg)
        for side, folded, stored in (
            (debit, debit.balance - amount, row.debit_balance),
            (credit, credit.balance + amount, row.credit_balance),
        ):
            if folded != stored:
                self._found.note("balance_wrong", seq=seq, account=side.id, leg=leg, stored=stored, folded=folded)
            if side.entries == 0 and side.opened_seq > seq:
                self._found.note("account_opened_wrong", account=side.id)
            side.entries += 1
            side.balance = stored  # one wrong balance is one finding, not one for each leg after it
            if stored < 0 and side.is_floored:
                self._found.note("floor_passed", seq=seq, account=side.id, leg=leg, balance=stored)
            if stored > 0 and side.purpose is Purpose.DEBT:
                self._found.note("debt_above_zero", seq=seq, account=side.id, leg=leg, balance=stored)

    def close(self) -> None:
        """When all legs have passed: every account's own row, and the sum of each unit."""
        totals: defaultdict[int, int] = defaultdict(int)
        for standing in self._by_id.values():
            totals[standing.unit_id] += standing.stored_balance
            if standing.stored_balance != standing.balance:
                facts = {"stored": standing.stored_balance, "folded": standing.balance}
                self._found.note("account_balance_wrong", account=standing.id, **facts)
            if standing.stored_entries != standing.entries:
                facts = {"stored": standing.stored_entries, "folded": standing.entries}
                self._found.note("account_entries_wrong", account=standing.id, **facts)
        for unit, total in totals.items():
            if total:
                self._found.note("unit_sum_not_zero", unit=unit, total=total)

    def set_aside(self) -> dict[tuple[str, int | None], int]:
        """(owner, unit) to what is held, where anything is."""
        held: defaultdict[tuple[str, int | None], int] = defaultdict(int)
        for standing in self._by_id.values():
            if standing.purpose is Purpose.HELD and standing.stored_balance:
                held[standing.owner_id, standing.unit_id] += standing.stored_balance
        return held

    def stock(self) -> dict[tuple[str, int | None], int]:
        """(desk, unit) to what lies on its shelf, all batches together, set aside or not."""
        shelves: defaultdict[tuple[str, int | None], int] = defaultdict(int)
        for standing in self._by_id.values():
            if standing.owner_kind is OwnerKind.DESK and standing.purpose in _AT_A_DESK:
                shelves[(standing.owner_id, standing.unit_id)] += standing.stored_balance
        return shelves


def _lies(standings: Iterable[Standing]) -> int:
    return sum(standing.balance for standing in standings)
