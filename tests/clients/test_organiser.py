"""The organiser's day in a browser: an activity from its first line to posted points, the door, and the roster."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl  # type: ignore[import-untyped]
import pytest
import requests
from playwright.sync_api import Page, Route, expect

from tests.api.conftest import PASSWORD
from tests.clients.conftest import LANDSCAPE, PHONE, Furnished, Opened
from tests.clients.ground import PIN, Ground
from tests.clients.killing import Killable
from tests.clients.kiosk import heading, press, renewed, scan
from tests.clients.organiser import Organiser, Place, go, sign_in, way
from tests.tables.files import xlsx

pytestmark = pytest.mark.browser

AWAY = "暂时连不上服务器"
HOUR = timedelta(hours=1)


@pytest.fixture
def server(ground: Ground) -> Iterator[Killable]:
    made = Killable(ground.settings)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def organiser(server: Killable, ground: Ground) -> Organiser:
    return Organiser(server.address, ground)


def at(page: Page, screen: str, place: Place) -> None:
    go(page, screen, activity_id=place.activity_id, session_id=place.session_id)


def told(page: Page, words: str) -> None:
    expect(page.locator("kit-status .said")).to_contain_text(words)


def test_an_activity_from_its_first_line_to_posted_points(
    opened: Opened, server: Killable, organiser: Organiser, ground: Ground
) -> None:
    """Made on the telephone; signed up for, checked in and out, settled and handed in."""
    names = ("示例张一", "示例李二", "示例赵三", "示例钱四")
    numbers = dict(zip(names, organiser.register(*names), strict=True))
    page = opened(f"{server.address}/organiser", viewport=PHONE)
    sign_in(page)

    makes_an_activity(page, ground)
    publishes_with_a_session(page)
    signs_up(page, names)
    card = organiser.post(f"/volunteers/{numbers[names[1]]}/cards", {})["card_no"]
    sees_them_come(page, names, numbers, card)
    hands_in(page, names)


def makes_an_activity(page: Page, ground: Ground) -> None:
    """What is missing is told where it is missing."""
    press(page, "新建活动")
    heading(page, "新建活动").wait_for()
    page.get_by_label("活动名称").fill("示例楼道大扫除")
    press(page, "建立活动")
    expect(page.locator("kit-field", has_text="地点").locator(".fault").first).not_to_be_empty()
    page.get_by_label("地点").fill("示例小区三号楼")
    page.get_by_label("组织单位").select_option(label=ground.template.here.name)
    page.get_by_label("活动类型").select_option(label="清洁")
    page.get_by_label("每场人数").fill("2")
    press(page, "建立活动")
    heading(page, "示例楼道大扫除").wait_for()


def publishes_with_a_session(page: Page) -> None:
    """A description before publishing, and a session."""
    press(page, "修改活动")
    page.get_by_label("活动内容").fill("扫楼道、擦扶手")
    press(page, "保存")
    told(page, "已保存")
    press(page, "加一场")
    now = datetime.now(ZoneInfo("Asia/Shanghai"))
    page.get_by_label("日期").fill((now - HOUR).date().isoformat())
    page.get_by_label("开始").fill(f"{now - HOUR:%H:%M}")
    page.get_by_label("结束").fill(f"{now + 3 * HOUR:%H:%M}")  # late in the evening that is the next day
    press(page, "保存")
    told(page, "场次已保存")
    press(page, "登记为已备案")
    told(page, "已登记备案")
    press(page, "发布")
    told(page, "志愿者可以报名了")


def signs_up(page: Page, names: Sequence[str]) -> None:
    """By the organiser; the third waits, and is given a place with a reason."""
    page.get_by_role("button", name="报名：").click()
    heading(page, "报名名单").wait_for()
    for name in names[:3]:
        page.get_by_label("替谁报名").fill(name)
        page.get_by_label("替谁报名").press("Enter")
        press(page, f"报名：{name}")
        told(page, "候补第 1 位" if name == names[2] else f"{name}有名额了")
    press(page, f"给名额：{names[2]}")
    page.get_by_role("dialog").get_by_label("原因").fill("示例：多一把扫帚")
    page.get_by_role("dialog").get_by_role("button", name="给名额").click()
    told(page, f"{names[2]}有名额了")


def sees_them_come(page: Page, names: Sequence[str], numbers: Mapping[str, str], card: str) -> None:
    """At the door: by hand, by card, and somebody who had not signed up."""
    press(page, "签到屏")
    page.locator("organiser-code img").wait_for()
    press(page, f"签到：{names[0]}")
    expect(page.locator(".said-here")).to_contain_text(f"{names[0]}已签到")
    scan(page, card)
    expect(page.locator(".said-here")).to_contain_text(f"{names[1]}已签到")
    scan(page, card)
    expect(page.locator(".said-here")).to_contain_text("不必重复")
    page.get_by_label("是谁").fill(numbers[names[3]])
    press(page, "查找")
    press(page, f"登记：{names[3]}")
    expect(page.locator(".there output")).to_have_text("3")
    press(page, "签退")
    scan(page, card)
    expect(page.locator(".said-here")).to_contain_text(f"{names[1]}已签退")
    expect(page.locator(".there output")).to_have_text("2")


def hands_in(page: Page, names: Sequence[str]) -> None:
    """One is settled, one stays without an end; what became of each is told."""
    press(page, "上交出勤")
    heading(page, "上交出勤").wait_for()
    expect(page.get_by_role("heading", name="没有签退的 2 人")).to_be_visible()
    page.locator(".wanting .line", has_text=names[0]).get_by_role("button", name="补签退").click()
    told(page, f"{names[0]} ")
    expect(page.get_by_role("heading", name="没有签退的 1 人")).to_be_visible()
    page.locator(".panel", has_text="将要记录的").get_by_role("button", name="上交出勤").click()
    expect(page.get_by_role("dialog")).to_contain_text("还有 1 人没有签退")
    page.get_by_role("dialog").get_by_role("button", name="上交出勤").click()
    page.locator(".outcomes").wait_for()
    told(page, "已上交")
    press(page, f"登记：{names[2]}")
    page.get_by_role("dialog").get_by_role("button", name="登记").click()
    told(page, "有事请假")


def test_two_who_change_one_activity_are_told_and_lose_nothing(
    opened: Opened, server: Killable, organiser: Organiser
) -> None:
    place = organiser.announce("示例护河", begins_in=HOUR, lasts=HOUR)
    page = opened(f"{server.address}/organiser")
    sign_in(page)
    go(page, "activity-form", activity_id=place.activity_id)
    other = opened(f"{server.address}/organiser")
    sign_in(other)
    go(other, "activity-form", activity_id=place.activity_id)
    other.get_by_label("活动名称").fill("示例护河日")
    other.get_by_label("地点").fill("示例东岸")
    press(other, "保存")
    heading(other, "示例护河日").wait_for()
    page.get_by_label("活动名称").fill("示例护河周")
    press(page, "保存")
    expect(page.get_by_text("别人刚改成：示例护河日")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("刚才有人也改了这里")
    expect(page.get_by_label("活动名称")).to_have_value("示例护河周")  # what was typed
    expect(page.get_by_label("地点")).to_have_value("示例东岸")  # what nobody touched here
    press(page, "保存")
    heading(page, "示例护河周").wait_for()
    made = organiser.get(f"/activities/{place.activity_id}")
    assert (made["title"], made["place"]) == ("示例护河周", "示例东岸")
    press(page, "取消活动")
    page.get_by_label("取消原因").fill("示例暴雨")
    press(page, "确定取消活动")
    expect(page.get_by_text("取消：示例暴雨")).to_be_visible()


def test_the_door_says_when_the_server_is_away_and_loses_nobody(
    opened: Opened, server: Killable, organiser: Organiser, ground: Ground
) -> None:
    """A code that no longer holds is not shown; who was scanned meanwhile is checked in once it is back, and once."""
    (number,) = organiser.register("示例来得巧")
    card = organiser.post(f"/volunteers/{number}/cards", {})["card_no"]
    place = organiser.announce("示例断网日", begins_in=-HOUR, lasts=3 * HOUR)
    page = opened(f"{server.address}/organiser", viewport=LANDSCAPE, clock=True)
    sign_in(page)
    at(page, "door", place)
    image = page.locator("organiser-code img")
    image.wait_for()
    first = image.get_attribute("src")
    typed = page.locator("organiser-code .short").inner_text().replace(" ", "")
    _check_in(server, ground, place, typed)
    page.clock.run_for(4_000)
    expect(page.locator(".there output")).to_have_text("1")  # the list fills by itself
    keys: list[str] = []

    def lost(route: Route) -> None:
        """The server does it, and dies before its answer is through."""
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            assert route.fetch().status == 201
            server.kill()
            return route.abort()
        return route.continue_()

    page.route("**/check-ins", lost)
    scan(page, card)
    page.clock.run_for(2_000)
    expect(page.get_by_text("还没有收到回答")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(page.locator(".there output")).to_have_text("1")  # nothing is claimed before it is known
    page.clock.run_for(20_000)
    expect(page.get_by_text("签到码已停用")).to_be_visible()
    expect(image).to_be_hidden()
    server.start()
    page.clock.run_for(10_000)
    expect(page.get_by_text(AWAY)).to_be_hidden()
    expect(image).to_be_visible()
    expect(page.locator(".there output")).to_have_text("2")
    expect(page.get_by_text("还没有收到回答")).to_have_count(0)
    assert len(set(keys)) == 1
    came = organiser.get(f"/activities/{place.activity_id}/attendances")["items"]
    assert [(one["volunteer_no"], one["checked_in_by"]) for one in came] == [
        (number, "card"),
        (ground.volunteer_no, "typed"),
    ]
    press(page, "全屏显示")
    expect(page.locator("#top")).to_be_hidden()
    expect(page.locator(".latest")).to_contain_text("示***巧")  # everybody reads along
    press(page, "退出全屏")
    expect(page.locator("#top")).to_be_visible()
    while image.get_attribute("src") == first:  # it changes by itself, each quarter of a minute
        page.clock.run_for(6_000)
        page.wait_for_timeout(200)


def _check_in(server: Killable, ground: Ground, place: Place, short_code: str) -> None:
    """A volunteer at the kiosk types what the screen at the door shows."""
    address = f"{server.address}/api/v1"

    def post(path: str, token: str, body: dict[str, str]) -> dict[str, str]:
        told = requests.post(address + path, json=body, headers={"Authorization": f"Bearer {token}"}, timeout=30)
        assert told.ok, told.text
        return dict(told.json())

    who = {"volunteer_no": ground.volunteer_no, "pin": PIN}
    token = post("/auth/volunteer", renewed(ground), who)["access_token"]
    post("/check-ins", token, {"session_id": place.session_id, "short_code": short_code})


def test_a_roster_from_excel_with_a_fault_a_question_and_its_answer(
    opened: Opened, server: Killable, organiser: Organiser, ground: Ground, tmp_path: Path
) -> None:
    organiser.register("示例同名", "示例同名", "示例独名")
    day = organiser.get("/bank")["today"]
    about = {
        "title": "示例义诊",
        "activity_type": "visiting",
        "held_on": day,
        "place": "示例",
        "person_in_charge": "示例",
    }
    organiser.post("/activities", organiser.of | about)
    line = ("示例义诊", day, 2)
    header = ("姓名", "活动", "日期", "小时")
    wrong, mended = tmp_path / "名册.xlsx", tmp_path / "名册改.xlsx"
    wrong.write_bytes(xlsx([header, ("示例独名", *line), ("示例同名", *line), ("示例查无此人", *line)]))
    mended.write_bytes(xlsx([header, ("示例独名", *line), ("示例同名", *line)]))
    page = opened(f"{server.address}/organiser")
    sign_in(page)
    way(page, "名册")
    heading(page, "名册导入").wait_for()
    press(page, "上传检查")
    expect(page.get_by_text("请先选一个文件")).to_be_visible()
    uploads(page, wrong, ground)
    heading(page, "名册检查报告").wait_for()
    sees_what_is_wrong(page)

    # mended in the file, and answered: the rest of it, and nothing twice
    press(page, "再导入一份")
    heading(page, "名册导入").wait_for()
    uploads(page, mended, ground)
    heading(page, "名册检查报告").wait_for()
    expect(page.get_by_text("还有 1 个问题没有回答")).to_be_visible()
    page.get_by_label("第 3 行").select_option(index=1)
    loses_the_answer(page, server)
    expect(page.locator("tbody tr", has_text="已入账")).to_have_count(1)

    # the very same file again is recognised, and is in the list
    way(page, "名册")
    expect(page.locator("tbody tr")).to_have_count(2)
    uploads(page, mended, ground)
    told(page, "已经提交过")
    takes_the_records_away(page)


def uploads(page: Page, file: Path, ground: Ground) -> None:
    page.get_by_label("组织单位").select_option(label=ground.template.here.name)
    page.get_by_label("名册文件").set_input_files(file)
    press(page, "上传检查")


def sees_what_is_wrong(page: Page) -> None:
    """In a report and in the marked file; what is in order may go by itself."""
    expect(page.locator("tbody tr", has_text="没有叫这个名字的志愿者")).to_contain_text("4")
    expect(page.get_by_text("有 1 处错误、1 个问题没有回答")).to_be_visible()
    with page.expect_download() as given:
        press(page, "下载标注后的文件")
    marked = openpyxl.load_workbook(io.BytesIO(Path(given.value.path()).read_bytes())).active
    assert any("没有叫这个名字" in str(cell.value) for cell in marked[4])
    press(page, "只提交没有问题的行")
    heading(page, "名册提交结果").wait_for()
    told(page, "记录了 1 行")
    expect(page.locator(".tallies")).to_contain_text("没有提交 2")


def loses_the_answer(page: Page, server: Killable) -> None:
    """It is asked for again, under the same key."""
    keys: list[str] = []

    def lost(route: Route) -> None:
        """The server does it, and dies before its answer is through."""
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            assert route.fetch().status == 200
            server.kill()
            return route.abort()
        return route.continue_()

    page.route("**/commit", lost)
    press(page, "全部提交")
    told(page, "还不知道是否办成")
    server.start()
    press(page, "再问一次")
    heading(page, "名册提交结果").wait_for()
    told(page, "记录了 1 行")
    assert len(set(keys)) == 1


def takes_the_records_away(page: Page) -> None:
    way(page, "记录")
    heading(page, "服务记录").wait_for()
    expect(page.locator("tbody tr", has_text="示例义诊")).to_have_count(2)
    with page.expect_download() as given:
        press(page, "导出 XLSX")
    sheet = openpyxl.load_workbook(io.BytesIO(Path(given.value.path()).read_bytes())).active
    assert sum("示例义诊" in [cell.value for cell in cells] for cells in sheet.iter_rows()) == 2


def test_whoever_organises_nothing_is_told_so(opened: Opened, organised: Furnished) -> None:
    page = opened(f"{organised.address}/organiser")
    heading(page, "工作人员登录").wait_for()
    page.get_by_label("用户名").fill("desk")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    told(page, "不是活动负责人")
    assert page.evaluate("sessionStorage.length") == 0


def test_an_attendance_list_is_printed_with_a_column_to_sign_in(opened: Opened, organised: Furnished) -> None:
    page = opened(f"{organised.address}/organiser")
    sign_in(page)
    at(page, "sign-ups", organised.scenes.running)
    page.evaluate("window.print = () => {}")
    press(page, "打印签到表")
    page.emulate_media(media="print")
    paper = page.locator(".paper.sheet")
    expect(paper).to_be_visible()
    expect(page.locator("#stage")).to_be_hidden()
    expect(paper.locator("thead th").last).to_have_text("签名")
    expect(paper.locator("tbody tr", has_text="示例李雷")).to_have_count(1)
    expect(paper).not_to_contain_text("示例韩梅梅")  # waits for a place


def test_times_are_the_banks_whatever_zone_the_machine_is_in(opened: Opened, organised: Furnished) -> None:
    page = opened(f"{organised.address}/organiser")
    heading(page, "工作人员登录").wait_for()
    assert page.evaluate("new Date().getTimezoneOffset()") > 0  # New York
    asked = """async () => {
      const { instantAt, daysAfter } = await import("/kit/moments.js");
      return [instantAt("2026-03-02", "07:30"), instantAt("2026-03-08", "02:30"), daysAfter("2026-02-28", 1)];
    }"""
    assert page.evaluate(asked) == ["2026-03-01T23:30:00Z", "2026-03-07T18:30:00Z", "2026-03-01"]
