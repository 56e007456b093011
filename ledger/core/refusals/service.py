"""Of a record's way: reviews, notices, objections, disputes, corrections, certificates, stars."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.levels import LEVELS
from ledger.core.refusals.refusal import Refusal


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
