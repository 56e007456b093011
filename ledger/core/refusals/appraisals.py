"""What an appraisal says no to."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalNotOpen(Refusal):
    """It has not begun, or it is over."""

    code = "appraisal_not_open"
    zh = "评议时间为 {begins} 至 {ends},现在不能评议。"
    en = "This appraisal is open from {begins} to {ends}."
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAsked(Refusal):
    """The form asks others: those of another place, who took part, or who had asked."""

    code = "not_asked"
    zh = "这份评议表不向您征求意见。"
    en = "This form asks others."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadySpoken(Refusal):
    """One voice per person, or per household, as the form says."""

    code = "already_spoken"
    zh = "已经评议过,每人或每户只计一次。"
    en = "It was answered already: once per person or household, as the form says."
