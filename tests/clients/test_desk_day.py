"""A day of a desk, from opening it to the signed account: by keyboard and scanner, without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.api.conftest import PASSWORD
from tests.clients.conftest import Opened
from tests.clients.desk import at_till, label_of, line, press, scan, sign_in
from tests.clients.ground import Ground, on
from tests.clients.kiosk import heading
from tests.clients.shop import CLERK, SECOND, Shop, furnish

pytestmark = pytest.mark.browser

OUTCOME = ".outcome"


def test_a_day_of_the_desk(opened: Opened, ground: Ground) -> None:
    """Opened, worked, counted with a difference, signed by a second person, printed, and opened again."""
    shop = furnish(ground)
    with on(shop) as address:
        page = opened(f"{address}/desk")
        sign_in(page)
        heading(page, "本机设置").wait_for()  # this machine stands nowhere yet
        page.get_by_label("兑换点").select_option("示例服务台")
        page.get_by_role("button", name="保存，开始").click()
        at_till(page)
        page.evaluate(PRINTER)
        press(page, "F8")
        page.get_by_text("第一次开台").wait_for()
        press(page, "F9")
        expect(page.locator(".place")).to_contain_text("已开台")
        at_till(page)
        scan(page, shop.card)
        page.get_by_role("heading", name="示例王秀英").wait_for()
        scan(page, label_of(page, "示例牙膏"))
        expect(page.get_by_text("可以兑换")).to_be_visible()
        press(page, "F9")
        expect(page.locator(OUTCOME)).to_contain_text("还剩 8 分")
        press(page, "F10")
        page.wait_for_function("() => window.papers.length === 1")
        slip = page.evaluate("window.papers[0]")
        receipt = re.search(r"\d{10}", slip)
        assert receipt
        assert "示例牙膏" in slip
        collects(page, shop)
        takes_back(page, receipt[0])
        keys_a_slip_in(page, shop)
        sees_to_stock(page)
        closes(page)
        papers = page.evaluate("window.papers")
        assert "示例服务台" in papers[-1]
        assert "第二人" in papers[-1]
        press(page, "F9")
        expect(page.locator(".place")).to_contain_text("已开台")


PRINTER = """() => {
  window.papers = [];
  window.print = () => {
    window.papers.push(document.querySelector(".paper").textContent);
    setTimeout(() => window.dispatchEvent(new Event("afterprint")));
  };
}"""


def collects(page: Page, shop: Shop) -> None:
    """The code typed at the till leads to what waits for it."""
    press(page, "F2")
    line(page).press_sequentially(shop.pickup_code, delay=70)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="交给本人").wait_for()
    expect(page.get_by_role("button", name="交给本人")).to_be_focused()
    press(page, "F5")
    page.get_by_role("dialog").get_by_text("示例邻居 代领").wait_for()
    press(page, "2")
    page.get_by_text("代领人：示例邻居").wait_for()
    press(page, "F9")
    page.get_by_text("已兑换").wait_for()
    press(page, "F3")
    expect(page.get_by_label("领取码")).to_be_focused()
    page.get_by_label("领取码").fill("123456789")
    page.keyboard.press("Enter")
    expect(page.get_by_text("领取码不正确")).to_be_visible()


def takes_back(page: Page, receipt: str) -> None:
    """The slip's bars find it; who handed it over may not take it back, a colleague signs."""
    press(page, "F4")
    page.get_by_label("扫凭条").wait_for()
    scan(page, receipt)
    page.get_by_text("请同事在这里签字").wait_for()
    page.get_by_label("原因").fill("示例退回")
    for username, then in ((CLERK, "需要两名不同的经办人"), (SECOND, "已退兑")):
        signs(page, username, "退兑")
        page.get_by_text(then).first.wait_for()


def signs(page: Page, username: str, words: str) -> None:
    page.get_by_label("第二人用户名").fill(username)
    page.get_by_label("第二人密码").fill(PASSWORD)
    page.get_by_role("button", name=words, exact=True).last.click()


def choose(field: Locator, words: str) -> None:
    """From a list, the one that says this."""
    field.select_option(field.locator("option", has_text=words).get_attribute("value"))


def keys_a_slip_in(page: Page, shop: Shop) -> None:
    press(page, "F6")
    expect(page.get_by_label("纸单号")).to_be_focused()
    scan(page, shop.slip_nos[0])
    scan(page, shop.card)
    expect(page.get_by_label("志愿者编号").first).to_have_value(shop.volunteer_no)
    choose(page.get_by_label("第 1 行奖品"), "示例牛奶")
    page.get_by_label("数量").first.fill("1")
    page.keyboard.press("Enter")
    page.get_by_text(re.compile("纸单 .* 已入账")).wait_for()
    page.locator("kit-table .row").first.click()
    page.get_by_text("请同事在这里签字").wait_for()
    page.get_by_label("怎样处理").select_option("loss")
    page.get_by_label("原因").fill("示例当日已交付")
    signs(page, SECOND, "确定")
    page.get_by_text("没有待处理的纸单").wait_for()


def sees_to_stock(page: Page) -> None:
    """What is low and expires is told, goods come in, and what a colleague wrote off is confirmed."""
    press(page, "F7")
    expect(page.get_by_label("要留意的")).to_contain_text("示例牛奶")
    expect(page.get_by_label("要留意的")).to_contain_text("该补货了")
    press(page, "1")
    heading(page, "入库").wait_for()
    choose(page.get_by_label("奖品"), "示例牛奶")
    page.get_by_label("数量").fill("4")
    page.get_by_label("来源名称").fill("示例物业捐赠")
    page.keyboard.press("Enter")
    page.get_by_text("已入库：示例牛奶 4 件").wait_for()
    press(page, "Escape")
    heading(page, "库存").wait_for()
    for is_mine in (False, True):
        press(page, "5")  # a colleague's loss first, which the clerk confirms; then the clerk's own
        page.locator("kit-table .row").first.click()
        page.get_by_role("button", name="确认属实").wait_for()
        if is_mine:
            signs(page, SECOND, "确认属实")
        else:
            press(page, "F9")
        page.get_by_text("已确认，差异已入账").wait_for()
        heading(page, "库存").wait_for()
        page.locator("kit-status .said").evaluate("said => { said.hidden = true; }")


def closes(page: Page) -> None:
    """Every prize is counted; what differs needs a reason; a second person signs; the sheet is printed."""
    press(page, "F8")
    page.get_by_text("日结清点").wait_for()
    rows = page.locator(".counting tbody tr")
    expect(rows.first.locator("input")).to_be_focused()
    press(page, "F9")
    expect(page.get_by_text("请点数").first).to_be_visible()
    for at in range(rows.count()):
        row = rows.nth(at)
        expect(row.locator("td.number").first).to_have_text("")  # counted before the book is seen
        row.locator("input").fill("0")
        expected = row.locator("td.number").first.inner_text()
        row.locator("input").fill(str(int(expected) - (at == 0)))
    press(page, "F9")
    expect(page.get_by_text("请选差异原因")).to_be_visible()
    rows.first.locator("select").select_option("lost")
    press(page, "F9")
    page.get_by_text("第二人签字").first.wait_for()
    expect(page.locator(".place")).to_contain_text("待第二人签字")
    expect(page.get_by_role("table", name="差异")).to_contain_text("丢失")
    signs(page, SECOND, "确认属实")
    page.get_by_text("日结完成").wait_for()
    press(page, "F10")
    page.wait_for_function("() => window.papers.at(-1).includes('日结单')")
