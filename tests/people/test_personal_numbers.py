"""No number that is somebody's gets into words that are published, however it was typed; days and counts may."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.people.masking import tails
from ledger.people.personal_numbers import has_any, hidden

PLANTED = {
    "身份证 11010519491231002X": "身份证 ******************",
    "110105 19491231 0021": "****** ******** ****",
    "110105-19491231-002x": "******-********-****",
    "１１０１０５１９４９１２３１００２Ｘ": "******************",
    "老证 110105491231002": "老证 ***************",
    "找示例甲13800138000": "找示例甲***********",
    "+86 138 0013 8000": "+** *** **** ****",
    "电话一三八零零一三八零零零": "电话***********",
    "0739-5231234": "****-*******",
    "(0739) 5231234": "(****) *******",
    "010-62345678": "***-********",
    "编号 1234567897": "编号 **********",
    "住3栋2单元401": "住*栋*单元***",
    "12号楼1-502室": "**号楼*-***室",
}
HARMLESS = (
    *("2026年11月3日", "20261103", "2026-09-01至2026-09-30", "2026-09-01-2026-09-30", "2026.9.1-2026.9.30"),
    *("8:30-11:30", "清洁3栋", "3 栋 2 单元 门前", "3栋120人", "第12次清洁", "共 100,000 分钟", "一二三四", ""),
)


@pytest.mark.parametrize(("text", "shown"), PLANTED.items())
def test_a_planted_number_is_found_and_masked(text: str, shown: str) -> None:
    assert has_any(text)
    assert hidden(text) == shown
    assert not has_any(shown)


@pytest.mark.parametrize("text", HARMLESS)
def test_days_and_counts_stay(text: str) -> None:
    assert not has_any(text)
    assert hidden(text) == text


AROUND = st.text(st.characters(exclude_categories=["Cs", "Nd", "Nl", "No"]), max_size=12)


@given(before=AROUND, after=AROUND, number=st.sampled_from(["11010519491231002X", "13800138000", "0739-5231234"]))
def test_whatever_stands_around_it(before: str, after: str, number: str) -> None:
    assert hidden(f"{before},{number},{after}") == f"{before},{hidden(number)},{after}"


@given(st.text(max_size=60))
def test_what_is_hidden_is_as_long_as_it_was_and_holds_nothing_any_more(text: str) -> None:
    assert len(hidden(text)) == len(text)
    assert not has_any(hidden(text))


def test_tails_are_as_long_as_it_takes_to_tell_them_apart() -> None:
    assert tails(["1000004821", "1000007730"], shortest=4) == {"1000004821": "4821", "1000007730": "7730"}
    assert tails(["1000004821", "1000014821"], shortest=4) == {"1000004821": "04821", "1000014821": "14821"}
    assert tails(["1000004821"] * 2, shortest=4) == {"1000004821": "4821"}
    assert tails([], shortest=4) == {}
