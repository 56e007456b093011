"""What residents asked for, for tests and for the pictures of the screens that deal with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

LAMP, PIPE, RAMP, DOOR, HAIR = (
    "示例楼道灯不亮",
    "示例水管渗水",
    "示例轮椅坡道太陡",
    "示例单元门关不上",
    "示例想上门理发",
)
OFFER = "示例义务理发"
TASK = "示例上门理发"
OPEN_TASK = "示例清理楼道"
FLAT = "示例苑 3 号楼 201"

Post = Callable[[str, dict[str, Any]], Any]
"""Posts to a path and gives what was answered."""


def lay(post: Post, of: dict[str, str], number: str) -> dict[str, str]:
    """Requests at every step, a standing offer, a task under way and one that is open to all: the ids, by their words.
    The volunteer of this number asked for the lamp.
    """
    made: dict[str, str] = {}

    def asked(words: str, kind: str, priority: str, **who: Any) -> str:
        body = of | {"kind": kind, "channel": "phone", "words": words, "priority": priority, "place": "示例小区东门"}
        made[words] = post("/requests", body | who)["id"]
        return f"/requests/{made[words]}"

    neighbour = {"asker": {"name": "示例邻居", "phone": "13900000009", "flat": FLAT}}
    asked(LAMP, "lighting", "normal", volunteer_no=number)
    pipe = asked(PIPE, "plumbing", "utilities", **neighbour)
    post(f"{pipe}/accept", {})
    post(f"{pipe}/follow-ups", {"words": "已联系水暖工(示例)"})
    ramp = asked(RAMP, "safety", "complex", **neighbour)
    post(f"{ramp}/accept", {})
    post(f"{ramp}/escalate", {"to": "subdistrict", "words": "请街道协调施工(示例)"})
    door = asked(DOOR, "safety", "normal", **neighbour)
    post(f"{door}/accept", {})
    post(f"{door}/close", {"words": "已更换闭门器(示例)"})
    hair = asked(HAIR, "haircut", "normal", **neighbour)
    post(f"{hair}/accept", {})
    offer = {"kind": "haircut", "title": OFFER, "place": "示例党群服务站", "hours": "每周三 14:00 到 16:00"}
    made[OFFER] = post("/offers", of | offer)["id"]
    task = of | {"kind": "visiting", "person_in_charge": "示例负责人"}
    told = {"title": TASK, "place": "示例小区东门", "offer_id": made[OFFER], "helpers_at_most": 2}
    made[TASK] = post(f"{hair}/tasks", task | told)["id"]
    post(f"/tasks/{made[TASK]}/helpers", {"volunteer_no": number})
    made[OPEN_TASK] = post("/tasks", task | {"title": OPEN_TASK, "is_open": True, "helpers_at_most": 3})["id"]
    return made
