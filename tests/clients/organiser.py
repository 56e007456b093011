"""What an organiser does on a telephone and at a desk, for tests and for the pictures of the screens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from playwright.sync_api import Page

from tests.api.conftest import PASSWORD
from tests.api.test_server import Session
from tests.clients import needs
from tests.clients.ground import ACTIVITY, Ground
from tests.clients.kiosk import heading, press
from tests.tables.files import xlsx

NAMES = ("示例王芳", "示例王芳", "示例李雷", "示例韩梅梅", "示例赵大伯")
"""Two are called the same."""
HEADER = ("姓名", "活动", "日期", "小时")


@dataclass(frozen=True)
class Place:
    """An activity and its session."""

    activity_id: str
    session_id: str


@dataclass(frozen=True)
class Scenes:
    """What an organiser finds at a served ground."""

    running: Place
    """Under way, for two; somebody is there, somebody is expected, somebody waits."""
    over: Place
    """Over; one checked out, one did not."""
    closed: Place
    """Handed in; somebody who had signed up did not come."""
    checked: str
    """A roster with a fault and a question."""
    committed: str
    """A roster of which one row was recorded."""
    record: str
    """A record that is held."""
    task: str
    """A task that somebody has taken up, and that somebody else is wanted for."""
    done: str
    """A task that is done."""
    numbers: tuple[str, ...]
    """Of NAMES."""
    wish: str
    """One that somebody holds."""


class Organiser(Session):
    """The organiser by the API, for what stands there before a test begins."""

    def __init__(self, address: str, ground: Ground) -> None:
        super().__init__(address, "organiser")
        self.of = {"organisation_id": str(ground.template.here.id)}

    def register(self, *names: str) -> tuple[str, ...]:
        return tuple(
            self.post("/volunteers", self.of | {"name": name, "is_distinct": True})["volunteer_no"] for name in names
        )

    def announce(self, title: str, *, begins_in: timedelta, lasts: timedelta, **more: Any) -> Place:
        """A published activity with one session."""
        starts = datetime.now(UTC).replace(second=0, microsecond=0) + begins_in
        times = {"starts_at": instant(starts), "ends_at": instant(starts + lasts)}
        body = self.of | ACTIVITY | {"title": title, "activity_type": "cleaning", "sessions": [times]} | more
        made = self.post("/activities", body)
        for step in ("file", "publish"):
            self.post(f"/activities/{made['id']}/{step}", {})
        return Place(made["id"], made["sessions"][0]["id"])

    def sign_up(self, place: Place, number: str) -> Any:
        body = {"volunteer_no": number, "session_id": place.session_id, "override_reason": "示例说明"}
        return self.post(f"/activities/{place.activity_id}/sign-ups", body)

    def came(self, place: Place, number: str, *, after: timedelta, left: timedelta | None = None) -> None:
        """They were written down: so long after the session began they came, and so long after it they left."""
        (session,) = self.get(f"/activities/{place.activity_id}")["sessions"]
        starts = datetime.fromisoformat(session["starts_at"])
        at = {"volunteer_no": number, "session_id": place.session_id}
        self.post(f"/activities/{place.activity_id}/check-ins", at | {"at": instant(starts + after)})
        if left is not None:
            self.post(f"/activities/{place.activity_id}/check-outs", at | {"at": instant(starts + left)})

    def upload(self, rows: Any) -> str:
        answer = requests.post(
            f"{self.address}/imports/service-records",
            data=self.of,
            files={"file": ("名册.xlsx", xlsx(rows))},
            headers=self.headers,
            timeout=30,
        )
        assert answer.ok, answer.text
        return str(answer.json()["id"])


def instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def furnish(address: str, ground: Ground) -> Scenes:
    """What an organiser has to do with."""
    organiser = Organiser(address, ground)
    numbers = organiser.register(*NAMES)
    hours = [timedelta(hours=each) for each in range(4)]
    running = organiser.announce("示例社区清洁日", begins_in=-hours[1], lasts=hours[3], capacity=2)
    for number in numbers[1:4]:
        organiser.post(
            f"/activities/{running.activity_id}/sign-ups", {"volunteer_no": number, "session_id": running.session_id}
        )
    organiser.came(running, numbers[2], after=timedelta(minutes=5))
    organiser.came(running, numbers[4], after=timedelta(minutes=9))
    over = organiser.announce("示例楼道巡查", begins_in=timedelta(days=-30), lasts=hours[2])
    organiser.came(over, numbers[2], after=timedelta(), left=hours[2])
    organiser.came(over, numbers[3], after=timedelta(minutes=10))
    closed = _handed_in(organiser, numbers)
    record = _held(organiser, numbers[4])
    day = organiser.get("/bank")["today"]
    organiser.post(
        "/activities", organiser.of | ACTIVITY | {"title": "示例宣讲", "activity_type": "teaching", "held_on": day}
    )
    line = ("示例宣讲", day, 1)
    checked = organiser.upload([HEADER, ("示例李雷", *line), ("示例王芳", *line), ("示例无此人", *line)])
    committed = organiser.upload([HEADER, ("示例韩梅梅", *line)])
    organiser.post(f"/imports/{committed}/commit", {})
    held = organiser.get("/wish-claims")["items"][0]["wish_id"]
    asked = needs.lay(organiser.post, organiser.of, numbers[2])
    done = asked[needs.OPEN_TASK]
    served = [{"volunteer_no": numbers[3], "minutes": 45}]
    organiser.post(f"/tasks/{done}/finish", {"outcome": "示例已清理", "done_on": day, "served": served})
    return Scenes(running, over, closed, checked, committed, record, asked[needs.TASK], done, numbers, held)


def _handed_in(organiser: Organiser, numbers: tuple[str, ...]) -> Place:
    """A session that ended a moment ago: signed up for while it ran, then handed in."""
    closed = organiser.announce("示例河岸拾捡", begins_in=timedelta(hours=-2), lasts=timedelta(hours=4))
    for number in numbers[:2]:
        organiser.sign_up(closed, number)
    organiser.came(closed, numbers[0], after=timedelta(minutes=1), left=timedelta(minutes=119))
    organiser.post(f"/activity-sessions/{closed.session_id}/close", {})
    return closed


def _held(organiser: Organiser, number: str) -> str:
    """The later of two records of the same time."""
    day = organiser.get("/bank")["today"]
    record = {"volunteer_no": number, "served_on": day, "minutes": 60, "capture_method": "roster", "from_time": "00:00"}
    visiting = organiser.of | ACTIVITY | {"activity_type": "visiting", "held_on": day}
    first, second = (
        organiser.post("/activities", visiting | {"title": title})["id"] for title in ("示例送餐", "示例陪诊")
    )
    organiser.post("/service-records", record | {"activity_id": first})
    made = organiser.post("/service-records", record | {"activity_id": second})
    assert made["state"] == "held", made
    organiser.post(
        "/service-records", record | {"activity_id": second, "capture_method": "backfilled", "from_time": "03:00"}
    )
    return str(made["id"])


def sign_in(page: Page, username: str = "organiser", password: str = PASSWORD) -> None:
    """By name and password, until what is next is shown."""
    heading(page, "工作人员登录").wait_for()
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")
    page.locator("organiser-home").wait_for()


def go(page: Page, tag: str, **given: str) -> None:
    """To a screen as whoever reloads there finds it (see organiser.js)."""
    page.evaluate(
        "kept => sessionStorage.setItem('pioneer.organiser.place', JSON.stringify(kept))",
        {"place": tag, "given": given},
    )
    page.reload()
    page.locator(f"organiser-{tag}").wait_for()


def way(page: Page, words: str) -> None:
    """One of the ways that stand on every screen."""
    page.get_by_role("navigation", name="主要页面").get_by_role("button", name=words, exact=True).click()


SCREENS = (
    "home",
    "activities",
    "activity",
    "activity-cancel",
    "activity-new",
    "activity-edit",
    "session-form",
    "sign-ups",
    "door",
    "door-wide",
    "hand-in",
    "handed-in",
    "rosters",
    "roster",
    "roster-done",
    "records",
    "records-held",
    "record",
    "wishes",
    "wish",
    "wish-form",
    "tasks",
    "tasks-done",
    "task",
    "task-done",
)
"""Every screen of the organiser, but the one to sign in at."""


def show(page: Page, scenes: Scenes, screen: str) -> None:
    """Go to this screen from the first one."""
    running = {"activity_id": scenes.running.activity_id, "session_id": scenes.running.session_id}
    places: dict[str, tuple[str, dict[str, str]]] = {
        "home": ("home", {}),
        "activities": ("activities", {"view": "all"}),
        "activity": ("activity", {"activity_id": scenes.running.activity_id}),
        "activity-new": ("activity-form", {}),
        "activity-edit": ("activity-form", {"activity_id": scenes.running.activity_id}),
        "session-form": ("session-form", running),
        "sign-ups": ("sign-ups", running),
        "door": ("door", running),
        "hand-in": ("hand-in", {"activity_id": scenes.over.activity_id, "session_id": scenes.over.session_id}),
        "handed-in": ("hand-in", {"activity_id": scenes.closed.activity_id, "session_id": scenes.closed.session_id}),
        "rosters": ("rosters", {}),
        "roster": ("roster", {"import_id": scenes.checked}),
        "roster-done": ("roster", {"import_id": scenes.committed}),
        "records": ("records", {"state": "all"}),
        "records-held": ("records", {"state": "held"}),
        "record": ("record", {"record_id": scenes.record}),
        "wishes": ("wishes", {}),
        "wish": ("wish", {"wish_id": scenes.wish}),
        "wish-form": ("wish-form", {}),
        "tasks": ("tasks", {}),
        "tasks-done": ("tasks", {"view": "done"}),
        "task": ("task", {"task_id": scenes.task}),
        "task-done": ("task", {"task_id": scenes.done}),
    }
    asked = {"activity-cancel": "activity", "door-wide": "door"}.get(screen, screen)
    tag, given = places[asked]
    go(page, tag, **given)
    if screen == "activity-cancel":
        press(page, "取消活动")
        page.get_by_role("dialog").wait_for()
    if asked == "door":
        page.locator("organiser-code img").wait_for()
    if screen == "door-wide":
        press(page, "全屏显示")
        page.get_by_role("button", name="退出全屏").wait_for()
    if screen == "activity-new":
        page.get_by_text("更多设置").click()
    if screen == "handed-in":
        page.get_by_role("button", name="补交缺的").wait_for()
