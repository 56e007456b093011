"""Of activities, their sessions, sign-ups and attendance."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


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
