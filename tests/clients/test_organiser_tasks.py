"""A task on an organiser's telephone: given to a neighbour, reported done, and the service recorded with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.clients.conftest import PHONE, Opened, Served
from tests.clients.kiosk import heading, press
from tests.clients.organiser import Organiser, sign_in, way

pytestmark = pytest.mark.browser
TITLE, NAME, PHONE_NO = "示例送药上门", "示例孙任务", "13900000007"


def test_a_task_is_given_done_and_recorded_without_keying_it_in_twice(opened: Opened, either: Served) -> None:
    organiser = Organiser(either.address, either.ground)
    (number,) = organiser.register(NAME)
    neighbour = {"asker": {"name": "示例邻居", "phone": PHONE_NO, "flat": "示例苑 201"}}
    asked = {"kind": "care", "channel": "phone", "words": "示例想请人取药"}
    request = f"/requests/{organiser.post('/requests', organiser.of | asked | neighbour)['id']}"
    organiser.post(f"{request}/accept", {})
    task = {"kind": "visiting", "title": TITLE, "person_in_charge": "示例负责人"}
    made = organiser.post(f"{request}/tasks", organiser.of | task)

    page = opened(f"{either.address}/organiser", viewport=PHONE)
    sign_in(page)
    way(page, "任务")
    heading(page, "任务").wait_for()
    press(page, f"打开：{TITLE}")
    heading(page, TITLE).wait_for()
    press(page, "联系提出人")
    expect(page.get_by_role("dialog")).to_contain_text(PHONE_NO)
    press(page, "关闭")
    expect(page.get_by_text(PHONE_NO)).to_have_count(0)

    page.get_by_label("交给哪位志愿者").fill(NAME)
    press(page, "查找")
    press(page, f"交给 TA：{NAME}")
    expect(page.get_by_text(f"已交给 {NAME}。")).to_be_visible()
    page.locator("summary", has_text="完成任务").click()
    page.get_by_label("结果").fill("示例药已送到")
    page.locator("[name='served/0/minutes']").fill("2000")
    press(page, "报告完成")
    expect(page.locator("[name='served/0/minutes']")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("结果")).to_have_value("示例药已送到")
    page.locator("[name='served/0/minutes']").fill("60")
    press(page, "报告完成")
    expect(page.get_by_role("heading", name="记入的服务")).to_be_visible()
    page.get_by_role("button", name="看记录").click()
    page.locator("organiser-record").wait_for()
    expect(page.locator("organiser-record")).to_contain_text(TITLE)
    assert organiser.get(f"/tasks/{made['id']}")["helping"] == [
        {"volunteer_no": number, "name": "示***务", "minutes": 60}
    ]

    way(page, "任务")
    heading(page, "任务").wait_for()
    press(page, "已完成")
    expect(page.locator("organiser-tasks")).to_contain_text("示例药已送到")
