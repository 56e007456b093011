"""What administrators do with people, staff and devices, in a browser."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.api.test_server import Session
from tests.clients.admin import Office, area, heading, press, row, sign_in, tab
from tests.clients.conftest import Opened

pytestmark = pytest.mark.browser


def person(opened: Opened, office: Office, username: str, name: str) -> Page:
    page = opened(f"{office.address}/admin")
    sign_in(page, username)
    area(page, "人员")
    page.get_by_label("查找").fill(name)
    press(page, "查找")
    heading(page, "志愿者").wait_for()
    row(page, name).get_by_role("button", name="打开").click()
    heading(page, name).wait_for()
    return page


def test_two_administrators_editing_the_same_person_are_told(opened: Opened, office: Office) -> None:
    at_first = "示例赵某某"
    body = {"organisation_id": office.organisation_id, "name": at_first}
    number = Session(office.address, "organiser-1").post("/volunteers", body)["volunteer_no"]
    one, other = (person(opened, office, username, at_first) for username in ("admin-1", "admin-2"))
    one.get_by_label("姓名", exact=True).fill("示例赵大")
    press(one, "保存")
    expect(one.get_by_text("已保存。")).to_be_visible()

    other.get_by_label("姓名", exact=True).fill("示例赵小")
    press(other, "保存")
    expect(other.get_by_role("heading", name="这期间别人改过它")).to_be_focused()
    expect(other.get_by_text("姓名：现在是“示例赵大”")).to_be_visible()
    expect(other.get_by_label("姓名", exact=True)).to_have_value("示例赵小")  # nothing typed is lost
    assert name_of(office, number) == "示例赵大"  # nothing was overwritten either
    press(other, "采用别人的：姓名")
    expect(other.get_by_label("姓名", exact=True)).to_have_value("示例赵大")
    other.get_by_label("姓名", exact=True).fill("示例赵中")
    press(other, "保存")
    expect(other.get_by_text("已保存。")).to_be_visible()
    assert name_of(office, number) == "示例赵中"


def name_of(office: Office, number: str) -> str:
    told: dict[str, Any] = Session(office.address, "organiser-1").get(f"/volunteers/{number}")
    return str(told["name"])


def test_who_looks_registered_already_is_pointed_out_and_nothing_typed_is_lost(opened: Opened, office: Office) -> None:
    name = "示例孙同名"
    Session(office.address, "organiser-1").post(
        "/volunteers", {"organisation_id": office.organisation_id, "name": name, "phone": "13900000002"}
    )
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "人员")
    press(page, "登记志愿者")
    heading(page, "登记志愿者").wait_for()
    page.get_by_label("姓名", exact=True).fill(name)
    page.locator("[name=phone]").fill("13900000002")
    page.get_by_label("组织").select_option(office.organisation_id)
    press(page, "登记")
    expect(page.get_by_text("看起来已经登记过")).to_be_focused()
    expect(page.get_by_label("姓名", exact=True)).to_have_value(name)
    page.get_by_label("已核对，是另一个人").check()
    press(page, "登记")
    heading(page, name).wait_for()
    expect(page.get_by_text("已登记。")).to_be_visible()
    assert len(Session(office.address, "organiser-1").get(f"/volunteers?q={name}")["items"]) == 2


def test_somebody_is_hired_in_two_roles_and_a_role_is_taken_away(opened: Opened, office: Office) -> None:
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-1")
    area(page, "机构")
    tab(page, "工作人员")
    press(page, "添加工作人员")
    heading(page, "添加工作人员").wait_for()
    page.get_by_label("姓名", exact=True).fill("示例新同事")
    page.get_by_label("用户名").fill("newcomer")
    page.get_by_label("临时密码").fill("correct horse battery")
    for role in ("organiser", "desk"):
        page.get_by_label("职务", exact=True).select_option(role)
        page.get_by_label("组织", exact=True).select_option(office.organisation_id)
        press(page, "加上")
    press(page, "添加")
    heading(page, "示例新同事").wait_for()
    press(page, "去掉：兑换点（梧桐社区）")
    press(page, "保存")
    expect(page.get_by_text("已保存。")).to_be_visible()
    [hired] = [
        one
        for one in Session(office.address, "admin-1").get("/staff?limit=200")["items"]
        if one["username"] == "newcomer"
    ]
    assert (hired["roles"], hired["password_is_temporary"]) == (
        [{"role": "organiser", "organisation_id": office.organisation_id}],
        True,
    )


def test_a_kiosk_is_paired_by_its_code_and_revoked(opened: Opened, office: Office) -> None:
    asked = {"kind": "kiosk", "name": "示例二楼大厅"}
    told = requests.post(f"{office.address}/api/v1/auth/device_authorization", json=asked, timeout=30).json()
    page = opened(f"{office.address}/admin")
    sign_in(page, "admin-2")
    area(page, "机构")
    tab(page, "设备")
    page.get_by_label("配对码").fill(told["user_code"])
    press(page, "核对")
    expect(page.get_by_label("名称")).to_have_value("示例二楼大厅")
    page.get_by_label("组织").select_option(office.organisation_id)
    press(page, "批准启用")
    expect(page.get_by_text("设备已启用。")).to_be_visible()
    row(page, "示例二楼大厅").get_by_role("button", name="停用").click()
    page.get_by_role("dialog").get_by_role("button", name="停用", exact=True).click()
    expect(page.get_by_text("设备已停用。")).to_be_visible()
    expect(row(page, "示例二楼大厅")).to_contain_text("已停用")
