"""A day in the demo's district, on PostgreSQL: everybody of it opens their client and does what they came for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from ledger.demo import PASSWORD
from ledger.settings import Settings
from tests.api.served import served
from tests.api.test_server import GRANIAN, Session
from tests.banks import examine_at
from tests.cli.test_pioneer import told
from tests.clients import admin, desk, organiser
from tests.clients.conftest import PHONE, PORTRAIT, Opened
from tests.clients.kiosk import digits, heading, press
from tests.postgres import Postgres

pytestmark = [pytest.mark.browser, pytest.mark.postgresql]


@dataclass(frozen=True)
class District:
    """The demo as it is served, and the first whom it says to be able to sign in."""

    address: str
    number: str
    card: str
    pin: str

    def by(self, username: str) -> Session:
        return Session(self.address, username, PASSWORD)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, postgres_server: Postgres) -> Iterator[District]:
    place, url = tmp_path_factory.mktemp("demo"), postgres_server.create_database()
    built: dict[str, Any] = told("demo", "--seed", "7", url=url, place=Path(place))
    who = built["identities"][0]
    with served(Settings(data_dir=place, database_url=url), *GRANIAN) as address:
        yield District(address, who["volunteer_no"], who["card_no"], who["pin"])
    assert examine_at(url) == []
    postgres_server.drop_database(url)


def recorded(demo: District, method: str) -> dict[str, Any]:
    """Two hours of theirs at the newest activity, where they helped on a day of no other record."""
    by = demo.by("organiser")
    activity = by.get("/activities?limit=1&to=" + by.get("/bank")["today"])["items"][0]
    day = date.fromisoformat(activity["held_on"]) - timedelta(days=200 if method == "clocked" else 201)
    said = {"volunteer_no": demo.number, "activity_id": activity["id"], "minutes": 120, "served_on": day.isoformat()}
    return dict(by.post("/service-records", said | {"capture_method": method})) | {"title": activity["title"]}


def test_a_volunteer_comes_to_a_new_kiosk_and_sees_what_they_have(opened: Opened, demo: District) -> None:
    page = opened(f"{demo.address}/kiosk", viewport=PORTRAIT)
    heading(page, "这台自助机还没有启用").wait_for()
    by = demo.by("admin")
    home = by.get(f"/volunteers/{demo.number}")["organisation_id"]
    code = page.locator("kiosk-pairing output").inner_text()
    by.post("/auth/devices/approve", {"user_code": code, "kind": "kiosk", "organisation_id": home})
    heading(page, "请刷积分卡").wait_for(timeout=60_000)
    press(page, "没带卡，输入编号")
    digits(page, demo.number)
    heading(page, "请输入密码").wait_for()
    digits(page, demo.pin)
    page.locator("kiosk-home").wait_for()
    press(page, "看积分明细")
    page.locator(".entry").nth(3).wait_for()


def test_a_clerk_hands_over_a_prize(opened: Opened, demo: District) -> None:
    by = demo.by("desk")
    assert recorded(demo, "clocked")["points"] > 0
    places = [(one["id"], by.get(f"/desks/{one['id']}/stock")["items"]) for one in by.get("/desks?limit=50")["items"]]
    at = next(id for id, goods in places if any(one["title"] == "肥皂" and one["quantity"] > 0 for one in goods))
    page = opened(f"{demo.address}/desk", kept={"pioneer.desk.place": at})
    desk.sign_in(page, "desk", password=PASSWORD)
    if page.get_by_role("button", name="开台").count():
        desk.press(page, "F9")
    desk.at_till(page)
    desk.scan(page, demo.card)
    expect(page.get_by_text("可用积分")).to_be_visible()
    desk.line(page).press_sequentially(desk.code_of(page, "肥皂"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("可以兑换")).to_be_visible()
    desk.press(page, "F9")
    expect(page.locator(".outcome")).to_contain_text("已兑换")


def test_an_organiser_finds_what_is_due_and_the_years_activities(opened: Opened, demo: District) -> None:
    page = opened(f"{demo.address}/organiser", viewport=PHONE)
    organiser.sign_in(page, password=PASSWORD)
    expect(page.get_by_role("heading", name="接下来")).to_be_visible()
    organiser.go(page, "activities")
    expect(page.locator("kit-table .row").nth(5)).to_be_visible()


def test_two_reviewers_let_a_record_pass(opened: Opened, demo: District) -> None:
    made = recorded(demo, "backfilled")
    for reviewer, said in (("reviewer", "还需要另一个人审核"), ("reviewer2", "已通过并入账")):
        page = opened(f"{demo.address}/admin")
        admin.sign_in(page, reviewer, PASSWORD)
        admin.area(page, "审核")
        admin.row(page, made["title"]).first.get_by_role("button", name="查看").click()
        press(page, "通过")
        expect(page.locator("kit-status .said")).to_contain_text(said)
    assert demo.by("reviewer").get(f"/service-records/{made['id']}")["state"] == "posted"


def test_an_administrator_sees_the_year_and_anybody_that_it_balances(opened: Opened, demo: District) -> None:
    page = opened(f"{demo.address}/admin")
    admin.sign_in(page, "admin", PASSWORD)
    admin.area(page, "统计")
    expect(page.locator("kit-plot svg").first).to_be_visible()
    page.goto(f"{demo.address}/board#totals")
    expect(page.get_by_text("✔ 两边相等")).to_have_count(2)  # points and hours
