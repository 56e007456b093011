"""The volunteer's visit to a kiosk, end to end."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import requests
from playwright.sync_api import Page, expect

from tests.api.conftest import PASSWORD
from tests.api.test_server import Session
from tests.banks import SHANGHAI
from tests.clients import kiosk
from tests.clients.conftest import PORTRAIT, Opened, Served
from tests.clients.ground import ACTIVITY, PIN
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
    expect(page.get_by_label("可用积分")).to_contain_text("18")
    expect(page.get_by_label("可用积分")).to_contain_text("另有 2 分已预订")
    expect(page.get_by_label("可用积分")).to_contain_text("有效到")
    expect(page.get_by_label("服务时长")).to_contain_text("14 小时")
    press(page, "看积分明细")
    for reason, *words in (
        ("预订 示例牙膏×1", "预订奖品", "扣住 2", "之后结余 20"),
        ("兑换 示例牙膏×2", "兑换奖品", "−4", "之后结余 20"),
        ("探访老人 1 小时 30 分钟, +3 分", "志愿服务", "+3", "之后结余 24"),
    ):
        for word in words:
            expect(page.locator(".entry", has_text=reason)).to_contain_text(word)
    press(page, "时长")
    expect(page.locator(".entry").first).to_contain_text("+1 小时 30 分钟")
    press(page, "返回")
    press(page, "看可换的奖品")
    expect(page.locator(".prize", has_text="示例大米")).to_contain_text("够换")
    expect(page.locator(".prize", has_text="示例理发券")).to_contain_text("还差 12 分")
    leave(page)
    expect(page.get_by_text("示例王秀英")).to_have_count(0)


def test_a_prize_is_set_aside_collected_with_a_code_or_given_up(page: Page, shared: Served) -> None:
    sign_in(page, shared.ground)
    press(page, "看可换的奖品")
    dear = page.locator(".prize", has_text="示例理发券")
    expect(dear.get_by_role("button")).to_have_count(0)
    page.locator(".prize", has_text="示例洗衣液").get_by_role("button", name="预订").click()
    expect(heading(page, "我的预订")).to_be_focused()
    kept = page.locator(".reservation", has_text="示例洗衣液 × 1")
    expect(kept).to_contain_text("已扣住 6 分")
    expect(kept).to_contain_text("地点：示例服务台")
    expect(kept.locator(".pickup")).to_have_text(re.compile(r"^\d{3} \d{3} \d{3}$"))
    press(page, "返回")
    expect(page.get_by_label("可用积分")).to_contain_text("12")
    expect(page.get_by_label("可用积分")).to_contain_text("另有 8 分已预订")
    press(page, "看我的预订")
    for words, left in (("不取消", 1), ("取消预订", 0)):
        kept.get_by_role("button", name="取消预订").click()
        page.get_by_role("dialog").get_by_role("button", name=words, exact=True).click()
        expect(kept).to_have_count(left)
    expect(page.get_by_text("积分已退回")).to_be_visible()
    press(page, "返回")
    expect(page.get_by_label("可用积分")).to_contain_text("18")


def test_a_place_is_taken_by_one_waited_for_by_the_next_and_given_back(
    opened: Opened, shared: Served, page: Page
) -> None:
    press(page, "看近期活动")
    expect(page.get_by_text("就能在这里报名")).to_be_visible()
    expect(page.get_by_role("button", name="我要报名")).to_have_count(0)
    press(page, "返回")
    sign_in(page, shared.ground)
    press(page, "看近期活动")
    clean = page.locator(".activity", has_text="示例楼道清洁")
    expect(clean).to_contain_text("梧桐社区 · 示例小区中心广场")
    expect(clean).to_contain_text("09:00 到 11:00")
    expect(clean).to_contain_text("还有 1 个名额")
    clean.get_by_role("button", name="我要报名").click()
    expect(clean).to_contain_text("您已报名")
    leave(page)
    sign_in(page, shared.ground, shared.ground.newcomer_no)
    press(page, "看近期活动")
    clean.get_by_role("button", name="我要报名").click()
    expect(clean).to_contain_text("您在候补第 1 位")
    for words in ("不取消", "取消报名"):
        clean.get_by_role("button", name="取消报名").click()
        page.get_by_role("dialog").get_by_role("button", name=words, exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
    expect(clean.get_by_role("button", name="我要报名")).to_be_visible()
    expect(clean).to_contain_text("名额已满，0 人候补")


def test_who_came_checks_in_and_out_by_the_organiser_s_code(page: Page, shared: Served) -> None:
    organiser = Session(shared.address, "organiser")
    now = datetime.now(SHANGHAI)
    begins = max(now - timedelta(minutes=5), now.replace(hour=0, minute=0, second=0))
    session = {"starts_at": utc(begins), "ends_at": utc(begins + timedelta(hours=1))}
    today = {
        "organisation_id": str(shared.ground.template.here.id),
        "title": "示例今日清洁",
        "activity_type": "cleaning",
    }
    made = organiser.post("/activities", ACTIVITY | today | {"sessions": [session]})
    for step in ("file", "publish"):
        organiser.post(f"/activities/{made['id']}/{step}", {})
    [session_id] = [each["id"] for each in made["sessions"]]
    organiser.post(f"/activities/{made['id']}/sign-ups", {"volunteer_no": shared.ground.newcomer_no})
    sign_in(page, shared.ground, shared.ground.newcomer_no)
    press(page, "看近期活动")
    of_today = page.locator(".activity", has_text="示例今日清洁")
    for purpose, words, told in (("check_in", "签到", "已签到"), ("check_out", "签退", "已签退")):
        of_today.get_by_role("button", name=words, exact=True).click()
        heading(page, words).wait_for()
        digits(page, "12345678")
        expect(page.get_by_role("alert")).not_to_be_empty()
        path = f"/activity-sessions/{session_id}/codes"
        if purpose == "check_in":
            digits(page, organiser.get(path)[purpose]["short_code"])
        else:
            scan(page, organiser.get(path)["check_in"]["code"])  # that for coming changes nothing
            expect(page.get_by_role("alert")).to_contain_text("签到与签退扫错了")
            scan(page, organiser.get(path)[purpose]["code"])
        expect(page.get_by_text(told)).to_be_visible()
    expect(of_today).to_contain_text("您已参加")
    expect(of_today.get_by_role("button")).to_have_count(0)


def utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_anybody_reads_a_notice_and_objects_to_a_line(page: Page, shared: Served) -> None:
    press(page, "看公示")
    notice = page.locator(".notice")
    expect(notice).to_contain_text("示例服务公示")
    notice.get_by_role("button").click()
    heading(page, "示例服务公示").wait_for()
    line = page.locator(".entry").last
    expect(line).to_contain_text("未公开姓名")  # who did not agree to be named
    line.get_by_role("button", name="这笔不对").click()
    page.get_by_role("button", name="时长不对").click()
    number = page.get_by_role("dialog").locator("output").inner_text().replace(" ", "")
    told = requests.get(f"{shared.address}/api/v1/objections/{number}", timeout=10).json()
    assert (told["state"], told["receipt_no"]) == ("open", number)
    press(page, "关闭")
    expect(page.locator(".entry").last).to_be_visible()
    press(page, "返回")
    heading(page, "公示").wait_for()


def test_whoever_finds_an_entry_wrong_says_so_and_reads_the_answer(page: Page, shared: Served) -> None:
    sign_in(page, shared.ground)
    press(page, "看积分明细")
    page.get_by_role("button", name="这笔不对").first.click()
    page.get_by_role("button", name="时长不对").click()
    number = page.get_by_role("dialog").locator("output").inner_text()
    press(page, "关闭")
    expect(page.locator(".disputed")).to_contain_text(f"更正请求 {number}（时长不对）：核对中")
    page.get_by_role("button", name="这笔不对").first.click()
    page.get_by_role("button", name="不是我的").click()
    expect(page.get_by_role("status").filter(has_text="请等待答复")).to_be_visible()
    reviewer = Session(shared.address, "reviewer")
    [waiting] = reviewer.get("/disputes")["items"]
    assert (str(waiting["transaction_seq"]), waiting["reason_code"]) == (number, "hours_wrong")
    reviewer.post(f"/disputes/{waiting['id']}/answer", {"outcome": "stands", "reason": "示例名册上是一小时"})
    press(page, "返回")
    press(page, "看积分明细")
    expect(page.locator(".disputed")).to_contain_text("核对无误。示例名册上是一小时")
    page.get_by_role("button", name="少了一笔").click()
    page.get_by_role("dialog").get_by_role("button").first.click()
    press(page, "关闭")
    expect(page.locator(".disputed")).to_have_count(2)


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
