"""Yearly letters and returns: what they say of a year is what the ledger has of it, for one person and for many."""

from __future__ import annotations

from datetime import date

from ledger.bank import Bank, By
from ledger.people import closings, consents, organisations, party, volunteers
from ledger.reading import letters, party_returns, reports
from ledger.reading.balances import balance_of
from tests.banks import STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)
LINK = "https://bank.example/verify"


def lived(bank: Bank, clock: Clock) -> Town:
    """Two years of two people, one of whom was registered twice."""
    clock.set(date(2025, 11, 3))
    town = Town(bank)
    town.award("甲", 60, activity="earlier")
    clock.set(date(2026, 3, 3))
    town.award("甲", 120)
    town.award("乙", 90, method="roster")
    town.award("丙", 30, activity="patrol")
    town.receive("杯", 5)
    clock.set(date(2026, 5, 3))
    assert town.redeem("甲", ("杯", 1)).posted
    merged = closings.merge(bank, BY, town.request("merge", None), town.volunteer("丙"), town.volunteer("甲"))
    assert merged.posted
    return town


def test_the_letters_of_everybody_add_up_to_the_report_of_the_year(bank: Bank, clock: Clock) -> None:
    town = lived(bank, clock)
    people = [town.volunteer(name) for name in ("甲", "乙")]
    written = letters.letters(bank, people, 2026)
    [whole] = reports.report(
        bank, since=date(2026, 1, 1), until=date(2026, 12, 31), every="whole", within=[town.district.path]
    ).rows
    assert sum(sum(one.minutes.values()) for one in written) == whole.minutes == 240
    assert sum(one.opening for one in written) == whole.points.opening == 10
    assert sum(one.closing for one in written) == whole.points.outstanding
    assert sum(one.moves.get("redeemed", 0) for one in written) == whole.points.redeemed == -20
    for one in written:
        assert one.closing == balance_of(bank, one.volunteer.owner).points
        assert one.opening + sum(month.came + month.went for month in one.months) == one.closing


def test_somebody_registered_twice_gets_one_letter_of_both(bank: Bank, clock: Clock) -> None:
    town = lived(bank, clock)
    [one] = letters.letters(bank, [town.volunteer("甲")], 2026)
    assert (one.records, one.activities, one.minutes) == (2, 2, {"clocked": 150})
    assert [month.minutes for month in one.months] == [0, 0, 150, 0, 0]


def test_a_letter_has_a_page_of_its_own_and_asks_as_much_for_many_as_for_one(bank: Bank, clock: Clock) -> None:
    town = lived(bank, clock)
    people = [town.volunteer(name) for name in ("甲", "乙")]
    assert letters.paper(bank, letters.letters(bank, people, 2026), link=LINK).startswith(b"%PDF-")
    found = letters.active(bank, 2026, within=[town.district.path], after=None, limit=2)
    rest = letters.active(bank, 2026, within=[town.district.path], after=found.after, limit=2)
    assert {one.volunteer_no for one in [*found.items, *rest.items]} >= {one.volunteer_no for one in people}
    assert rest.after is None


def test_a_return_tells_the_unit_what_held_in_the_year(bank: Bank, clock: Clock) -> None:
    town = lived(bank, clock)
    home = organisations.create(bank, BY, parent=town.district, level="community", name="示例社区")
    unit = organisations.create(bank, BY, parent=town.district, level="unit", name="示例单位")
    who = volunteers.register(bank, BY, organisation=home, name="示例党员")
    town.replace_volunteer("党员", who)
    consents.record(bank, BY, who, purpose=consents.SENSITIVE_DATA, given=True, captured="paper")
    before = party.tie(bank, BY, who, kind="home", organisation=home, from_on=date(2025, 1, 1))
    party.end(bank, BY, before, until_on=date(2025, 12, 31))
    party.tie(bank, BY, who, kind="unit", organisation=unit, from_on=date(2026, 2, 1))
    town.award("党员", 45, activity="patrol-2")
    made = party_returns.member_return(bank, who, 2026)
    assert [(tie.kind, tie.organisation_name) for tie in made.ties] == [("unit", "示例单位")]
    assert (made.minutes, len(made.services)) == (45, 1)
    facts = dict(map(tuple, party_returns.values(bank, made)["facts"]))
    assert facts["单位报到"] == "示例单位, 待确认, 2026-02-01"
    assert party_returns.paper(bank, made).startswith(b"%PDF-")
