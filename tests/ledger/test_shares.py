"""What a household or group is credited, is its own: the check works the shares out again, and says who turned them."""

from __future__ import annotations

import pytest

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.people import households
from ledger.people.households import Collective
from ledger.reading.check import check
from tests.banks import STAFF
from tests.reading.tamper import tamper
from tests.towns import Town


def codes(bank: Bank) -> set[str]:
    return {finding.code for finding in check(bank.store, charter=bank.charter)}


def of_ana(town: Town, kind: OwnerKind) -> Collective:
    """A household or group with Ana in it."""
    by = By(actor=STAFF)
    made = households.create(town.bank, by, kind=kind, organisation=town.district, name="示例")
    households.join(town.bank, by, made, town.volunteer("ana"), from_on=town.bank.today())
    return made


@pytest.mark.tampers
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE service_record SET group_id = (SELECT id FROM collective WHERE name = '示例二')",
        "UPDATE service_record SET group_id = NULL",
        "UPDATE account SET owner_id = (SELECT id FROM volunteer) WHERE owner_kind = 'group'",
        "UPDATE account SET owner_id = (SELECT id FROM collective WHERE name = '示例二') WHERE owner_kind = 'group'",
        "UPDATE account SET purpose = 'wallet' WHERE owner_kind = 'group' AND purpose = 'donate_only'",
        "UPDATE service_record SET inputs = REPLACE(inputs, '\"account\":\"group\",', '')",
    ],
)
def test_points_of_a_group_that_were_turned_to_another_are_found(bank: Bank, bank_url: str, statement: str) -> None:
    town = Town(bank, "nanjing")
    group = of_ana(town, OwnerKind.GROUP)
    by = By(actor=STAFF)
    households.create(bank, by, kind=OwnerKind.GROUP, organisation=town.district, name="示例二")
    assert town.award("ana", 600, group=group.id).posted
    assert codes(bank) == set()
    tamper(bank_url, statement)
    assert "award_wrong" in codes(bank)


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE deed SET household_id = (SELECT id FROM collective WHERE name = '示例二')", "award_wrong"),
        ("UPDATE mark SET household_id = NULL", "mark_wrong"),
        ("UPDATE account SET owner_id = (SELECT id FROM volunteer) WHERE owner_kind = 'household'", "award_wrong"),
    ],
)
def test_points_of_a_household_that_were_turned_to_another_are_found(
    bank: Bank, bank_url: str, statement: str, code: str
) -> None:
    town = Town(bank, "green_account")
    of_ana(town, OwnerKind.HOUSEHOLD)
    by = By(actor=STAFF)
    households.create(bank, by, kind=OwnerKind.HOUSEHOLD, organisation=town.district, name="示例二")
    assert town.deed("ana", "sorting", evaluation="correct").posted
    assert codes(bank) == set()
    tamper(bank_url, statement)
    assert code in codes(bank)


def test_the_household_of_a_deed_is_that_of_its_day(bank: Bank) -> None:
    town = Town(bank, "kunshan")
    household = of_ana(town, OwnerKind.HOUSEHOLD)
    assert town.award("ana", 60).posted
    with bank.store.reading() as connection:
        found = connection.exec_driver_sql("SELECT household_id FROM service_record").scalar_one()
    assert str(found) == str(household.id)
