"""Particulars are read in one spelling, and refused with the mend where they cannot be meant."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.people import particulars
from ledger.people.particulars import ParticularInvalid

TODAY = date(2026, 3, 2)
ID_NUMBER = "11010519491231002X"
"""The example of GB 11643; nobody's."""


def refused(field: str, typed: object) -> str:
    with pytest.raises(ParticularInvalid) as caught:
        particulars.read(field, typed, today=TODAY)
    assert not str(typed) or str(typed) not in str(caught.value) + caught.value.zh + caught.value.en
    return caught.value.code


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        "+86 138-0000-1234",
        "１３８００００１２３４",
        "0086 13800001234",
        "86 138 0000 1234",
        13800001234.0,
    ],
)
def test_a_phone_number_is_read_as_people_write_it(typed: object) -> None:
    assert particulars.read("phone", typed, today=TODAY) == "13800001234"
    assert particulars.phone_tail("13800001234") == "1234"


def test_a_landline_is_a_phone_number_too() -> None:
    assert particulars.phone("(0739) 536-1234") == "07395361234"


@pytest.mark.parametrize("typed", ["12800001234", "1380000123", "138000012345", "", "me", "13800001234x", True])
def test_what_is_no_phone_number_is_refused(typed: object) -> None:
    assert refused("phone", typed) == "phone_wrong"


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", " 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_an_identity_number_is_read_as_people_write_it(typed: str) -> None:
    assert particulars.read("id_number", typed, today=TODAY) == ID_NUMBER


def test_an_identity_number_must_hold_together() -> None:
    assert refused("id_number", "110105194912310021") == "id_number_checksum"
    assert refused("id_number", "110105491231002") == "id_number_wrong"
    assert refused("id_number", "110105194902300023") in ("id_number_wrong", "id_number_checksum")


@pytest.mark.parametrize(
    "typed", [1.1010519491231e17, 110105194912310021, float("inf"), float("nan"), "1.10105E+17", "1.10105194912310E+17"]
)
def test_an_identity_number_that_a_spreadsheet_took_for_a_number_is_refused_with_its_mend(typed: object) -> None:
    assert refused("id_number", typed) == "digits_lost"
    assert "请将该列设为文本后重新录入" in particulars.SENTENCES["digits_lost"][0]


@pytest.mark.parametrize(
    "typed", ["1980-03-08", "1980年3月8日", "1980/3/8", "1980.3.8", "19800308", 19800308.0, "１９８０－０３－０８"]
)
def test_a_day_of_birth_is_read_as_people_write_it(typed: object) -> None:
    assert particulars.read("birth_date", typed, today=TODAY) == "1980-03-08"


@pytest.mark.parametrize("typed", ["2026-03-03", "1899-12-31", "1980-02-30", "80-3-8", "soon"])
def test_nobody_is_born_on_such_a_day(typed: str) -> None:
    assert refused("birth_date", typed) == "birth_date_wrong"


def test_birth_and_gender_must_agree_with_the_identity_number() -> None:
    particulars.refuse_contradictions({"id_number": ID_NUMBER, "birth_date": "1949-12-31", "gender": "female"})
    for beside, code in (({"birth_date": "1950-01-01"}, "birth_date_differs"), ({"gender": "male"}, "gender_differs")):
        with pytest.raises(ParticularInvalid, match=code):
            particulars.refuse_contradictions({"id_number": ID_NUMBER} | beside)
    assert particulars.birth_in({"id_number": ID_NUMBER}) == date(1949, 12, 31)
    assert particulars.birth_in({}) is None


def test_one_is_a_year_older_from_the_birthday_on() -> None:
    born = date(2012, 3, 2)
    assert particulars.age_on(born, date(2026, 3, 1)) == 13
    assert particulars.age_on(born, date(2026, 3, 2)) == 14
    assert particulars.age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13


def test_gender_membership_and_address_are_read() -> None:
    assert particulars.read("gender", "女", today=TODAY) == "female"
    assert particulars.read("party_member", "中共党员", today=TODAY) == "yes"
    assert particulars.read("address", "\u3000示例路 1 号 ", today=TODAY) == "示例路 1 号"
    assert refused("gender", "?") == "gender_wrong"
    assert refused("party_member", "perhaps") == "party_member_wrong"
    assert refused("address", "  ") == "address_wrong"
    assert refused("address", "示例\u202e路") == "address_wrong"


@pytest.mark.parametrize(
    ("field", "value", "mask"),
    [
        ("phone", "13800001234", "138****1234"),
        ("id_number", ID_NUMBER, "1101************2X"),
        ("birth_date", "1980-03-08", "1980-**-**"),
        ("gender", "female", "*"),
        ("address", "示例路 1 号 2 单元", "示例路****"),
        ("party_member", "yes", "*"),
    ],
)
def test_a_mask_shows_enough_to_recognise_and_too_little_to_use(field: str, value: str, mask: str) -> None:
    assert particulars.masked(field, value) == mask


@given(st.sampled_from(particulars.FIELDS), st.text() | st.floats() | st.integers() | st.booleans() | st.none())
def test_whatever_is_typed_is_read_once_and_for_all_or_refused(field: str, typed: object) -> None:
    with contextlib.suppress(ParticularInvalid):
        value = particulars.read(field, typed, today=TODAY)
        assert particulars.read(field, value, today=TODAY) == value
        assert "*" in particulars.masked(field, value)
