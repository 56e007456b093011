"""A rulebook changed through all stages, by six people in their browsers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.clients.admin import Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser

TITLE = "示例第三版"


def proposal(page: Page, office: Office, username: str) -> None:
    """Somebody else signs in, in this browser, and opens the proposal."""
    if page.get_by_role("button", name="退出").is_visible():
        press(page, "退出")
    heading(page, "工作人员登录").wait_for()
    sign_in(page, username)
    area(page, "规则")
    page.locator("admin-rulebooks").wait_for()
    tab(page, "提案")
    row(page, TITLE).get_by_role("button", name="查看").click()
    heading(page, TITLE).wait_for()
    page.get_by_text("记录这个环节").click()


def vote(page: Page, present: str = "7", votes: str = "6") -> None:
    for body in page.locator("fieldset.body").all():
        body.get_by_label("到会", exact=True).fill(present)
        body.get_by_label("同意", exact=True).fill(votes)
        body.get_by_label("到会人员").fill("张示甲\n李示乙")


def test_a_rulebook_is_changed_through_all_stages(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "规则")
    row(page, "现行").get_by_role("button", name="阅读").click()
    press(page, "起草下一版")
    heading(page, "新草稿").wait_for()
    text = page.get_by_role("textbox", name="规则数据")
    written = text.input_value()
    assert "version: 2\n" in written
    good = written.replace("version: 2\n", "version: 3\n").replace("points: 3\n", "points: 4\n", 1)
    line = good[: good.index("per: half_hour")].count("\n") + 1
    text.fill(good.replace("per: half_hour", "per: half_an_hour", 1))
    expect(page.get_by_role("button", name=f"第 {line} 行")).to_be_visible()  # while it is typed
    expect(page.locator(".numbers .wrong")).to_have_text(str(line))
    text.fill(good)
    expect(page.locator(".findings li")).to_have_count(0)
    expect(page.locator(".sentences")).to_contain_text("第 3 版")
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("理由").fill("居民提出(示例)")
    press(page, "存为草稿")
    expect(page.get_by_text("草稿已保存。")).to_be_visible()

    press(page, "试算这份草稿")
    heading(page, f"试算：{TITLE}").wait_for()
    press(page, "试算")
    expect(page.get_by_role("heading", name="的试算结果")).to_be_focused()
    expect(page.locator(".figure").filter(has_text="实际发放").locator("output")).not_to_have_text("")
    press(page, "返回")
    heading(page, TITLE).wait_for()
    press(page, "提议")
    expect(page.get_by_text("已提议，进入下一个环节。")).to_be_visible()

    proposal(page, office, "reviewer-1")
    vote(page, votes="3")
    press(page, "记录并公开")
    expect(page.get_by_role("alert").filter(visible=True)).not_to_have_text("")  # not carried: nothing typed is lost
    expect(page.get_by_label("到会", exact=True)).to_have_value("7")
    vote(page)
    press(page, "记录并公开")
    expect(page.get_by_text("小区党组织：到会 7，同意 6")).to_be_visible()
    page.get_by_text("记录这个环节").click()
    vote(page)
    press(page, "记录并公开")
    expect(page.get_by_role("alert").filter(visible=True)).not_to_have_text("")  # the next stage is somebody else's

    for username, body in (("reviewer-2", "业委会"), ("reviewer-3", "联席会议")):
        proposal(page, office, username)
        vote(page)
        press(page, "记录并公开")
        expect(page.get_by_text(f"{body}：到会 7，同意 6")).to_be_visible()
    proposal(page, office, "secretary")
    press(page, "记录并公开")
    expect(page.get_by_text("已决定并公开")).to_be_visible()
    tab(page, "积分规则")
    expect(row(page, "待生效").filter(has_text="3")).to_be_visible()
