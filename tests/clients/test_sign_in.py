"""Staff sign in with the kit: with a code where they have one, and after what they owe is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from ledger.bank import Bank, By
from ledger.people import otp
from tests.api.conftest import PASSWORD
from tests.api.test_server import Session
from tests.clients.conftest import Opened, Served
from tests.clients.kiosk import heading, press
from tests.clients.test_screens import measured, violations

pytestmark = pytest.mark.browser

OWN = "a passphrase of their own"

SHOWN = """async () => {
  const [{ Stage }, { SignIn }, { Tokens }] = await Promise.all(
    ["screen", "sign-in", "session"].map((each) => import(`/kit/${each}.js`)));
  window.person = null;
  const tokens = new Tokens(sessionStorage, "staff");
  window.tokens = tokens;
  const done = (person) => { window.person = person.username; };
  await new Stage(document.querySelector("main"), {}).show(SignIn, { tokens, done });
}"""


@pytest.fixture
def page(opened: Opened, shared: Served) -> Page:
    page = opened(f"{shared.address}/kiosk")
    heading(page, "这台自助机还没有启用").wait_for()
    page.evaluate(SHOWN)
    heading(page, "工作人员登录").wait_for()
    return page


def enter(page: Page, username: str, password: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")


def signed_in(page: Page) -> str:
    page.wait_for_function("() => window.person")
    return str(page.evaluate("window.person"))


def test_a_wrong_password_is_told_and_what_was_typed_stays(page: Page) -> None:
    assert violations(page) == []
    assert measured(page, senior=True) == []
    enter(page, "organiser", "not the one")
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不正确")
    expect(page.get_by_label("用户名")).to_have_value("organiser")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    press(page, "登录")
    assert signed_in(page) == "organiser"
    assert page.evaluate("window.tokens.may('activities:write')")
    assert not page.evaluate("window.tokens.may('staff:write')")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert PASSWORD not in kept


def test_a_temporary_password_is_replaced_by_one_s_own_first(page: Page, shared: Served) -> None:
    hire(shared, "示例临时", "newcomer", "desk")
    enter(page, "newcomer", PASSWORD)
    heading(page, "新密码").wait_for()
    assert violations(page) == []
    for again, then in (("another", "两遍不一样"), (OWN, "")):
        page.get_by_label("新密码", exact=True).fill(OWN)
        page.get_by_label("再输入一遍新密码").fill(again)
        press(page, "保存")
        page.get_by_text(then).first.wait_for(state="attached")
    assert signed_in(page) == "newcomer"
    page.evaluate(SHOWN)
    enter(page, "newcomer", PASSWORD)
    expect(page.get_by_role("alert")).to_have_text("用户名或密码不正确")


def test_one_time_codes_are_enrolled_for_and_then_asked_for(page: Page, shared: Served) -> None:
    hire(shared, "示例管理", "second-admin", "admin", temporary=False)
    with required(shared):
        enter(page, "second-admin", PASSWORD)
        heading(page, "绑定动态验证码").wait_for()
        assert violations(page) == []
        codes = pyotp.TOTP(page.locator("output.secret").inner_text().replace(" ", ""))
        page.get_by_label("动态验证码").fill(codes.now())
        press(page, "确认")
        assert signed_in(page) == "second-admin"
    page.evaluate(SHOWN)
    enter(page, "second-admin", PASSWORD)
    asked = page.get_by_label("动态验证码")
    expect(asked).to_be_focused()
    expect(page.get_by_label("用户名")).to_have_value("second-admin")
    asked.fill(codes.at(datetime.now(UTC) + timedelta(seconds=30)))  # the next one: each is used once
    press(page, "登录")
    assert signed_in(page) == "second-admin"


def hire(shared: Served, name: str, username: str, role: str, *, temporary: bool = True) -> None:
    roles = [{"role": role, "organisation_id": str(shared.ground.template.district.id)}]
    body = {"username": username, "password": PASSWORD, "password_is_temporary": temporary, "name": name}
    Session(shared.address, "admin").post("/staff", body | {"roles": roles})


@contextmanager
def required(shared: Served) -> Iterator[None]:
    """Meanwhile administrators must enrol for one-time codes."""
    with Bank.open(shared.ground.settings) as bank:
        by = By(actor=bank.world.new_id())
        otp.require(bank, by, True)
        yield
        otp.require(bank, by, False)
