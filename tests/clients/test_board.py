"""A resident who does not believe it: reads the rules, objects, follows the sums, and lets their own browser count.

And the large screen of the hall, which nobody touches, and which says so when the server is away.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep
from typing import Any

import pytest
import requests
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.api.conftest import PASSWORD
from tests.banks import SHANGHAI
from tests.clients import board
from tests.clients.conftest import HALL, PHONE, Opened, Served
from tests.clients.ground import PRIZES, Ground
from tests.clients.killing import Killable
from tests.clients.kiosk import heading, press

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000


@pytest.fixture
def server(ground: Ground) -> Iterator[Killable]:
    made = Killable(ground.settings)
    made.start()
    yield made
    made.stop()


def go(page: Page, words: str) -> None:
    page.get_by_role("link", name=words, exact=True).first.click()


def numbers(page: Page, table: str) -> list[int]:
    """The amounts of a table, from the top to its sum."""
    cells = page.get_by_role("table", name=table).locator("tr > :last-child")
    return [int(text.replace(",", "")) for text in cells.all_inner_texts() if re.fullmatch(r"[\d,]+", text)]


def await_signed(address: str) -> None:
    """All that is stated stands under a signed head: of what is newer nobody can say yet whether it is so."""
    until = monotonic() + PATIENCE_MS / 1_000
    while monotonic() < until:
        checkpoint, months = (requests.get(f"{address}/log/{name}", timeout=30) for name in ("checkpoint", "months"))
        if checkpoint.ok and int(checkpoint.text.splitlines()[1]) == months.json()["size"]:
            return
        sleep(0.2)
    pytest.fail("no head was signed")


def test_a_resident_finds_the_notice_objects_and_asks_what_came_of_it(opened: Opened, server: Killable) -> None:
    page = opened(server.address, viewport=PHONE)
    heading(page, "示例银行").wait_for()
    page.get_by_role("main").get_by_role("link", name="公开栏").click()
    heading(page, "示例银行公开栏").wait_for()
    go(page, "公示和异议")
    go(page, "示例服务公示")
    heading(page, "示例服务公示").wait_for()
    card = page.get_by_role("row").filter(has_text="楼道清洁日")
    expect(card).to_contain_text("已入账")
    press(page, "提交异议")
    expect(page.get_by_label("第几行")).to_have_accessible_description(re.compile("序号"))
    page.get_by_label("第几行").fill("２")  # as an input method writes it
    page.get_by_label("哪里不对").fill("示例理由：那天没有人来")
    keys = []

    def lost(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            server.kill()
        return route.abort() if len(keys) < 3 else route.fallback()

    page.route("**/objections", lost)
    press(page, "提交异议")
    expect(page.get_by_text("还不知道是否办成")).to_be_visible()
    expect(page.get_by_label("哪里不对")).to_have_value("示例理由：那天没有人来")
    server.start()
    press(page, "再问一次")
    expect(page.get_by_text("已收到")).to_be_visible()
    assert len(set(keys)) == 1
    expect(page.get_by_label("哪里不对")).to_have_value("")
    receipt = page.locator("output.receipt").inner_text().replace(" ", "")
    expect(page.get_by_label("回执号")).to_have_value(receipt)
    press(page, "查询")
    expect(page.get_by_text("处理中：公示第 2 行")).to_be_visible()
    page.get_by_label("回执号").fill(receipt[::-1])
    press(page, "查询")
    expect(page.get_by_text("没有这个回执号")).to_be_visible()


def test_the_sums_are_followed_and_counted_again_by_ones_own_browser(opened: Opened, either: Served) -> None:
    page = opened(f"{either.address}/board#totals")
    page.locator("board-totals").wait_for()
    came, went = numbers(page, "从哪里来"), numbers(page, "到哪里去")
    assert came[-1] == sum(came[:-1]) == went[-1] == sum(went[:-1]) > 0
    months = page.get_by_role("table", name="各月").locator("tbody tr").all()
    had = 0
    for month in reversed(months):
        issued, redeemed, lapsed, other, outstanding = (
            int(text.replace(",", "").replace("−", "-").replace("+", ""))
            for text in month.get_by_role("cell").all_inner_texts()[:5]
        )
        had += issued + redeemed + lapsed + other
        assert outstanding == had
    told = [month.get_by_role("rowheader").inner_text() for month in reversed(months)]
    number = [int(month[:4]) * 12 + int(month[5:]) for month in told]
    assert number == list(range(number[0], number[0] + len(number)))  # a month without an entry is there, too
    expect(page.get_by_text("✔ 最近的月末")).to_be_visible()
    goods = page.get_by_role("table", name="各种奖品的数量").locator("tbody tr")
    expect(goods.filter(has_text="✔ 相等")).to_have_count(len(PRIZES))
    expect(goods).to_have_count(len(PRIZES))
    go(page, "由我的浏览器来算")
    heading(page, "自己核对").wait_for()
    press(page, "核对整本账")
    expect(page.get_by_text("请先填写银行的公钥")).to_be_visible()
    key = page.request.get(f"{either.address}/log/vkey").text()  # a neighbour told it
    page.get_by_label("公钥，每行一把").fill(key)
    await_signed(either.address)
    press(page, "核对整本账")
    expect(page.get_by_text("✔ 有效")).to_be_visible()
    expect(page.locator(".verdict.valid")).to_contain_text(re.compile("与银行公布的一致|比签名新"))
    board.switch(page)
    expect(page.get_by_text("✔ Valid")).to_be_visible()
    expect(page.get_by_label("Keys, one a line")).to_have_value(key.strip() + "\n")


def test_whoever_embellishes_the_months_is_found_out(opened: Opened, either: Served) -> None:
    page = opened(f"{either.address}/verify")
    page.get_by_label("公钥，每行一把").fill(page.request.get(f"{either.address}/log/vkey").text())

    def embellished(route: Route) -> None:
        told: dict[str, Any] = route.fetch().json()
        month = min(told["months"])
        told["months"][month]["issuance"]["points"] -= 1
        route.fulfill(body=json.dumps(told), content_type="application/json")

    await_signed(either.address)
    page.route("**/log/months", embellished)
    press(page, "核对整本账")
    expect(page.locator(".verdict.invalid")).to_contain_text("各月数字与公布的不符")
    page.get_by_label("或者粘贴").fill("c2sp.org/tlog-proof@v1\n示例")
    press(page, "核对凭证")
    expect(page.locator(".verdict.invalid").first).to_contain_text("不是凭证")


def test_a_decision_is_told_with_its_votes_and_where_it_stands(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/board#decisions")
    go(page, "示例第二版")
    heading(page, "示例第二版").wait_for()
    stages = page.locator(".stages li")
    assert stages.evaluate_all("all => all.map(each => each.className)") == ["done", "done", "now", "ahead", "ahead"]
    vote = page.locator(".vote")
    expect(vote).to_contain_text("到会 7 人，同意 6，反对 0，弃权 1")
    expect(vote).to_contain_text("张*甲 李*乙")
    board.switch(page)
    expect(vote).to_contain_text("7 present, 6 for, 0 against, 1 abstained")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Decisions and their way")).to_be_visible()
    page.goto(f"{shared.address}/board#rules")
    expect(page.get_by_role("listitem").filter(has_text="[Cleaning]")).to_be_visible()  # the choice is remembered
    page.emulate_media(media="print")
    expect(page.get_by_text("where anybody can look and verify")).to_be_visible()
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()


def test_a_certificate_is_compared_by_its_number(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/certificate")
    press(page, "核验")
    expect(page.get_by_text("编号是 20 位数字")).to_be_visible()
    page.get_by_label("证明编号").fill("1234-5678-9012-3456-7895")
    page.get_by_label("证明编号").press("Enter")
    expect(page.get_by_text("✘ 没有这张证明")).to_be_visible()
    number = issued(page, shared)
    page.goto(f"{shared.address}/certificate#{number}")
    page.reload()
    told = page.locator(".verdict.valid")
    expect(told).to_contain_text("✔ 有效")
    expect(told).to_contain_text("梧桐社区")
    expect(told).not_to_contain_text("王秀英")
    board.switch(page)
    expect(told).to_contain_text("✔ Valid")


def test_the_code_in_a_stairwell_asks_without_a_name_and_shows_what_comes_of_it(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/ask")
    expect(page.get_by_text("请扫描楼道里的二维码")).to_be_visible()
    notices = page.request.get(f"{shared.address}/api/v1/notices?limit=1").json()["items"]
    page.goto(f"{shared.address}/ask#{notices[0]['organisation_id']}")
    press(page, "提交")
    expect(page.locator(".fault:visible").first).to_be_visible()
    page.get_by_label("请说说情况").fill("示例楼道灯坏了")
    page.get_by_label("在哪里").fill("示例楼道")
    press(page, "提交")
    expect(page.get_by_text("已收到")).to_be_visible()
    page.reload()
    expect(page.get_by_text("已收到")).to_be_visible()


def issued(page: Page, shared: Served) -> str:
    """The number of a certificate of somebody's service."""
    api = f"{shared.address}/api/v1"
    grant = {"grant_type": "password", "username": "organiser", "password": PASSWORD}
    token = page.request.post(f"{api}/auth/token", data=grant).json()["access_token"]
    made = page.request.post(
        f"{api}/volunteers/{shared.ground.volunteer_no}/certificates",
        data={},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "board-certificate-0001"},
    )
    assert made.status == 201, made.text()
    return str(made.json()["certificate_no"])


def test_every_door_of_the_front_page_and_of_the_masthead_leads_somewhere(opened: Opened, shared: Served) -> None:
    page = opened(shared.address)
    page.locator("entrance-doors").wait_for()
    doors = page.locator("a").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert {"/board", "/notice", "/verify", "/certificate", "/kiosk", "/docs", "/pair"} <= set(doors)
    for door in set(doors) - STAFF:
        assert page.request.get(f"{shared.address}{door}").status == 200, door
    page.goto(f"{shared.address}/docs")
    answer = page.locator("section.panel").filter(has_text="GET/api/v1/noticesList notices").get_by_role("link")
    schema = answer.first.get_attribute("href")
    answer.first.click()
    expect(page.locator(f"{schema}")).to_be_in_viewport()
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


STAFF = {"/desk", "/organiser", "/admin"}
"""Clients that have tests of their own."""


def number(page: Page) -> int:
    """Which page is shown."""
    return board.at(page)[0]


def test_the_large_screen_turns_by_itself_and_waits_for_whoever_reads(opened: Opened, shared: Served) -> None:
    page = opened("about:blank", viewport=HALL, clock=True)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{shared.address}/board#hall")
    assert board.pages(page) > 5
    later = datetime.now(tz=UTC) + timedelta(hours=1)
    page.clock.pause_at(later)
    assert page.locator(".hall .items").evaluate("each => getComputedStyle(each).animationName") == "none"
    while number(page) != 1:
        page.keyboard.press("ArrowLeft")
    # Back at the start it asks anew, in real time: a clock that ran on meanwhile would give the server up.
    foot = page.locator(".hall .foot .number")
    expect(foot).to_contain_text(f"{later.astimezone(SHANGHAI):%H:%M} 更新")
    fresh = foot.inner_text()
    for at in range(1, board.at(page)[1] + 1):
        assert number(page) == at
        page.clock.run_for(10_000)
        assert number(page) == at  # slowly
        turned(page, at)
    assert number(page) == 1
    expect(foot).not_to_have_text(fresh)  # after each round it asks anew
    page.keyboard.press("Space")
    page.clock.run_for(100_000)
    assert number(page) == 1
    expect(page.get_by_role("button", name="继续")).to_be_visible()
    turned(page, 1)  # whoever paused it has gone
    page.keyboard.press("ArrowLeft")
    assert number(page) == 1
    press(page, "下一页")
    assert number(page) == 2
    go(page, "退出大屏")
    heading(page, "示例银行公开栏").wait_for()
    expect(page.locator("kit-masthead")).to_be_visible()


def test_the_hall_shows_the_way_to_the_page_that_verifies(opened: Opened, shared: Served) -> None:
    """As a phone reads it from the screen."""
    page = opened("about:blank", viewport=HALL)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{shared.address}/board#hall")
    code = page.locator(".hall .qr")
    for _ in range(board.pages(page)):
        if code.is_visible():
            break
        page.keyboard.press("ArrowRight")
    expect(code).to_have_js_property("complete", value=True)
    [read] = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert read.text == f"{shared.address}/verify"
    assert requests.get(read.text, timeout=30).status_code == 200


def turned(page: Page, was: int) -> None:
    """As long as it takes to read this page, and no longer than anybody would wait."""
    for _ in range(100):
        page.clock.run_for(2_000)
        if number(page) != was:
            return
    raise AssertionError(f"{was} stays for ever")


def test_the_large_screen_outlives_the_server_and_says_of_when_it_is(opened: Opened, server: Killable) -> None:
    page = opened("about:blank", viewport=HALL)
    page.clock.set_fixed_time(datetime(2027, 1, 5, 1, 30, tzinfo=UTC))
    page.goto(f"{server.address}/board#hall")
    count = board.pages(page)
    stale = page.get_by_text("连不上服务器，正在重试。这里是2027年1月5日 09:30的内容。")
    expect(stale).to_be_hidden()
    server.kill()
    page.clock.set_fixed_time(datetime(2027, 1, 5, 2, 30, tzinfo=UTC))
    for _ in range(count):
        page.keyboard.press("ArrowRight")
    expect(stale).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".hall .items > *").first).to_be_visible()
    server.start()
    expect(stale).to_be_hidden(timeout=PATIENCE_MS)
