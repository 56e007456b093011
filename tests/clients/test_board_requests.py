"""What anybody reads of requests: the sums that the server tells, on the board and in the hall."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.clients import board
from tests.clients.conftest import HALL, Opened, Served

pytestmark = pytest.mark.browser


def test_the_sums_are_those_of_the_server_and_hang_in_the_hall(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/board", viewport=HALL)
    page.emulate_media(reduced_motion="reduce")
    told = page.request.get(f"{shared.address}/api/v1/requests/figures").json()
    board.show(page, shared.address, "requests")
    sums = [str(told["all"][name]) for name in ("received", "closed")]
    assert page.locator(".figure output").all_inner_texts()[:2] == sums
    lines = page.locator("kit-table").first.locator("tbody tr")
    expect(lines).to_have_count(len(told["by_kind"]))
    expect(lines.first).to_contain_text(f"照明{told['by_kind'][0]['received']}")
    board.show(page, shared.address, "hall")
    for _ in range(board.pages(page)):
        if page.get_by_role("heading", level=1).inner_text() == "居民需求":
            break
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="居民需求", level=1)).to_be_visible()
    for amount in sums:
        expect(page.locator(".hall .sum").first).to_contain_text(amount)
