"""Of any posting: keys and ids, amounts and days, persons, reversals, lapses."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyReused(Refusal):
    """Another request already used this idempotency key."""

    code = "idempotency_key_reused"
    zh = "这个幂等键已用于另一项请求,请换一个新的键。"
    en = "This idempotency key was already used for another request; use a fresh key."


@dataclass(frozen=True, slots=True, kw_only=True)
class IdUsed(Refusal):
    """Another command already posted under this id."""

    code = "id_already_used"
    zh = "编号 {id} 已被另一笔记账占用,请换一个新的编号。"
    en = "The id {id} already belongs to another posting; use a fresh one."
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonMissing(Refusal):
    """An adjustment or reversal without a reason."""

    code = "reason_missing"
    zh = "请写明理由。"
    en = "Say why: a reason is required."


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePerson(Refusal):
    """Two distinct persons are required and one came twice."""

    code = "same_person"
    zh = "需要两名不同的经办人,不能由同一人完成。"
    en = "Two different persons must act here; one person cannot do both parts."


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountOutOfRange(Refusal):
    """An amount that is zero, negative, or past what the bank can hold exactly."""

    code = "amount_out_of_range"
    zh = "数量 {amount} 超出允许范围({lowest} 至 {highest})。"
    en = "{amount} is outside the allowed range ({lowest} to {highest})."
    amount: int
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FutureDay(Refusal):
    """A day that has not come yet."""

    code = "future_day"
    zh = "日期 {on} 还没有到(今天是 {today})。"
    en = "{on} has not come yet (today is {today})."
    on: str
    today: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownTransaction(Refusal):
    """There is no transaction with this seq."""

    code = "unknown_transaction"
    zh = "没有第 {seq} 号记账。"
    en = "There is no transaction {seq}."
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReversible(Refusal):
    """A reversal, a lapse or an opening is mended by a new posting, not undone."""

    code = "not_reversible"
    zh = "第 {seq} 号记账属于“{kind}”,不能冲正,请另作更正。"
    en = "Transaction {seq} is of kind {kind}, which cannot be reversed; post a correction instead."
    seq: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyReversed(Refusal):
    """A transaction is reversed at most once."""

    code = "already_reversed"
    zh = "第 {seq} 号记账已由第 {reversed_by} 号冲正,不能再次冲正。"
    en = "Transaction {seq} was already reversed by {reversed_by}."
    seq: int
    reversed_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseNotDue(Refusal):
    """Points lapse after their last day, not on it."""

    code = "lapse_not_due"
    zh = "{expires_on} 当天积分仍然有效(今天是 {today}),次日起才失效。"
    en = "Points are still valid on {expires_on} (today is {today}); they lapse the day after."
    expires_on: str
    today: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingToLapse(Refusal):
    """The lot is already empty."""

    code = "nothing_to_lapse"
    zh = "{expires_on} 到期的积分已经没有剩余。"
    en = "Nothing is left of the points that were valid until {expires_on}."
    expires_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsufficientPoints(Refusal):
    """The wallet's usable lots do not cover the cost."""

    code = "insufficient_points"
    zh = "积分不足:可用 {held},需要 {asked}。"
    en = "Not enough points: {held} available, {asked} needed."
    held: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InsufficientMinutes(Refusal):
    """The hours account does not hold what an adjustment would take."""

    code = "insufficient_minutes"
    zh = "服务时长不足:现有 {held} 分钟,需扣 {asked} 分钟。"
    en = "Not enough service time: {held} minutes recorded, {asked} to be taken."
    held: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InsufficientStock(Refusal):
    """The desk does not have this many of the prize."""

    code = "insufficient_stock"
    zh = "库存不足:现有 {held} 件,需要 {asked} 件。"
    en = "Not enough in stock: {held} left, {asked} asked for."
    prize: str
    held: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMeanwhile(Refusal):
    """Somebody else changed it between being looked at and being changed."""

    code = "changed_meanwhile"
    zh = "内容刚被他人改动, 请重新打开后再试。"
    en = "Somebody else changed it just now; open it again and repeat."
