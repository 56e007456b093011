"""What `pioneer check` can find: a closed set. Each finding has a stable code, a place, its facts and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int

SENTENCES: dict[str, tuple[str, str]] = {
    # the database's own guards, the units, the rulebooks
    "guard_missing": ("数据库缺少保护触发器 {guard}", "the database lacks the guard {guard}"),
    "unit_wrong": ("计量单位 {unit} 登记有误", "unit {unit} is not what it must be"),
    "rulebook_unreadable": ("积分规则 {rulebook} 无法读取", "rulebook {rulebook} cannot be read"),
    "rulebook_changed": (
        "积分规则 {rulebook} 的 {what} 与正文不符",
        "rulebook {rulebook}: {what} does not fit its text",
    ),
    # accounts
    "account_gap": ("账户编号在 {after} 之后不连续", "account ids have a gap or a repeat after {after}"),
    "account_malformed": ("账户的 {what} 无法识别", "the account's {what} is unknown"),
    "account_floor_wrong": ("账户下限与用途不符", "the account's floor is not the one of its purpose"),
    "account_opened_wrong": ("账户的开户序号有误", "the account was not opened when it says"),
    "account_balance_wrong": (
        "账户余额为 {stored}, 按明细应为 {folded}",
        "the account says {stored}, its legs add up to {folded}",
    ),
    "account_entries_wrong": (
        "账户笔数为 {stored}, 按明细应为 {folded}",
        "the account says {stored} entries, it has {folded}",
    ),
    "unit_sum_not_zero": (
        "单位 {unit} 全部余额之和为 {total}, 应为 0",
        "balances of unit {unit} add up to {total}, not 0",
    ),
    # order
    "seq_gap": ("序号在 {after} 之后不连续", "seq has a gap or a repeat after {after}"),
    "recorded_at_backwards": ("记账时间没有递增", "recorded_at does not increase"),
    "head_wrong": ("总账头的 {what} 为 {stored}, 应为 {found}", "the head's {what} is {stored}, the rows say {found}"),
    "row_astray": ("{table} 中有一行没有对应的交易", "a row of {table} has no transaction"),
    # transactions and transfers
    "transaction_malformed": ("交易的 {what} 无法识别", "the transaction's {what} cannot be read"),
    "day_wrong": (
        "业务日期 {on} 与记账日 {today} 不符",
        "its business date {on} does not fit the day {today} it was recorded",
    ),
    "leg_gap": ("分录编号不连续", "its legs are not numbered 1, 2, 3 and so on"),
    "account_unknown": ("分录 {leg} 的账户不存在", "leg {leg} names an account that is not there"),
    "amount_not_positive": ("分录 {leg} 的数量 {amount} 不是正数", "leg {leg} moves {amount}"),
    "unit_crossed": ("分录 {leg} 跨越计量单位", "leg {leg} crosses units"),
    "sides_same": ("分录 {leg} 的两边是同一账户", "leg {leg} has one account on both sides"),
    "balance_wrong": (
        "分录 {leg} 记的余额为 {stored}, 应为 {folded}",
        "leg {leg} says {stored} is left, by the legs before it is {folded}",
    ),
    "floor_passed": ("分录 {leg} 使账户低于下限: {balance}", "leg {leg} takes the account below its floor: {balance}"),
    "debt_above_zero": ("分录 {leg} 使欠分账户高于零: {balance}", "leg {leg} takes a debt above zero: {balance}"),
    # the private part, the entry, the tree
    "private_missing": ("缺少非公开部分", "its private part is missing"),
    "private_half_erased": ("非公开部分只删除了一半", "its private part is half erased"),
    "commitment_wrong": ("非公开部分与承诺值不符", "its private part is not what was committed to"),
    "opening_wrong": ("非公开部分的 {what} 与账上不符", "{what} in its private part is not what the books say"),
    "leaf_wrong": ("叶子哈希与账上内容不符", "its leaf hash does not follow from its rows"),
    "root_wrong": ("第 {size} 号树根与叶子不符", "the root of size {size} does not follow from the leaves"),
    "signed_head_wrong": ("已签名的树根(共 {size} 笔)与账目不符", "the head signed over {size} entries is not theirs"),
    "signed_head_astray": (
        "有签名的树根(共 {size} 笔)而没有账目",
        "a head was signed over {size} entries that are not there",
    ),
    "root_missing": ("缺少第 {size} 号树根", "the root of size {size} is missing"),
    "root_astray": ("第 {size} 号树根没有对应的交易", "there is a root of size {size} and no such transaction"),
    "node_wrong": (
        "树节点 {level}/{position} 与叶子不符",
        "tree node {level}/{position} does not follow from the leaves",
    ),
    "node_missing": ("缺少树节点 {level}/{position}", "tree node {level}/{position} is missing"),
    "node_astray": ("多出树节点 {level}/{position}", "tree node {level}/{position} has no place in the tree"),
    "frontier_wrong": ("总账头的树边缘与叶子不符", "the head's frontier does not follow from the leaves"),
    # commands
    "command_missing": ("交易没有对应的请求", "no command posted it"),
    "command_twice": ("交易对应多个请求", "more than one command posted it"),
    "command_wrong": ("请求的 {what} 与交易不符", "its command's {what} does not fit"),
    "command_astray": (
        "请求 {client}/{key} 称已记账, 但没有序号",
        "command {client}/{key} says posted and names no seq",
    ),
    "key_twice": ("幂等键 {client}/{key} 有多个结果", "the key {client}/{key} has more than one outcome"),
    "answer_wrong": ("回复中的 {what} 与账上不符", "{what} in the answer is not what the books say"),
    # what the kinds promise
    "record_missing": ("缺少 {table} 记录", "it has no row in {table}"),
    "record_unexpected": ("不应有 {table} 记录", "a {kind} has no business in {table}"),
    "rulebook_unknown": ("没有积分规则 {rulebook}", "there is no rulebook {rulebook}"),
    "inputs_unreadable": ("服务记录的计算依据无法读取", "the recorded inputs cannot be read"),
    "award_wrong": ("服务记录的 {what} 与重新计算不符", "the award's {what} does not follow from its inputs"),
    "history_wrong": (
        "记录的以往情况与账上不符",
        "the past it says it was assessed with is not what the rows say",
    ),
    "mark_wrong": ("留下的标记与重新计算不符", "the marks it left are not those it had to leave"),
    "certificate_wrong": ("证明的 {what} 与所依据的记录不符", "the certificate's {what} is not what its records say"),
    "attendance_wrong": ("记录的 {what} 与出勤不符", "its {what} is not what the attendance says"),
    "claim_wrong": ("申报的 {what} 与账上不符", "the claim's {what} is not what was handed in"),
    "review_wrong": ("审核的 {what} 不合规定", "the review breaks a rule: {what}"),
    "claim_step_wrong": ("记录办理环节的 {what} 不合规定", "this step of a record breaks a rule: {what}"),
    "posted_unready": ("入账时这条记录的 {what} 还不合规定", "it was posted while {what} did not allow it"),
    "correction_wrong": ("更正的 {what} 有误", "the correction's {what} is not what it must be"),
    "notice_wrong": ("公示的 {what} 与入册内容不符", "the notice's {what} is not what was frozen"),
    "notice_line_wrong": (
        "公示第 {line} 行的 {what} 有误",
        "{what} of line {line} of the notice is not what it must be",
    ),
    "posted_unnoticed": ("未经公示即已入账", "it was posted without the notice that its rulebook asks for"),
    "posted_on_notice": (
        "公示至 {ends_on}, 期满前已入账",
        "it was posted before its notice, until {ends_on}, had ended",
    ),
    "posted_against_objection": (
        "有 {objections} 项异议未了而已入账",
        "it was posted although {objections} objections stood against it",
    ),
    "objection_wrong": ("异议的 {what} 有误", "the objection's {what} is not what it must be"),
    "dispute_wrong": ("更正请求的 {what} 有误", "the dispute's {what} is not what it must be"),
    "dispute_answer_wrong": (
        "更正请求答复的 {what} 有误",
        "{what} of this answer to a dispute is not what it must be",
    ),
    "need_credit_wrong": (
        "心愿或任务的记账: {what} 与心愿、任务所记不符",
        "{what} of this credit is not what its wish or task says",
    ),
    "resolution_wrong": ("异议处理的 {what} 有误", "{what} of this answer to an objection is not what it must be"),
    "redemption_wrong": ("兑换的 {what} 与账上不符", "the redemption's {what} is not what was moved"),
    "receipt_wrong": ("入库的 {what} 与账上不符", "the stock receipt's {what} is not what was moved"),
    "stock_wrong": (
        "库存为 {stored}, 按出入库、兑换与盘点应为 {expected} (单位 {unit}, 兑换点 {desk})",
        "desk {desk} has {stored} of unit {unit} in the book; what came, went and was settled leaves {expected}",
    ),
    "transfer_wrong": ("调拨的 {what} 与账上不符", "the stock transfer's {what} is not what was moved"),
    "report_wrong": ("盘点或报损的 {what} 与账上不符", "the stock report's {what} is not what the book said"),
    "settlement_wrong": ("盘点或报损确认的 {what} 不合规定", "the settlement breaks a rule: {what}"),
    "session_wrong": ("兑换点营业日的 {what} 有误", "the desk session's {what} is not one it may have"),
    "reservation_wrong": ("预订的 {what} 与账上不符", "the reservation's {what} is not what was set aside"),
    "held_wrong": (
        "预占为 {stored}, 按未了结的预订应为 {expected} (单位 {unit}, {owner})",
        "{owner} holds {stored} of unit {unit} in the book; reservations that stand hold {expected}",
    ),
    "release_wrong": ("预订了结的 {what} 不合规定", "the release of a reservation breaks a rule: {what}"),
    "slip_wrong": ("纸单 {slip_no} 的 {what} 有误", "{what} of slip {slip_no} is not what it must be"),
    "refund_wrong": ("退兑的 {what} 不合规定", "the refund breaks a rule: {what}"),
    "desk_was_closed": ("兑换点已日结而未开台时兑换", "something was handed over between two days of the desk"),
    "founding_wrong": ("首部规则的 {what} 有误", "the founding's {what} is not one a founding may have"),
    "step_wrong": ("提议环节的 {what} 有误", "{what} of this step of a proposal is not what it must be"),
    "decision_wrong": ("决定的 {what} 与提议不符", "the decision's {what} is not what was proposed and reviewed"),
    "undecided": ("{what} {name} 没有经过决定", "the {what} {name} was never decided"),
    "not_in_force": ("{on} 施行的不是规则 {rulebook}", "{rulebook} was not the rulebook in force on {on}"),
    "attachment_changed": ("提议 {proposal} 的附件已被改动", "a file of the proposal {proposal} was changed"),
    "adjustment_wrong": ("人工调整的 {what} 有误", "the adjustment's {what} is not one an adjustment may have"),
    "lapse_wrong": ("失效的 {what} 有误", "the lapse's {what} is not one a lapse may have"),
    "pooling_wrong": ("汇入的 {what} 有误", "the pooling's {what} is not one a pooling may have"),
    "donation_wrong": ("捐赠的 {what} 有误", "the donation's {what} is not one a donation may have"),
    "opening_moves": ("开户交易不应有分录", "an opening moves nothing, this one does"),
    "closing_wrong": ("注销或合并的 {what} 有误", "the closing's {what} is not what its record says"),
    "closed_moved": ("已注销的账户又有变动", "it moves an account that was closed"),
    "reversal_wrong": ("冲正的 {what} 有误", "the reversal's {what} does not fit what it undoes"),
    "reversal_not_opposite": ("冲正与原交易不是相反的", "it is not the opposite of transaction {undone}"),
    "star_wrong": ("星级变动的 {what} 与账上不符", "the change of stars: its {what} is not what the rows say"),
    "reversed_twice": ("第 {undone} 号交易被冲正 {times} 次", "transaction {undone} was reversed {times} times"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not hold. `code` is stable; `seq` and `account` say where, as far as that can be said."""

    code: str
    seq: int | None = None
    account: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """What an auditor is told; `language` is "zh" or "en"."""
        zh, en = SENTENCES[self.code]
        said = (zh if language == "zh" else en).format_map(self.facts)
        return self._place(language) + said

    def _place(self, language: str) -> str:
        if self.seq is not None:
            return f"第 {self.seq} 号交易: " if language == "zh" else f"transaction {self.seq}: "
        if self.account is not None:
            return f"账户 {self.account}: " if language == "zh" else f"account {self.account}: "
        return ""


class Findings:
    """Where proofs note what they find, until it is read."""

    def __init__(self) -> None:
        self.noted: list[Finding] = []

    def note(self, code: str, *, seq: int | None = None, account: int | None = None, **facts: Fact) -> None:
        self.noted.append(Finding(code=code, seq=seq, account=account, facts=facts))

    def drain(self) -> list[Finding]:
        """What was noted since last time."""
        noted, self.noted = self.noted, []
        return noted
