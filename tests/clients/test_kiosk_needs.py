"""Wishes and requests at the kiosk: taken up and given back, made by one touch, asked for and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.clients.conftest import Opened, Served
from tests.clients.kiosk import heading, kept, leave, press, sign_in

pytestmark = pytest.mark.browser


def test_a_volunteer_takes_a_wish_up_makes_one_and_asks_for_help(opened: Opened, either: Served) -> None:
    page = opened(f"{either.address}/kiosk", kept=kept(either.ground))
    press(page, "看心愿墙")
    heading(page, "心愿墙").wait_for()
    expect(page.get_by_role("button", name="我来圆梦")).to_have_count(0)  # whoever is not known only looks
    press(page, "返回")
    sign_in(page, either.ground, either.ground.newcomer_no)

    press(page, "心愿墙")
    wish = page.locator("li", has_text="想要一本新华字典")
    wish.get_by_role("button", name="我来圆梦").click()
    expect(page.get_by_role("heading", name="我认领的")).to_be_visible()
    wish.get_by_role("button", name="退回墙上").click()
    page.get_by_role("dialog").get_by_role("button", name="退回墙上").click()
    expect(wish.get_by_role("button", name="我来圆梦")).to_be_visible()

    press(page, "我也有心愿")
    press(page, "想有人陪我散散步")
    expect(page.locator("li", has_text="想有人陪我散散步")).to_contain_text("已收到，正在核实")
    press(page, "我也有心愿")
    press(page, "想请人教我用手机")
    expect(page.get_by_text("同一人一年最多 2 个微心愿")).to_be_visible()

    leave(page)
    sign_in(page, either.ground, either.ground.newcomer_no)
    press(page, "我需要帮助")
    press(page, "楼道灯坏了")
    page.get_by_role("dialog").get_by_role("button", name="是的，请来").click()
    asked = page.locator("li", has_text="楼道灯坏了")
    expect(asked).to_contain_text("已收到，等待受理")
    asked.get_by_role("button", name="不用了").click()
    expect(asked).to_contain_text("已撤回")
