"""Of a person's account: registration, import, agents, guardians, closing."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.refusals.refusal import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerClosed(Refusal):
    """The account was closed or merged: nothing of it moves but by undoing that."""

    code = "volunteer_closed"
    zh = "该志愿者的账户已注销或已并入他人,不能再记账;如系误办,请先撤销注销。"
    en = "This volunteer's account is closed or merged into another; if that was a mistake, undo it first."


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
