"""Who is in which household on which day: looked up at once for a whole roster, and never two at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.core.refusals.organisations import AlreadyAtHome
from ledger.core.refusals.refusal import Refused
from ledger.people import households
from ledger.people.households import HEAD, Collective
from ledger.people.volunteers import Volunteer
from ledger.store import memberships, rows
from ledger.store.schema.people import volunteer as volunteer_table
from tests.banks import STAFF
from tests.towns import Town

MARCH, MAY = date(2026, 3, 2), date(2026, 5, 1)


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def household(town: Town, name: str, *members: str, kind: OwnerKind = OwnerKind.HOUSEHOLD) -> Collective:
    made = households.create(town.bank, By(actor=STAFF), kind=kind, organisation=town.district, name=f"示例{name}")
    for each in members:
        households.join(town.bank, By(actor=STAFF), made, town.volunteer(each), from_on=MARCH)
    return made


def test_the_households_of_a_roster_are_one_look_up(town: Town, bank: Bank) -> None:
    lis, wangs = household(town, "李", "ana", "bo"), household(town, "王")
    ana, bo, cy = (town.volunteer(name) for name in ("ana", "bo", "cy"))
    households.leave(bank, By(actor=STAFF), lis, ana, until_on=MAY - timedelta(days=1))
    households.join(bank, By(actor=STAFF), wangs, ana, from_on=MAY)
    before = MARCH - timedelta(days=1)
    asked = [(ana.id, before), (ana.id, MARCH), (ana.id, MAY), (bo.id, MAY), (cy.id, MAY)]
    statements: list[str] = []
    with bank.store.reading() as connection:
        engine = connection.engine
    event.listen(engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    found = households.households_of(bank, asked)
    assert {of: one.id for of, one in found.items()} == {
        (ana.id, MARCH): lis.id,
        (ana.id, MAY): wangs.id,
        (bo.id, MAY): lis.id,
    }
    assert sum("membership" in each for each in statements) == 1
    assert households.household_of(bank, cy.id, MAY) is None


def test_a_household_is_found_inside_a_larger_statement(town: Town, bank: Bank) -> None:
    lis = household(town, "李", "ana")
    asked = select(volunteer_table.c.volunteer_no, memberships.home_of(volunteer_table.c.id, MAY))
    asked = asked.order_by(volunteer_table.c.volunteer_no)
    ana, cy = town.volunteer("ana"), town.volunteer("cy")
    with bank.store.reading() as connection:
        found = {row[0]: row[1] for row in connection.execute(asked)}
    assert found == {ana.volunteer_no: lis.id, cy.volunteer_no: None}


def test_the_groups_of_somebody_come_in_the_order_they_were_joined(town: Town, bank: Bank) -> None:
    later, sooner = (household(town, name, kind=OwnerKind.GROUP) for name in ("后", "先"))
    ana = town.volunteer("ana")
    for group, on in ((later, MAY), (sooner, MARCH)):
        households.join(bank, By(actor=STAFF), group, ana, from_on=on)
    assert [one.id for one in households.groups_of(bank, [(ana.id, MAY)])[(ana.id, MAY)]] == [sooner.id, later.id]


def _row(collective: Collective, who: Volunteer, bank: Bank, **changed: object) -> dict[str, object]:
    return {
        "id": bank.world.new_id(),
        "collective_id": collective.id,
        "volunteer_id": who.id,
        "role": HEAD,
        "from_on": MARCH,
        "until_on": None,
        "at_home_of": who.id,
        "headed_id": collective.id,
        "recorded_at": 1,
    } | changed


def test_the_database_too_refuses_two_homes_two_heads_and_days_the_wrong_way_round(town: Town, bank: Bank) -> None:
    lis, wangs = household(town, "李"), household(town, "王")
    ana, bo = town.volunteer("ana"), town.volunteer("bo")
    households.join(bank, By(actor=STAFF), lis, ana, from_on=MARCH, role=HEAD)
    wrong = [
        _row(wangs, ana, bank),
        _row(lis, bo, bank),
        _row(wangs, bo, bank, until_on=MARCH - timedelta(days=1)),
        _row(wangs, bo, bank, role="king"),
    ]
    for row in wrong:
        with pytest.raises((rows.Taken, IntegrityError)), bank.changing(By(actor=STAFF)) as change:
            change.add("membership", row)
    with bank.changing(By(actor=STAFF)) as change:
        change.add("membership", _row(wangs, bo, bank))


def test_leaving_in_the_future_keeps_somebody_at_home_until_then(town: Town, bank: Bank) -> None:
    lis, wangs = household(town, "李", "ana"), household(town, "王")
    ana = town.volunteer("ana")
    households.leave(bank, By(actor=STAFF), lis, ana, until_on=MAY)
    with pytest.raises(Refused) as no:
        households.join(bank, By(actor=STAFF), wangs, ana, from_on=MAY)
    assert no.value.refusal == AlreadyAtHome()
    households.join(bank, By(actor=STAFF), wangs, ana, from_on=MAY + timedelta(days=1))


def test_every_change_of_members_is_in_the_audit_without_a_name(town: Town, bank: Bank) -> None:
    lis = household(town, "李", "ana", "bo")
    ana, bo = town.volunteer("ana"), town.volunteer("bo")
    households.appoint(bank, By(actor=STAFF), lis, ana, from_on=MARCH)
    households.leave(bank, By(actor=STAFF), lis, bo, until_on=MAY)
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "audit", order=("recorded_at", "id"), after=None, limit=50, subject_id=str(lis.id)
        )
    assert sorted(row["action"] for row in found.items) == ["appoint", "create", "join", "join", "leave"]
    assert not any("示例" in row["change"] for row in found.items)


def test_only_households_and_groups_have_members(town: Town, bank: Bank) -> None:
    with pytest.raises(ValueError, match="desk"):
        households.create(bank, By(actor=STAFF), kind=OwnerKind.DESK, organisation=town.district, name="台")
