"""A request from the telephone to its feedback, as those who answer for it live through it in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.api.test_server import Session
from tests.clients import needs
from tests.clients.admin import Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser


def at_requests(opened: Opened, office: Office, username: str) -> Page:
    page = opened(f"{office.address}/admin")
    sign_in(page, username)
    area(page, "需求")
    heading(page, "需求清单").wait_for()
    return page


def step(page: Page, name: str, words: str) -> None:
    """One step, with what there is to say of it."""
    fold = page.locator(f"[data-step={name}]")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    fold.locator("[name=words]").fill(words)
    fold.locator("[type=submit]").click()


def test_a_call_becomes_a_task_a_record_of_service_and_a_thank_you(opened: Opened, office: Office) -> None:
    page = at_requests(opened, office, "organiser-1")
    words = "示例阳台漏雨"
    press(page, "代为登记需求")
    heading(page, "代为登记需求").wait_for()
    page.get_by_label("在哪个小区").select_option(office.organisation_id)
    page.get_by_label("类别").select_option("plumbing")
    page.get_by_label("说了什么").fill(words)
    page.get_by_label("姓名", exact=False).fill("示例邻居")
    page.get_by_label("电话", exact=False).last.fill("12")
    press(page, "登记")
    expect(page.locator("[name='asker/phone']")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("说了什么")).to_have_value(words)  # nothing typed is lost
    page.locator("[name='asker/phone']").fill("13900000008")
    press(page, "登记")
    heading(page, f"水管：{words}").wait_for()
    expect(page.get_by_text("示例邻居")).to_have_count(0)  # nobody reads the whole name in passing

    accept = page.locator("[data-step=accept]")
    accept.get_by_label("紧急程度").select_option("utilities")
    accept.get_by_role("button", name="受理").click()
    expect(page.get_by_text("已受理。")).to_be_visible()
    expect(page.locator(".facts")).to_contain_text(re.compile("还剩 2[34] 小时"))

    page.get_by_text("联系提出人").click()
    press(page, "查看")
    expect(page.get_by_text("13900000008")).to_be_visible()

    press(page, "派单")
    heading(page, "派单").wait_for()
    page.get_by_label("做什么").fill("示例修阳台")
    page.get_by_label("活动类型").select_option("visiting")
    press(page, "派出")
    heading(page, "示例修阳台").wait_for()
    page.get_by_label("志愿者编号").fill(office.volunteers[1])
    press(page, "交给这位志愿者")
    expect(page.get_by_text("已交给这位志愿者。")).to_be_visible()

    page.locator("summary", has_text="完成").click()
    page.get_by_label("结果").fill("示例已修好")
    page.locator("[name='served/0/minutes']").fill("60")
    page.locator("details", has_text="填上每个人的时长").get_by_role("button", name="完成").click()
    expect(page.get_by_role("heading", name="记入的服务")).to_be_visible()
    expect(page.locator("section", has_text="记入的服务")).to_contain_text("1 小时")

    press(page, "返回")
    heading(page, f"水管：{words}").wait_for()
    step(page, "close", "示例已补好防水")
    expect(page.get_by_text("已办结，等待评价。")).to_be_visible()
    judge = page.locator("[data-step=feedback]")
    judge.get_by_role("button", name="记下回访").click()
    expect(judge.get_by_role("alert")).to_be_visible()  # who closed it does not judge it

    other = at_requests(opened, office, "desk-1")
    row(other, words).get_by_role("button", name="打开").click()
    other.locator("[data-step=feedback]").get_by_role("button", name="记下回访").click()
    expect(other.get_by_text("已记下回访。")).to_be_visible()
    expect(other.get_by_text("已满意了结", exact=True)).to_be_visible()


def test_who_was_beaten_to_a_step_is_told_and_keeps_what_was_typed(opened: Opened, office: Office) -> None:
    organiser = Session(office.address, "organiser-1")
    words = "示例下水道堵塞"
    body = {"organisation_id": office.organisation_id, "kind": "plumbing", "channel": "visit", "words": words}
    made = organiser.post("/requests", body)
    organiser.post(f"/requests/{made['id']}/accept", {})
    page = at_requests(opened, office, "organiser-1")
    page.get_by_label("状态").select_option("accepted")
    press(page, "查看")
    row(page, words).get_by_role("button", name="打开").click()
    heading(page, f"水管：{words}").wait_for()
    organiser.post(f"/requests/{made['id']}/escalate", {"to": "subdistrict", "words": "示例请求支援"})
    step(page, "close", "示例已疏通")
    expect(page.get_by_role("heading", name="这期间别人已经办过")).to_be_focused()
    expect(page.get_by_text("街道吹哨，等待答复")).to_be_visible()
    expect(page.get_by_text("您填写的是：示例已疏通")).to_be_visible()
    expect(page.locator("[data-step=close]")).to_have_count(0)  # it waits for those above
    step(page, "answer_escalation", "示例街道已派人")
    expect(page.get_by_text("已记下，继续办理。")).to_be_visible()


def test_an_administrator_sees_how_it_goes_but_takes_no_step(opened: Opened, office: Office) -> None:
    page = at_requests(opened, office, "admin-1")
    expect(page.get_by_role("button", name="代为登记需求")).to_have_count(0)
    row(page, needs.RAMP).get_by_role("button", name="打开").click()
    heading(page, f"安全隐患：{needs.RAMP}").wait_for()
    expect(page.get_by_text("街道吹哨，等待答复")).to_be_visible()
    expect(page.locator("[data-step]")).to_have_count(0)
    tab(page, "需求统计")
    heading(page, "需求统计").wait_for()
    page.get_by_label("分列").select_option("kind")
    press(page, "查看")
    [lamps] = [
        each
        for each in Session(office.address, "admin-1").get(
            f"/requests/report?from=2020-01-01&to={page.locator('[name=to]').input_value()}&by=kind"
        )["items"]
        if each["of"] == "lighting"
    ]
    expect(row(page, "照明").filter(visible=True).last).to_contain_text(f"照明{lamps['received']}")


def test_a_standing_offer_is_made_and_ended(opened: Opened, office: Office) -> None:
    page = at_requests(opened, office, "organiser-1")
    tab(page, "服务")
    heading(page, "服务清单").wait_for()
    page.locator("summary", has_text="添加服务").click()
    page.locator("[name=title]").fill("示例磨刀")
    page.locator("[name=place]").fill("示例小区广场")
    page.locator("[name=hours]").fill("每月 1 日上午")
    page.locator("form").get_by_role("button", name="添加服务").click()
    expect(row(page, "示例磨刀")).to_be_visible()
    press(page, "停办：示例磨刀")
    page.get_by_role("dialog").get_by_role("button", name="停办").click()
    expect(page.get_by_text("已停办。")).to_be_visible()
    expect(row(page, "示例磨刀")).to_have_count(0)


CLOCKS = """async () => {
  const { clock, lasting } = await import("/kit/requests.js");
  const now = Date.parse("2026-03-02T00:00:00Z");
  const at = (text, done = null) => clock(text, done, now).words;
  return [at("2026-03-02T03:20:00Z"), at("2026-03-05T05:00:00Z"), at("2026-03-01T22:30:00Z"),
    at("2026-03-02T03:00:00Z", "2026-03-02T02:00:00Z"), at("2026-03-02T01:00:00Z", "2026-03-02T02:00:00Z"), lasting(0)];
}"""


def test_a_clock_speaks_as_people_do(opened: Opened, sqlite_office: Office) -> None:
    page = opened(f"{sqlite_office.address}/admin")
    assert page.evaluate(CLOCKS) == [
        "还剩 3 小时 20 分钟",
        "还剩 3 天 5 小时",
        "已超时 1 小时 30 分钟",
        "按时",
        "晚了 1 小时",
        "不到 1 分钟",
    ]
