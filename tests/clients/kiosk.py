"""What a volunteer does at a kiosk, for tests and for the pictures of the screens."""

from __future__ import annotations

import json
import time
from uuid import UUID

import jwt
from playwright.sync_api import Locator, Page
from uuid_utils.compat import uuid7

from api import Keys
from ledger.people import keys
from tests.clients.ground import PIN, Ground


def kept(ground: Ground) -> dict[str, str]:
    """What the browser of a paired kiosk holds."""
    return {"pioneer.kiosk": json.dumps({"access": renewed(ground)})}


def renewed(ground: Ground) -> str:
    """The kiosk's token, given anew: the ground outlives the ten minutes of the first one."""
    was = jwt.decode(ground.kiosk, options={"verify_signature": False})
    signing = Keys(keys.load(ground.settings.data_dir), issuer="bank.example", clock=lambda: time.time_ns() // 1_000)
    return signing.mint(
        UUID(was["sub"]),
        was["scope"].split(),
        uuid7(),
        client=was["client_id"],
        device_id=UUID(was["device_id"]) if "device_id" in was else None,
        session_id=UUID(was["sid"]) if "sid" in was else None,
    )


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def digits(page: Page, typed: str) -> None:
    """Touch these digits."""
    for digit in typed:
        page.get_by_role("button", name=f"数字 {digit}", exact=True).click()


SCAN = """([codes, composing]) => {
  for (const code of codes) {
    const field = document.activeElement;
    const key = composing ? "Process" : code.replace("Digit", "");
    const typed = new KeyboardEvent("keydown", { code, key, isComposing: composing, bubbles: true, cancelable: true });
    const taken = !field.dispatchEvent(typed);
    if (taken || composing || !/^\\d$/.test(key) || !field.setRangeText) continue;
    field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
"""A scanner is faster than any machine that runs this test: all keys at one moment."""


def scan(page: Page, digits: str, *, end: str = "Enter", composing: bool = False) -> None:
    """What a scanner does, be an input method in the middle of a word or not; `end` may be empty."""
    page.evaluate(SCAN, [[*(f"Digit{digit}" for digit in digits), *([end] if end else [])], composing])


def heading(page: Page, words: str) -> Locator:
    return page.get_by_role("heading", level=1, name=words)


def sign_in(page: Page, ground: Ground, number: str | None = None) -> None:
    """By number and PIN, until what one has is shown."""
    press(page, "没带卡，输入编号")
    heading(page, "请输入志愿者编号").wait_for()
    digits(page, number or ground.volunteer_no)
    heading(page, "请输入密码").wait_for()
    digits(page, PIN)
    page.locator("kiosk-home").wait_for()


def leave(page: Page) -> None:
    press(page, "退出")
    heading(page, "请刷积分卡").wait_for()


SCREENS = (
    "wake",
    "number",
    "pin",
    "home",
    "entries",
    "prizes",
    "activities",
    "certificates",
    "reservations",
    "notices",
    "notice",
    "wishes",
    "new-wish",
    "requests",
    "appraisals",
    "answer",
    "code",
    "change-pin",
    "help",
    "wrong",
    "idle",
)
"""Every screen of the kiosk, but the one before it is paired."""


def show(page: Page, ground: Ground, screen: str) -> None:
    """Go to this screen from the one that waits."""
    if screen in ("wake", "pairing"):
        return
    if screen == "number":
        press(page, "没带卡，输入编号")
    elif screen == "help":
        press(page, "请工作人员帮忙")
    elif screen in ("notices", "notice"):
        press(page, "看公示")
        if screen == "notice":
            page.get_by_role("button", name="看内容").first.click()
    elif screen == "pin":
        scan(page, ground.card)
    else:
        sign_in(page, ground)
        if screen in ("wishes", "new-wish"):
            press(page, "心愿墙")
            if screen == "new-wish":
                press(page, "我也有心愿")
        way = {"entries": "看积分明细", "wrong": "看积分明细", "prizes": "看可换的奖品", "code": "出示我的码"}
        way |= {"activities": "看近期活动", "certificates": "服务证明", "reservations": "看我的预订"}
        way |= {"requests": "我需要帮助"}
        if screen in ("appraisals", "answer"):
            page.get_by_role("button", name="请您评议").click()
            if screen == "answer":
                page.get_by_role("button", name="开始打分").first.click()
        if screen in way:
            press(page, way[screen])
        elif screen == "change-pin":
            press(page, "修改密码")
    tags = {"number": "number", "wrong": "entries", "idle": "home"}
    page.locator(f"kiosk-{tags.get(screen, screen)}").wait_for()
    if screen == "wrong":
        page.get_by_role("button", name="这笔不对").first.click()
        page.get_by_role("dialog").wait_for()
    if screen == "idle":
        page.clock.fast_forward(40_000)
        page.get_by_role("dialog", name="您还在吗").wait_for()
