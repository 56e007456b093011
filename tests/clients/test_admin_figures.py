"""Prices, figures and the audit, as administrators and auditors see them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.test_server import Session
from tests.clients.admin import Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser


def test_a_price_list_is_drafted_from_the_catalogue(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-2")
    area(page, "奖品与积分")
    press(page, "起草价目表")
    heading(page, "新草稿").wait_for()
    page.get_by_label("标题").fill("示例价目")
    page.get_by_label("理由").fill("年度调整(示例)")
    text = page.get_by_role("textbox", name="规则数据")
    assert "示例牙膏" in text.input_value()
    text.fill(text.input_value().replace("points: 1", "points: 2"))
    press(page, "存为草稿")
    expect(page.get_by_text("草稿已保存。")).to_be_visible()
    expect(page.locator(".findings li")).to_have_count(0)
    press(page, "提议")
    expect(page.get_by_text("已提议，进入下一个环节。")).to_be_visible()
    expect(page.get_by_role("region", name="规则数据")).to_contain_text("points: 2")


def test_the_charts_say_what_the_ledger_says(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "统计")
    chart = page.get_by_role("figure").filter(has_text="积分：发放、兑换、失效")
    chart.get_by_text("看数据表").click()
    told = Session(office.address, "auditor").get("/reports/figures?every=month")["items"]
    [one] = [each for each in told if each["points_redeemed"]]
    assert one["points_redeemed"] == -1
    line = row(page, one["period"]).filter(visible=True)
    expect(line).to_contain_text(f"{one['points_issued']}{-one['points_redeemed']}")
    with page.expect_download() as kept:
        chart.get_by_role("button", name="导出 XLSX").click()
    assert kept.value.suggested_filename.endswith(".xlsx")


def test_an_auditor_searches_the_audit(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "auditor")
    area(page, "审计与核验")
    page.get_by_label("操作代码").fill("not a code!")
    press(page, "查询")
    expect(page.get_by_label("操作代码")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("操作代码").fill("change")
    page.get_by_label("对象", exact=False).first.fill("privacy_rules")
    press(page, "查询")
    heading(page, "审计").wait_for()
    tab(page, "公开日志")
    expect(page.get_by_text("bank.example+")).to_be_visible()
