"""Every sort of problem the API answers with: its stable code, its HTTP status, and its title in Chinese and
English.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.core.refusals import REFUSALS
from ledger.people import particulars


class Sort(NamedTuple):
    """One sort of problem. Titles never change with the occasion; the detail does."""

    status: int
    zh: str
    en: str


OF_THE_FORM = {
    "malformed_request": Sort(400, "请求格式有误", "The request is malformed"),
    "malformed_json": Sort(400, "正文不是正确的 JSON", "The body is not proper JSON"),
    "idempotency_key_missing": Sort(400, "缺少幂等键", "The Idempotency-Key is missing"),
    "idempotency_key_malformed": Sort(400, "幂等键格式有误", "The Idempotency-Key is malformed"),
    "authorization_pending": Sort(400, "等待管理员批准", "An administrator has not decided yet"),
    "slow_down": Sort(400, "询问过于频繁,请放慢", "Asked too soon: wait longer between two polls"),
    "access_denied": Sort(400, "管理员已拒绝", "An administrator turned this device away"),
    "expired_token": Sort(400, "配对码已过期,请重新申请", "The code has expired: ask to be paired again"),
    "invalid_grant": Sort(400, "配对凭证无效或已使用", "The device code is unknown, or was used"),
    "unauthenticated": Sort(401, "请先登录", "Sign in first"),
    "token_invalid": Sort(401, "登录凭证无效或已过期", "The access token is invalid or has expired"),
    "credentials_wrong": Sort(401, "用户名或密码不正确", "The username or password is wrong"),
    "identification_failed": Sort(401, "编号、卡或密码不正确", "The number, card or PIN is wrong"),
    "refresh_token_invalid": Sort(401, "续期凭证无效,请重新登录", "The refresh token does not hold; sign in again"),
    "otp_missing": Sort(401, "请同时填写动态验证码", "A one-time code is needed as well"),
    "otp_wrong": Sort(401, "动态验证码不正确或已使用过", "The one-time code is wrong, or was used before"),
    "password_change_required": Sort(403, "请先修改临时密码", "Change the temporary password first"),
    "otp_required": Sort(403, "管理员须先绑定动态验证码", "Administrators must enrol for one-time codes first"),
    "insufficient_scope": Sort(403, "没有这项权限", "Your roles do not allow this"),
    "not_found": Sort(404, "没有找到", "Not found"),
    "method_not_allowed": Sort(405, "不支持这种请求方法", "This method is not allowed here"),
    "pin_needed": Sort(409, "请先用积分卡或编号和密码登录", "Sign in with a card or number and the PIN first"),
    "username_taken": Sort(409, "用户名已被占用", "The username is taken"),
    "already_lifted": Sort(409, "标记已经解除", "The flag was lifted before"),
    "price_is_decided": Sort(409, "价格由已公开的价目表决定", "The price was decided by a price list"),
    "precondition_failed": Sort(412, "内容已被他人改动", "Somebody changed it in the meantime"),
    "body_too_large": Sort(413, "请求正文过大", "The body is too large"),
    "unsupported_media_type": Sort(415, "请以 application/json 发送", "Send application/json"),
    "invalid_request": Sort(422, "填写的内容有误", "Some fields are not valid"),
    "table_unreadable": Sort(422, "文件无法读取", "The file cannot be read"),
    "rulebook_invalid": Sort(422, "规则文本有误", "The text of the rulebook has faults"),
    "attachment_refused": Sort(422, "附件不能接收", "The file is not taken"),
    "precondition_required": Sort(428, "请带上 If-Match", "Send If-Match"),
    "too_many_requests": Sort(429, "请求过于频繁", "Too many requests"),
    "broken": Sort(500, "系统出错,已记录", "Something broke here; it was logged"),
    "unavailable": Sort(503, "系统暂时不可用,请稍后重试", "Unavailable for the moment; try again"),
}
"""What is wrong with a request before the bank is asked, or with the server."""

OF_THE_DEVICE_GRANT = {"authorization_pending", "slow_down", "access_denied", "expired_token", "invalid_grant"}
"""What a polling device is told, in the words of RFC 8628, 3.5, and RFC 6749, 5.2."""

OF_THE_BANK = {
    "idempotency_key_reused": Sort(422, "幂等键已被使用", "The Idempotency-Key was used for something else"),
    "id_already_used": Sort(409, "编号已被占用", "The id is taken"),
    "volunteer_closed": Sort(409, "账户已注销", "The account is closed"),
    "reason_missing": Sort(409, "缺少理由", "A reason is missing"),
    "not_superior": Sort(409, "只有上级管理员可以办理", "Only a superior may do this"),
    "last_admin": Sort(409, "不能没有总管理员", "The bank needs an administrator"),
    "same_person": Sort(409, "需要两名经办人", "Two persons are needed"),
    "already_decided": Sort(409, "已经审结", "It was already decided"),
    "review_overdue": Sort(409, "逾期未审, 已作废", "It was not reviewed in time"),
    "record_held": Sort(409, "记录已暂缓", "The record is held"),
    "not_held": Sort(409, "记录没有暂缓", "The record is not held"),
    "already_corrected": Sort(409, "已在更正", "It is being corrected already"),
    "amount_out_of_range": Sort(409, "数量超出范围", "The amount is out of range"),
    "future_day": Sort(409, "日期还没有到", "That day has not come yet"),
    "no_rulebook_in_force": Sort(409, "没有生效的规则", "No rulebook was in force"),
    "not_volunteer_service": Sort(409, "不属于志愿服务", "It is not volunteer service"),
    "is_volunteer_service": Sort(409, "属于志愿服务", "It is volunteer service"),
    "review_required": Sort(409, "须先审核或公示", "A review or notice comes first"),
    "unknown_transaction": Sort(404, "没有这笔记账", "There is no such transaction"),
    "not_reversible": Sort(409, "不能冲正", "It cannot be reversed"),
    "already_reversed": Sort(409, "已经冲正过", "It was already reversed"),
    "lapse_not_due": Sort(409, "尚未到失效日", "The points are still valid"),
    "nothing_to_lapse": Sort(409, "没有可失效的积分", "Nothing is left to lapse"),
    "changed_meanwhile": Sort(412, "内容已被他人改动", "Somebody changed it in the meantime"),
    "root_stays": Sort(409, "最上级组织不能移动或关闭", "The root of the tree stays"),
    "below_itself": Sort(422, "不能移到自己之下", "It cannot hang below itself"),
    "level_not_below": Sort(422, "组织级别与上级不符", "This level cannot stand there"),
    "organisation_closed": Sort(409, "组织已关闭", "The organisation is closed"),
    "organisation_in_use": Sort(409, "组织尚有未了事项", "The organisation is still in use"),
    "days_reversed": Sort(409, "结束日早于开始日", "It would end before it begins"),
    "already_member": Sort(409, "已是成员", "Already a member"),
    "already_at_home": Sort(409, "已属于另一户家庭", "Belongs to another household"),
    "too_many_members": Sort(409, "成员已满", "There are as many members as may be"),
    "not_a_member": Sort(409, "不是成员", "Not a member"),
    "pooling_not_allowed": Sort(409, "规则不允许汇入", "The rulebook does not pool points here"),
    "may_not_decide": Sort(409, "须由户主或负责人决定", "Only the head decides"),
    "gift_to_oneself": Sort(409, "不能捐给自己", "A gift to oneself"),
    "import_faulty": Sort(409, "文件有问题", "The file has faults"),
    "questions_open": Sort(409, "还有问题待确认", "Questions wait for an answer"),
    "import_expired": Sort(409, "上传内容已清除", "The upload is forgotten"),
    "already_in_post": Sort(409, "已任此岗位", "Holds this post already"),
    "post_filled": Sort(409, "岗位已满", "The post is filled"),
    "not_in_post": Sort(409, "未任此岗位", "Does not hold this post"),
    "party_consent_missing": Sort(409, "缺少单独同意", "A separate consent is missing"),
    "already_tied": Sort(409, "已有同类报到或认领", "There is one already"),
    "tie_ended": Sort(409, "已经结束", "It has ended"),
    "wrong_level": Sort(409, "组织层级不符", "The organisation is of another level"),
    "activity_over": Sort(409, "活动已结束", "The activity is over"),
    "already_filed": Sort(409, "已经备案", "On file already"),
    "already_published": Sort(409, "已经发布", "Published already"),
    "activity_incomplete": Sort(409, "活动信息不完整", "The activity is not complete"),
    "activity_in_use": Sort(409, "活动已有记录", "Something is recorded in it"),
    "insurance_missing": Sort(409, "缺少保险单号", "The insurance is missing"),
    "session_times_wrong": Sort(409, "场次时间有误", "The times are wrong"),
    "agent_is_principal": Sort(409, "代领人不能是本人", "The agent is the volunteer"),
    "agent_not_authorised": Sort(409, "没有这份授权", "Not authorised"),
    "agency_revoked": Sort(409, "授权已收回", "The authorisation was taken back"),
    "agency_not_begun": Sort(409, "授权尚未生效", "The authorisation has not begun"),
    "agency_ended": Sort(409, "授权已到期", "The authorisation has ended"),
    "collects_only": Sort(409, "只可代领, 不可代为兑换", "May collect, but not redeem"),
    "spending_not_allowed": Sort(409, "该账户不可兑换", "This account cannot be redeemed from"),
    "same_volunteer": Sort(409, "是同一名志愿者", "That is the same volunteer"),
    "points_held": Sort(409, "还有预占积分", "Points are still reserved"),
    "heir_needed": Sort(409, "需要指定受让人", "Somebody must be named"),
    "heir_not_allowed": Sort(409, "不能转给他人", "It goes to nobody else"),
    "prize_not_offered": Sort(409, "奖品已下架", "The prize is not offered"),
    "not_redeemable": Sort(409, "按规则不能兑换", "The rulebook does not allow it"),
    "not_refundable": Sort(409, "按规则不能退", "It cannot be given back"),
    "insufficient_points": Sort(409, "积分不足", "Not enough points"),
    "insufficient_minutes": Sort(409, "服务时长不足", "Not enough service time"),
    "insufficient_stock": Sort(409, "库存不足", "Not enough in stock"),
    "field_not_kept": Sort(409, "不保存这项个人信息", "This is not kept"),
    "guardian_needed": Sort(409, "需要监护人同意", "A guardian must agree"),
    "consent_needed": Sort(409, "需要单独同意", "Separate consent is needed"),
    "id_number_taken": Sort(409, "身份证号已登记", "The identity number is registered already"),
    "possible_duplicate": Sort(409, "可能重复登记", "Possibly registered already"),
    "not_closed": Sort(409, "账户尚未注销", "The account is not closed"),
    "already_founded": Sort(409, "已有积分规则", "The bank has its first rulebook"),
    "proposal_closed": Sort(409, "提议已经结束", "The proposal is over"),
    "other_stage_next": Sort(409, "还没有轮到这一环节", "Another stage is next"),
    "only_the_proposer": Sort(409, "须由提议人办理", "Only the proposer can do this"),
    "stage_needs_another_person": Sort(409, "须由其他人办理", "Another person must do this"),
    "day_before_last_step": Sort(409, "日期早于上一环节", "The day is before the last stage"),
    "body_missing": Sort(409, "缺少表决", "A vote is missing"),
    "votes_wrong": Sort(409, "票数有误", "The votes do not add up"),
    "vote_not_carried": Sort(409, "表决未通过", "The vote was not carried"),
    "subject_changed": Sort(409, "修改稿换了对象", "The revision is of something else"),
    "version_taken": Sort(409, "版本已被占用", "The version is taken"),
    "retroactive_date": Sort(409, "生效日太早", "It would be retroactive"),
}
"""What the bank's rules say no to. A test holds this against `ledger.core.refusals.REFUSALS`."""

SORTS = OF_THE_FORM | OF_THE_BANK

MEANINGS = {refusal.code: refusal.__doc__ or "" for refusal in REFUSALS}

FIELD_FAULTS = {
    "missing": ("必填", "Required"),
    "unknown_member": ("没有这个字段", "There is no such member"),
    "unknown_parameter": ("没有这个参数", "There is no such parameter"),
    "repeated_parameter": ("参数只能出现一次", "Give this parameter once"),
    "not_an_object": ("应为 JSON 对象", "Must be an object"),
    "not_a_list": ("应为列表", "Must be a list"),
    "not_a_whole_number": ("应为整数", "Must be a whole number"),
    "not_a_text": ("应为文本", "Must be text"),
    "not_a_yes_or_no": ("应为 true 或 false", "Must be true or false"),
    "not_a_time_of_day": ("应为 HH:MM 形式的时刻", "Must be a time of day, HH:MM"),
    "not_a_date": ("应为 YYYY-MM-DD 形式的日期", "Must be a date, YYYY-MM-DD"),
    "not_an_instant": ("应为 YYYY-MM-DDThh:mm:ssZ 形式的时刻", "Must be an instant, YYYY-MM-DDThh:mm:ssZ"),
    "not_an_id": ("应为 UUIDv7", "Must be a UUIDv7"),
    "not_a_cursor": ("翻页标记无效", "Not a cursor of this collection"),
    "not_one_of": ("不在允许的取值之内", "Not one of the values allowed"),
    "not_together": ("两项不能同时填写", "These two cannot be given together"),
    "not_exactly_one": ("须且只能填一项", "Give exactly one of these"),
    "out_of_range": ("超出允许范围", "Outside the allowed range"),
    "repeated_item": ("有重复的项目", "The same item twice"),
    "too_long": ("太长或太多", "Too long, or too many"),
    "too_short": ("太短或太少", "Too short, or too few"),
    "not_allowed_characters": ("空白或含有不允许的字符", "Blank, or holds characters that are not allowed"),
    "unreadable": ("无法读取", "Cannot be read"),
    "number_or_card": ("请给出志愿者编号或积分卡其中之一", "Give a volunteer number or a card, one of them"),
    "easily_guessed": ("太容易被猜到,请换一个", "Too easily guessed: choose another"),
    "wrong_pin": ("密码不正确", "Not the right PIN"),
    "unknown": ("没有找到", "Not found"),
    "closed": ("已关闭", "It is closed"),
    "in_use": ("已有记录, 不能改动", "Something is recorded by it: it stays"),
    "not_the_first_day": ("与第一场的日期不符", "Not the day of the first session"),
    "unusable_password": (
        "密码须至少 10 个字符,不能由用户名组成,也不能与原密码相同",
        "A password has at least 10 characters, is not made of the username, and is not the old one",
    ),
    "otp_wrong": ("动态验证码不正确", "The one-time code is wrong"),
    "invalid": ("无效", "Not valid"),
} | particulars.SENTENCES
"""What may be wrong with one member or parameter: the code in `errors[]`, with its sentence."""
