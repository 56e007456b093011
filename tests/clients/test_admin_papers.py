"""Reports with the entries behind them, and papers for one and for many, as the office makes them in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.test_server import Session
from tests.clients.admin import ACTIVITY, Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened
from tests.pictures import drawn

pytestmark = pytest.mark.browser


def kept(page: Page, words: str) -> Path:
    """What a button gives to keep."""
    with page.expect_download() as told:
        press(page, words)
    return Path(told.value.path())


def served(office: Office, name: str, minutes: int) -> str:
    """The number of somebody new, who served today."""
    organiser = Session(office.address, "organiser-1")
    of = {"organisation_id": office.organisation_id}
    number = organiser.post("/volunteers", of | {"name": name})["volunteer_no"]
    today = organiser.get("/bank")["today"]
    activity = organiser.post("/activities", of | ACTIVITY | {"title": "示例发证", "held_on": today})["id"]
    record = {"volunteer_no": number, "activity_id": activity, "minutes": minutes, "served_on": today}
    organiser.post("/service-records", record | {"capture_method": "clocked"})
    return str(number)


def is_pdf(path: Path) -> bool:
    return path.read_bytes().startswith(b"%PDF-")


def test_the_entries_behind_a_figure_add_up_to_it_and_the_report_prints(opened: Opened, office: Office) -> None:
    served(office, "示例郑月报", 60)
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "统计")
    tab(page, "月报")
    heading(page, "月报").wait_for()
    line = row(page, "发放").filter(visible=True).last
    figure = line.get_by_role("cell").first.inner_text()
    press(page, "看明细：发放")
    heading(page, "明细：发放").wait_for()
    given = page.locator("tbody td.number:last-child").all_inner_texts()
    assert given
    assert sum(int(each.removeprefix("+").replace("−", "-")) for each in given) == int(figure)
    press(page, "返回")
    heading(page, "月报").wait_for()
    assert is_pdf(kept(page, "月报（PDF）"))
    with page.expect_download() as annual:
        page.get_by_role("button", name="年度报告（PDF）").click()
    assert is_pdf(Path(annual.value.path()))


def test_a_volunteer_gets_a_certificate_and_a_dossier_and_many_get_theirs_at_once(
    opened: Opened, office: Office
) -> None:
    """Of people of this test's own: others look at those who were there before."""
    name = "示例吴证明"
    number = served(office, name, 90)
    organiser = Session(office.address, "organiser-1")
    page = opened(f"{office.address}/admin")
    sign_in(page, "organiser-1")
    area(page, "人员")
    page.get_by_label("查找").fill(name)
    press(page, "查找")
    row(page, name).get_by_role("button", name="打开").click()
    heading(page, name).wait_for()
    press(page, "证明、对账单与档案")
    heading(page, f"{name} 的证明与档案").wait_for()

    page.locator("summary", has_text="添加一条").click()
    page.locator("[name=title]").fill("示例急救培训")
    page.locator("[name=given_by]").fill("示例红十字会")
    press(page, "添加一条")
    expect(row(page, "示例急救培训")).to_be_visible()

    page.locator("summary", has_text="开具服务证明").click()
    press(page, "开具服务证明")
    certificate = row(page, "1 小时 30 分钟")
    expect(certificate).to_contain_text("有效")
    with page.expect_download() as paper:
        certificate.get_by_role("button", name="中英对照").click()
    assert is_pdf(Path(paper.value.path()))
    assert is_pdf(kept(page, "年度信（PDF）"))

    tab(page, "批量证明")
    heading(page, "批量证明与年度信").wait_for()
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    press(page, "打印年度信（PDF）")
    expect(page.get_by_text("请先选择志愿者。")).to_be_visible()
    grouped = f"{number[:3]} {number[3:6]} {number[6:]}"
    page.get_by_label(f"选择 {grouped}").check()
    expect(page.get_by_text("已选 1 人")).to_be_visible()
    assert is_pdf(kept(page, "打印年度信（PDF）"))
    assert is_pdf(kept(page, "开具并打印年度证明（PDF）"))
    assert len(organiser.get(f"/volunteers/{number}/certificates")["items"]) == 2


def test_a_seal_is_put_and_taken_away(opened: Opened, office: Office) -> None:
    name = "示例盖章单位"
    admin = Session(office.address, "admin-1")
    admin.post("/organisations", {"name": name, "level": "unit", "parent_id": office.organisation_id})
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "机构")
    row(page, name).get_by_role("button").last.click()
    heading(page, name).wait_for()
    expect(page.get_by_text("还没有上传印章。")).to_be_visible()
    page.get_by_label("印章图片").set_input_files({"name": "章.png", "mimeType": "image/png", "buffer": drawn("png")})
    press(page, "上传")
    expect(page.get_by_role("img", name="现在的印章")).to_be_visible()
    assert page.get_by_role("img", name="现在的印章").evaluate("each => each.decode().then(() => each.naturalWidth)")
    press(page, "去掉印章")
    expect(page.get_by_text("还没有上传印章。")).to_be_visible()
    with page.expect_download() as table:
        press(page, "下载")
    assert table.value.suggested_filename.endswith(".xlsx")
