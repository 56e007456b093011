"""At the counter: somebody asks for help, by card or by name, while the queue waits."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.test_server import Session
from tests.clients import desk
from tests.clients.conftest import Opened
from tests.clients.kiosk import heading, press, scan
from tests.clients.shop import ServedShop

pytestmark = pytest.mark.browser


def test_a_request_is_taken_in_at_the_counter_for_whoever_shows_a_card(opened: Opened, shop: ServedShop) -> None:
    page = opened(f"{shop.address}/desk", kept=desk.kept(shop.shop))
    desk.sign_in(page)
    press(page, "登记需求")
    heading(page, "登记需求").wait_for()
    expect(page.locator("[name=words]")).to_be_focused()
    words = "示例门禁打不开"
    page.locator("[name=words]").fill(words)
    page.locator("[name='asker/name']").fill("示例邻居")
    page.locator("[name='asker/phone']").fill("12")
    page.locator("form [type=submit]").click()
    expect(page.locator("[name='asker/phone']")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=words]")).to_have_value(words)
    for each in ("name", "phone"):
        page.locator(f"[name='asker/{each}']").fill("")
    scan(page, shop.shop.card)
    expect(page.locator("[name=volunteer_no]")).to_have_value(shop.shop.volunteer_no)
    page.locator("form [type=submit]").click()
    expect(page.get_by_text("需求已登记")).to_be_visible()
    told = Session(shop.address, "organiser").get(f"/volunteers/{shop.shop.volunteer_no}/requests")["items"]
    [made] = [each for each in told if each["words"] == words]
    assert (made["channel"], made["state"]) == ("visit", "received")
