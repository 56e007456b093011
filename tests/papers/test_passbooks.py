"""A passbook begins with a balance, ends with one, and every line follows from the line above it."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
import zxingcpp
from PIL import Image

from ledger import papers
from ledger.bank import Bank
from ledger.core.accounts import MINUTES, POINTS
from ledger.core.entries import Kind
from ledger.reading import passbooks
from ledger.reading.passbooks import Passbook, minutes_text, passbook, points_text
from tests.banks import Clock
from tests.clients.test_words import NEVER_ON_A_STATEMENT
from tests.towns import Town

LINK = "https://bank.example/verify"


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


@pytest.fixture
def lived(town: Town, clock: Clock) -> tuple[Town, list[date]]:
    """Four days on which something happens to ana."""
    days = []
    for at in range(4):
        days.append(town.bank.today())
        town.award("ana", 60 + at, activity=f"cleaning-{at}")
        town.adjust("ana", -3, reason="示例多记")
        clock.forward(seconds=24 * 3600)
    return town, days


def book(town: Town, since: date, until: date) -> Passbook:
    return passbook(town.bank, town.volunteer("ana").owner, since=since, until=until)


def follows(made: Passbook) -> bool:
    for part in made.parts:
        held = part.opening
        for entry in part.entries:
            held += entry.amount
            if held != entry.balance_after:
                return False
        if held != part.closing:
            return False
    return True


@pytest.mark.parametrize(("first", "last"), [(0, 3), (1, 2), (2, 2), (3, 3)])
def test_every_line_follows_from_the_one_above(lived: tuple[Town, list[date]], first: int, last: int) -> None:
    town, days = lived
    made = book(town, days[first], days[last])
    assert follows(made)
    assert [len(part.entries) for part in made.parts] == [2 * (last - first + 1), last - first + 1]


def test_one_passbook_goes_on_where_the_last_one_ended(lived: tuple[Town, list[date]]) -> None:
    town, days = lived
    whole, early, late = book(town, days[0], days[3]), book(town, days[0], days[1]), book(town, days[2], days[3])
    for at in (0, 1):
        assert early.parts[at].closing == late.parts[at].opening
        assert early.parts[at].entries + late.parts[at].entries == whole.parts[at].entries
    held = town.balance("ana")
    assert (whole.parts[0].opening, whole.parts[0].closing) == (0, held.points)
    assert whole.parts[1].closing == held.minutes_clocked


def test_a_time_in_which_nothing_happened_has_one_balance(lived: tuple[Town, list[date]]) -> None:
    town, days = lived
    later, before = days[3] + timedelta(days=1), days[0] - timedelta(days=9)
    assert [part.opening == part.closing != 0 for part in book(town, later, later).parts] == [True, True]
    assert [(part.opening, part.closing) for part in book(town, before, before).parts] == [(0, 0), (0, 0)]


def test_what_was_entered_later_stands_on_the_day_of_entry(town: Town) -> None:
    today = town.bank.today()
    town.award("ana", 60, on=today - timedelta(days=20))
    assert [len(part.entries) for part in book(town, today, today).parts] == [1, 1]
    shown = passbooks.values(town.bank, book(town, today, today), name="", volunteer_no="", link=LINK, bundle=None)
    assert (today - timedelta(days=20)).isoformat() in shown["parts"][0]["rows"][0][1]


def test_the_paper_shows_the_balances_and_carries_the_receipts(lived: tuple[Town, list[date]]) -> None:
    town, days = lived
    made = book(town, days[0], days[3])
    values = passbooks.values(
        town.bank, made, name="示例㛃", volunteer_no="1234567897", link=LINK, bundle=json.dumps({"proofs": []})
    )
    [page] = papers.pictures("passbook", values, ppi=120)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))] == [LINK]
    pdf = papers.render("passbook", values)
    assert b"statement.json" in pdf
    assert values["parts"][0]["closing"] == points_text(town.balance("ana").points, town.bank.charter.points_scale)


@pytest.mark.parametrize(
    ("amount", "scale", "text"), [(125, 1, "12.5"), (5, 2, "0.05"), (-5, 1, "-0.5"), (7, 0, "7"), (0, 1, "0.0")]
)
def test_points_are_read_in_points(amount: int, scale: int, text: str) -> None:
    assert points_text(amount, scale) == text


def test_minutes_are_read_as_hours_and_minutes() -> None:
    assert [minutes_text(amount) for amount in (150, -150, 5, 0)] == ["2:30", "-2:30", "0:05", "0:00"]
    assert (POINTS, MINUTES) == (1, 2)


def test_every_kind_that_moves_what_is_a_person_s_has_a_title() -> None:
    assert set(passbooks.TITLES) == {kind.value for kind in Kind} - NEVER_ON_A_STATEMENT
