"""Refund requests: one person prepares a refund, another countersigns it at their own machine, in its time.

A request posts nothing and promises nothing: until it is countersigned the goods are the volunteer's and the points are
spent. Whoever countersigns refunds, and what is refused to a refund is refused to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes, Outcome, Page, Request
from ledger.core.refusals.postings import AlreadyReversed
from ledger.core.refusals.refusal import Refused
from ledger.core.refusals.service import AlreadyDecided
from ledger.prizes import catalogue, redemptions
from ledger.prizes.past_redemptions import PastRedemption
from ledger.prizes.redeem import receipt_number
from ledger.prizes.redemptions import Redemption
from ledger.prizes.refund import Goods
from ledger.store import refund_requests as store
from ledger.store.rows import still

HOLDS_DAYS = 7
"""So long it can be countersigned, and not longer than the goods can be given back."""

State = Literal["waiting", "refunded", "withdrawn", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRequest:
    """What is to be given back and why, who says so, and what became of it."""

    id: UUID
    redemption_id: UUID
    seq: int
    """Of the redemption."""
    volunteer_no: str
    desk_id: UUID
    organisation_path: str
    """Of the desk."""
    redeemed_on: date
    points: int
    goods: Goods
    reason: str
    requested_by: UUID
    requested_at: int
    until_on: date
    withdrawn_at: int | None
    refund_seq: int | None

    @property
    def receipt(self) -> str:
        """What stands on the slip."""
        return receipt_number(self.seq)

    def state(self, on: date) -> State:
        """What it is on this day."""
        if self.refund_seq is not None:
            return "refunded"
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "waiting" if on <= self.until_on else "expired"


def prepare(bank: Bank, by: By, redemption: PastRedemption, *, goods: Goods, reason: str) -> RefundRequest:
    """A request that waits for a second person; one that waited for the same goods is withdrawn with it. Refuses
    AlreadyReversed and NotRefundable.
    """
    last = redemptions.refundable_until(bank, redemption.redeemed_on)
    barred = redemptions.kept_for_good(bank, redemption.redeemed_on)
    if redemption.refund_seq is not None:
        raise Refused(AlreadyReversed(seq=redemption.seq, reversed_by=redemption.refund_seq))
    if barred is not None:
        raise Refused(barred)
    home = _home(bank, redemption)
    until = bank.today() + timedelta(days=HOLDS_DAYS)
    with bank.changing(by) as change:
        change.hold_postings()
        for former in store.waiting(change.connection, redemption.id):
            _withdraw(change, by, former, home)
        id = change.new_id()
        row = {
            "id": id,
            "redemption_id": redemption.id,
            "goods": goods,
            "reason": reason,
            "requested_by": by.actor,
            "requested_at": change.now,
            "until_on": min(until, last) if last else until,
            "withdrawn_by": None,
            "withdrawn_at": None,
        }
        change.add("refund_request", row)
        change.audit(
            "prepare",
            "refund_request",
            id,
            organisation=home,
            after={"redemption": redemption.id, "goods": goods},
        )
    return _found(bank, id)


def withdraw(bank: Bank, by: By, asked: RefundRequest) -> RefundRequest:
    """It can be countersigned no more. Withdrawing twice changes nothing. Refuses AlreadyDecided once it was."""
    with bank.changing(by) as change:
        change.hold_postings()
        now = store.find(change.connection, asked.id)
        if now is None or now["refund_seq"] is not None:
            raise Refused(AlreadyDecided())
        if now["withdrawn_at"] is None:
            _withdraw(change, by, asked.id, _home(bank, asked))
    return _found(bank, asked.id)


def countersign(bank: Bank, by: By, request: Request, asked: RefundRequest, redemption: Redemption) -> Outcome:
    """The refund as it was prepared, by the hand of the second person."""
    return redemptions.reverse(bank, by, request, redemption, asked.reason, goods=asked.goods, prepared=asked.id)


def find(bank: Bank, id: UUID) -> RefundRequest | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str], is_waiting: bool, after: Sequence[Any] | None, limit: int
) -> Page[RefundRequest]:
    """Requests, the newest first: those that wait today, or all."""
    waits_on = bank.today() if is_waiting else None
    with bank.store.reading() as connection:
        found = store.page(connection, within=within, waits_on=waits_on, after=after, limit=limit)
    return found.each(_from)


def _home(bank: Bank, of: PastRedemption | RefundRequest) -> UUID | None:
    """The organisation of the desk."""
    desk = catalogue.find_desk(bank, of.desk_id)
    return desk.organisation_id if desk else None


def _withdraw(change: Changes, by: By, id: UUID, home: UUID | None) -> None:
    change.change("refund_request", id, {"withdrawn_at": change.now, "withdrawn_by": by.actor})
    change.audit("withdraw", "refund_request", id, organisation=home)


def _found(bank: Bank, id: UUID) -> RefundRequest:
    return still(find(bank, id), "refund request", id)


def _from(row: Mapping[str, Any]) -> RefundRequest:
    return RefundRequest(**{name: row[name] for name in RefundRequest.__slots__})
