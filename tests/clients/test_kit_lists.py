"""Tables, charts and the dialogs that ask for something, in a real browser: as a clerk, a phone and a printer meet
them.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.clients.conftest import LANDSCAPE, PHONE, Opened, Served
from tests.clients.kiosk import press
from tests.clients.test_screens import measured, violations

pytestmark = pytest.mark.browser


@pytest.fixture
def page(opened: Opened, shared: Served) -> Page:
    """A page in the looks of the kit, for a test to put something on."""
    page = opened(f"{shared.address}/pair")
    page.locator("main h1").first.wait_for()
    return page


def test_a_table_sorts_says_that_it_is_empty_and_shows_more(page: Page) -> None:
    page.evaluate(TABLE)
    names = page.get_by_role("table", name="People").locator("td:first-child")
    headings = page.get_by_role("columnheader")
    press(page, "Points")
    expect(headings.nth(1)).to_have_attribute("aria-sort", "ascending")
    assert names.all_inner_texts() == ["乙", "甲"]
    press(page, "Points")
    assert names.all_inner_texts() == ["甲", "乙"]
    expect(headings.nth(1).get_by_role("button")).to_be_focused()
    press(page, "再看一些")
    assert names.all_inner_texts() == ["丙", "甲", "乙"]
    expect(page.get_by_role("button", name="再看一些")).to_have_count(0)
    expect(page.get_by_role("link", name="导出 CSV")).to_have_attribute("href", "/list.csv")
    expect(page.get_by_text("这里还没有内容")).to_be_visible()
    expect(page.get_by_role("img", name="Points by month").locator("rect")).to_have_count(4)
    expect(page.locator("figure td").first).to_be_hidden()
    page.get_by_text("看数据表").click()
    assert page.locator("figure tbody :is(td, th)").all_inner_texts() == ["1", "3", "30", "2", "40", "0"]
    assert violations(page) == []
    assert measured(page, senior=False) == []


TABLE = """async () => {
  const { table } = await import("/kit/table.js");
  const { chart } = await import("/kit/chart.js");
  const columns = [
    { key: "name", label: "Name" },
    { key: "points", label: "Points", number: true, sort: (row) => row.points },
  ];
  const rows = [{ name: "甲", points: 20 }, { name: "乙", points: 3 }];
  const more = async () => ({ rows: [{ name: "丙", points: 100 }], more: null });
  const title = document.createElement("h1");
  title.textContent = "示例";
  document.querySelector("main").replaceChildren(
    title,
    table({ caption: "People", columns, rows, more, exports: [["CSV", "/list.csv"]] }),
    table({ caption: "Nobody", columns, rows: [] }),
    chart({ title: "Points by month", labels: ["1", "2"], series: [
      { label: "Issued", values: [3, 40] }, { label: "Redeemed", values: [30, 0] }] }),
  );
}"""


LIST = """async () => {
  const { table } = await import("/kit/table.js");
  const { h } = await import("/kit/element.js");
  const { Away } = await import("/kit/request.js");
  window.opened = [];
  window.asked = 0;
  const columns = [
    { key: "name", label: "志愿者", head: true, sort: (row) => row.name },
    { key: "organisation", label: "组织" },
    { key: "why", label: "原因" },
    { key: "points", label: "积分", number: true, sort: (row) => row.points },
    { key: "on", label: "日期", narrow: true },
    { key: "note", label: "备注", cell: (row) => h("input", { "aria-label": `备注 ${row.name}` }) },
    { key: "state", label: "状态", narrow: true },
  ];
  const row = (name, points) => ({
    name, points, organisation: "示例小区志愿者队伍", why: "清洁 3 小时，按规则每次最多计 2 小时",
    on: "2026年3月1日", state: "已入账",
  });
  const file = async () => {
    window.asked += 1;
    if (window.asked === 1) throw new Away("nothing");
    return { content: new Blob(["示例"]), name: "示例.csv" };
  };
  document.querySelector("main").replaceChildren(h("h1", {}, "示例"), table({
    caption: "记录",
    columns,
    rows: [row("甲", 20), row("乙", 3), row("丙", 100)],
    open: (row) => window.opened.push(row.name),
    look: (row) => (row.points > 50 ? "many" : null),
    foot: { name: "合计", points: 123 },
    more: async () => ({ rows: [row("丁", 7)], more: null }),
    exports: [["CSV", file]],
  }));
}"""


def test_what_was_typed_in_a_line_stays_wherever_it_moves(page: Page) -> None:
    page.evaluate(LIST)
    lines = page.locator("tbody tr")
    page.get_by_label("备注 丙").fill("写了一半")
    press(page, "积分")
    assert lines.locator("th").all_inner_texts() == ["乙", "甲", "丙"]
    press(page, "再看一些")
    assert lines.locator("th").all_inner_texts() == ["乙", "丁", "甲", "丙"]
    expect(page.get_by_label("备注 丙")).to_have_value("写了一半")
    expect(page.locator("tr.many")).to_have_count(1)
    expect(page.locator("tfoot tr")).to_contain_text("合计")


def test_lines_are_opened_and_walked_without_a_mouse(page: Page) -> None:
    page.evaluate(LIST)
    page.get_by_role("button", name="甲").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    page.get_by_role("cell", name="100").click()
    page.get_by_label("备注 丙").click()  # what can be used in a line does not open it
    assert page.evaluate("window.opened") == ["乙", "甲", "丙"]


def test_on_a_phone_each_line_is_a_card_and_nothing_is_cut(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.evaluate(LIST)
    expect(page.locator("kit-table")).to_have_class("cards")
    assert measured(page, senior=False) == []
    assert violations(page) == []
    page.get_by_label("排序").select_option("积分，从大到小")
    assert page.locator("tbody th").all_inner_texts() == ["丙", "甲", "乙"]
    page.set_viewport_size(LANDSCAPE)
    expect(page.locator("kit-table")).not_to_have_class("cards")
    expect(page.get_by_role("columnheader", name="积分")).to_have_attribute("aria-sort", "descending")
    assert violations(page) == []


def test_a_file_that_did_not_come_is_told_and_asked_for_again(page: Page) -> None:
    page.evaluate(LIST)
    press(page, "导出 CSV")
    expect(page.get_by_role("alert")).to_contain_text("什么也没有改变")
    with page.expect_download() as told:
        press(page, "导出 CSV")
    assert told.value.suggested_filename == "示例.csv"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_a_list_shows_is_taken_away_under_the_rights_of_whoever_asks(page: Page) -> None:
    page.evaluate(
        """async () => {
          const { Server } = await import("/kit/request.js");
          const { exportsOf } = await import("/kit/files.js");
          const [, [, how]] = exportsOf(new Server(), "/notices", { open: "true" });
          const { content, name } = await how();
          const [[, refused]] = exportsOf(new Server(), "/volunteers");
          window.told = { name, type: content.type, refused: await refused().catch((error) => error.code) };
        }"""
    )
    told = page.evaluate("window.told")
    assert told["name"].startswith("notices-")
    assert told["name"].endswith(".xlsx")
    assert "spreadsheetml" in told["type"]
    assert told["refused"] == "unauthenticated"


CHARTS = """async () => {
  const { chart } = await import("/kit/chart.js");
  const { h } = await import("/kit/element.js");
  const labels = ["1月", "2月", "3月"];
  const series = [5, 7, 11, 13].map((n) => ({ label: `第 ${n}`, values: labels.map((_, at) => n * 100 * (at + 1)) }));
  const made = ["bars", "stacked", "line"].map((kind) => chart({ title: kind, of: "月份", labels, series, kind }));
  const none = chart({ title: "none", labels: [], series: [] });
  document.querySelector("main").replaceChildren(h("h1", {}, "示例"), ...made, none);
}"""


@pytest.mark.parametrize("viewport", [LANDSCAPE, PHONE])
def test_a_chart_is_told_in_words_and_numbers_and_without_colours(page: Page, viewport: dict[str, int]) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.evaluate(CHARTS)
    for kind in ("bars", "stacked", "line"):
        drawing = page.get_by_role("img", name=kind)
        expect(drawing).to_have_accessible_description(ANY_SERIES)
        looks = drawing.locator("g[class^=series]").evaluate_all(LOOKS)
        assert len(set(looks)) == 4
        size = drawing.locator("text").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
        assert size == 13  # words do not shrink with the drawing
    expect(page.get_by_text("这里还没有内容")).to_be_visible()
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("cell", name="3900").first).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("cell", name="3900")).to_have_count(0)
    page.emulate_media(media="screen")
    for data in page.get_by_text("看数据表").all():
        data.click()
    assert violations(page) == []
    assert measured(page, senior=False) == []


ANY_SERIES = re.compile("第 13：最高 3900（3月），最近 3900（3月）。")
LOOKS = """groups => groups.map(group => [...group.children].map(each =>
  each.tagName + getComputedStyle(each).fill.replace(getComputedStyle(group).color, "its own") +
  (each.tagName === "polyline" ? getComputedStyle(each).strokeDasharray : "") +
  (each.classList.contains("stripes") ? /H/.test(each.getAttribute("d")) : "")).join())
  .map(look => look.replace(/rect(rgb[^,]*,[^,]*,[^)]*\\))/g, "rect paper"))"""


def test_a_dialog_that_asks_for_something_stays_until_it_is_done(page: Page) -> None:
    page.evaluate(FILL)
    reason = page.get_by_label("理由")
    expect(reason).to_be_focused()
    reason.fill("示例")
    press(page, "退回")
    expect(reason).to_have_accessible_description("太短")
    expect(reason).to_have_value("示例")
    assert violations(page) == []
    reason.fill("示例理由")
    press(page, "退回")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_title('{"state":"rejected"}')
    page.evaluate(FILL)
    press(page, "取消")
    expect(page).to_have_title("null")


FILL = """async () => {
  const { fill } = await import("/kit/dialog.js");
  const { field } = await import("/kit/field.js");
  const { Problem } = await import("/kit/request.js");
  const fields = [field({ name: "reason", label: "理由" })];
  const send = async ({ reason }) => {
    if (reason.length < 4) throw new Problem({ status: 422, errors: [{ pointer: "/reason", detail: "太短" }] });
    return { state: "rejected" };
  };
  const told = (done) => { document.title = JSON.stringify(done); };
  fill("退回这条记录？", "记录人会看到理由。", fields, "退回", send).then(told);
}"""
