"""The volunteer's visit to a kiosk, end to end."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.api.conftest import PASSWORD
from tests.api.test_server import Session
from tests.clients import kiosk
from tests.clients.conftest import PORTRAIT, Opened, Served
from tests.clients.ground import PIN
from tests.clients.kiosk import digits, heading, leave, press, scan, sign_in

pytestmark = pytest.mark.browser

WRONG = "583915"
NEXT = "702964"


@pytest.fixture
def page(opened: Opened, shared: Served) -> Page:
    """A paired kiosk, waiting."""
    page = opened(f"{shared.address}/kiosk", kept=kiosk.kept(shared.ground))
    heading(page, "请刷积分卡").wait_for()
    return page


def test_a_volunteer_sees_what_they_have_why_and_what_for(opened: Opened, either: Served) -> None:
    page = opened(f"{either.address}/kiosk", viewport=PORTRAIT, kept=kiosk.kept(either.ground))
    heading(page, "请刷积分卡").wait_for()
    scan(page, either.ground.card)
    expect(page.get_by_text("示***英，您好")).to_be_visible()
    expect(page.get_by_text("账上积分 20 分")).to_be_visible()
    digits(page, PIN)
    expect(heading(page, "示例王秀英，您好")).to_be_focused()
    expect(page.get_by_label("可用积分")).to_contain_text("20")
    expect(page.get_by_label("可用积分")).to_contain_text("有效到")
    expect(page.get_by_label("服务时长")).to_contain_text("14 小时")
    press(page, "看积分明细")
    first = page.locator(".entry").first
    expect(first).to_contain_text("兑换 示例牙膏×2")
    expect(first).to_contain_text("−4")
    expect(first).to_contain_text("之后结余 20")
    expect(page.locator(".entry").nth(1)).to_contain_text("探访老人 1 小时 30 分钟, +3 分")
    press(page, "时长")
    expect(page.locator(".entry").first).to_contain_text("+1 小时 30 分钟")
    press(page, "返回")
    press(page, "看可换的奖品")
    expect(page.locator(".prize", has_text="示例大米")).to_contain_text("够换")
    expect(page.locator(".prize", has_text="示例理发券")).to_contain_text("还差 10 分")
    leave(page)
    expect(page.get_by_text("示例王秀英")).to_have_count(0)


def test_a_code_on_the_screen_lets_in_at_the_next_kiosk_once(opened: Opened, shared: Served, page: Page) -> None:
    sign_in(page, shared.ground)
    with page.expect_response("**/screen-code") as told:
        press(page, "出示我的码")
    expect(page.get_by_role("img", name="您的二维码")).to_be_visible()
    code = told.value.json()["code"]
    other = opened(f"{shared.address}/kiosk", kept=kiosk.kept(shared.ground))
    heading(other, "请刷积分卡").wait_for()
    scan(other, code)
    heading(other, "示例王秀英，您好").wait_for()
    leave(other)
    scan(other, code)
    expect(other.get_by_role("status").filter(has_text="编号、卡或密码不正确")).to_be_visible()


def test_a_wrong_pin_is_told_and_the_next_try_lets_in(page: Page, shared: Served) -> None:
    press(page, "没带卡，输入编号")
    digits(page, shared.ground.newcomer_no)
    heading(page, "请输入密码").wait_for()
    digits(page, WRONG)
    expect(page.get_by_role("alert")).to_have_text("编号、卡或密码不正确")
    expect(page.locator("kit-keypad output")).to_have_text("○○○○○○")
    digits(page, PIN)
    heading(page, "示例新来者，您好").wait_for()
    press(page, "看积分明细")
    expect(page.get_by_text("还没有记录")).to_be_visible()


def test_a_slip_of_the_finger_is_caught_before_anybody_is_asked(page: Page, shared: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "没带卡，输入编号")
    number = shared.ground.volunteer_no
    digits(page, number[:-1] + str((int(number[-1]) + 1) % 10))
    expect(page.get_by_role("alert")).to_contain_text("这个编号不对")
    assert asked == []


def test_a_keyboard_will_do_as_well(page: Page, shared: Served) -> None:
    page.get_by_role("button", name="没带卡，输入编号").focus()
    page.keyboard.press("Enter")
    heading(page, "请输入志愿者编号").wait_for()
    page.keyboard.type(shared.ground.volunteer_no, delay=70)
    heading(page, "请输入密码").wait_for()
    page.keyboard.type(PIN[:3] + "0", delay=70)
    expect(page.locator("kit-keypad output")).to_have_text("●●●●○○")
    page.keyboard.press("Backspace")
    page.keyboard.type(PIN[3:], delay=70)
    page.locator("kiosk-home").wait_for()


def test_whoever_comes_next_sees_nothing_by_the_back_button_or_a_reload(page: Page, shared: Served) -> None:
    sign_in(page, shared.ground)
    press(page, "看积分明细")
    page.locator(".entry").first.wait_for()
    with page.expect_response("**/sign-out") as signed_out:
        leave(page)
    assert signed_out.value.status == 200
    address = page.url
    page.go_back()
    page.go_forward()
    assert page.url == address
    heading(page, "请刷积分卡").wait_for()
    page.reload()
    heading(page, "请刷积分卡").wait_for()
    held = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.documentElement.outerHTML])")
    assert shared.ground.volunteer_no not in held
    assert "王秀英" not in held


def test_whoever_walks_away_by_the_back_button_is_signed_out(page: Page, shared: Served) -> None:
    with page.expect_response("**/auth/volunteer") as told:
        sign_in(page, shared.ground)
    token = {"Authorization": f"Bearer {told.value.json()['access_token']}"}
    known = f"{shared.address}/api/v1/auth/volunteer"
    assert requests.get(known, headers=token, timeout=10).status_code == 200
    page.go_back()
    page.go_forward()
    heading(page, "请刷积分卡").wait_for()
    expect(page.get_by_text("王秀英")).to_have_count(0)
    assert requests.get(known, headers=token, timeout=10).status_code == 401


def test_who_stands_still_is_asked_and_then_signed_out(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/kiosk", kept=kiosk.kept(shared.ground), clock=True)
    heading(page, "请刷积分卡").wait_for()
    sign_in(page, shared.ground)
    press(page, "Switch to English")
    page.clock.run_for(36_000)
    still = page.get_by_role("dialog", name="Are you still here?")
    expect(still).to_contain_text("You will be signed out in")
    with page.expect_response("**/renew") as renewed:
        press(page, "I am here, go on")
    assert renewed.value.status == 200
    expect(still).to_have_count(0)
    page.clock.run_for(20_000)
    expect(still).to_have_count(0)
    page.clock.run_for(36_000)
    heading(page, "请刷积分卡").wait_for()
    expect(page.get_by_text("为保护您的信息，已自动退出")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_staff_help_at_the_kiosk_in_their_own_name(page: Page, shared: Served) -> None:
    press(page, "请工作人员帮忙")
    page.get_by_label("工作人员用户名").fill("desk")
    page.get_by_label("密码", exact=True).fill("nothing like it")
    page.get_by_label("志愿者编号").fill(shared.ground.volunteer_no)
    page.get_by_label("协助原因").select_option(label="没有密码或忘了密码")
    press(page, "打开账户")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不正确")
    expect(page.get_by_label("志愿者编号")).to_have_value(shared.ground.volunteer_no)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "打开账户")
    heading(page, "示例王秀英，您好").wait_for()
    expect(page.get_by_text("工作人员正在协助您")).to_be_visible()
    expect(page.get_by_role("button", name="出示我的码")).to_have_count(0)
    with page.expect_response("**/auth/revoke") as revoked:
        leave(page)
    assert revoked.value.status == 200


def test_a_pin_is_changed_by_who_knows_the_old_one(page: Page, shared: Served) -> None:
    sign_in(page, shared.ground, shared.ground.changer_no)
    press(page, "修改密码")
    for typed, then in (
        (WRONG, "再输入新密码"),
        (NEXT, "再输入一遍"),
        (WRONG, "两遍新密码不一样"),
        (NEXT, "再输入一遍"),
        (NEXT, "密码不正确"),
        (PIN, "再输入新密码"),
        (NEXT, "再输入一遍"),
        (NEXT, "密码已修改"),
    ):
        digits(page, typed)
        page.get_by_text(then).wait_for()
    page.locator("kiosk-home").wait_for()


def test_a_kiosk_is_paired_by_its_code_and_unpaired_when_it_is_revoked(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/kiosk")
    code = page.locator("output.huge")
    code.wait_for()
    admin = Session(shared.address, "admin")
    wanted = {"kind": "kiosk", "user_code": code.inner_text(), "organisation_id": str(shared.ground.template.here.id)}
    device = admin.post("/auth/devices/approve", wanted)
    heading(page, "请刷积分卡").wait_for()
    expect(page.locator("#top")).to_contain_text("梧桐社区")
    page.reload()
    heading(page, "请刷积分卡").wait_for()
    at = f"{admin.address}/auth/devices/{device['id']}"
    tag = requests.get(at, headers=admin.headers, timeout=10).headers["ETag"]
    assert requests.delete(at, headers=admin.headers | {"If-Match": tag}, timeout=10).ok
    press(page, "看看奖品")
    heading(page, "这台自助机还没有启用").wait_for()
