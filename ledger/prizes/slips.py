"""The slip of a redemption, for the small printer at the desk: what went over, for how many points, what is left, and
where anybody can check it. Every print is kept, so that the second says of itself that it is a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.accounts import POINTS, Purpose
from ledger.log import receipts
from ledger.people import volunteers
from ledger.prizes import catalogue
from ledger.prizes.redeem import receipt_number
from ledger.prizes.redemptions import Redemption
from ledger.store import pages, rows
from ledger.store.rows import Taken

LINES_MAX = 200
_TRIES = 8


class SlipLine(NamedTuple):
    """So many of one prize; points of one, in the smallest unit."""

    title: str
    quantity: int
    cost_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What is printed. Points in the smallest unit. Nobody is named: the volunteer by the last digits of their number,
    the clerk by the last of their id.
    """

    bank: str
    desk: str
    redeemed_on: date
    number: str
    seq: int
    volunteer_tail: str
    clerk: str
    lines: tuple[SlipLine, ...]
    points: int
    balance_after: int
    """Of the wallet that paid, right after it."""
    is_shared: bool
    """Whether a household or group paid."""
    is_refunded: bool
    token: str | None
    """Of the receipt; None where it was erased."""
    copy: int
    """0 for the first print; then the number of the copy."""


def print_slip(bank: Bank, by: By, redemption: Redemption, *, width_mm: int) -> Slip:
    """The slip, counted as printed."""
    copy = _counted(bank, by, redemption, width_mm)
    with bank.store.snapshot() as connection:
        row = rows.find(connection, "redemption", id=redemption.id) or {}
        order = ("redemption_id", "line")
        items = rows.page(
            connection, "redemption_item", order=order, after=None, limit=LINES_MAX, redemption_id=redemption.id
        ).items
        refunded = rows.find(connection, "refund", redemption_id=redemption.id)
        payer = row["collective_id"] or redemption.volunteer_id
        balance = _balance(connection, payer, redemption)
    prizes = catalogue.find_prizes(bank, sorted({item["prize_id"] for item in items}))
    desk = catalogue.find_desk(bank, redemption.desk_id)
    found = volunteers.find_by_id(bank, redemption.volunteer_id)
    return Slip(
        bank=bank.charter.name,
        desk=desk.name if desk else "",
        redeemed_on=redemption.redeemed_on,
        number=receipt_number(redemption.seq),
        seq=redemption.seq,
        volunteer_tail=found.volunteer_no[-4:] if found else "",
        clerk=redemption.recorded_by.hex[-8:],
        lines=tuple(SlipLine(prizes[item["prize_id"]].title, item["quantity"], item["cost_points"]) for item in items),
        points=redemption.points,
        balance_after=balance,
        is_shared=row["collective_id"] is not None,
        is_refunded=refunded is not None,
        token=receipts.token_of(bank, redemption.seq),
        copy=copy,
    )


def _balance(connection: Any, payer: UUID, redemption: Redemption) -> int:
    _, accounts = pages.holdings(connection, payer)
    return sum(
        pages.balance_at(connection, account.id, redemption.seq)
        for account in accounts
        if account.key.purpose is Purpose.WALLET
        and account.key.unit == POINTS
        and account.key.expires_on >= redemption.redeemed_on
        and account.opened_seq <= redemption.seq
    )


def _counted(bank: Bank, by: By, redemption: Redemption, width_mm: int) -> int:
    """Its number among the prints: two at once are the first and a copy, never two firsts."""
    for _ in range(_TRIES):
        with bank.store.reading() as connection:
            before = rows.page(
                *(connection, "redemption_slip"),
                order=("redemption_id", "copy"),
                after=None,
                limit=1,
                newest_first=True,
                redemption_id=redemption.id,
            ).items
        copy = before[0]["copy"] + 1 if before else 0
        row = {"redemption_id": redemption.id, "copy": copy, "width_mm": width_mm, "printed_by": by.actor}
        try:
            with bank.changing(by) as change:
                change.add("redemption_slip", row | {"printed_at": change.now}, unique="copy")
                change.audit("print", "redemption", redemption.id, after={"copy": copy})
            return copy
        except Taken:  # somebody printed it at the same moment
            continue
    raise TimeoutError("others print this slip all the time")
