"""Who and what an invented district is made of. Every name says of itself that it is an example (示, 例, 样, 范)."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

PASSWORD = "pioneer-demo"  # noqa: S105 - printed by `pioneer demo`, for a bank of invented people on loopback
STAFF = (
    ("admin", "范示甲", "admin"),
    ("organiser", "范示乙", "organiser"),
    ("reviewer", "范示丙", "reviewer"),
    ("reviewer2", "范示庚", "reviewer"),
    ("desk", "范示丁", "desk"),
    ("desk2", "范示辛", "desk"),
    ("auditor", "范示戊", "auditor"),
)
"""Username, invented name, role; one login of each role for the whole district."""

DISTRICT = "示例区"
SUBDISTRICTS = ("东示例街道", "中示例街道", "西示例街道")
COMMUNITIES = ("春", "夏", "秋", "冬", "晨", "午", "暮", "星", "月")
TREES = (
    "梧桐", "银杏", "香樟", "桂花", "玉兰", "海棠", "石榴", "枇杷", "紫薇",
    "红枫", "青松", "翠柏", "垂柳", "白杨", "合欢", "木棉", "榕树", "樱花",
    "腊梅", "丁香", "芙蓉", "茉莉", "山茶", "杜鹃", "月季", "凌霄", "紫藤",
)  # fmt: skip
SURNAMES = tuple("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
MARKS = tuple("示例样范")
STEMS = tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉")

DONORS = ("示例机关单位", "示例社会组织", "示例商户联盟", "专项经费采购(示例)")


class PrizeOffer(NamedTuple):
    title: str
    cost_points: int
    weight: int


PRIZES = (
    PrizeOffer("肥皂", 1, 30),
    PrizeOffer("毛巾", 1, 24),
    PrizeOffer("洗衣粉", 2, 16),
    PrizeOffer("牙膏", 1, 18),
    PrizeOffer("食盐", 1, 20),
    PrizeOffer("酱油", 2, 8),
    PrizeOffer("大米 2.5 公斤", 4, 5),
    PrizeOffer("食用油 1 升", 5, 3),
    PrizeOffer("理发一次", 3, 4),
    PrizeOffer("雨伞", 6, 2),
)


class ActivityIdea(NamedTuple):
    title: str
    activity_type: str
    content: str
    weight: int


IDEAS = (
    ActivityIdea("携手同创文明城市", "civility", "路口劝导、清理小广告", 24),
    ActivityIdea("微心愿认领", "micro_wish", "认领并圆梦社区微心愿", 16),
    ActivityIdea("小区清洁日", "cleaning", "清扫庭院与楼道", 20),
    ActivityIdea("平安夜巡", "patrol", "夜间巡逻与消防通道检查", 14),
    ActivityIdea("敬老探访", "visiting", "看望高龄独居老人", 14),
    ActivityIdea("政策宣讲", "teaching", "楼栋宣讲与答疑", 6),
)
CAPTURE = (("clocked", 62), ("roster", 22), ("backfilled", 7), ("declared", 5), ("imported", 4))


def volunteer_name(dice: Random) -> str:
    """An invented name; some of two thousand are bound to be the same, as in life."""
    return dice.choice(SURNAMES) + dice.choice(MARKS) + dice.choice(STEMS)


def estate_name(tree: str) -> str:
    return f"{tree}示例小区"
