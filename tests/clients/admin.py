"""What administrators and reviewers do in their client, for tests and for the pictures of its screens; and the office
they do it in: a bank in which something waits for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Locator, Page, expect

from api import Keys, create_app
from ledger import rules
from ledger.bank import Bank, By
from ledger.people import keys, organisations, staff
from ledger.settings import Settings
from tests.api.conftest import PASSWORD, Client, Template, Told, found
from tests.api.devices import pair
from tests.api.served import served
from tests.api.test_server import GRANIAN
from tests.clients import needs, wishes
from tests.clients.kiosk import heading, press

__all__ = ["ACTIVITY", "SCREENS", "Office", "area", "at_work", "heading", "press", "row", "show", "sign_in", "tab"]

BASE = "/api/v1"
STAFF = {
    "示例审核甲": ("reviewer-1", "reviewer"),
    "示例审核乙": ("reviewer-2", "reviewer"),
    "示例审核丙": ("reviewer-3", "reviewer"),
    "示例书记": ("secretary", "admin", "reviewer"),
    "示例管理员": ("admin-1", "admin"),
    "示例副管理员": ("admin-2", "admin"),
    "示例负责人": ("organiser-1", "organiser"),
    "示例服务台": ("desk-1", "desk"),
    "示例全岗": ("all-1", "organiser", "reviewer", "desk", "admin", "auditor"),
}


@dataclass(frozen=True)
class Office:
    """A bank to be served. Whoever signs in does so with PASSWORD, under the names of STAFF."""

    template: Template
    organisation_id: str
    activity_id: str
    volunteers: tuple[str, ...]
    address: str = ""
    """Where it is served."""

    @property
    def settings(self) -> Settings:
        return self.template.settings

    @property
    def of(self) -> dict[str, str]:
        """What says whose something is."""
        return {"organisation_id": self.organisation_id}

    def record(self, number: str, served_on: str, **changed: Any) -> dict[str, Any]:
        """What is sent of a service."""
        said = {"volunteer_no": number, "activity_id": self.activity_id, "minutes": 60, "served_on": served_on}
        return said | {"capture_method": "clocked"} | changed


def serve(office: Office, hands: Mapping[str, Client], held_on: str, today: date) -> None:
    """Hours that are posted, and some back-filled ones: one approved by one of two, one held."""
    posted = [office.record(number, held_on) for number in office.volunteers]
    waiting = [
        office.record(
            number, (today - timedelta(days=9 + at)).isoformat(), capture_method="backfilled", minutes=minutes
        )
        for at, (number, minutes) in enumerate(zip(office.volunteers, (60, 720, 90, 120), strict=True))
    ]
    sent = {"items": posted + waiting}
    made = done(hands["organiser-1"].post(f"{BASE}/service-records/batch", sent))["items"]
    ids = [one["record"]["id"] for one in made[len(posted) :]]
    done(hands["reviewer-1"].post(f"{BASE}/service-records/{ids[0]}/review", {"decision": "approve"}))
    done(hands["reviewer-1"].post(f"{BASE}/service-records/{ids[3]}/hold", {"reason": "时间对不上(示例)"}))


def hang_a_notice(office: Office, organiser: Client, neighbour: Client, today: date) -> None:
    """Of what was posted today; a neighbour objects."""
    notice = {
        "shows": "posted",
        "from": today.isoformat(),
        "to": today.isoformat(),
        "title": "示例服务公示",
        "days": 1,
    }
    hung = done(organiser.post(f"{BASE}/notices", office.of | notice))["id"]
    objection = {"line": 1, "reason": "这天没有看到他(示例)", "contact": "示例居民"}
    done(neighbour.post(f"{BASE}/notices/{hung}/objections", objection))


def give_out(office: Office, hands: Mapping[str, Client]) -> None:
    """A prize at a desk, and one that was redeemed."""
    admin, clerk = hands["admin-1"], hands["desk-1"]
    prize = done(admin.post(f"{BASE}/prizes", office.of | {"title": "示例牙膏", "cost_points": 1}))["id"]
    desk = done(admin.post(f"{BASE}/desks", office.of | {"name": "示例服务台"}))["id"]
    stock = {"desk_id": desk, "prize_id": prize, "quantity": 20, "source": "示例物业捐赠"}
    done(clerk.post(f"{BASE}/stock-receipts", stock))
    items = [{"prize_id": prize, "quantity": 1}]
    done(clerk.post(f"{BASE}/redemptions", {"volunteer_no": office.volunteers[3], "desk_id": desk, "items": items}))


def propose(template: Template, hands: Mapping[str, Client], today: date) -> None:
    """Rules that came through their first review."""
    admin = hands["admin-1"]
    proposed = done(admin.post(f"{BASE}/rulebooks", of_rules(template, rules_text(today, 9), "示例第九版")))["id"]
    done(admin.post(f"{BASE}/rulebooks/{proposed}/steps", {"stage": "proposed", "minutes": "记录(示例)"}))
    vote = {"body": "party_branch", "present": 7, "votes_for": 6, "votes_abstained": 1, "opinion": "同意(示例)"}
    step = {"stage": "first_review", "bodies": [vote | {"persons": ["张示甲", "李示乙"]}]}
    done(hands["reviewer-1"].post(f"{BASE}/rulebooks/{proposed}/steps", step))


def furnish(settings: Settings) -> Office:
    """A bank in an empty database, with people in it and something that waits for each of them."""
    template = found(settings)
    with Bank.open(settings) as bank:
        by = By(actor=bank.world.new_id())
        organisations.create(bank, by, parent=template.here, level="estate", name="示例梧桐一期")
        for name, (username, *roles) in STAFF.items():
            holds = [(role, template.district) for role in roles]
            staff.hire(bank, None, username=username, password=PASSWORD, name=name, roles=holds)
        signing = Keys(keys.load(settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        app = create_app(bank, signing)
        hands = {
            name: signed_in(Client(app.test_client()), name)
            for name in ("organiser-1", "admin-1", "desk-1", "reviewer-1")
        }
        organiser = hands["organiser-1"]
        of = {"organisation_id": str(template.here.id)}
        seen = hands["admin-1"].get(f"{BASE}/privacy-rules").headers["ETag"]
        done(hands["admin-1"].patch(f"{BASE}/privacy-rules", {"kept_fields": ["phone"]}, If_Match=seen))
        numbers = tuple(
            done(organiser.post(f"{BASE}/volunteers", of | {"name": name}))["volunteer_no"]
            for name in ("示例王秀英", "示例李建国", "示例张小红", "示例陈大明")
        )
        today = bank.today()
        held_on = (today - timedelta(days=4)).isoformat()
        activity = done(organiser.post(f"{BASE}/activities", of | ACTIVITY | {"held_on": held_on}))["id"]
        office = Office(template, str(template.here.id), activity, numbers)
        serve(office, hands, held_on, today)
        hang_a_notice(office, organiser, Client(app.test_client()), today)
        give_out(office, hands)
        group = done(organiser.post(f"{BASE}/groups", of | {"name": "示例合唱队"}))["id"]
        done(organiser.post(f"{BASE}/groups/{group}/members", {"volunteer_no": numbers[2], "role": "head"}))
        done(organiser.post(f"{BASE}/volunteers/{numbers[1]}/cards", {}))
        household = done(organiser.post(f"{BASE}/households", of | {"name": "示例王家"}))["id"]
        for number in numbers[:2]:
            done(organiser.post(f"{BASE}/households/{household}/members", {"volunteer_no": number}))
        for name in ("示例钱同名", "示例钱同名"):
            done(organiser.post(f"{BASE}/volunteers", of | {"name": name, "phone": "13900000001", "is_distinct": True}))
        needs.lay(lambda path, body: done(organiser.post(BASE + path, body)), of, numbers[2])
        pair(Client(app.test_client()), hands["admin-1"], template.here.id)
        propose(template, hands, today)
        faulty = rules_text(today, 8).replace("per: half_hour", "per: half_an_hour")
        done(hands["admin-1"].post(f"{BASE}/rulebooks", of_rules(template, faulty, "示例第八版(草稿)")))
        wishes.furnish(organiser, hands["reviewer-1"], of, numbers)
    wishes.appraise(settings, template.here, numbers)
    return office


def rules_text(today: date, version: int) -> str:
    """The example's rules as another version of them."""
    begins = (today + timedelta(days=10)).isoformat()
    return rules.book("example").replace("version: 1\n", f"version: {version}\n", 1).replace("2020-01-01", begins)


def of_rules(template: Template, document: str, title: str) -> dict[str, Any]:
    return {
        "organisation_id": str(template.district.id),
        "title": title,
        "reasons": "居民提出(示例)",
        "document": document,
    }


@contextmanager
def at_work(settings: Settings) -> Iterator[Office]:
    """Such a bank, served."""
    office = furnish(settings)
    with served(settings, *GRANIAN) as address:
        yield replace(office, address=address)


ACTIVITY = {
    "title": "示例楼道清洁",
    "activity_type": "cleaning",
    "place": "示例小区中心广场",
    "content": "示例内容",
    "person_in_charge": "示例负责人",
}


def signed_in(nobody: Client, username: str) -> Client:
    body = {"grant_type": "password", "username": username, "password": PASSWORD}
    return replace(nobody, token=done(nobody.post(f"{BASE}/auth/token", body))["access_token"])


def done(told: Told) -> Any:
    assert told.status in (200, 201), told.text
    return told.json


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Until one's home is shown."""
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")
    page.locator("admin-home").wait_for()


def area(page: Page, words: str) -> None:
    """Go to an area by the navigation."""
    page.get_by_role("navigation", name="功能").get_by_role("button", name=words, exact=True).click()


def tab(page: Page, words: str) -> None:
    """Go to another screen of the area."""
    page.get_by_role("navigation", name="本栏目").get_by_role("button", name=words, exact=True).click()


def row(page: Page, words: str) -> Locator:
    return page.get_by_role("row").filter(has_text=words)


def _record(page: Page) -> None:
    area(page, "审核")
    page.locator("admin-records").wait_for()
    page.get_by_role("button", name="查看").nth(1).click()


def _drawing(page: Page) -> None:
    area(page, "公示")
    page.locator("admin-notices").wait_for()
    press(page, "拟一份公示")


def _notice(page: Page) -> None:
    area(page, "公示")
    page.locator("admin-notices").wait_for()
    page.get_by_role("button", name="查看").first.click()


def _opens(words: str, *steps: tuple[Callable[[Page, str], None], str]) -> Callable[[Page], None]:
    """The way to a list, and from there to what a line with these words is about."""

    def go(page: Page) -> None:
        _way(*steps)(page)
        row(page, words).get_by_role("button").last.click()

    return go


def _papers(page: Page) -> None:
    _opens("示例李建国", (area, "人员"))(page)
    press(page, "证明、对账单与档案")


def _simulation(page: Page) -> None:
    _opens("示例第九版", (area, "规则"), (tab, "草稿"))(page)
    press(page, "试算这份草稿")
    press(page, "试算")
    page.locator(".figures").wait_for()


def _way(*steps: tuple[Callable[[Page, str], None], str]) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        for step, words in steps:
            step(page, words)

    return go


def _rights(page: Page) -> None:
    _opens("示例李建国", (area, "人员"))(page)
    press(page, "同意、卡和个人权利")


def _transaction(page: Page) -> None:
    area(page, "审计与核验")
    tab(page, "总账")
    page.get_by_role("row").filter(has_text="奖励积分").first.click()


SCREENS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "home": ("secretary", _way()),
    "records": ("reviewer-2", _way((area, "审核"))),
    "record": ("reviewer-2", _record),
    "deeds": ("reviewer-2", _way((area, "审核"), (tab, "加分与减分"))),
    "disputes": ("reviewer-2", _way((area, "审核"), (tab, "本人异议"))),
    "stars": ("reviewer-2", _way((area, "审核"), (tab, "星级"))),
    "notices": ("secretary", _way((area, "公示"))),
    "notice": ("secretary", _notice),
    "drawing": ("secretary", _drawing),
    "objections": ("secretary", _way((area, "公示"), (tab, "公示异议"))),
    "duty": ("secretary", _way((area, "公示"), (tab, "记录期限"))),
    "rulebooks": ("admin-1", _way((area, "规则"))),
    "rulebook": ("admin-1", _opens("现行", (area, "规则"))),
    "drafts": ("admin-1", _way((area, "规则"), (tab, "草稿"))),
    "draft": ("admin-1", _opens("示例第八版", (area, "规则"), (tab, "草稿"))),
    "simulation": ("admin-1", _simulation),
    "proposals": ("admin-1", _way((area, "规则"), (tab, "提案"))),
    "people": ("admin-1", _way((area, "人员"))),
    "person": ("secretary", _opens("示例李建国", (area, "人员"))),
    "register": ("admin-1", _way((area, "人员"), (press, "登记志愿者"))),
    "duplicates": ("admin-1", _way((area, "人员"), (tab, "可能重复"))),
    "households": ("admin-1", _way((area, "人员"), (tab, "家庭"))),
    "groups": ("admin-1", _way((area, "人员"), (tab, "团体"))),
    "group": ("admin-1", _opens("示例合唱队", (area, "人员"), (tab, "团体"))),
    "flags": ("reviewer-2", _way((area, "人员"), (tab, "预警与限制"))),
    "rights": ("all-1", _rights),
    "settings": ("admin-1", _way((area, "机构"), (tab, "设置"))),
    "calendar": ("admin-1", _way((area, "机构"), (tab, "工作日"))),
    "ledger": ("auditor", _way((area, "审计与核验"), (tab, "总账"))),
    "transaction": ("auditor", _transaction),
    "household": ("admin-1", _opens("示例王家", (area, "人员"), (tab, "家庭"))),
    "organisations": ("admin-1", _way((area, "机构"))),
    "organisation": ("admin-1", _opens("示例梧桐一期", (area, "机构"))),
    "staff": ("admin-1", _way((area, "机构"), (tab, "工作人员"))),
    "colleague": ("admin-1", _opens("示例副管理员", (area, "机构"), (tab, "工作人员"))),
    "hire": ("admin-1", _way((area, "机构"), (tab, "工作人员"), (press, "添加工作人员"))),
    "devices": ("admin-1", _way((area, "机构"), (tab, "设备"))),
    "prizes": ("admin-1", _way((area, "奖品与积分"))),
    "prize": ("admin-1", _opens("示例牙膏", (area, "奖品与积分"))),
    "lapses": ("admin-1", _way((area, "奖品与积分"), (tab, "积分失效"))),
    "liability": ("admin-1", _way((area, "奖品与积分"), (tab, "未兑换与保障"))),
    "wishes": ("reviewer-2", _way((area, "心愿与评议"))),
    "wish": ("reviewer-2", _opens("新华字典", (area, "心愿与评议"))),
    "wish-held": ("organiser-1", _opens("老花镜", (area, "心愿与评议"), (press, "认领中"))),
    "wish-fulfilled": ("desk-1", _opens("热水袋", (area, "心愿与评议"), (press, "待确认"))),
    "new-wish": ("organiser-1", _way((area, "心愿与评议"), (press, "登记心愿"))),
    "companionships": ("organiser-1", _way((area, "心愿与评议"), (tab, "结对帮扶"))),
    "appraisals": ("admin-1", _way((area, "心愿与评议"), (tab, "评议"))),
    "appraisal": ("admin-1", _opens("上季物业评议", (area, "心愿与评议"), (tab, "评议"))),
    "new-appraisal": ("admin-1", _way((area, "心愿与评议"), (tab, "评议"), (press, "发起评议"))),
    "figures": ("admin-1", _way((area, "统计"))),
    "audit": ("auditor", _way((area, "审计与核验"))),
    "log": ("auditor", _way((area, "审计与核验"), (tab, "公开日志"))),
    "requests": ("organiser-1", _way((area, "需求"))),
    "request-form": ("organiser-1", _way((area, "需求"), (press, "代为登记需求"))),
    "request": ("organiser-1", _opens(needs.PIPE, (area, "需求"))),
    "tasks": ("organiser-1", _way((area, "需求"), (tab, "任务"))),
    "task": ("organiser-1", _opens(needs.TASK, (area, "需求"), (tab, "任务"))),
    "task-form": ("organiser-1", _way((area, "需求"), (tab, "任务"), (press, "添加任务"))),
    "offers": ("organiser-1", _way((area, "需求"), (tab, "服务"))),
    "requests-figures": ("admin-1", _way((area, "需求"), (tab, "需求统计"))),
    "report": ("admin-1", _way((area, "统计"), (tab, "月报"))),
    "entries": ("admin-1", _way((area, "统计"), (tab, "月报"), (press, "看明细：服务时长"))),
    "papers": ("organiser-1", _papers),
    "bulk-papers": ("organiser-1", _way((area, "人员"), (tab, "批量证明"))),
    "proposal": ("reviewer-2", _opens("示例第九版", (area, "规则"), (tab, "提案"))),
}
"""Every screen, who sees it, and the way to it from their home."""
TAGS = {"wish-held": "wish", "wish-fulfilled": "wish"}
"""What they are called in the page, where it is something else."""


def show(page: Page, screen: str) -> None:
    """Sign in and go to this screen."""
    username, go = SCREENS[screen]
    sign_in(page, username)
    go(page)
    page.locator(f"admin-{TAGS.get(screen, screen)}").wait_for()
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")
