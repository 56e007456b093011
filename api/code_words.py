"""The codes that people read most, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from api.member_titles import Words

WORDS: Mapping[str, Words] = {
    "capture_method": {
        "clocked": ("签到签退", "clocked"),
        "roster": ("名册", "roster"),
        "backfilled": ("补录", "backfilled"),
        "declared": ("申报", "declared"),
        "imported": ("导入", "imported"),
    },
    "state": {
        "draft": ("草稿", "draft"),
        "filed": ("已备案", "filed"),
        "published": ("已发布", "published"),
        "closed": ("已结束", "closed"),
        "cancelled": ("已取消", "cancelled"),
        "submitted": ("待审核", "submitted"),
        "approved": ("已通过", "approved"),
        "rejected": ("已驳回", "rejected"),
        "posted": ("已入账", "posted"),
        "refused": ("未入账", "refused"),
        "held": ("已搁置", "held"),
        "on_notice": ("公示中", "on notice"),
        "withdrawn": ("已撤回", "withdrawn"),
        "shown": ("公示中", "shown"),
        "objected": ("有异议", "objected to"),
        "open": ("未结", "open"),
        "corrected": ("已更正", "put right"),
        "stands": ("核实无误", "stands"),
        "passed_on": ("已转交", "passed on"),
        "upheld": ("异议成立", "upheld"),
        "dismissed": ("异议不成立", "dismissed"),
        "reported": ("待确认", "reported"),
        "exception": ("待处理", "exception"),
        "debt": ("记欠分", "debt"),
        "loss": ("报损", "loss"),
        "confirmed": ("已确认", "confirmed"),
        "counted": ("待签字", "counted"),
        "reserved": ("已预订", "reserved"),
        "collected": ("已领取", "collected"),
        "expired": ("已逾期", "expired"),
        "forfeited": ("已作废", "forfeited"),
        "received": ("已到货", "received"),
        "ended": ("已终止", "ended"),
        "checked": ("待提交", "checked"),
        "committing": ("提交中", "being committed"),
        "committed": ("已提交", "committed"),
    },
    "stage": {"before": ("入账前", "before posting"), "after": ("入账后", "after posting")},
    "closed": {"left": ("退出", "left"), "died": ("去世", "died"), "merged": ("并入他人", "merged")},
    "level": {
        "district": ("区", "district"),
        "subdistrict": ("街道", "subdistrict"),
        "community": ("社区", "community"),
        "estate": ("小区", "estate"),
        "building": ("楼栋", "building"),
        "team": ("志愿队", "team"),
    },
}
"""Codes by the member that holds them; others stay as they are."""
WORDS_OF_ONE: Mapping[str, Mapping[str, Words]] = {
    "wishes": {
        "state": {
            "collected": ("待核实", "to be looked over"),
            "published": ("上墙", "on the wall"),
            "fulfilled": ("待确认", "fulfilled, to be confirmed"),
            "confirmed": ("已圆梦", "granted"),
            "refused": ("未采纳", "turned down"),
            "withdrawn": ("已撤回", "withdrawn"),
        },
        "kind": {"thing": ("物品", "a thing"), "service": ("服务", "a service"), "company": ("陪伴", "company")},
    },
    "wish_claims": {
        "state": {
            "open": ("有效", "open"),
            "expired": ("已过期", "run out"),
            "fulfilled": ("已圆梦", "fulfilled"),
            "given_back": ("已退回", "given back"),
            "over": ("已了结", "over"),
        }
    },
    "requests": {
        "state": {
            "received": ("待受理", "to be accepted"),
            "accepted": ("已受理", "accepted"),
            "dispatched": ("已派单", "dispatched"),
            "closed": ("已办结", "closed"),
            "settled": ("已评价", "settled"),
            "declined": ("不予受理", "turned away"),
            "withdrawn": ("已撤回", "withdrawn"),
        },
        "priority": {
            "danger": ("险情", "danger"),
            "utilities": ("水电气", "utilities"),
            "normal": ("一般", "normal"),
            "complex": ("复杂", "complex"),
        },
        "channel": {
            "kiosk": ("自助机", "kiosk"),
            "phone": ("电话", "telephone"),
            "visit": ("走访", "visit"),
            "qr": ("扫码", "QR code"),
            "mobile_desk": ("流动服务台", "mobile desk"),
            "online": ("网上", "online"),
        },
        "escalated_to": {"joint_meeting": ("联席会议", "joint meeting"), "subdistrict": ("街道", "subdistrict")},
    },
    "tasks": {
        "state": {
            "dispatched": ("待完成", "to be done"),
            "done": ("已完成", "done"),
            "cancelled": ("已取消", "cancelled"),
        }
    },
}
"""The same where one resource means something else by it."""
