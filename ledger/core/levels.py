"""The levels of organisations, and which may stand below which."""

from __future__ import annotations

LEVELS = {
    "district": "区",
    "subdistrict": "街道",
    "community": "社区",
    "estate": "小区",
    "building": "楼栋",
    "team": "志愿队",
    "unit": "单位",
    "social": "社会组织",
}
"""Each level, and what it is called."""

_GROUND = ("district", "subdistrict", "community", "estate")

PARENTS: dict[str, tuple[str, ...]] = {
    "district": (),
    "subdistrict": ("district",),
    "community": ("district", "subdistrict"),
    "estate": ("district", "subdistrict", "community"),
    "building": ("community", "estate"),
    "unit": _GROUND,
    "social": _GROUND,
    "team": (*_GROUND, "building", "unit", "social"),
}
"""Below which levels each may stand. A level may be left out (a small district has no subdistricts), never turned
round; units and social organisations stand beside the estates, and a team below anything but another team.
"""


def may_stand(level: str, parent: str | None) -> bool:
    """Whether an organisation of this level may hang below one of that; None is nothing, where the root hangs."""
    return parent in PARENTS[level] if parent is not None else not PARENTS[level]
