"""The server is killed and comes back in the middle: the screen says what is true, and there is one effect."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.api.test_server import Session
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
    made.kill()


def test_a_killed_server_and_one_effect(opened: Opened, server: Killable, ground: Ground) -> None:
    page = opened(f"{server.address}/kiosk", kept=kiosk.kept(ground))
    heading(page, "请刷积分卡").wait_for()
    desk = Session(server.address, "desk")
    balance = f"/volunteers/{ground.volunteer_no}/balance"
    before = desk.get(balance)["points"]["available"]

    def lost(route: Route) -> None:
        """The server does it and dies before its answer is through."""
        assert route.fetch().status == 201
        server.kill()
        route.abort()
        page.unroute("**/redemptions")

    page.route("**/redemptions", lost)
    items = [{"prize_id": ground.prize_id, "quantity": 1}]
    wanted = {"volunteer_no": ground.volunteer_no, "desk_id": ground.desk_id, "items": items}
    page.evaluate(BEGIN, {"access": desk.headers["Authorization"].removeprefix("Bearer "), "body": wanted})
    assert page.evaluate(SEND) == {"means": "unknown", "keys": 2}  # sent again by itself, under the same key
    expect(page.get_by_text(AWAY)).to_be_visible()
    server.start()
    expect(page.get_by_text(AWAY)).to_be_hidden()
    told = page.evaluate(SEND)
    assert (told["replayed"], told["keys"]) == (True, 3)
    assert page.evaluate("new Set(window.sent).size") == 1
    assert desk.get(balance)["points"]["available"] == before - 2
    sign_in(page, ground)
    server.kill()
    press(page, "看积分明细")
    expect(page.get_by_text(AWAY)).to_be_visible()
    expect(heading(page, "示例王秀英，您好")).to_be_visible()  # what is shown stays
    server.start()
    expect(page.locator(".entry").first).to_contain_text("兑换 示例牙膏×1")  # and what was asked for comes when it can


BEGIN = """async ({access, body}) => {
  const { Server } = await import("/kit/request.js");
  window.sent = [];
  const real = window.fetch;
  window.fetch = (path, how) => {
    const key = how?.headers?.["Idempotency-Key"];
    if (key) window.sent.push(key);
    return real(path, how);
  };
  const posting = new Server({ access }).posting("/redemptions");
  window.again = () => posting.send(body);
}"""
SEND = """async () => {
  try {
    return { replayed: (await window.again()).replayed ?? false, keys: window.sent.length };
  } catch (error) {
    return { means: error.means, keys: window.sent.length };
  }
}"""


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
