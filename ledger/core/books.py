"""The books as one batch sees them: facts for decisions, and the running balances that a plan becomes rows by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from ledger.core import merkle
from ledger.core.accounts import NEVER, Account, AccountKey, Owner, Purpose, floor_of
from ledger.core.canonical import ENTRY_BYTES_MAX, INTEGER_MAX, canonical_text, commitment, refuse_uncanonical
from ledger.core.entries import PublicMove, entry_of
from ledger.core.posting import AMOUNT_MAX, Command, Move, Needs, Plan, PostedTransaction, Record, RowKey, key_of


class FloorPassed(AssertionError):
    """A decision let an account pass its floor: a bug, loud, and nothing of it is written."""


class TransactionRow(NamedTuple):
    seq: int
    id: UUID
    kind: str
    effective_on: date
    recorded_at: int
    actor_id: UUID
    detail: str
    rulebook_code: str | None
    rulebook_version: int | None
    reverses: int | None
    commitment: bytes
    leaf_hash: bytes


class TransferRow(NamedTuple):
    seq: int
    leg: int
    debit_account_id: int
    credit_account_id: int
    unit_id: int
    amount: int
    debit_balance: int
    credit_balance: int


class PrivateRow(NamedTuple):
    seq: int
    salt: bytes
    opening: str


class Past(Protocol):
    """What earlier deeds left, kept in the words of the rules: core only hands it on."""

    def of(self, keys: Iterable[Any]) -> Mapping[Any, Any]:
        """The answers to these questions, all of which were among the needs of the batch."""

    def count(self, marks: Iterable[Any]) -> None:
        """Add the marks of what was just posted."""


class Books:
    """What one batch knows: facts for decisions, and the running balances that postings move.

    Commands read it through `balance`, `lots`, `past` and `transaction`; only the writer calls `post`.
    """

    __slots__ = (
        "_accounts",
        "_closed",
        "_holdings",
        "_left",
        "_opened",
        "_rows",
        "_rows_by",
        "_touched",
        "_transactions",
        "account_last",
        "now",
        "past",
        "seq",
        "today",
    )

    def __init__(self, *, seq: int, account_last: int, now: int, today: date, past: Past) -> None:
        self.seq, self.account_last = seq, account_last
        self.now, self.today = now, today
        self.past = past
        self._accounts: dict[AccountKey, Account] = {}
        self._holdings: dict[tuple[Owner, int], list[Account]] = {}
        self._transactions: dict[int, PostedTransaction] = {}
        self._rows: dict[tuple[str, str, RowKey], list[Mapping[str, Any]]] = {}
        self._rows_by: dict[str, set[str]] = {}
        self._left: dict[AccountKey, dict[AccountKey, int]] = {}
        self._closed: dict[UUID, int] = {}
        self._opened: dict[int, Account] = {}
        self._touched: dict[int, Account] = {}

    # -- what the writer tells it -------------------------------------------------------------------------------------

    def know_account(self, account: Account) -> None:
        self._accounts[account.key] = account
        self._holdings.setdefault((account.key.owner, account.key.unit), []).append(account)

    def know_transaction(self, transaction: PostedTransaction) -> None:
        self._transactions[transaction.seq] = transaction

    def know_rows(self, table: str, column: str, id: RowKey, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows[table, column, id] = list(rows)
        self._rows_by.setdefault(table, set()).add(column)

    def know_left(self, lot: AccountKey, taker: AccountKey, amount: int) -> None:
        """What has lapsed out of a lot into a sink, or was moved on into another lot of its owner."""
        takers = self._left.setdefault(lot, {})
        takers[taker] = takers.get(taker, 0) + amount

    def know_closed(self, owner: UUID, seq: int) -> None:
        """This volunteer's account was closed by transaction `seq`, which stands."""
        self._closed[owner] = seq

    # -- what decisions ask it ----------------------------------------------------------------------------------------

    @property
    def next_seq(self) -> int:
        """The seq of what is being decided, if it is posted."""
        return self.seq + 1

    def balance(self, key: AccountKey) -> int:
        account = self._accounts.get(key)
        return account.balance if account else 0

    def lots(self, owner: Owner, purpose: Purpose, unit: int) -> list[tuple[AccountKey, int]]:
        """The owner's accounts of this purpose that hold anything, what expires first, first."""
        held = [
            (account.key, account.balance)
            for account in self._holdings.get((owner, unit), ())
            if account.key.purpose is purpose and account.balance > 0
        ]
        if len(held) > 1:
            held.sort(key=lambda lot: lot[0].expires_on)
        return held

    def usable(self, owner: Owner, purpose: Purpose, unit: int) -> list[tuple[AccountKey, int]]:
        """The lots whose last day has not passed."""
        return [lot for lot in self.lots(owner, purpose, unit) if lot[0].expires_on >= self.today]

    def rows(self, table: str, column: str, id: RowKey) -> Sequence[Mapping[str, Any]]:
        """Rows of a capability with this id in this column, which the command's needs asked for. KeyError otherwise."""
        return self._rows[table, column, id]

    def transaction(self, seq: int) -> PostedTransaction | None:
        return self._transactions.get(seq)

    def lapsed(self, lot: AccountKey) -> list[tuple[AccountKey, int]]:
        """What has lapsed out of a lot and did not come back, by the account it went to."""
        return [
            (taker, amount)
            for taker, amount in self._left.get(lot, {}).items()
            if taker.purpose is Purpose.LAPSED and amount > 0
        ]

    def moved_on(self, lot: AccountKey) -> int:
        """How many points of a lot went on into later lots of its owner and did not come back."""
        takers = self._left.get(lot, {}).items()
        return max(0, sum(amount for taker, amount in takers if _is_later(lot, taker)))

    def later(self, lot: AccountKey) -> list[AccountKey]:
        """The other lots of this owner that are valid longer, empty ones too, the earliest day first."""
        held = [account.key for account in self._holdings.get((lot.owner, lot.unit), ())]
        return sorted((key for key in held if _is_later(lot, key)), key=lambda key: key.expires_on)

    def concerns_closed(self, needs: Needs) -> bool:
        """Whether this would move what belongs to somebody whose account is closed, other than by undoing just that."""
        if not self._closed:
            return False
        if any(owner.id in self._closed for owner, _ in needs.holdings):
            return True
        undone = [(seq, self._transactions[seq]) for seq in needs.reverses if seq in self._transactions]
        return any(
            self._closed.get(key.owner.id, seq) != seq
            for seq, transaction in undone
            for move in transaction.moves
            for key in (move.debit, move.credit)
        )

    # -- posting ------------------------------------------------------------------------------------------------------

    def post(self, plan: Plan, command: Command, salt: bytes) -> tuple[TransactionRow, list[TransferRow], PrivateRow]:
        """Move the balances and give back the rows. The caller holds the bank's head, so `seq` is nobody else's."""
        seq = self.seq + 1
        refuse_uncanonical(plan.detail)
        for key in plan.opens:
            self._open(key, seq)
        transfers: list[TransferRow] = []
        public: list[PublicMove] = []
        legs: list[list[int]] = []
        for leg, (debit_key, credit_key, amount) in enumerate(plan.moves, 1):
            debit, credit = self._open(debit_key, seq), self._open(credit_key, seq)
            self._move(debit, credit, amount)
            transfers.append(
                TransferRow(seq, leg, debit.id, credit.id, debit_key.unit, amount, debit.balance, credit.balance)
            )
            public.append(PublicMove(debit.public_name, credit.public_name, debit_key.unit, amount))
            legs.append([debit.id, debit.entries, debit.balance, credit.id, credit.entries, credit.balance])
        opening = canonical_text(
            {"at": self.now, "by": command.actor.hex, "id": command.id.hex, "legs": legs, "why": plan.why}
        )
        committed = commitment(salt, opening.encode())
        entry = entry_of(
            seq=seq,
            kind=plan.kind,
            effective_on=plan.effective_on,
            moves=public,
            detail=plan.detail,
            rulebook=plan.rulebook,
            reverses=plan.reverses,
            commitment_hash=committed,
        )
        if len(entry) > ENTRY_BYTES_MAX:
            raise ValueError(f"an entry of {len(entry)} bytes is longer than a log entry may be")
        code, version = plan.rulebook or (None, None)
        row = TransactionRow(
            seq,
            command.id,
            plan.kind.value,
            plan.effective_on,
            self.now,
            command.actor,
            canonical_text(plan.detail),
            code,
            version,
            plan.reverses,
            committed,
            merkle.leaf_hash(entry),
        )
        self.seq = seq
        self._remember(plan, seq)
        return row, transfers, PrivateRow(seq, salt, opening)

    def take_accounts(self) -> tuple[list[Account], list[Account]]:
        """Accounts opened, and others moved, since the last call; each as it stands now."""
        opened, touched = self._opened, self._touched
        self._opened, self._touched = {}, {}
        return list(opened.values()), [account for id, account in touched.items() if id not in opened]

    def _open(self, key: AccountKey, seq: int) -> Account:
        account = self._accounts.get(key)
        if account is None:
            self.account_last += 1
            account = Account(self.account_last, key, 0, 0, seq)
            self.know_account(account)
            self._opened[account.id] = account
        return account

    def _move(self, debit: Account, credit: Account, amount: int) -> None:
        if debit is credit or debit.key.unit != credit.key.unit or not 0 < amount <= AMOUNT_MAX:
            raise ValueError(f"not a move: {amount} from {debit.key} to {credit.key}")
        debit.balance -= amount
        credit.balance += amount
        debit.entries += 1
        credit.entries += 1
        self._touched[debit.id], self._touched[credit.id] = debit, credit
        if credit.key.purpose is Purpose.LAPSED:
            self.know_left(debit.key, credit.key, amount)
        elif debit.key.purpose is Purpose.LAPSED:
            self.know_left(credit.key, debit.key, -amount)
        elif _is_later(debit.key, credit.key):
            self.know_left(debit.key, credit.key, amount)
        elif _is_later(credit.key, debit.key):
            self.know_left(credit.key, debit.key, -amount)
        floor = floor_of(debit.key.purpose)
        if floor is not None and debit.balance < floor:
            raise FloorPassed(f"account {debit.id} ({debit.key.purpose}) would stand at {debit.balance}")
        if credit.key.purpose is Purpose.DEBT and credit.balance > 0:
            raise FloorPassed(f"account {credit.id} would pay back more than its debt")
        if debit.balance < -INTEGER_MAX or credit.balance > INTEGER_MAX:
            raise OverflowError(f"account {debit.id} or {credit.id} leaves the range of exact integers")

    def _remember(self, plan: Plan, seq: int) -> None:
        if plan.marks:
            self.past.count(plan.marks)
        if plan.closes is not None:
            self.know_closed(plan.closes.id, seq)
        if plan.reverses is not None:
            # A later command of the same batch sees it reversed.
            self._transactions[plan.reverses] = replace(self._transactions[plan.reverses], reversed_by=seq)
            self._closed = {owner: closing for owner, closing in self._closed.items() if closing != plan.reverses}
        if self._rows:
            self.remember_rows(plan.records, seq)

    def watches(self, table: str) -> bool:
        """Whether a command of this batch asked for rows of that table."""
        return any(asked == table for asked, _, _ in self._rows)

    def remember_rows(self, records: Iterable[Record], seq: int) -> None:
        """A later command of the same batch sees the rows that this one adds."""
        for record in records:
            for column in self._rows_by.get(record.table, ()):
                known = self._rows.get((record.table, column, key_of(record.row, column)))
                if known is not None:
                    known.append(record.row | ({"seq": seq} if "seq" in record.row else {}))


def _is_later(lot: AccountKey, other: AccountKey) -> bool:
    """Whether both are lots of one owner, and the other is valid longer."""
    return (
        lot.purpose is other.purpose is Purpose.WALLET
        and (lot.owner, lot.unit) == (other.owner, other.unit)
        and lot.expires_on < other.expires_on
    )


def draw(lots: Sequence[tuple[AccountKey, int]], amount: int) -> list[tuple[AccountKey, int]]:
    """Take `amount` out of lots in the order given; the caller has checked that they hold it."""
    parts: list[tuple[AccountKey, int]] = []
    for key, held in lots:
        if amount == 0:
            break
        taken = min(held, amount)
        parts.append((key, taken))
        amount -= taken
    return parts


def take_points(facts: Books, owner: Owner, taker: AccountKey, amount: int) -> list[Move]:
    """Moves that take `amount` points from a wallet, the lots that lapse first; what it does not hold is owed."""
    lots = facts.usable(owner, Purpose.WALLET, taker.unit)
    moves = [Move(lot, taker, part) for lot, part in draw(lots, amount)]
    missing = amount - sum(move.amount for move in moves)
    if missing:
        moves.append(Move(AccountKey(owner, Purpose.DEBT, taker.unit, NEVER), taker, missing))
    return moves


def credit_wallet(facts: Books, source: AccountKey, lot: AccountKey, amount: int, *, repaid: int = 0) -> list[Move]:
    """Moves that give `amount` points to a wallet: its debt (less what the same plan has `repaid`) is paid first, the
    rest goes into `lot`.
    """
    debt = AccountKey(lot.owner, Purpose.DEBT, lot.unit, NEVER)
    owed = min(-facts.balance(debt) - repaid, amount)
    moves = [Move(source, debt, owed)] if owed else []
    if amount > owed:
        moves.append(Move(source, lot, amount - owed))
    return moves
