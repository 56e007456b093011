"""Reset (清零): where the rulebook says so, what is left in a wallet after points were spent from it lapses at once, in
the transaction of the redemption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.bank import Bank
from ledger.core.accounts import POINTS, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import Books
from ledger.core.posting import Move
from ledger.rules import Reason, Text
from ledger.rules.wording import points_text
from ledger.service import rulebooks
from ledger.service.rulebooks import Adopted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset:
    """Under which rulebook what is left is reset to zero, and whose `lapsed` account takes it."""

    organisation: Owner
    rulebook: tuple[str, int]
    points_scale: int

    def moves(self, facts: Books, wallet: Owner, spent: Iterable[Move]) -> list[Move]:
        """Everything that can still be used after these moves; not what is set aside for a reservation."""
        gone: Counter[AccountKey] = Counter()
        for move in spent:
            gone[move.debit] += move.amount
        sink = AccountKey(self.organisation, Purpose.LAPSED, POINTS)
        usable = facts.usable(wallet, Purpose.WALLET, POINTS)
        return [Move(lot, sink, held - gone[lot]) for lot, held in usable if held > gone[lot]]

    def foretold(self, amount: int) -> Reason:
        """What people must know before they confirm: so much, in the smallest unit, will be gone."""
        points = points_text(amount, self.points_scale)
        zh, en = (
            f"兑换后剩余的 {points} 分将清零",
            f"The {points} points left after the redemption will be reset to zero",
        )
        return Reason("reset", Text(zh=zh, en=en), refuses=False)

    def line(self, amount: int) -> dict[str, str | int]:
        """What the explanation of a redemption says of it."""
        points = points_text(amount, self.points_scale)
        zh, en = f"兑换后剩余 {points} 分清零", f"{points} points left after the redemption were reset to zero"
        return {"zh": zh, "en": en, "points": -amount}


def reset_on(bank: Bank, on: date) -> Reset | None:
    """What a redemption under the rulebook of this day resets; None where what is left stays."""
    return reset_under(rulebooks.holding(bank, on))


def reset_under(held: Adopted | None) -> Reset | None:
    """The same, where it is known what holds."""
    if held is None or not held.rulebook.lapse.resets_on_redeem:
        return None
    return Reset(
        organisation=Owner(OwnerKind.ORGANISATION, held.organisation_id),
        rulebook=(held.rulebook.code, held.rulebook.version),
        points_scale=held.rulebook.points_scale,
    )


AT_COLLECTING = Reason(
    "reset",
    Text(
        zh="领取时, 账户里剩余的积分将清零",
        en="When it is collected, the points left in the account will be reset to zero",
    ),
    refuses=False,
)
"""The same of what is only set aside: nobody knows yet how many will be left."""


def total(moves: Sequence[Move]) -> int:
    return sum(move.amount for move in moves)
