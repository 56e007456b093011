"""What anybody does on the pages without a login, for tests and for the pictures of the screens."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Page

BOARD = (
    "overview",
    "rules",
    "decisions",
    "decision",
    "board-notices",
    "prizes",
    "requests",
    "totals",
    "trust",
    "wishes",
    "appraisals",
    "appraisal",
)
"""Every screen of the board but the large one."""
PAGES = ("entrance", "pair", "notices", "notice", "no-notice", "certificate", "verify", "ask")
PARTS: Mapping[str, tuple[str, ...]] = {"board": BOARD, "pages": PAGES}
SCREENS = (*BOARD, *PAGES)
PLACES = {
    "overview": ("/board", "board-overview"),
    "rules": ("/board#rules", "board-rules"),
    "decisions": ("/board#decisions", "board-decisions"),
    "decision": ("/board#decision/{proposal}", "board-decision"),
    "board-notices": ("/board#notices", "board-notices"),
    "prizes": ("/board#prizes", "board-prizes"),
    "wishes": ("/board#wishes", "board-wishes"),
    "appraisals": ("/board#appraisals", "board-appraisals"),
    "appraisal": ("/board#appraisal/{appraisals/result}", "board-appraisal"),
    "requests": ("/board#requests", "board-requests"),
    "totals": ("/board#totals", "board-totals"),
    "trust": ("/board#trust", "board-trust"),
    "hall": ("/board#hall", "board-hall"),
    "entrance": ("/", "entrance-doors"),
    "pair": ("/pair", "pair-how"),
    "notices": ("/notice", "notice-list"),
    "notice": ("/notice#{notice}", "notice-one"),
    "no-notice": ("/notice#0190a000-0000-7000-8000-000000000000", "notice-unknown"),
    "certificate": ("/certificate", "certificate-check"),
    "verify": ("/verify", "verify-log"),
    "ask": ("/ask#0190a000-0000-7000-8000-000000000000", "ask-form"),
    "docs": ("/docs", "docs-page"),
}
"""Where each screen is, and what it is called in the page."""


def first(page: Page, address: str, collection: str) -> str:
    """The id of the newest of these."""
    return str(page.request.get(f"{address}/api/v1/{collection}?limit=1").json()["items"][0]["id"])


def show(page: Page, address: str, screen: str) -> None:
    """Open this screen."""
    path, tag = PLACES[screen]
    for name in ("proposal", "notice", "appraisals/result"):
        path = path.replace(f"{{{name}}}", first(page, address, f"{name}s")) if f"{{{name}}}" in path else path
    page.goto(f"{address}{path}")
    page.locator(tag).wait_for()


def switch(page: Page) -> None:
    """The other language."""
    page.locator("kit-masthead button").click()


def at(page: Page) -> tuple[int, int]:
    """Which page the large screen shows, of how many."""
    number, count, *_ = re.findall(r"\d+", page.locator(".hall .foot .number").inner_text())
    return int(number), int(count)


def pages(page: Page) -> int:
    """How many pages the large screen has, once it shows one."""
    page.locator("board-hall .items > *").first.wait_for()
    return at(page)[1]
