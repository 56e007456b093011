"""A wish from the counter to the thank-you, through everybody's client; and a form that residents answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.clients import admin, board, desk, organiser
from tests.clients.conftest import PHONE, Opened, Served
from tests.clients.kiosk import heading, kept, press, sign_in

pytestmark = pytest.mark.browser

WISHER, WISH, HELPER = "示例许愿老人", "想要一只放大镜", "示例圆梦志愿者"


def test_a_wish_is_taken_in_looked_over_granted_and_thanked_for(opened: Opened, either: Served) -> None:
    api = organiser.Organiser(either.address, either.ground)
    (helper,) = api.register(HELPER)

    counter = opened(f"{either.address}/desk", kept=desk.kept(either.ground))
    desk.sign_in(counter, "desk")
    press(counter, "登记心愿")
    counter.get_by_label("许愿人的原话").fill(WISH)
    counter.get_by_label("姓名").fill(WISHER)
    press(counter, "登记")
    expect(counter.get_by_text("已登记，等审核人核实。")).to_be_visible()
    expect(counter.get_by_label("姓名")).to_have_value("")

    # Looked over by somebody else; words that tell who it is are not hung up, and what was typed stays.
    pages = [opened(f"{either.address}/admin") for _ in range(2)]
    for page in pages:
        admin.sign_in(page, "reviewer")
        admin.area(page, "心愿与评议")
        page.get_by_role("button", name=f"查看：{WISH}").click()
        heading(page, WISH).wait_for()
    first, second = pages
    for page in pages:
        page.get_by_label("圆梦积分").fill("5")
        page.get_by_label("大约花费").fill("20")
        page.get_by_label("合法").check()
        page.get_by_label("办得到").check()
    first.get_by_label("上墙的文字").fill(f"{WISHER}{WISH}")
    press(first, "上墙")
    expect(first.get_by_text("公开的文字会暴露当事人")).to_be_visible()
    first.get_by_label("上墙的文字").fill(WISH)
    press(first, "上墙")
    expect(first.get_by_text("已上墙，可以认领了。")).to_be_visible()
    press(second, "上墙")
    expect(second.get_by_text("这期间别人已经办过")).to_be_visible()
    expect(second.get_by_text("已上墙", exact=True)).to_be_visible()

    wall = opened("about:blank")
    board.show(wall, either.address, "wishes")
    expect(wall.locator("li", has_text=WISH)).to_contain_text("等人认领")
    assert WISHER not in wall.content()

    # On a telephone: taken up for a volunteer who is there, and handed in.
    phone = opened(f"{either.address}/organiser", viewport=PHONE)
    organiser.sign_in(phone)
    organiser.way(phone, "心愿")
    phone.get_by_role("button", name=f"替人认领：{WISH}").click()
    phone.get_by_text("替在场的志愿者认领").click()
    phone.get_by_label("谁来圆梦").fill(HELPER)
    press(phone, "查找")
    phone.get_by_role("button", name=f"替他认领：{HELPER}").click()
    expect(phone.get_by_text(f"{HELPER[0]}{'*' * (len(HELPER) - 2)}{HELPER[-1]}").first).to_be_visible()
    press(phone, "交上")
    expect(phone.get_by_text("请填写")).to_be_visible()
    phone.get_by_label("圆梦情况").fill("示例：放大镜已交到手里，网格员在场")
    press(phone, "交上")
    expect(phone.get_by_text("已交上，等许愿人确认。")).to_be_visible()

    # Confirmed by somebody who neither looked it over nor handed it in.
    first.reload()
    press(first, "退出")
    admin.sign_in(first, "desk")
    admin.area(first, "心愿与评议")
    press(first, "待确认")
    first.get_by_role("button", name=f"查看：{WISH}").click()
    press(first, "确认圆梦")
    expect(first.get_by_role("heading", name="计入了什么")).to_be_visible()
    expect(first.get_by_text(f"{helper}：5 分")).to_be_visible()
    assert api.get(f"/volunteers/{helper}/balance")["points"]["available"] == 5
    wall.reload()
    expect(wall.locator("li", has_text=WISH)).to_contain_text("实现")


def test_a_form_is_put_out_and_answered_once(opened: Opened, either: Served) -> None:
    title = "示例食堂评议"
    today = date.fromisoformat(organiser.Organiser(either.address, either.ground).get("/bank")["today"])
    office = opened(f"{either.address}/admin")
    admin.sign_in(office, "admin")
    admin.area(office, "心愿与评议")
    admin.tab(office, "评议")
    press(office, "发起评议")
    press(office, "发出")
    expect(office.get_by_text("请填写").first).to_be_visible()
    office.get_by_label("名称").fill(title)
    office.get_by_label("最后一天").fill((today + timedelta(days=3)).isoformat())
    office.get_by_role("textbox", name="问题").fill("饭菜可口吗(示例)\n地方干净吗(示例)")
    press(office, "发出")
    expect(admin.row(office, title)).to_contain_text("进行中")

    page = opened(f"{either.address}/kiosk", kept=kept(either.ground))
    sign_in(page, either.ground, either.ground.newcomer_no)
    page.get_by_role("button", name="请您评议").click()
    page.get_by_role("button", name=f"开始打分：{title}").click()
    expect(page.get_by_text("匿名：只记下您评过")).to_be_visible()
    page.get_by_role("button", name="4 分").first.click()
    press(page, "交上去")
    expect(page.get_by_text("还有问题没有打分。")).to_be_visible()
    page.get_by_role("button", name="5 分").last.click()
    press(page, "交上去")
    page.get_by_role("dialog").get_by_role("button", name="交上去").click()
    expect(page.get_by_text("已计入，谢谢您的意见。")).to_be_visible()
    expect(page.get_by_role("button", name=f"开始打分：{title}")).to_have_count(0)
