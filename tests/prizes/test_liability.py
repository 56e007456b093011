"""What is outstanding: every figure is the ledger's at the seq it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ledger.bank import Bank, By
from ledger.prizes import budgets, catalogue, liability, purchases, reservations, stock
from ledger.prizes.liability import Line
from tests.banks import STAFF, Clock
from tests.towns import Town

FIRST, NEXT = date(2026, 3, 2), date(2026, 3, 3)


def busy(bank: Bank, clock: Clock) -> Town:
    """A day of everything that counts, and the day after it."""
    clock.set(FIRST)
    town = Town(bank)
    town.prize("杯", 20)
    town.receive("杯", 5)
    town.adjust("甲", 100, expires_on=date(2026, 12, 31))
    town.adjust("乙", 7)
    clock.set(NEXT)
    town.adjust("甲", 50, expires_on=date(2026, 6, 30))
    kept = reservations.reserve(
        *(bank, By(actor=STAFF), town.request("keep")),
        volunteer=town.volunteer("甲"),
        desk=town.desk,
        items=[(town.prize("杯"), 1)],
    )
    assert kept.posted
    return town


def figures(lines: tuple[Line, ...]) -> set[tuple[str, str | None, int | None, int | None]]:
    return {(line.kind, line.lapse_month, line.quantity, line.points) for line in lines}


def test_outstanding_points_stand_by_month_beside_stock_and_reservations(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    made = liability.report(bank, within=[town.district.path])
    assert figures(made.lines) == {
        ("points", "2026-06", None, 30),
        ("points", "2026-12", None, 100),
        ("points", None, None, 7),
        ("held", "2026-06", None, 20),
        ("stock", None, 4, 80),
        ("committed", None, 1, 20),
    }


def test_a_past_day_is_told_from_the_moves_up_to_its_end(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    made = liability.report(bank, on=FIRST, within=[town.district.path])
    assert made.seq < liability.report(bank, within=[town.district.path]).seq
    assert figures(made.lines) == {
        ("points", "2026-12", None, 100),
        ("points", None, None, 7),
        ("stock", None, 5, 100),
    }


def test_what_has_lapsed_and_still_stands_there_is_apart(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    clock.set(date(2026, 7, 1))
    made = liability.report(bank, within=[town.district.path])
    assert ("overdue", "2026-06", None, 30) in figures(made.lines)
    assert {line.lapse_month for line in made.lines if line.kind == "points"} == {"2026-12", None}


def test_values_are_reckoned_from_the_settings_and_are_unknown_without(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    assert {line.value_fen for line in liability.report(bank, within=[town.district.path]).lines} == {None}
    bank.settings = replace(bank.settings, reference_fen_per_point=25)
    made = liability.report(bank, within=[town.district.path])
    assert all(line.value_fen == 25 * line.points for line in made.lines if line.points is not None)


def test_goods_are_worth_what_was_said_of_them_and_points_are_not(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    catalogue.change_prize(bank, By(actor=STAFF), town.prize("杯"), reference_fen=300)
    made = liability.report(bank, within=[town.district.path])
    assert {(line.kind, line.value_fen) for line in made.lines if line.value_fen is not None} == {
        ("stock", 1_200),
        ("committed", 300),
    }


def yuan(bank: Bank, town: Town, on: date | None = None) -> dict[str, list[int | None]]:
    """Of what is ordered and of the budget, in fen."""
    lines = liability.report(bank, on=on, within=[town.district.path]).lines
    return {
        kind: found
        for kind in ("ordered", "budget", "spent", "left")
        if (found := sorted((line.value_fen for line in lines if line.kind == kind), key=lambda fen: -(fen or 0)))
    }


def test_what_is_ordered_binds_the_budget_until_it_comes_or_never_will(bank: Bank, clock: Clock) -> None:
    clock.set(FIRST)
    town, by = Town(bank), By(actor=STAFF)
    cup = town.prize("杯", 20)

    def bought(quantity: int, cost_fen: int | None) -> purchases.Purchase:
        ordered = {"organisation": town.district, "prize": cup, "supplier": "示例店"}
        return purchases.order(bank, by, quantity=quantity, cost_fen=cost_fen, **ordered)  # type: ignore[arg-type]

    half, never, gift = bought(4, 1_001), bought(2, 500), bought(3, None)
    assert yuan(bank, town) == {"ordered": [1_001, 500, None]}
    budgets.set_apart(bank, by, organisation=town.district, year=2026, budget_fen=9)
    budgets.set_apart(bank, by, organisation=town.district, year=2026, budget_fen=2_000)
    budgets.set_apart(bank, by, organisation=town.district, year=2027, budget_fen=7)
    assert yuan(bank, town) == {"ordered": [1_001, 500, None], "budget": [2_000], "spent": [0], "left": [499]}
    clock.set(NEXT)
    for quantity, purchase in ((2, half), (3, gift)):
        request = town.request(f"receive {purchase.id}")
        assert stock.receive(
            *(bank, by, request), desk=town.desk, prize=cup, quantity=quantity, source="示例店", purchase=purchase
        ).posted
    assert purchases.end(bank, by, never).state == purchases.end(bank, by, never).state == "ended"
    assert yuan(bank, town) == {"ordered": [501], "budget": [2_000], "spent": [501], "left": [998]}
    assert yuan(bank, town, FIRST)["left"] == [499]
    catalogue.change_prize(bank, by, cup, reference_fen=100)
    assert yuan(bank, town)["left"] == [698]
    states = {one.id: (one.received, one.state) for one in purchases.page(bank, **everywhere(town)).items}
    assert states == {half.id: (2, "open"), never.id: (0, "ended"), gift.id: (3, "received")}
    assert [one.id for one in purchases.page(bank, **everywhere(town, is_open=True)).items] == [half.id]
    more = town.request("more than ordered")
    assert stock.receive(bank, by, more, desk=town.desk, prize=cup, quantity=5, source="示例店", purchase=half).posted
    assert yuan(bank, town)["spent"] == [1_301]  # what was added to it was not paid for


def everywhere(town: Town, **more: Any) -> dict[str, Any]:
    return {"within": [town.district.path], "is_open": None, "after": None, "limit": 9} | more


def test_another_part_of_the_tree_sees_nothing_of_it(bank: Bank, clock: Clock) -> None:
    busy(bank, clock)
    assert liability.report(bank, within=["/nowhere/"]).lines == ()


def test_it_can_be_printed(bank: Bank, clock: Clock) -> None:
    town = busy(bank, clock)
    made = liability.report(bank, within=[town.district.path])
    assert liability.paper(bank, made, "示例区").startswith(b"%PDF")
