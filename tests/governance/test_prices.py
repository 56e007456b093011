"""A price list comes into force like a rulebook: prizes cost what it says from its day on; nobody reprices alone."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.bank import Bank, By
from ledger.governance import proposals
from ledger.people import organisations
from ledger.prizes import catalogue, price_history
from ledger.prizes.catalogue import PriceDecided, PriceUndecided
from ledger.rules import RulebookInvalid
from tests.banks import STAFF, Clock
from tests.proposals import PEOPLE, carried, drafted, request
from tests.towns import Town


def a_list(on: str, **prices: tuple[object, int]) -> str:
    lines = [f"  - {{prize: {id}, points: {points}}}" for id, points in prices.values()]
    return "\n".join(["title: {zh: 价目(示例), en: prices}", f"effective_from: {on}", "prices:", *lines, ""])


@pytest.fixture
def town(bank: Bank) -> Town:
    made = Town(bank, "kunshan")
    made.prize("mug", 20)
    made.receive("mug", 5)
    made.award("甲", 600)
    return made


def decide(town: Town, on: str, points: int) -> None:
    document = a_list(on, mug=(town.prize("mug").id, points))
    carried(town.bank, town.district, document, kind="price_list")


def cost(town: Town) -> int:
    found = catalogue.find_prize(town.bank, town.prize("mug").id)
    assert found is not None
    return found.cost_points


def test_a_prize_costs_what_was_decided_from_that_day_on(town: Town, clock: Clock) -> None:
    decide(town, "2026-03-10", 12)
    assert cost(town) == 20
    clock.set("2026-03-10")
    assert cost(town) == 12
    town.replace_prize("mug", catalogue.find_prizes(town.bank, [town.prize("mug").id])[town.prize("mug").id])
    assert town.redeem("甲", ("mug", 1)).answer["points"] == 12


def test_the_latest_list_holds(town: Town, clock: Clock) -> None:
    decide(town, "2026-03-10", 12)
    decide(town, "2026-03-20", 15)
    clock.set("2026-03-25")
    assert cost(town) == 15
    [listed] = catalogue.prizes(town.bank, within=[town.district.path], after=None, limit=5).items
    assert listed.cost_points == 15


def test_nobody_reprices_alone_what_was_decided(town: Town, clock: Clock) -> None:
    decide(town, "2026-03-10", 12)
    clock.set("2026-03-10")
    by, mug = By(actor=STAFF), town.prize("mug")
    with pytest.raises(PriceDecided):
        catalogue.change_prize(town.bank, by, mug, cost_points=1)
    assert not catalogue.change_prize(town.bank, by, mug, on_shelf=False).on_shelf


LEFT_TO_LISTS = """code: listed
version: 1
title: {zh: 示例, en: example}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules: [{id: service, title: {zh: 服务, en: service}, points: 10, per: hour, rounding: floor}]
redemption: {prices_decided: true}
"""


def test_where_the_rulebook_leaves_prices_to_lists_nothing_is_offered_before_one_names_it(
    bank: Bank, clock: Clock
) -> None:
    town, by = Town(bank, LEFT_TO_LISTS), By(actor=STAFF)
    mug = town.prize("mug", 20)
    town.receive("mug", 5)
    town.award("甲", 600)
    assert not mug.on_shelf
    with pytest.raises(PriceUndecided):
        catalogue.change_prize(bank, by, mug, on_shelf=True)
    with pytest.raises(PriceDecided):
        catalogue.change_prize(bank, by, mug, cost_points=1)
    decide(town, "2026-03-10", 12)
    clock.set("2026-03-10")
    town.replace_prize("mug", catalogue.change_prize(bank, by, mug, on_shelf=True))
    assert town.redeem("甲", ("mug", 1)).answer["points"] == 12


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("title: {zh: 价, en: p}\neffective_from: 2026-04-01\nprices: []\n", "prices"),
        (a_list("2026-04-01", mug=("00000000-0000-7000-8000-000000000001", 5)), "prices[0].prize"),
        (a_list("2026-04-01", mug=("mug", 5)), "prices[0].prize"),
        (a_list("2026-04-01", mug=("00000000-0000-7000-8000-000000000001", 0)), "prices[0].points"),
    ],
)
def test_a_list_with_faults_cannot_be_proposed(town: Town, document: str, field: str) -> None:
    draft = drafted(town.bank, town.district, document, kind="price_list")
    with pytest.raises(RulebookInvalid) as invalid:
        proposals.propose(town.bank, By(actor=PEOPLE[0]), request(town.bank, "x"), draft)
    assert invalid.value.findings[0].field == field


def test_an_estate_prices_its_own_prizes_only(town: Town) -> None:
    estate = organisations.create(town.bank, By(actor=STAFF), parent=town.district, level="estate", name="示例小区")
    document = a_list(date(2026, 4, 1).isoformat(), mug=(town.prize("mug").id, 1))
    draft = drafted(town.bank, estate, document, kind="price_list")
    with pytest.raises(RulebookInvalid):
        proposals.propose(town.bank, By(actor=PEOPLE[0]), request(town.bank, "x"), draft)


def test_the_history_tells_which_list_set_a_price(bank: Bank, town: Town, clock: Clock) -> None:
    mug = town.prize("mug")
    town.replace_prize("mug", catalogue.change_prize(bank, By(actor=STAFF), mug, cost_points=25))
    decide(town, "2027-01-01", 30)

    def told() -> list[tuple[int, str, bool]]:
        found = price_history.prices_of(bank, mug)
        return [(one.cost_points, one.state, one.price_list is not None) for one in found]

    assert told() == [(20, "past", False), (25, "in_force", False), (30, "coming", True)]
    clock.set("2027-01-01")
    assert told() == [(20, "past", False), (25, "past", False), (30, "in_force", True)]
    [listed] = [one for one in price_history.prices_of(bank, mug) if one.price_list]
    assert listed.title is not None
    assert listed.title.en == "prices"
    assert listed.decided_seq is not None
