"""The clerk's day at the desk, end to end: by keyboard and scanner, without a mouse."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.conftest import PASSWORD
from tests.api.test_server import Session
from tests.clients import desk
from tests.clients.conftest import Opened
from tests.clients.desk import at_till, code_of, label_of, line, press, scan, sign_in
from tests.clients.ground import PIN, Ground
from tests.clients.killing import Killable
from tests.clients.shop import CLERK, SECOND, ServedShop, Shop, furnish

pytestmark = pytest.mark.browser

AWAY = "暂时连不上服务器"
UNKNOWN = "还不知道是否办成"
OUTCOME = ".outcome"


@pytest.fixture
def page(opened: Opened, shop: ServedShop) -> Page:
    """A clerk at the till, and nobody before it."""
    page = opened(f"{shop.address}/desk", kept=desk.kept(shop.shop))
    sign_in(page)
    at_till(page)
    return page


@pytest.fixture
def server(ground: Ground) -> Iterator[tuple[Killable, Shop]]:
    made = Killable(ground.settings)
    furnished = furnish(ground)
    made.start()
    yield made, furnished
    made.stop()


def handed_over(address: str, shop: Shop) -> list[dict[str, object]]:
    """What went over at the desk since it was furnished, the newest first."""
    items: list[dict[str, object]] = Session(address, CLERK).get(f"/redemptions?desk_id={shop.desk_id}")["items"]
    return items[: [one["receipt"] for one in items].index(shop.receipt)]


def test_a_redemption_takes_five_actions_and_no_mouse(page: Page, shop: ServedShop) -> None:
    label, actions = label_of(page, "示例牛奶"), 0
    page.evaluate("window.print = () => window.dispatchEvent(new Event('afterprint'))")
    steps = [("scan", shop.shop.card, "可用积分"), ("scan", label, "可以兑换"), ("key", "F9", "还剩")]
    for how, what, then in [*steps, ("key", "F10", "已兑换"), ("key", "F2", "请出示积分卡")]:
        (scan if how == "scan" else press)(page, what)
        actions += 1
        expect(page.get_by_text(then).first).to_be_visible()
        expect(line(page)).to_be_focused()
    assert actions <= 5


def test_a_queue_is_served_by_bursts_of_a_scanner_while_an_input_method_composes(page: Page, shop: ServedShop) -> None:
    """One after the other, each with nothing of the one before; a letter that is being composed is in nobody's way."""
    before = len(handed_over(shop.address, shop.shop))
    label = label_of(page, "示例牛奶")
    for number, composing, end in ((shop.shop.card, True, "Enter"), (shop.shop.volunteer_no, False, "Tab")):
        if composing:
            ime = page.context.new_cdp_session(page)
            ime.send("Input.imeSetComposition", {"text": "wang", "selectionStart": 4, "selectionEnd": 4})
        scan(page, number, end=end, composing=composing)
        expect(page.get_by_role("heading", name="示例王秀英")).to_be_visible()
        expect(line(page)).to_have_value("")
        scan(page, label, composing=composing, end=end)
        expect(page.get_by_text("可以兑换")).to_be_visible()
        page.keyboard.press("F9")
        page.keyboard.press("F9")  # a bounce of the key
        expect(page.locator(OUTCOME)).to_contain_text("已兑换")
        page.keyboard.press("F9")
        press(page, "F2")
        expect(page.locator(".basket")).to_contain_text("还是空的")
        expect(page.get_by_text("示例王秀英")).to_have_count(0)
    assert len(handed_over(shop.address, shop.shop)) == before + 2


def test_fingers_fill_the_basket_by_code_name_and_arrow_keys(page: Page, shop: ServedShop) -> None:
    paste, milk = code_of(page, "示例牙膏"), code_of(page, "示例牛奶")
    page.keyboard.type("王秀英")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有找到")).to_be_visible()
    page.keyboard.type("示例")
    page.keyboard.press("Enter")
    expect(page.get_by_text("有好几位")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(3)
    press(page, "Escape")
    page.keyboard.type("示例王")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="示例王秀英")).to_be_visible()
    for typed in (f"2*{paste}", milk.translate(str.maketrans("0123456789", "０１２３４５６７８９")), "3*"):
        line(page).press_sequentially(typed)
        page.keyboard.press("Enter")
        expect(line(page)).to_have_value("")
    rows = page.locator(".basket .lines li")
    expect(rows.nth(0)).to_contain_text("示例牙膏× 2")
    expect(rows.nth(1)).to_contain_text("示例牛奶× 3")
    page.keyboard.press("-")
    expect(rows.nth(1)).to_contain_text("× 2")
    page.keyboard.press("PageDown")
    page.keyboard.press("Delete")
    expect(rows).to_have_count(1)
    page.keyboard.type("洗衣")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="示例洗衣液")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(rows.nth(1)).to_contain_text("示例洗衣液× 1")
    page.keyboard.type("99")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有这个奖品")).to_be_visible()


def test_every_reason_for_a_no_is_said_before_anything_is_sent(page: Page, shop: ServedShop) -> None:
    scan(page, shop.shop.card)
    page.get_by_role("heading", name="示例王秀英").wait_for()
    scan(page, label_of(page, "示例理发券"))
    line(page).press_sequentially("99*" + code_of(page, "示例牛奶"))
    page.keyboard.press("Enter")
    reasons = page.locator(f"{OUTCOME} .refused li")
    expect(reasons).to_have_count(2)
    expect(page.locator(OUTCOME)).to_contain_text("需要 129 分")
    expect(page.locator(OUTCOME)).to_contain_text("示例牛奶:库存不足")
    expect(page.get_by_role("button", name="兑换", exact=True).last).to_be_disabled()
    press(page, "F1")
    expect(page.get_by_role("dialog", name="按键")).to_be_visible()
    press(page, "Escape")
    expect(line(page)).to_be_focused()


def test_a_guest_types_their_pin_and_an_agent_is_named(page: Page, shop: ServedShop) -> None:
    scan(page, shop.shop.guest_no)
    pin = page.get_by_label("请本人输入密码")
    expect(pin).to_be_focused()
    for typed, then in (("583915", "密码不正确"), (PIN, "示例外来客")):
        pin.fill(typed)
        page.keyboard.press("Enter")
        page.get_by_text(then).first.wait_for()
    expect(page.locator(".person")).to_contain_text("外社区志愿者")
    scan(page, label_of(page, "示例牛奶"))
    expect(page.locator(OUTCOME)).to_contain_text("需要 1 分")
    assert PIN not in page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    press(page, "F2")
    scan(page, shop.shop.card)
    page.get_by_role("heading", name="示例王秀英").wait_for()
    press(page, "F5")
    page.get_by_role("dialog").get_by_text("示例邻居 代领").wait_for()
    press(page, "2")
    expect(page.locator(".person")).to_contain_text("代领人：示例邻居")
    press(page, "Escape")  # so that the digit is none of the scan that follows at once
    with page.expect_request("**/redemptions/check") as asked:
        scan(page, label_of(page, "示例牛奶"))
    assert "collected_by" in (asked.value.post_data or "")
    expect(page.get_by_text("可以兑换")).to_be_visible()


def test_a_household_pays_and_what_it_has_left_is_told(page: Page, shop: ServedShop) -> None:
    scan(page, shop.shop.member_no)
    page.get_by_role("heading", name="何示例").wait_for()
    scan(page, label_of(page, "示例牛奶"))
    expect(page.locator(OUTCOME)).to_contain_text("需要 1 分")
    press(page, "F5")
    page.get_by_role("dialog").get_by_text("用家庭的积分：示例何家（4 分）").wait_for()
    press(page, "2")
    expect(page.locator(".person")).to_contain_text("家庭支付：示例何家")
    expect(page.get_by_text("可以兑换")).to_be_visible()
    press(page, "F9")
    expect(page.locator(OUTCOME)).to_contain_text("还剩 3 分")
    home = Session(shop.address, CLERK).get(f"/volunteers/{shop.shop.member_no}/memberships")["items"]
    assert [(one["kind"], one["available"]) for one in home] == [("household", 3)]


def test_a_server_killed_in_the_middle_of_a_redemption_and_one_effect(
    opened: Opened, server: tuple[Killable, Shop]
) -> None:
    """Nobody knows, and nobody moves on; the page itself may go: the same key tells what became of it."""
    killable, shop = server
    page = opened(f"{killable.address}/desk", kept=desk.kept(shop))
    sign_in(page)
    at_till(page)
    scan(page, shop.card)
    page.get_by_role("heading", name="示例王秀英").wait_for()
    scan(page, label_of(page, "示例牙膏"))
    expect(page.get_by_text("可以兑换")).to_be_visible()
    keys: list[str] = []

    def lost(route: Route) -> None:
        """The server does it and dies before its answer is through."""
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            return route.fallback()
        assert route.fetch().status == 201
        killable.kill()
        return route.abort()

    page.route(re.compile(r"/redemptions$"), lost)
    press(page, "F9")
    expect(page.locator(OUTCOME)).to_contain_text(UNKNOWN)
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(page.get_by_text("已兑换")).to_have_count(0)  # nothing is claimed before it is known
    press(page, "F2")
    press(page, "F4")
    scan(page, shop.guest_no)
    expect(page.get_by_text("先按 F9 再问一次")).to_be_visible()
    expect(page.get_by_role("heading", name="示例王秀英")).to_be_visible()
    killable.start()
    expect(page.get_by_text(AWAY)).to_be_hidden()
    page.reload()
    expect(page.locator(OUTCOME)).to_contain_text(UNKNOWN)
    expect(page.locator(".basket")).to_contain_text("示例牙膏")
    with page.expect_response(re.compile(r"/redemptions$")) as told:
        press(page, "F9")
    assert told.value.headers["idempotent-replayed"] == "true"
    expect(page.locator(OUTCOME)).to_contain_text("还剩 8 分")
    assert len(set(keys)) == 1
    assert len(handed_over(killable.address, shop)) == 1
    press(page, "F2")
    expect(page.get_by_role("heading", name="请出示积分卡")).to_be_visible()


def test_a_lost_answer_is_asked_about_by_the_same_person_alone(page: Page, shop: ServedShop) -> None:
    before = len(handed_over(shop.address, shop.shop))
    scan(page, shop.shop.card)
    page.get_by_role("heading", name="示例王秀英").wait_for()
    scan(page, label_of(page, "示例牛奶"))
    expect(page.get_by_text("可以兑换")).to_be_visible()
    page.route(re.compile(r"/redemptions$"), lambda route: route.abort())
    press(page, "F9")
    expect(page.locator(OUTCOME)).to_contain_text(UNKNOWN)
    page.unroute_all()
    page.evaluate("sessionStorage.removeItem('pioneer.desk')")
    page.reload()
    sign_in(page, SECOND, lets_in=False)
    expect(page.get_by_text("请 示例经办 登录")).to_be_visible()
    sign_in(page)
    expect(page.locator(OUTCOME)).to_contain_text(UNKNOWN)
    press(page, "F9")
    expect(page.locator(OUTCOME)).to_contain_text("已兑换")
    assert len(handed_over(shop.address, shop.shop)) == before + 1


def test_bars_are_read_by_a_scanner(page: Page, shop: ServedShop) -> None:
    """Every pair of digits, as a reader of the field sees it."""
    zxingcpp = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    codes = ["".join(f"{pair:02}" for pair in range(first, first + 10)) for first in range(0, 100, 10)]
    page.evaluate(BARS, codes)
    for at, code in enumerate(codes):
        taken = page.locator("#bars svg").nth(at).screenshot()
        [read] = zxingcpp.read_barcodes(image.open(io.BytesIO(taken)))
        assert (read.text, read.format.name) == (code, "Code128")


BARS = """async (codes) => {
  const { bars } = await import("/desk/bars.js");
  const place = document.createElement("div");
  place.id = "bars";
  document.body.replaceChildren(place);
  for (const code of codes) {
    const drawn = bars(code);
    drawn.classList.remove("bars");
    drawn.setAttribute("width", "900");
    drawn.setAttribute("height", "120");
    place.append(drawn);
  }
}"""


def test_a_refund_waits_until_a_second_person_signs_at_their_own_machine(opened: Opened, shop: ServedShop) -> None:
    pages = []
    for username in (CLERK, SECOND):
        page = opened(f"{shop.address}/desk", kept=desk.kept(shop.shop))
        sign_in(page, username)
        at_till(page)
        pages.append(page)
    first, second = pages
    scan(first, shop.shop.card)
    first.get_by_role("heading", name="示例王秀英").wait_for()
    scan(first, label_of(first, "示例牛奶"))
    expect(first.get_by_text("可以兑换")).to_be_visible()
    press(first, "F9")
    number = first.get_by_text(re.compile(r"凭条号 \d{10}")).inner_text().split()[-1]
    line(first).press_sequentially(number)
    press(first, "Enter")
    first.get_by_role("heading", name=re.compile(number)).wait_for()
    press(first, "F9")
    expect(first.get_by_label("原因")).to_be_focused()  # what is missing is told at its field
    first.get_by_label("原因").fill("示例拿错了")
    press(first, "F9")
    expect(first.get_by_text("还没有退")).to_be_visible()
    assert not is_refunded(shop, number)
    press(second, "F4")
    second.get_by_role("row").filter(has_text=number).filter(has_text="示例拿错了").click()
    second.get_by_text("请核对奖品和原因").wait_for()
    press(second, "F9")
    expect(second.get_by_text("已退兑").first).to_be_visible()
    assert is_refunded(shop, number)


def is_refunded(shop: ServedShop, number: str) -> bool:
    [one] = Session(shop.address, CLERK).get(f"/redemptions?receipt={number}")["items"]
    return bool(one["is_refunded"])


def test_a_till_that_nobody_touches_locks_and_the_same_clerk_goes_on_where_they_were(
    opened: Opened, shop: ServedShop
) -> None:
    page = opened(f"{shop.address}/desk", kept=desk.kept(shop.shop) | {"pioneer.desk.lock": "2"}, clock=True)
    sign_in(page)
    at_till(page)
    scan(page, shop.shop.card)
    page.get_by_role("heading", name="示例王秀英").wait_for()
    scan(page, label_of(page, "示例牛奶"))
    expect(page.get_by_text("可以兑换")).to_be_visible()
    line(page).press_sequentially("洗衣")
    page.clock.fast_forward("03:00")
    locked = page.get_by_role("dialog", name="已锁定")
    expect(locked).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('pioneer.desk')") is None  # nobody is signed in meanwhile
    expect(page.get_by_text("示例王秀英")).not_to_be_visible()
    for key in ("Escape", "Escape", "F9", "F2"):
        press(page, key)
    scan(page, shop.shop.member_no)
    expect(locked.get_by_label("密码")).to_have_value("")  # a scan is nobody's password
    for typed in ("wrong horse battery", PASSWORD):
        expect(locked).to_be_visible()
        locked.get_by_label("密码").fill(typed)
        press(page, "Enter")
        page.get_by_text("用户名或密码" if typed != PASSWORD else "可以兑换").first.wait_for()
    expect(locked).to_have_count(0)
    expect(page.get_by_role("heading", name="示例王秀英")).to_be_visible()
    expect(line(page)).to_have_value("洗衣")
    expect(line(page)).to_be_focused()
    expect(page.locator(".basket .lines li")).to_have_count(1)
    page.clock.fast_forward("03:00")
    locked.get_by_role("button", name="换人登录").click()
    sign_in(page, SECOND)
    at_till(page)
    expect(page.get_by_role("heading", name="请出示积分卡")).to_be_visible()
    expect(line(page)).to_have_value("")
