"""The days of reviewers and of a secretary, in a browser."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.test_server import Session
from tests.clients.admin import ACTIVITY, Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser


def activity(office: Office, title: str, organisation_id: str | None = None) -> str:
    """An activity that no other test knows of."""
    held_on = (today(office) - timedelta(days=5)).isoformat()
    told = Session(office.address, "organiser-1").post(
        "/activities",
        ACTIVITY | {"organisation_id": organisation_id or office.organisation_id, "title": title, "held_on": held_on},
    )
    return str(told["id"])


def today(office: Office) -> date:
    told: dict[str, Any] = Session(office.address, "organiser-1").get("/bank")
    return date.fromisoformat(told["today"])


def recorded(office: Office, title: str, numbers: tuple[str, ...]) -> list[str]:
    """Back-filled records, which two reviewers look at."""
    made, day = activity(office, title), (today(office) - timedelta(days=5)).isoformat()
    told = [
        Session(office.address, "organiser-1").post(
            "/service-records", office.record(number, day, activity_id=made, capture_method="backfilled")
        )
        for number in numbers
    ]
    return [str(one["id"]) for one in told]


def state_of(office: Office, record: str) -> str:
    return str(Session(office.address, "reviewer-3").get(f"/service-records/{record}")["state"])


def signed_in(opened: Opened, office: Office, username: str) -> Page:
    page = opened(f"{office.address}/admin")
    sign_in(page, username)
    return page


def test_a_reviewer_and_a_second_one(opened: Opened, office: Office) -> None:
    title = "示例双人审核"
    first, second = recorded(office, title, office.volunteers[:2])
    one = signed_in(opened, office, "reviewer-1")
    area(one, "审核")
    for at in range(2):
        row(one, title).nth(at).get_by_role("checkbox").check()
    expect(one.get_by_text("已选 2 条")).to_be_visible()
    press(one, "通过所选")
    expect(one.get_by_text("已办理 2 条。")).to_be_visible()
    expect(row(one, title).get_by_text("须他人审核")).to_have_count(2)  # nobody reviews a record twice
    assert [state_of(office, each) for each in (first, second)] == ["submitted"] * 2

    other = signed_in(opened, office, "reviewer-2")
    expect(other.get_by_role("heading", name="待第二人审核")).to_be_visible()
    area(other, "审核")
    row(other, title).first.get_by_role("button", name="查看").click()
    heading(other, f"服务记录：{title}").wait_for()
    press(other, "驳回")
    expect(other.get_by_text("请填写")).to_be_visible()
    other.get_by_label("理由").fill("名册上没有(示例)")
    press(other, "驳回")
    expect(other.get_by_text("已驳回，理由本人看得到。")).to_be_visible()
    expect(row(other, title)).to_have_count(1)
    row(other, title).get_by_role("button", name="查看").click()
    press(other, "通过")
    expect(other.get_by_text("已通过并入账。")).to_be_visible()
    expect(row(other, title)).to_have_count(0)
    assert sorted(state_of(office, each) for each in (first, second)) == ["posted", "rejected"]


def test_what_is_refused_stays_in_the_list_with_its_reason(opened: Opened, office: Office) -> None:
    title = "示例同时审核"
    first, second = recorded(office, title, office.volunteers[2:])
    page = signed_in(opened, office, "reviewer-2")
    area(page, "审核")
    for at in range(2):
        row(page, title).nth(at).get_by_role("checkbox").check()
    elsewhere = Session(office.address, "reviewer-2")  # the same person, at another screen
    elsewhere.post(f"/service-records/{first}/review", {"decision": "approve"})
    press(page, "通过所选")
    expect(page.get_by_text("已办理 1 条；1 条没有办成")).to_be_visible()
    assert state_of(office, second) == "submitted"
    assert len(Session(office.address, "reviewer-3").get(f"/service-records/{second}")["reviewed_by"]) == 1


def test_an_answer_that_is_lost_is_asked_for_again_and_counts_once(opened: Opened, office: Office) -> None:
    title = "示例丢失回答"
    [made] = recorded(office, title, office.volunteers[:1])
    page = signed_in(opened, office, "reviewer-1")
    area(page, "审核")
    row(page, title).get_by_role("button", name="查看").click()
    heading(page, f"服务记录：{title}").wait_for()
    lost = []

    def lose(route: Route) -> None:
        """The server does it, and its first two answers get lost on the way."""
        lost.append(route.request.headers["idempotency-key"])
        if len(lost) > 2:
            return route.fallback()
        assert route.fetch().status == 201
        return route.abort()

    page.route("**/review", lose)
    press(page, "通过")
    expect(page.get_by_text("还不知道是否办成")).to_be_visible()
    press(page, "再问一次")
    expect(page.get_by_text("已记下，还需要另一个人审核。")).to_be_visible()
    assert len(set(lost)) == 1
    assert len(Session(office.address, "reviewer-3").get(f"/service-records/{made}")["reviewed_by"]) == 1


def test_a_secretary_publishes_a_notice_and_answers_an_objection(opened: Opened, office: Office) -> None:
    there, title = str(office.template.there.id), "示例银杏清洁"
    organiser = Session(office.address, "organiser-1")
    number = organiser.post("/volunteers", {"organisation_id": there, "name": "示例周大妈"})["volunteer_no"]
    day = (today(office) - timedelta(days=5)).isoformat()
    made = organiser.post("/service-records", office.record(number, day, activity_id=activity(office, title, there)))[
        "id"
    ]
    page = signed_in(opened, office, "secretary")
    area(page, "公示")
    press(page, "拟一份公示")
    page.get_by_label("组织").select_option(there)
    page.get_by_label("公示什么").select_option("posted")
    press(page, "先看公示内容")
    expect(page.get_by_label("入账日期从")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("入账日期从").fill((today(office) - timedelta(days=1)).isoformat())
    page.get_by_label("标题").fill("示例银杏公示")
    press(page, "先看公示内容")
    expect(page.get_by_text("将这样公示")).to_be_focused()
    expect(row(page, title)).to_contain_text("1 小时")
    assert not [
        one for one in Session(office.address, "auditor").get("/notices")["items"] if one["organisation_id"] == there
    ]
    press(page, "公布")
    heading(page, "示例银杏公示").wait_for()
    expect(page.get_by_text("已公布，公示到")).to_be_visible()
    [notice] = [
        one for one in Session(office.address, "auditor").get("/notices")["items"] if one["organisation_id"] == there
    ]

    organiser.post(f"/notices/{notice['id']}/objections", {"line": 1, "reason": "他那天不在(示例)"})
    tab(page, "公示异议")
    card = page.get_by_role("listitem").filter(has_text="他那天不在(示例)")
    card.get_by_text("答复", exact=True).click()
    card.get_by_label("答复内容").fill("查实，予以冲正(示例)")
    card.get_by_role("button", name="异议成立").click()
    expect(page.get_by_text("已答复：异议成立")).to_be_visible()
    expect(card).to_have_count(0)
    assert state_of(office, made) == "reversed"


def test_what_somebody_may_not_do_is_not_offered(opened: Opened, office: Office) -> None:
    page = signed_in(opened, office, "auditor")
    area(page, "审核")
    page.locator("admin-records").wait_for()
    expect(page.get_by_role("button", name="通过所选")).to_have_count(0)
    expect(page.get_by_role("checkbox")).to_have_count(0)
    expect(page.get_by_role("button", name="本人异议")).to_have_count(0)
    page.get_by_role("button", name="查看").first.click()
    page.locator("admin-record").wait_for()
    expect(page.get_by_role("button", name="通过")).to_have_count(0)


def test_a_list_is_taken_away_as_a_file(opened: Opened, office: Office) -> None:
    page = signed_in(opened, office, "reviewer-1")
    area(page, "审核")
    with page.expect_download() as told:
        press(page, "导出 CSV")
    assert told.value.suggested_filename.endswith(".csv")
    assert "志愿者编号" in told.value.path().read_text(encoding="utf-8-sig")
