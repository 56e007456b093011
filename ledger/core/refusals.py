"""Why the bank says no: a closed set. Each refusal has a stable public code, its facts, and a sentence in Chinese and
English.

Precedence is the order of `REFUSALS`: where several apply, `decide` answers with the one that stands first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from ledger.core.levels import LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A no with its facts. Facts are strings and integers, and never personal: they are remembered under the
    request's key.
    """

    code: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]

    def facts(self) -> dict[str, Any]:
        return asdict(self)

    def sentence(self, language: str) -> str:
        """The reason as the clerk reads it out; `language` is "zh" or "en"."""
        return (self.zh if language == "zh" else self.en).format_map(self.facts())


class Refused(Exception):
    """A catalogue change that the bank says no to: nothing was changed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


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
class VolunteerClosed(Refusal):
    """The account was closed or merged: nothing of it moves but by undoing that."""

    code = "volunteer_closed"
    zh = "该志愿者的账户已注销或已并入他人,不能再记账;如系误办,请先撤销注销。"
    en = "This volunteer's account is closed or merged into another; if that was a mistake, undo it first."


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
class AlreadyDecided(Refusal):
    """A claim that its reviewers have approved or rejected."""

    code = "already_decided"
    zh = "这条记录已经审结。"
    en = "This record has already been decided."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOverdue(Refusal):
    """The rulebook gave the reviewers of a claim so many days, and they are over: it is void."""

    code = "review_overdue"
    zh = "审核期限为 {review_by}, 逾期未审结, 这条记录已作废。"
    en = "It had to be reviewed by {review_by} and was not: this record is void."
    review_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHeld(Refusal):
    """A claim that is held until a reviewer releases it."""

    code = "record_held"
    zh = "这条记录已暂缓入账, 须由审核人说明理由后放行。"
    en = "This record is held: a reviewer has to release it, with a reason."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld(Refusal):
    """A claim that is to be released and is not held."""

    code = "not_held"
    zh = "这条记录没有暂缓, 无须放行。"
    en = "This record is not held; there is nothing to release."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyCorrected(Refusal):
    """A record of which a correction waits already: both would be double hours."""

    code = "already_corrected"
    zh = "这条记录已有一项更正在办理, 请先审结那一项。"
    en = "A correction of this record is waiting already; it has to be decided first."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoServiceRecorded(Refusal):
    """A certificate of service for a time in which nothing is recorded."""

    code = "no_service_recorded"
    zh = "{from_on} 至 {until_on} 之间没有已入账的志愿服务记录, 无可证明。"
    en = "No service is recorded from {from_on} to {until_on}, so there is nothing to certify."
    from_on: str
    until_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateEnded(Refusal):
    """A certificate that was revoked before."""

    code = "certificate_ended"
    zh = "这张证明已经撤销。"
    en = "This certificate was revoked before."


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
class NoRulebookInForce(Refusal):
    """No rulebook was in force on the day of the deed."""

    code = "no_rulebook_in_force"
    zh = "{on} 没有生效的积分规则。"
    en = "No rulebook was in force on {on}."
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotVolunteerService(Refusal):
    """Hours are recorded for volunteer service only (民政部令67 art. 19)."""

    code = "not_volunteer_service"
    zh = "该活动不属于志愿服务,不计服务时长,请登记为其他善行。"
    en = "This activity is not volunteer service: record it as a good deed, which earns points and no hours."


@dataclass(frozen=True, slots=True, kw_only=True)
class IsVolunteerService(Refusal):
    """Volunteer service is recorded with its hours, not as another good deed."""

    code = "is_volunteer_service"
    zh = "该活动是志愿服务,请按服务记录登记时长。"
    en = "This activity is volunteer service: record it with its hours."


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingForNotice(Refusal):
    """There is nothing that this notice could show."""

    code = "nothing_for_notice"
    zh = "没有需要公示的内容。"
    en = "There is nothing to be put on notice."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyOnNotice(Refusal):
    """Another notice, published in the meantime, shows some of it already."""

    code = "already_on_notice"
    zh = "其中 {lines} 行已在另一份公示中,请刷新后再发布。"
    en = "{lines} of these lines are on another notice already; look again and publish the rest."
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnNotice(Refusal):
    """The record is on a public notice whose last day has not passed."""

    code = "on_notice"
    zh = "正在公示,公示期至 {ends_on},期满方可入账。"
    en = "It is on public notice until {ends_on} and cannot be posted before that day has passed."
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionOpen(Refusal):
    """Somebody objected to the record, and that stands: it was not answered yet, or was upheld."""

    code = "objection_open"
    zh = "有 {objections} 项异议尚未处理或已经成立,不能入账。"
    en = "{objections} objections are unanswered or were upheld; it cannot be posted."
    objections: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyDisputed(Refusal):
    """A volunteer said of this entry before that it is wrong, and waits for the answer."""

    code = "already_disputed"
    zh = "您已经说过这笔不对,请等待答复。"
    en = "You have said that this is wrong; the answer is still to come."


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeAnswered(Refusal):
    """Somebody answered this dispute before."""

    code = "dispute_answered"
    zh = "这项更正请求已经答复。"
    en = "This dispute has been answered."


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
class SameVolunteer(Refusal):
    """Somebody cannot be merged into themselves, nor inherit from themselves."""

    code = "same_volunteer"
    zh = "两个编号属于同一名志愿者,不能并入或转给自己。"
    en = "Both numbers are one volunteer's: nobody is merged into themselves or inherits from themselves."


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsHeld(Refusal):
    """An account with reserved points is not closed: collect or cancel first."""

    code = "points_held"
    zh = "还有 {held} 积分被预占,请先领取或取消预约。"
    en = "{held} points are still reserved; collect or cancel the reservations first."
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirNeeded(Refusal):
    """The bank's rule gives what is left to somebody, and nobody was named."""

    code = "heir_needed"
    zh = "按本行规定,剩余 {points} 积分转给家庭或继承人,请指定受让人。"
    en = "By this bank's rule the {points} points left go to a household or an heir; name one."
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirNotAllowed(Refusal):
    """The bank's rule lets what is left be forfeit, and somebody was named."""

    code = "heir_not_allowed"
    zh = "按本行规定,剩余积分归还组织,不能转给他人。"
    en = "By this bank's rule what is left returns to the organisation and goes to nobody else."


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
class SameDesk(Refusal):
    """Goods would go from a desk to itself."""

    code = "same_desk"
    zh = "调出和调入的是同一个兑换点。"
    en = "The goods would leave and arrive at the same desk."


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceUnexplained(Refusal):
    """Counted is not expected, and no reason that fits the difference was given."""

    code = "difference_unexplained"
    zh = "奖品 {prize}:账面 {expected} 件,实点 {counted} 件,请写明与差异相符的原因。"
    en = "Prize {prize}: {expected} in the book, {counted} counted; give a reason that fits the difference."
    prize: str
    expected: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMissing(Refusal):
    """The day is to be closed, and something on the shelf was not counted."""

    code = "count_missing"
    zh = "奖品 {prize} 账面还有 {expected} 件,尚未清点。"
    en = "Prize {prize} was not counted; {expected} of it are in the book."
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedMeanwhile(Refusal):
    """Somebody else changed it between being looked at and being changed."""

    code = "changed_meanwhile"
    zh = "内容刚被他人改动, 请重新打开后再试。"
    en = "Somebody else changed it just now; open it again and repeat."


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
class ImportFaulty(Refusal):
    """A file with faults is committed as a whole or not at all."""

    code = "import_faulty"
    zh = "文件还有 {faults} 处问题, 请改正后重新上传。"
    en = "The file has {faults} faults: mend them and upload it again."
    faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsOpen(Refusal):
    """Rows in doubt that nobody has decided about."""

    code = "questions_open"
    zh = "还有 {questions} 行需要确认是同一人还是另一人。"
    en = "{questions} rows still wait for somebody to say whether they are the same person or another one."
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportExpired(Refusal):
    """What was read of the file is kept for some days only."""

    code = "import_expired"
    zh = "上传已超过 {days} 天, 内容已清除, 请重新上传。"
    en = "It was uploaded more than {days} days ago and is forgotten: upload it again."
    days: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityOver(Refusal):
    """An activity that was closed or cancelled: nothing about it changes any more."""

    code = "activity_over"
    zh = "活动已结束或已取消({state}), 不能再改动。"
    en = "The activity is over ({state}): nothing about it changes any more."
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyFiled(Refusal):
    """An activity is put on file once."""

    code = "already_filed"
    zh = "活动已经备案。"
    en = "The activity is on file already."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyPublished(Refusal):
    """An activity is published once."""

    code = "already_published"
    zh = "活动已经发布。"
    en = "The activity is published already."


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityIncomplete(Refusal):
    """What everybody must know of a published activity is missing."""

    code = "activity_incomplete"
    zh = "活动信息不完整, 还缺: {missing}(content 活动内容, sessions 场次时间)。"
    en = "The activity is not complete, still missing: {missing}."
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityInUse(Refusal):
    """Something was recorded in the activity: what decided its points stays."""

    code = "activity_in_use"
    zh = "活动中已有记录, 不能再改动: {fields}。"
    en = "Something was recorded in this activity already, these cannot change: {fields}."
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuranceMissing(Refusal):
    """A dangerous activity without the reference of an insurance."""

    code = "insurance_missing"
    zh = "有风险的活动必须填写保险单号。"
    en = "A dangerous activity needs the reference of its insurance."


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTimesWrong(Refusal):
    """A session that ends before it begins, or is longer than a day."""

    code = "session_times_wrong"
    zh = "场次的结束时间应晚于开始时间, 且不超过 {hours_most} 小时。"
    en = "A session ends after it begins, and lasts {hours_most} hours at most."
    hours_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOver(Refusal):
    """A session that has ended or was closed: nobody comes to it any more."""

    code = "session_over"
    zh = "场次已经结束。"
    en = "The session is over."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPublished(Refusal):
    """An activity that only its organiser knows of."""

    code = "activity_not_published"
    zh = "活动尚未发布, 不能报名。"
    en = "The activity is not published yet."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadySignedUp(Refusal):
    """One person signs up for a session once."""

    code = "already_signed_up"
    zh = "已报名这一场, 不必重复报名。"
    en = "Signed up for this session already."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSignedUp(Refusal):
    """There is no sign-up that this could be done with: it was cancelled, or has its place already."""

    code = "not_signed_up"
    zh = "没有可以办理的报名(可能已取消或已确认)。"
    en = "There is no sign-up for this: it was cancelled, or is confirmed already."


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianMissing(Refusal):
    """A minor without a guardian on record who speaks for them."""

    code = "guardian_missing"
    zh = "未满十八周岁: 须先登记监护人, 经监护人同意才能参加。"
    en = "Under eighteen: a guardian must be on record who agrees."


@dataclass(frozen=True, slots=True, kw_only=True)
class TooYoung(Refusal):
    """Below the least age of the activity."""

    code = "too_young"
    zh = "本活动要求年满 {minimum_age} 周岁。"
    en = "This activity takes people from the age of {minimum_age}."
    minimum_age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeUnknown(Refusal):
    """An activity has a least age, and of this person no day of birth is kept: the organiser asks."""

    code = "age_unknown"
    zh = "本活动要求年满 {minimum_age} 周岁, 未登记出生日期: 请活动负责人核实后办理。"
    en = "This activity takes people from the age of {minimum_age}; the organiser has to ask yours."
    minimum_age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUpOverlaps(Refusal):
    """The same person signed up for another session at the same time."""

    code = "sign_up_overlaps"
    zh = "与已报名的另一场时间冲突。"
    en = "It overlaps another session this person has signed up for."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUnknown(Refusal):
    """What was scanned or typed is no attendance code of this session at this moment."""

    code = "code_unknown"
    zh = "签到码不正确或已过期, 请重新扫描或输入屏幕上的最新号码。"
    en = "This is not a code of this session now: scan or type the one on the screen."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeExpired(Refusal):
    """A code that the organiser's screen no longer shows."""

    code = "code_expired"
    zh = "签到码已过期, 请扫描屏幕上的最新二维码。"
    en = "This code has expired: scan the one on the screen."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeForeign(Refusal):
    """A code of another session, or for leaving instead of coming."""

    code = "code_foreign"
    zh = "这是另一场次的二维码, 或签到与签退扫错了。"
    en = "This code is of another session, or for checking out instead of in."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUsed(Refusal):
    """One person uses a code once."""

    code = "code_used"
    zh = "您已用过这个二维码。"
    en = "You have used this code before."


@dataclass(frozen=True, slots=True, kw_only=True)
class TooEarly(Refusal):
    """Nobody checks in long before a session."""

    code = "too_early"
    zh = "还没到签到时间: 开始前 {minutes_before} 分钟才可签到。"
    en = "Check-in opens {minutes_before} minutes before the session."
    minutes_before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSession(Refusal):
    """Somebody is said to have come or left when it cannot have been."""

    code = "outside_session"
    zh = "时间不在场次之内, 或签退早于签到, 或是将来的时间。"
    en = "That time is outside the session, before the check-in, or in the future."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyCheckedIn(Refusal):
    """One person checks in to a session once."""

    code = "already_checked_in"
    zh = "这一场已经签到, 不必重复。"
    en = "Checked in to this session already."


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCheckedIn(Refusal):
    """Who did not come cannot leave."""

    code = "not_checked_in"
    zh = "这一场没有签到记录, 请先签到或由负责人补登。"
    en = "Not checked in to this session: check in first, or ask the organiser."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyCheckedOut(Refusal):
    """One person checks out of a session once."""

    code = "already_checked_out"
    zh = "这一场已经签退。"
    en = "Checked out of this session already."


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceHandedIn(Refusal):
    """The attendance has become a record: only that is corrected now."""

    code = "attendance_handed_in"
    zh = "该出勤已上交为服务记录, 请更正服务记录。"
    en = "This attendance was handed in: correct the service record instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNotBegun(Refusal):
    """A session is closed once it has begun."""

    code = "session_not_begun"
    zh = "还有场次没有开始或没有结束, 不能关闭。"
    en = "A session has not begun, or is still open: it cannot be closed now."


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStillOpen(Refusal):
    """Who did not come is known once the session is closed."""

    code = "session_still_open"
    zh = "场次尚未关闭, 还不能登记爽约。"
    en = "The session is still open: who did not come is known when it is closed."


@dataclass(frozen=True, slots=True, kw_only=True)
class CameAfterAll(Refusal):
    """Somebody who came is no no-show."""

    code = "came_after_all"
    zh = "此人已签到, 不算爽约。"
    en = "They were checked in: this is no no-show."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowDecided(Refusal):
    """A no-show is decided once, and taken back once."""

    code = "no_show_decided"
    zh = "爽约已经登记或撤销。"
    en = "This no-show was decided, or taken back, before."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentIsPrincipal(Refusal):
    """Nobody acts for themselves as somebody else."""

    code = "agent_is_principal"
    zh = "代领人不能是本人。"
    en = "The agent and the volunteer are the same person."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentNotAuthorised(Refusal):
    """An authorisation that this volunteer did not give."""

    code = "agent_not_authorised"
    zh = "这份代领授权不是该志愿者给的。"
    en = "This authorisation was not given by the volunteer."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRevoked(Refusal):
    """The volunteer has taken the authorisation back."""

    code = "agency_revoked"
    zh = "这份代领授权已经收回。"
    en = "This authorisation was taken back."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyNotBegun(Refusal):
    """The authorisation holds from a later day on."""

    code = "agency_not_begun"
    zh = "这份代领授权从 {begins} 起才有效。"
    en = "This authorisation begins on {begins}."
    begins: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyEnded(Refusal):
    """The last day of the authorisation has passed."""

    code = "agency_ended"
    zh = "这份代领授权已于 {ends} 到期。"
    en = "This authorisation ended on {ends}."
    ends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectsOnly(Refusal):
    """The agent may pick up what is reserved, and neither choose prizes nor spend."""

    code = "collects_only"
    zh = "这份授权只可代领已预约的奖品, 不可代为兑换。"
    en = "This agent may pick up what is reserved, but not redeem."


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingNotAllowed(Refusal):
    """The rulebook in force lets nobody spend from this kind of account, or does not speak of it."""

    code = "spending_not_allowed"
    zh = "按积分规则, 不能用该账户的积分兑换。"
    en = "The rulebook does not let this account's points be redeemed."


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNotKept(Refusal):
    """This bank does not keep this of anybody."""

    code = "field_not_kept"
    zh = "本行不保存“{field}”这项个人信息。"
    en = "This bank does not keep {field} of anybody."
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianNeeded(Refusal):
    """Of a child nothing is kept unless a guardian is recorded who agrees (PIPL 31)."""

    code = "guardian_needed"
    zh = "未满十四周岁:须登记监护人,并由监护人同意。"
    en = "Under fourteen: a guardian must be recorded who agrees."


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentNeeded(Refusal):
    """Sensitive particulars are kept only with separate consent (PIPL 29)."""

    code = "consent_needed"
    zh = "保存敏感个人信息须有本人(或监护人)的单独同意。"
    en = "Sensitive particulars are kept only with the separate consent of the person, or of the guardian."


@dataclass(frozen=True, slots=True, kw_only=True)
class IdNumberTaken(Refusal):
    """Somebody with this identity number is registered, perhaps where the clerk cannot look."""

    code = "id_number_taken"
    zh = "该身份证号已登记过(可能在其他小区),请勿重复登记。"
    en = "Somebody with this identity number is registered already, perhaps in another estate."


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleDuplicate(Refusal):
    """Somebody much like this is registered: the clerk decides."""

    code = "possible_duplicate"
    zh = "可能已登记过,编号 {numbers}。请核对;确属不同的人,再确认登记。"
    en = "Probably registered already under {numbers}; compare, and confirm if it is somebody else."
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotClosed(Refusal):
    """Only somebody whose account is closed can be erased: their balance is disposed of first."""

    code = "not_closed"
    zh = "请先办理账户注销(处置积分),再删除个人信息。"
    en = "Close the account first, so that its points are disposed of; then erase."


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyFounded(Refusal):
    """Only the first rulebook of a bank is set by those who found it; every other goes the way of a proposal."""

    code = "already_founded"
    zh = "本行已有积分规则,新的规则须经提议、审议和公开。"
    en = "This bank has its rulebook; a new one must be proposed, reviewed and published."


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StarChangeUnderWay(Refusal):
    """A change of this volunteer's stars was proposed before and is not decided yet."""

    code = "star_change_under_way"
    zh = "该志愿者的星级变动正在办理,请先办结。"
    en = "A change of this volunteer's stars is under way; decide that one first."


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRunning(Refusal):
    """What is on public notice is not decided before its last day has passed."""

    code = "notice_running"
    zh = "公示期至 {until},期满后才能认定。"
    en = "It is on public notice until {until}; decide after that day."
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLevelDecides(Refusal):
    """The ladder says at which level of the tree its stars are granted."""

    code = "other_level_decides"
    zh = "须由{level}或其上级认定。"
    en = "This is decided at the level of the {level}, or above it."
    level: str

    def sentence(self, language: str) -> str:
        level = LEVELS.get(self.level, self.level) if language == "zh" else self.level
        return (self.zh if language == "zh" else self.en).format(level=level)


@dataclass(frozen=True, slots=True, kw_only=True)
class StarBarred(Refusal):
    """The rulebook excludes this volunteer from stars for the time being."""

    code = "star_barred"
    zh = "按规则暂不评星:{reasons_zh}。"
    en = "The rulebook gives no stars now: {reasons_en}."
    reasons_zh: str
    reasons_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StarNotDue(Refusal):
    """What the volunteer has leads to no other level than the one they hold."""

    code = "star_not_due"
    zh = "按现有时长和积分,星级应保持 {level} 级不变。"
    en = "By hours and points, the level stays at {level}."
    level: int


REFUSALS: tuple[type[Refusal], ...] = (
    KeyReused,
    IdUsed,
    VolunteerClosed,
    ReasonMissing,
    SamePerson,
    NotSuperior,
    LastAdmin,
    AlreadyDecided,
    ReviewOverdue,
    RecordHeld,
    NotHeld,
    NoServiceRecorded,
    CertificateEnded,
    AmountOutOfRange,
    FutureDay,
    NoRulebookInForce,
    NotVolunteerService,
    IsVolunteerService,
    NothingForNotice,
    AlreadyOnNotice,
    OnNotice,
    ObjectionOpen,
    AlreadyDisputed,
    DisputeAnswered,
    UnknownTransaction,
    NotReversible,
    AlreadyReversed,
    AlreadyCorrected,
    LapseNotDue,
    NothingToLapse,
    ChangedMeanwhile,
    RootStays,
    BelowItself,
    LevelNotBelow,
    OrganisationClosed,
    OrganisationInUse,
    DaysReversed,
    TagNotAsked,
    AlreadyMember,
    AlreadyAtHome,
    TooManyMembers,
    NotAMember,
    PoolingNotAllowed,
    MayNotDecide,
    GiftToOneself,
    ImportFaulty,
    QuestionsOpen,
    ImportExpired,
    AlreadyInPost,
    PostFilled,
    NotInPost,
    PartyConsentMissing,
    AlreadyTied,
    TieEnded,
    WrongLevel,
    ActivityOver,
    AlreadyFiled,
    AlreadyPublished,
    ActivityIncomplete,
    ActivityInUse,
    InsuranceMissing,
    SessionTimesWrong,
    SessionOver,
    NotPublished,
    AlreadySignedUp,
    NotSignedUp,
    GuardianMissing,
    TooYoung,
    AgeUnknown,
    SignUpOverlaps,
    CodeUnknown,
    CodeExpired,
    CodeForeign,
    CodeUsed,
    TooEarly,
    OutsideSession,
    AlreadyCheckedIn,
    NotCheckedIn,
    AlreadyCheckedOut,
    AttendanceHandedIn,
    SessionNotBegun,
    SessionStillOpen,
    CameAfterAll,
    NoShowDecided,
    AgentIsPrincipal,
    AgentNotAuthorised,
    AgencyRevoked,
    AgencyNotBegun,
    AgencyEnded,
    CollectsOnly,
    SpendingNotAllowed,
    SameVolunteer,
    PointsHeld,
    HeirNeeded,
    HeirNotAllowed,
    SessionOpen,
    DayUnsigned,
    SessionClosed,
    DeskClosed,
    SlipUsed,
    ReservationEnded,
    ReservationOverdue,
    ReservationNotDue,
    SameDesk,
    DifferenceUnexplained,
    CountMissing,
    PrizeNotOffered,
    NotRedeemable,
    NotRefundable,
    InsufficientPoints,
    InsufficientMinutes,
    InsufficientStock,
    FieldNotKept,
    GuardianNeeded,
    ConsentNeeded,
    IdNumberTaken,
    PossibleDuplicate,
    NotClosed,
    AlreadyFounded,
    ProposalClosed,
    OtherStageNext,
    OnlyTheProposer,
    StageNeedsAnotherPerson,
    DayBeforeLastStep,
    BodyMissing,
    VotesWrong,
    VoteNotCarried,
    SubjectChanged,
    VersionTaken,
    RetroactiveDate,
    StarChangeUnderWay,
    NoticeRunning,
    OtherLevelDecides,
    StarBarred,
    StarNotDue,
)
"""Every refusal, in order of precedence."""

_BY_CODE = {refusal.code: refusal for refusal in REFUSALS}


def remembered(code: str, facts: Mapping[str, Any]) -> Refusal:
    """The refusal as it was given the first time."""
    return _BY_CODE[code](**facts)
