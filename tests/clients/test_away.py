"""The server is killed and comes back in the middle: the screen says what is true, and there is one effect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.clients import kiosk
from tests.clients.conftest import Opened, Served
from tests.clients.ground import PIN, Ground
from tests.clients.killing import Killable
from tests.clients.kiosk import digits, heading, press, sign_in

pytestmark = pytest.mark.browser

AWAY = "暂时连不上服务器"


@pytest.fixture
def server(ground: Ground) -> Iterator[Killable]:
    made = Killable(ground.settings)
    made.start()
    yield made
    made.stop()


def test_a_killed_server_and_one_effect(opened: Opened, server: Killable, ground: Ground) -> None:
    page = opened(f"{server.address}/kiosk", kept=kiosk.kept(ground))
    heading(page, "请刷积分卡").wait_for()
    sign_in(page, ground)
    press(page, "服务证明")
    heading(page, "服务证明").wait_for()
    keys = []

    def lost(route: Route) -> None:
        """The server does it and dies before its answer is through."""
        if route.request.method != "POST":
            return route.fallback()
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) == 1:
            assert route.fetch().status == 201
            server.kill()
            return route.abort()
        return route.fallback()

    page.route("**/certificates", lost)
    press(page, "开一份服务证明")
    expect(page.get_by_text("还不知道是否办成")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(page.locator(".certificate")).to_have_count(0)  # nothing is claimed before it is known
    server.start()
    expect(page.get_by_text(AWAY)).to_be_hidden()
    with page.expect_response("**/certificates") as told:
        press(page, "再问一次")
    assert told.value.headers["idempotent-replayed"] == "true"
    expect(page.locator(".certificate")).to_have_count(1)
    expect(page.locator(".certificate")).to_contain_text("14 小时")
    assert (len(keys), len(set(keys))) == (3, 1)  # touched, sent again by itself, asked again
    press(page, "返回")
    page.locator("kiosk-home").wait_for()
    server.kill()
    press(page, "看积分明细")
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(heading(page, "示例王秀英，您好")).to_be_visible()  # what is shown stays
    server.start()
    page.locator(".entry").first.wait_for()  # and what was asked for comes when it can


def test_what_was_typed_stays_and_a_clean_slate_needs_no_server(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/kiosk", kept=kiosk.kept(shared.ground))
    heading(page, "请刷积分卡").wait_for()
    press(page, "没带卡，输入编号")
    digits(page, shared.ground.volunteer_no)
    heading(page, "请输入密码").wait_for()
    page.context.set_offline(True)
    digits(page, PIN)
    expect(page.get_by_role("alert")).to_contain_text("连不上服务器，什么也没有改变")
    expect(page.locator("kit-keypad output")).to_have_text("●●●●●●")
    expect(page.get_by_text(AWAY)).to_be_visible()
    page.context.set_offline(False)
    press(page, "再试一次")
    heading(page, "示例王秀英，您好").wait_for()
    page.context.set_offline(True)
    press(page, "看积分明细")
    expect(page.get_by_text(AWAY)).to_be_visible()
    press(page, "退出")
    heading(page, "请刷积分卡").wait_for()
    expect(page.get_by_text("王秀英")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.get_by_text(AWAY)).to_be_hidden()
    heading(page, "请刷积分卡").wait_for()
    expect(page.locator(".entry")).to_have_count(0)
