"""Papers are the same every time, show every character they are given, and fetch nothing from anywhere."""

from __future__ import annotations

import io
import re
import sys
import zlib
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageChops

from ledger import papers

pytestmark = pytest.mark.filterwarnings("error")

RARE = "㛃䶮𬱖"
"""In names of people; in no font that machines happen to have."""
NOWHERE = "\ue000"
"""A character for private use: no font has it, so a box stands for it."""
PAGE = "https://bank.example/notices/0192f0c1"


def values(**changed: Any) -> dict[str, Any]:
    return {
        "paper": "a4",
        "bank": "示例先锋银行",
        "unit": "示例社区",
        "title": "示例公示",
        "dated": "2026-09-24",
        "seq": 1234,
        "facts": [["公示期", "2026-09-25 至 2026-09-29"]],
        "columns": [
            {"title": "序号", "width": "auto", "align": "right"},
            {"title": "姓名", "width": 1, "align": "left"},
        ],
        "rows": [["1", "示*一"]],
        "notes": [],
        "codes": [{"svg": papers.qr(PAGE), "says": PAGE}],
    } | changed


def drawn(**changed: Any) -> list[Image.Image]:
    pages = papers.pictures("list", values(**changed), ppi=96)
    return [Image.open(io.BytesIO(page)).convert("L") for page in pages]


def differ(one: Image.Image, other: Image.Image) -> bool:
    return one.size != other.size or ImageChops.difference(one, other).getbbox() is not None


def test_the_same_values_make_the_same_bytes_and_others_do_not() -> None:
    assert papers.render("list", values()) == papers.render("list", values())
    assert papers.render("list", values()) != papers.render("list", values(dated="2026-09-25"))
    assert papers.render("list", values()).startswith(b"%PDF-")


@pytest.mark.parametrize("paper", papers.PAPERS)
def test_a_phone_reads_the_code_on_every_size_of_paper(paper: str) -> None:
    [page] = drawn(paper=paper)
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [PAGE]


@pytest.mark.parametrize("character", RARE)
def test_a_rare_character_is_drawn_and_not_boxed(character: str) -> None:
    [boxed], [shown] = drawn(rows=[["1", NOWHERE]]), drawn(rows=[["1", character]])
    assert differ(shown, boxed)
    assert not differ(drawn(rows=[["1", "\ue001"]])[0], boxed), "a box looks like any other"


def test_rare_characters_differ_from_each_other() -> None:
    pages = [drawn(rows=[["1", character]])[0] for character in RARE]
    assert all(differ(one, other) for at, one in enumerate(pages) for other in pages[at + 1 :])


def test_what_is_printed_can_be_copied_out_again() -> None:
    assert {*RARE, *"示例社区王芳"} <= characters(papers.render("list", values(rows=[["1", f"{RARE}王芳"]])))


def test_a_long_list_goes_over_many_pages_and_none_of_it_is_lost() -> None:
    rows = [[str(at), f"示*{at}"] for at in range(1, 301)]
    pages = drawn(rows=rows)
    assert len(pages) > 5
    assert len({page.tobytes() for page in pages}) == len(pages)
    fewer = drawn(rows=rows[:-1])
    assert any(differ(one, other) for one, other in zip(pages, fewer, strict=False)), "the last row is there"


def test_a_long_name_wraps_inside_its_column() -> None:
    [short], [long] = drawn(rows=[["1", "示*一"]]), drawn(rows=[["1", "阿依古丽·" * 40]])
    right = short.width - 20
    assert long.crop((right, 0, long.width, long.height)).getextrema() == (255, 255), "nothing runs off the paper"
    assert differ(short, long)


def test_what_turns_text_round_and_what_looks_like_markup_is_only_text() -> None:
    assert not differ(drawn(unit="示例\u202eabc")[0], drawn(unit="示例abc")[0])
    trick = '<img onerror=x> #panic("x") $x$ *b* @preview/x:1.0.0 [a] \\'
    assert set(trick) - {" "} <= characters(papers.render("list", values(unit=trick)))


def test_templates_ask_nobody_for_packages() -> None:
    for template in papers.TEMPLATES.glob("*.typ"):
        imports = re.findall(r'#(?:import|include) "([^"]+)"', template.read_text(encoding="utf-8"))
        assert all((papers.TEMPLATES / name).is_file() for name in imports), template.name
        assert "@preview" not in template.read_text(encoding="utf-8")


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    papers._fonts.cache_clear()
    try:
        with pytest.raises(papers.PapersMissing, match=r"pip install pioneer-bank\[pdf\]"):
            papers.render("list", values())
    finally:
        papers._fonts.cache_clear()


def characters(pdf: bytes) -> set[str]:
    """What a reader can copy out of it: the characters that its fonts' glyphs are said to mean."""
    found: set[str] = set()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            continue
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", text, re.DOTALL):
            for meant in re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", block):
                found |= set(bytes.fromhex(meant.decode()).decode("utf-16-be"))
    return found
