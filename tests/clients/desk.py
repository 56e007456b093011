"""What a clerk does at the desk, for tests and for the pictures of the screens."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.api.conftest import PASSWORD
from tests.clients.ground import Ground
from tests.clients.kiosk import heading, scan
from tests.clients.shop import CLERK, Shop

__all__ = ["heading", "scan"]


def kept(ground: Ground) -> dict[str, str]:
    """What a machine remembers that stands at the ground's desk."""
    return {"pioneer.desk.place": ground.desk_id}


def press(page: Page, key: str) -> None:
    """A key of the clerk's, wherever the focus is."""
    page.keyboard.press(key)


def sign_in(page: Page, username: str = CLERK, *, password: str = PASSWORD, lets_in: bool = True) -> None:
    """With the keyboard alone, until the desk is there."""
    heading(page, "工作人员登录").wait_for()
    expect(page.get_by_label("用户名")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    if lets_in:
        page.get_by_role("button", name=re.compile("^退出")).wait_for()


def line(page: Page) -> Locator:
    """The one line of the till."""
    return page.get_by_role("combobox", name="刷卡、扫码或输入")


def at_till(page: Page) -> None:
    heading(page, "兑换").wait_for()
    line(page).wait_for()


def back_to_till(page: Page) -> None:
    """Whatever is shown: nobody stands there, and the line has the focus."""
    if page.get_by_role("dialog", name="已锁定").is_visible():
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="解锁").click()
        page.locator("dialog.lock").wait_for(state="detached")
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    page.get_by_role("heading", name="请出示积分卡").wait_for()


def code_of(page: Page, title: str) -> str:
    """The code of a prize, as the list beside the till shows it."""
    words = page.get_by_role("option", name=title).locator(".code").inner_text()
    return words.removeprefix("编号").strip()


def label_of(page: Page, title: str) -> str:
    """What the label on the shelf says to a scanner."""
    return code_of(page, title).zfill(8)


SCREENS = (
    "machine",
    "till",
    "customer",
    "refused",
    "done",
    "guest",
    "others",
    "pickups",
    "pickup",
    "refunds",
    "refund",
    "refund-request",
    "slips",
    "stock",
    "receive",
    "transfer",
    "write-off",
    "stocktake",
    "reports",
    "report",
    "labels",
    "day",
    "help",
    "wish",
    "ask",
    "locked",
)
"""Every screen of the desk, but the one where one signs in (test_sign_in.py)."""

_TAGS = {
    "customer": "till",
    "refused": "till",
    "guest": "till",
    "others": "till",
    "help": "till",
    "locked": "till",
    "pickup": "pickups",
    "refund": "refunds",
    "refund-request": "refunds",
    "report": "reports",
}
_KEYS = {
    "pickups": "F3",
    "pickup": "F3",
    "refunds": "F4",
    "refund": "F4",
    "refund-request": "F4",
    "slips": "F6",
    "stock": "F7",
    "day": "F8",
}
_OF_STOCK = {"receive": "1", "transfer": "2", "write-off": "3", "stocktake": "4", "reports": "5", "report": "5"}
_OF_STOCK |= {"labels": "6"}


HOUR_LATER = """() => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + 3_600_000;
}"""


def show(page: Page, shop: Shop, screen: str) -> None:
    """Go to this screen, signed in, from the till; nothing is posted on the way but by `done`."""
    at_till(page)
    if screen == "machine":
        page.get_by_role("button", name="本机", exact=True).click()
    elif screen == "wish":
        page.get_by_role("button", name="登记心愿", exact=True).click()
    elif screen == "ask":
        page.get_by_role("button", name="登记需求", exact=True).click()
    elif screen == "help":
        page.keyboard.press("F1")
        page.get_by_role("dialog", name="按键").wait_for()
    elif screen == "locked":
        page.evaluate(HOUR_LATER)
        page.get_by_role("dialog", name="已锁定").wait_for()
    elif screen in _KEYS:
        page.keyboard.press(_KEYS[screen])
    elif screen in _OF_STOCK:
        page.keyboard.press("F7")
        heading(page, "库存").wait_for()
        page.keyboard.press(f"Digit{_OF_STOCK[screen]}")
    page.locator(f"desk-{_TAGS.get(screen, screen if screen != 'done' else 'till')}").wait_for(state="attached")
    if screen == "guest":
        scan(page, shop.guest_no)
        page.get_by_label("请本人输入密码").wait_for()
    elif screen in ("customer", "refused", "done", "others"):
        scan(page, shop.card)
        page.get_by_role("heading", name="示例王秀英").wait_for()
        dear = "示例理发券" if screen == "refused" else "示例牛奶"
        scan(page, label_of(page, dear))
        page.get_by_text("还差" if screen == "refused" else "可以兑换").first.wait_for()
        if screen == "done":
            page.keyboard.press("F9")
            page.get_by_text("已兑换").wait_for()
        elif screen == "others":
            page.keyboard.press("F5")
            page.get_by_role("dialog").wait_for()
    elif screen == "pickup":
        page.get_by_label("领取码").fill(shop.pickup_code)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="交给本人").wait_for()
    elif screen in ("refund", "report"):
        page.locator("kit-table").last.locator(".row").first.click()
        page.get_by_label("第二人用户名").wait_for()
    elif screen == "refund-request":
        page.get_by_role("row").filter(has_text="盒子破了").click()
        page.locator("desk-refund-request").wait_for()
