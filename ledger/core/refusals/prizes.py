"""Of the desk: its stock, days, redemptions, reservations, refunds and slips."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class PrizeNotOffered(Refusal):
    """The prize is off the shelf."""

    code = "prize_not_offered"
    zh = "该奖品已下架,暂不能兑换。"
    en = "This prize is not offered at present."
    prize: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRedeemable(Refusal):
    """The redemption policy of the rulebook in force says no; every reason at once."""

    code = "not_redeemable"
    zh = "按积分规则不能兑换: {reasons_zh}。"
    en = "The rulebook does not allow it: {reasons_en}."
    codes: str
    """The codes of the reasons, with blanks between them."""
    reasons_zh: str
    reasons_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRefundable(Refusal):
    """The rulebook under which it was redeemed takes nothing back, or no longer."""

    code = "not_refundable"
    zh = "按积分规则, {on} 的兑换已不能退。"
    en = "Under the rulebook, what was redeemed on {on} cannot be given back any more."
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameDesk(Refusal):
    """Goods would go from a desk to itself."""

    code = "same_desk"
    zh = "调出和调入的是同一个兑换点。"
    en = "The goods would leave and arrive at the same desk."


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceUnexplained(Refusal):
    """Counted is not expected, and no reason that fits the difference was given."""

    code = "difference_unexplained"
    zh = "账面 {expected} 件,实点 {counted} 件,请写明与差异相符的原因。"
    en = "{expected} in the book, {counted} counted; give a reason that fits the difference."
    prize: str
    expected: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMissing(Refusal):
    """The day is to be closed, and something on the shelf was not counted."""

    code = "count_missing"
    zh = "账面还有 {expected} 件,尚未清点。"
    en = "{expected} of it are in the book, and were not counted."
    prize: str
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOpen(Refusal):
    """The desk is open already."""

    code = "session_open"
    zh = "这个兑换点已经开台,尚未日结。"
    en = "This desk is open already; close its day first."


@dataclass(frozen=True, slots=True, kw_only=True)
class DayUnsigned(Refusal):
    """The last day of the desk was counted and waits for the second person."""

    code = "day_unsigned"
    zh = "这个兑换点上一日的日结还没有第二人签字。"
    en = "The last day of this desk was counted, and nobody has signed it as the second person."


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionClosed(Refusal):
    """The day was closed and signed: it does not change."""

    code = "session_closed"
    zh = "这一日已经日结,不能再改;请记入下一日。"
    en = "This day is closed and does not change; what comes late belongs to the next one."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskClosed(Refusal):
    """The desk keeps day books, and none is open."""

    code = "desk_closed"
    zh = "兑换点已日结,请先开台再兑换。"
    en = "This desk has closed its day; open the next one before anything is handed over."


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipUsed(Refusal):
    """A paper slip counts once, and something else was keyed in under its number."""

    code = "slip_used"
    zh = "纸单 {slip_no} 已经用过,每个号码只能录入一次。"
    en = "Slip {slip_no} is used already: each number counts once."
    slip_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationEnded(Refusal):
    """It was collected, cancelled, or given up at its deadline."""

    code = "reservation_ended"
    zh = "这份预订已经领取、取消或到期。"
    en = "This reservation was collected, cancelled, or has run out."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationOverdue(Refusal):
    """Its last day has passed."""

    code = "reservation_overdue"
    zh = "这份预订的领取期限是 {due_on},已经过了。"
    en = "This reservation was to be collected by {due_on}."
    due_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationNotDue(Refusal):
    """Its last day has not passed: nobody but the volunteer gives it up."""

    code = "reservation_not_due"
    zh = "这份预订在 {due_on} 之前都可以领取,还不能作逾期处理。"
    en = "This reservation can be collected until {due_on}; it has not run out."
    due_on: str
