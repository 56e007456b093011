"""The shared kit, piece by piece, in a real browser."""

from __future__ import annotations

import random
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect
from stdnum import damm

from tests.clients import kiosk
from tests.clients.conftest import Opened, Served
from tests.clients.kiosk import heading, press, scan

pytestmark = pytest.mark.browser


@pytest.fixture
def page(opened: Opened, shared: Served) -> Page:
    page = opened(f"{shared.address}/kiosk", kept=kiosk.kept(shared.ground))
    heading(page, "请刷积分卡").wait_for()
    return page


def told(page: Page, module: str, question: str) -> Any:
    """What this expression gives, in which `kit` is a module of the kit."""
    return page.evaluate(f'async () => {{ const kit = await import("/kit/{module}.js"); return {question}; }}')


def test_check_digits_are_those_of_the_bank(page: Page) -> None:
    drawn = random.Random(7)
    bodies = [str(drawn.randrange(10**9, 10**10 - 1))[: drawn.choice((8, 9))] for _ in range(200)]
    codes = [body + str((int(damm.calc_check_digit(body)) + slip) % 10) for body in bodies for slip in (0, 1)]
    assert told(page, "codes", f"{codes}.map(code => kit.isSound(code))") == [True, False] * 200
    kinds = told(
        page, "codes", "['5724', '1'.repeat(16), '0'.repeat(10), '0'.repeat(40)].map(code => kit.kindOf(code))"
    )
    assert kinds == [None, None, "volunteer", "screen"]


def test_amounts_and_days_are_written_alike_on_every_machine(page: Page) -> None:
    """The browser of these tests thinks it is in New York."""
    asked = """[kit.points(0), kit.points(1234567), kit.signed(20), kit.signed(-5), kit.hours(0), kit.hours(45),
      kit.hours(120), kit.hours(60090), kit.day("2026-03-01"), kit.weekday("2026-03-01"), kit.weekday("2028-02-29"),
      kit.instant("2026-02-28T16:30:00.000000Z"), kit.instant("2026-12-31T15:59:59.999999Z"),
      kit.grouped("1234567890", 3, 3, 4)]"""
    assert told(page, "formats", asked) == [
        "0",
        "1,234,567",
        "+20",
        "−5",
        "0 小时",
        "45 分钟",
        "2 小时",
        "1,001 小时 30 分钟",
        "2026年3月1日",
        "2026年3月1日 星期日",
        "2028年2月29日 星期二",
        "2026年3月1日 00:30",
        "2026年12月31日 23:59",
        "123 456 7890",
    ]
    scaled = "(kit.countAs({points_scale: 2, zone: 'Asia/Shanghai'}), [0, 5, -1250, 123456].map(kit.points))"
    assert told(page, "formats", scaled) == ["0", "0.05", "−12.5", "1,234.56"]
    press(page, "Switch to English")
    assert told(page, "formats", "[kit.weekday('2026-03-01'), kit.hours(90)]") == ["Sunday, 1 March 2026", "1 h 30 min"]


def composing(page: Page) -> CDPSession:
    """An input method in the middle of a word, in the field that has the focus."""
    ime = page.context.new_cdp_session(page)
    ime.send("Input.imeSetComposition", {"text": "wang", "selectionStart": 4, "selectionEnd": 4})
    return ime


def swallowed(ime: CDPSession, digits: str) -> None:
    """Keys as a page gets them from an input method: only the code says which."""
    for digit in digits:
        key = {"code": f"Digit{digit}", "key": "Process", "windowsVirtualKeyCode": 229}
        ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    ime.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "code": "Enter", "key": "Process"})


def test_a_scan_is_a_scan_while_an_input_method_composes(page: Page, shared: Served) -> None:
    press(page, "请工作人员帮忙")
    field = page.get_by_label("工作人员用户名")
    field.fill("示例")
    ime = composing(page)
    swallowed(ime, shared.ground.card)
    expect(page.get_by_text("示***英，您好")).to_be_visible()


def test_a_scanner_types_nothing_into_the_field_that_has_the_focus(opened: Opened, shared: Served) -> None:
    page = opened(f"{shared.address}/pair")
    page.evaluate(LISTEN)
    field = page.get_by_label("field")
    field.fill("示例 12")
    scan(page, "6901234567892")
    expect(field).to_have_value("示例 12")
    expect(field).to_be_focused()
    scan(page, "5724")  # too short for a scanner: fingers
    field.press_sequentially("98765432", delay=75)
    field.press("Enter")
    assert page.evaluate("window.scans") == ["6901234567892 null"]
    expect(field).to_have_value("示例 12572498765432")


LISTEN = """async () => {
  const { Scanner } = await import("/kit/scanner.js");
  document.body.replaceChildren(Object.assign(document.createElement("input"), { ariaLabel: "field" }));
  document.querySelector("input").focus();
  window.scans = [];
  new Scanner().start().addEventListener("scan", ({ detail }) => window.scans.push(`${detail.digits} ${detail.kind}`));
}"""


def test_a_misread_card_is_told(page: Page, shared: Served) -> None:
    card = shared.ground.card
    scan(page, card[:-1] + str((int(card[-1]) + 1) % 10))
    expect(page.get_by_text("没有读清楚")).to_be_visible()
    scan(page, card, end="Tab")
    expect(page.get_by_text("示***英，您好")).to_be_visible()


def test_a_scanner_that_sends_no_enter_is_heard_too(page: Page, shared: Served) -> None:
    scan(page, shared.ground.card, end="")
    expect(page.get_by_text("示***英，您好")).to_be_visible()


def test_a_form_keeps_what_was_typed_and_shows_each_fault_where_it_is(page: Page) -> None:
    page.evaluate(FORM)
    page.get_by_label("姓名").fill("示例")
    press(page, "提交")
    number = page.get_by_label("编号")
    expect(number).to_be_focused()
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(number).to_have_accessible_description("十位数字 没有找到")
    expect(page.get_by_label("姓名")).to_have_value("示例")
    expect(page.get_by_role("alert")).to_have_count(0)
    number.fill("1")
    expect(number).not_to_have_attribute("aria-invalid", "true")
    press(page, "提交")
    expect(page.get_by_role("alert")).to_contain_text("还不知道是否办成")
    press(page, "再问一次")
    expect(page.get_by_role("button", name="提交")).to_be_enabled()
    assert page.evaluate("window.sent") == [{"name": "示例", "number": ""}] + [{"name": "示例", "number": "1"}] * 2


FORM = """async () => {
  const { field, form } = await import("/kit/field.js");
  const { Away, Problem } = await import("/kit/request.js");
  const answers = [
    new Problem({ status: 404, code: "not_found", errors: [{ pointer: "/number", detail: "没有找到" }] }),
    new Away("unknown"),
    null,
  ];
  window.sent = [];
  const fields = [
    field({ name: "name", label: "姓名" }),
    field({ name: "number", label: "编号", hint: "十位数字" }),
    field({ name: "note", label: "备注", required: false }),
  ];
  document.querySelector("main").replaceChildren(form(fields, "提交", async (typed) => {
    window.sent.push(typed);
    const answer = answers.shift();
    if (answer) throw answer;
  }));
}"""


def test_only_what_is_handed_over_is_printed_on_the_paper_it_is_for(page: Page) -> None:
    page.evaluate(PRINT)
    page.emulate_media(media="print")
    expect(page.get_by_text("示例小票")).to_be_visible()
    expect(page.get_by_text("请刷积分卡")).to_be_hidden()
    width = page.locator(".paper").evaluate("each => each.getBoundingClientRect().width / 96 * 25.4")
    assert 71 < width < 73
    page.emulate_media(media="screen")
    expect(page.get_by_text("示例小票")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".paper")).to_have_count(0)
    expect(page.get_by_text("请刷积分卡")).to_be_visible()


PRINT = """async () => {
  const { print } = await import("/kit/print.js");
  const { h } = await import("/kit/element.js");
  window.print = () => {};
  void print(h("p", {}, "示例小票"), "slip-80");
}"""


def test_aloud_only_with_a_voice_of_this_machine(opened: Opened, shared: Served) -> None:
    for local in (False, True):
        page = opened("about:blank", kept=kiosk.kept(shared.ground))
        page.add_init_script(VOICE % str(local).lower())
        page.goto(f"{shared.address}/kiosk")
        heading(page, "请刷积分卡").wait_for()
        expect(page.get_by_role("button", name="朗读")).to_have_count(int(local))
        if local:
            the_wake_screen_is_read(page)


def the_wake_screen_is_read(page: Page) -> None:
    press(page, "朗读")
    assert page.evaluate("window.heard") == ["把卡或手机上的码放到读码口"]
    press(page, "Switch to English")
    expect(page.get_by_role("button", name="Read aloud")).to_have_count(0)


VOICE = """
speechSynthesis.getVoices = () => [{ lang: "zh-CN", name: "示例", localService: %s }];
window.heard = [];
speechSynthesis.speak = (said) => window.heard.push(said.text);
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_names_are_text_whatever_is_in_them(page: Page) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    page.evaluate(
        """async (name) => {
          const { h } = await import("/kit/element.js");
          document.querySelector("main").replaceChildren(h("p", { class: "hostile" }, name));
        }""",
        hostile,
    )
    expect(page.locator(".hostile")).to_have_text(hostile)
    expect(page.locator("main img")).to_have_count(0)
    refused = page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'made'; } catch (e) { return e.name; } }"
    )
    assert refused == "TypeError"
