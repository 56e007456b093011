"""Of proposals, decisions and rulebooks."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalClosed(Refusal):
    """The proposal was decided or withdrawn; nothing more can be recorded."""

    code = "proposal_closed"
    zh = "这项提议已经结束({state}),不能再办理。"
    en = "This proposal is over ({state}); nothing more can be recorded."
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherStageNext(Refusal):
    """Stages follow each other as the template has them; none is skipped or taken twice."""

    code = "other_stage_next"
    zh = "现在轮到环节“{expected}”,不能办理“{asked}”。"
    en = "The stage {expected} is next; {asked} cannot be recorded now."
    asked: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyTheProposer(Refusal):
    """A proposal is revised and withdrawn by whoever made it."""

    code = "only_the_proposer"
    zh = "只有提议人可以修改或撤回这项提议。"
    en = "Only the person who proposed it can revise or withdraw it."


@dataclass(frozen=True, slots=True, kw_only=True)
class StageNeedsAnotherPerson(Refusal):
    """Each stage is somebody else's: who proposed or recorded one stage records no other."""

    code = "stage_needs_another_person"
    zh = "每一步须由不同的人办理:你已经办理过“{stage}”。"
    en = "Each stage is another person's; you already recorded {stage}."
    stage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayBeforeLastStep(Refusal):
    """A stage is not held before the one it follows."""

    code = "day_before_last_step"
    zh = "日期 {on} 早于上一环节的 {last}。"
    en = "The day {on} is before the last stage's, {last}."
    on: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyMissing(Refusal):
    """A body of the stage has not voted, voted twice, or has no part in it."""

    code = "body_missing"
    zh = "请按本环节要求登记表决,每个组织一次:{body}。"
    en = "Record the vote of each body of this stage, once each: {body}."
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotesWrong(Refusal):
    """More votes than persons present, or fewer than none."""

    code = "votes_wrong"
    zh = "{body} 到会 {present} 人,却有 {votes} 票。"
    en = "Of {body} there were {present} present and {votes} votes."
    body: str
    votes: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteNotCarried(Refusal):
    """The votes do not carry what is said to have passed."""

    code = "vote_not_carried"
    zh = "{body} 到会 {present} 人,赞成 {votes_for} 票,未达到通过条件。"
    en = "Of {body} {votes_for} of {present} present voted for it; that does not carry it."
    body: str
    votes_for: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChanged(Refusal):
    """A revision is of the same rulebook version; another one is another proposal."""

    code = "subject_changed"
    zh = "修改稿须仍为 {expected},不能改为 {given};请另行提议。"
    en = "A revision is still of {expected}, not of {given}; propose that separately."
    expected: str
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionTaken(Refusal):
    """The same code and version is in a rulebook already, or under way in another proposal."""

    code = "version_taken"
    zh = "{subject} 已有规则或正在审议的提议,请换一个版本号。"
    en = "There is a rulebook, or a proposal under way, of {subject}; choose another version."
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroactiveDate(Refusal):
    """Nothing comes into force before it was published."""

    code = "retroactive_date"
    zh = "生效日 {effective_from} 太早,最早可为 {earliest};不溯及既往。"
    en = "It cannot come into force on {effective_from}; {earliest} is the earliest, never the past."
    effective_from: str
    earliest: str
