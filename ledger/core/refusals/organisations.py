"""Of organisations, households, posts and ties."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.levels import LEVELS
from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSuperior(Refusal):
    """Only an administrator who stands above a person's every role may do this to them."""

    code = "not_superior"
    zh = "只有其上级管理员才能办理;不能对同级、上级或本人办理。"
    en = "Only an administrator above this person may do this; not an equal, somebody below, or they themselves."


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAdmin(Refusal):
    """The root would be left without an administrator."""

    code = "last_admin"
    zh = "这是最后一名总管理员,请先指定另一名总管理员。"
    en = "This is the last administrator of the whole bank; appoint another one first."


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelNotBelow(Refusal):
    """An organisation of this level cannot stand below one of that level."""

    code = "level_not_below"
    zh = "“{level}”不能设在“{parent}”之下, 可设在: {allowed}。"
    en = "An organisation of level {level} cannot stand below one of level {parent}; it may stand below: {allowed}."
    level: str
    parent: str
    allowed: str
    """Levels, separated by commas; empty where it is only ever the root."""

    def sentence(self, language: str) -> str:
        told = {name: self._told(fact, language) for name, fact in self.facts().items()}
        return (self.zh if language == "zh" else self.en).format_map(told)

    @staticmethod
    def _told(levels: str, language: str) -> str:
        if language == "zh":
            return "、".join(LEVELS.get(level, level) for level in levels.split(", ")) or "(无)"
        return levels or "(none)"


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowItself(Refusal):
    """A branch cannot hang below itself."""

    code = "below_itself"
    zh = "不能移到自己或自己的下级之下, 请选择别的上级。"
    en = "It cannot be moved below itself or what lies below it; choose another parent."


@dataclass(frozen=True, slots=True, kw_only=True)
class RootStays(Refusal):
    """The root of the tree is neither moved nor closed."""

    code = "root_stays"
    zh = "最上级组织不能移动, 也不能关闭。"
    en = "The root of the tree can be neither moved nor closed."


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationClosed(Refusal):
    """A closed organisation takes up nothing new."""

    code = "organisation_closed"
    zh = "该组织已关闭, 不能再新增内容; 如需继续使用, 请先重新开放。"
    en = "This organisation is closed and takes up nothing new; reopen it first if it is still needed."


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationInUse(Refusal):
    """Something alive stands in the way of closing an organisation."""

    code = "organisation_in_use"
    zh = (
        "尚不能关闭: 未关闭的下级组织 {organisations} 个, 志愿者 {volunteers} 名, 未举办的活动 {activities} 场, "
        "兑换点库存 {stock} 件。请先移走或办结。"
    )
    en = (
        "It cannot be closed yet: {organisations} open organisations below, {volunteers} volunteers, "
        "{activities} activities still to come, {stock} goods on its shelves. Move or finish these first."
    )
    organisations: int
    volunteers: int
    activities: int
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysReversed(Refusal):
    """Something would end before it begins."""

    code = "days_reversed"
    zh = "结束日 {ends} 早于开始日 {begins}。"
    en = "It would end on {ends}, before it begins on {begins}."
    begins: str
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagNotAsked(Refusal):
    """A list that no rulebook asks about is not kept of anybody."""

    code = "tag_not_asked"
    zh = "没有规则用到名单“{tag}”, 不作登记。"
    en = "No rulebook asks about the list {tag}: it is not kept."
    tag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyMember(Refusal):
    """The volunteer is in this household or group already."""

    code = "already_member"
    zh = "该志愿者在这段时间已是成员。"
    en = "The volunteer is a member already in that time."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyAtHome(Refusal):
    """The volunteer belongs to another household in that time."""

    code = "already_at_home"
    zh = "该志愿者在这段时间已属于另一户家庭, 请先办理退出。"
    en = "The volunteer belongs to another household in that time; let them leave it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class TooManyMembers(Refusal):
    """The rulebook allows no more members."""

    code = "too_many_members"
    zh = "成员最多 {most} 人。"
    en = "There may be {most} members at most."
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAMember(Refusal):
    """The volunteer does not belong to this household or group."""

    code = "not_a_member"
    zh = "该志愿者不是成员。"
    en = "The volunteer is not a member."


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingNotAllowed(Refusal):
    """The rulebook in force does not pool members' points in this kind of account."""

    code = "pooling_not_allowed"
    zh = "现行积分规则不允许成员积分汇入该账户。"
    en = "The rulebook in force does not let members' points go into this account."


@dataclass(frozen=True, slots=True, kw_only=True)
class MayNotDecide(Refusal):
    """Only the head decides over what the household or group holds."""

    code = "may_not_decide"
    zh = "该账户的积分须由户主或负责人决定。"
    en = "Only the head decides over the points of this account."


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftToOneself(Refusal):
    """What is for giving away would come back to the giver."""

    code = "gift_to_oneself"
    zh = "不能捐给自己、自己的家庭或团体, 也不能由家庭或团体捐给其成员。"
    en = "Nobody donates to themselves, their own household or group, nor does it to its members."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyInPost(Refusal):
    """The volunteer holds this post in that time."""

    code = "already_in_post"
    zh = "该志愿者在这段时间已任此岗位。"
    en = "The volunteer holds this post already in that time."


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilled(Refusal):
    """As many as may hold this post do."""

    code = "post_filled"
    zh = "该岗位最多 {most} 人, 请先办理离任或接任。"
    en = "This post is held by {most} at most; let somebody step down or be succeeded first."
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotInPost(Refusal):
    """The volunteer does not hold this post."""

    code = "not_in_post"
    zh = "该志愿者没有担任此岗位。"
    en = "The volunteer does not hold this post."


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyConsentMissing(Refusal):
    """Party status is sensitive: without separate consent nothing of it is kept (PIPL 29)."""

    code = "party_consent_missing"
    zh = "政治面貌属于敏感个人信息, 请先取得本人的单独同意。"
    en = "Party status is sensitive: record the separate consent of the person first."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyTied(Refusal):
    """A party member reports to one home and one unit, and keeps one of each commitment at a time."""

    code = "already_tied"
    zh = "已有尚未结束的同类报到或认领, 请先结束原有的一项。"
    en = "There is one of this kind that has not ended; end it first."


@dataclass(frozen=True, slots=True, kw_only=True)
class TieEnded(Refusal):
    """What has ended is neither confirmed nor ended again."""

    code = "tie_ended"
    zh = "该报到或认领已经结束。"
    en = "It has ended already."


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLevel(Refusal):
    """An organisation of this level cannot take this: a unit is no home, a team no building."""

    code = "wrong_level"
    zh = "该组织的层级({level})不能用于此项。"
    en = "An organisation of level {level} cannot be chosen for this."
    level: str
