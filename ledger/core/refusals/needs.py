"""Of wishes, requests and the tasks that answer them."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNotPossible(Refusal):
    """A wish, a request or a task is not, or not any more, where this can be done with it."""

    code = "step_not_possible"
    zh = "目前状态({state})不能办理此步骤({step})。"
    en = "As it stands ({state}) this cannot be done ({step})."
    state: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CashNever(Refusal):
    """A wish for money, or for what is as good as money."""

    code = "cash_never"
    zh = "微心愿不收现金、红包或转账的请求;请改写成一件小物品、一次服务或一次陪伴。"
    en = "A micro-wish is never for money: wish for a small thing, a service or some company instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRepeated(Refusal):
    """One person has as many wishes as one may have in a year, or one that is still open."""

    code = "wish_repeated"
    zh = "同一人一年最多 {most} 个微心愿, 且前一个了结后才能再提。"
    en = "One person may make {most} wishes a year, and the next one only once the last is over."
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WishTooExpensive(Refusal):
    """What it would cost is more than a micro-wish may."""

    code = "wish_too_expensive"
    zh = "微心愿价值不能超过 {most_yuan} 元。"
    en = "A micro-wish may cost {most_yuan} yuan at most."
    most_yuan: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WishWorthTooMuch(Refusal):
    """More points than the fulfilment of a wish may carry."""

    code = "wish_worth_too_much"
    zh = "微心愿最多可计 {most} 分(最小单位)。"
    en = "A micro-wish may carry {most} points at most, in the smallest unit."
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TellsWho(Refusal):
    """What everybody would read tells who somebody is, where they live or how to reach them."""

    code = "tells_who"
    zh = "公开的文字会暴露当事人({what}), 请改写后再公布。"
    en = "What everybody would read gives the person away ({what}); write it otherwise."
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorShown(Refusal):
    """A minor's name, however masked, is not published."""

    code = "minor_shown"
    zh = "未成年人的姓名即使脱敏也不公布。"
    en = "A minor's name is not published, not even masked."


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAgreementMissing(Refusal):
    """A minor's wish, to whose publication no guardian has agreed."""

    code = "guardian_agreement_missing"
    zh = "未成年人的微心愿须经监护人同意后才能公布。"
    en = "A minor's wish is published only once a guardian has agreed."


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNeed(Refusal):
    """Nobody earns anything by what they asked for themselves."""

    code = "own_need"
    zh = "不能认领自己提出的心愿或需求。"
    en = "Nobody can take up a wish or a request of their own."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyTakenUp(Refusal):
    """One person takes a wish or a task up once at a time."""

    code = "already_taken_up"
    zh = "已经认领, 不必重复认领。"
    en = "Taken up by this person already."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesTaken(Refusal):
    """As many have taken it up as are needed."""

    code = "places_taken"
    zh = "已有 {most} 人认领, 名额已满。"
    en = "As many as are needed ({most}) have taken it up."
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTakenUp(Refusal):
    """Who has not taken it up, or not any more, can neither give it back nor have done it."""

    code = "not_taken_up"
    zh = "没有有效的认领。"
    en = "It is not taken up, or not any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyCredited(Refusal):
    """One person is credited once for one wish or task."""

    code = "already_credited"
    zh = "这件事已经为该志愿者记过一次。"
    en = "This volunteer was credited for it already."


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksOpen(Refusal):
    """A request is not closed while somebody still works on it."""

    code = "tasks_open"
    zh = "还有 {count} 项任务未完成。"
    en = "{count} tasks are still being worked on."
    count: int
