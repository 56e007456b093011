"""What is kept of people, whom the bank's settings bind, and the ledger itself, in an administrator's browser."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.api.test_server import Session
from tests.clients.admin import Office, area, heading, of_rules, press, row, rules_text, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser


def rights_of(opened: Opened, office: Office, name: str) -> tuple[Page, str]:
    body = {"organisation_id": office.organisation_id, "name": name}
    number = Session(office.address, "organiser-1").post("/volunteers", body)["volunteer_no"]
    page = opened(f"{office.address}/admin")
    sign_in(page, "all-1")
    area(page, "人员")
    page.get_by_label("查找").fill(name)
    press(page, "查找")
    row(page, name).get_by_role("button", name="打开").click()
    heading(page, name).wait_for()
    press(page, "同意、卡和个人权利")
    heading(page, f"{name}：同意、卡和个人权利").wait_for()
    return page, number


def test_consents_are_noted_a_card_is_lost_and_who_looked_is_told(opened: Opened, office: Office) -> None:
    page, number = rights_of(opened, office, "示例周某某")
    page.get_by_text("记一笔同意或撤回").click()
    page.get_by_label("事项").select_option("photo")
    press(page, "登记")
    expect(page.get_by_text("已记录。")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="同意拍照").get_by_text("有效")).to_be_visible()
    press(page, "发卡")
    expect(page.get_by_text(re.compile("尾号 .*可用"))).to_be_visible()
    press(page, "挂失")
    page.get_by_role("dialog").get_by_role("button", name="挂失", exact=True).click()
    expect(page.get_by_text(re.compile("已停用（挂失）"))).to_be_visible()
    expect(page.get_by_role("button", name="发卡")).to_be_visible()
    cards = Session(office.address, "desk-1").get(f"/volunteers/{number}/cards")["items"]
    assert [one["ended_for"] for one in cards] == ["lost"]
    expect(page.locator("kit-table").filter(has_text="谁看过").get_by_text("您").first).to_be_visible()
    page.get_by_text("抹去个人信息").click()
    expect(page.get_by_text("账户还在用")).to_be_visible()


def test_who_left_is_erased_after_what_it_means_was_said(opened: Opened, office: Office) -> None:
    page, number = rights_of(opened, office, "示例郑某某")
    Session(office.address, "reviewer-1").post(f"/volunteers/{number}/closing", {"reason": "left"})
    press(page, "返回")
    press(page, "同意、卡和个人权利")
    page.get_by_text("抹去个人信息").click()
    typed = page.get_by_label("输入志愿者编号确认")
    for digits in ("1234567890", number):
        typed.fill(digits)
        press(page, "抹去，不能恢复")
        if digits != number:
            expect(page.get_by_text("和这位志愿者的编号不一样")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="抹去，不能恢复").click()
    expect(page.get_by_text(re.compile("^已抹去"))).to_be_visible()
    known = Session(office.address, "organiser-1").get("/volunteers?limit=200")["items"]
    assert "示例郑某某" not in [one["name"] for one in known]


def test_two_administrators_changing_the_settings_are_told(opened: Opened, office: Office) -> None:
    one, other = (opened(f"{office.address}/admin") for _ in range(2))
    for page, username in ((one, "admin-1"), (other, "admin-2")):
        sign_in(page, username)
        area(page, "机构")
        tab(page, "设置")
        heading(page, "设置").wait_for()
    many = "连续多少周一模一样要提醒"
    now = Session(office.address, "admin-1").get("/record-settings")["weeks_alike"]
    one.get_by_label(many).fill(str(now + 1))
    one.locator("form").last.get_by_role("button", name="保存").click()
    expect(one.get_by_text("已保存。")).to_be_visible()
    other.get_by_label(many).fill(str(now + 2))
    other.locator("form").last.get_by_role("button", name="保存").click()
    expect(other.get_by_role("heading", name="这期间别人改过它")).to_be_focused()
    expect(other.get_by_label(many)).to_have_value(str(now + 2))
    other.locator("form").last.get_by_role("button", name="保存").click()
    expect(other.get_by_text("已保存。")).to_be_visible()
    assert Session(office.address, "admin-1").get("/record-settings")["weeks_alike"] == now + 2


def test_a_day_of_the_calendar_is_written_down_with_its_source(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "机构")
    tab(page, "工作日")
    for _ in range(3):
        press(page, "下一年")
    year = int(Session(office.address, "admin-1").get("/bank")["today"][:4]) + 3
    heading(page, "工作日与调休").wait_for()
    page.get_by_role("heading", name=f"{year} 年").wait_for()
    page.locator("summary").filter(has_text="录入放假或调休").click()
    page.get_by_label("日子").fill(f"{year}-08-15")
    page.get_by_label("上班还是放假").select_option("rest")
    press(page, "录入放假或调休")
    expect(page.get_by_label("依据")).to_be_focused()  # what is missing is told at its field
    page.get_by_label("依据").fill("示例通知一号")
    press(page, "录入放假或调休")
    expect(page.get_by_role("row").filter(has_text="示例通知一号")).to_contain_text("放假")


def test_a_file_stands_beside_the_stage_that_it_belongs_to(opened: Opened, office: Office) -> None:
    admin = Session(office.address, "admin-1")
    today = date.fromisoformat(admin.get("/bank")["today"])
    draft = admin.post("/rulebooks", of_rules(office.template, rules_text(today, 17), "示例第十七版"))["id"]
    admin.post(f"/rulebooks/{draft}/steps", {"stage": "proposed"})
    page = opened(f"{office.address}/admin")
    sign_in(page, "secretary")
    area(page, "规则")
    tab(page, "提案")
    row(page, "示例第十七版").get_by_role("button").last.click()
    heading(page, "示例第十七版").wait_for()
    page.locator("summary").filter(has_text="记录这个环节").first.click()
    files = page.get_by_label("加附件")
    files.set_input_files({"name": "示例纪要.txt", "mimeType": "text/plain", "buffer": b"words"})
    expect(page.locator("kit-field").filter(has_text="加附件").locator(".fault")).to_be_visible()
    files.set_input_files({"name": "示例纪要.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.get_by_text("已附上：示例纪要.pdf")).to_be_visible()
    for name, value in (("present", "7"), ("votes_for", "6"), ("votes_against", "0"), ("votes_abstained", "1")):
        page.locator(f"[name='bodies/0/{name}']").fill(value)
    page.locator("[name='bodies/0/persons']").fill("张示甲\n李示乙")
    page.locator("details[open] button.primary").click()
    expect(page.get_by_text(re.compile("示例纪要.pdf（不公开"))).to_be_visible()


def test_an_auditor_finds_a_transaction_and_takes_its_proof(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "auditor")
    area(page, "审计与核验")
    tab(page, "总账")
    heading(page, "总账").wait_for()
    page.get_by_label("种类").select_option("redemption")
    press(page, "查找")
    found = page.locator("kit-table").first.locator("tbody tr")
    expect(found.first).to_contain_text("兑换")
    found.first.click()
    page.get_by_role("heading", name=re.compile("第 .* 笔：兑换")).wait_for()
    expect(page.locator("kit-table tbody tr")).not_to_have_count(0)
    with page.expect_download() as taken:
        press(page, "取证明文件")
    assert taken.value.path().read_text().startswith("c2sp.org/tlog-proof@v1")


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
