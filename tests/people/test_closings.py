"""An account ends empty, by rule; a merged number leads on; both can be undone, and nobody earns twice."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, NEVER, POINTS, Owner, OwnerKind, Purpose
from ledger.people import closings, privacy, volunteers
from ledger.people.merge import Merge
from ledger.people.volunteers import Volunteer
from ledger.service import records, rulebooks
from ledger.store import pages
from ledger.store.writer import Outcome, Submission
from tests.banks import SECOND, STAFF
from tests.towns import Town

BY = By(actor=STAFF)
SOON, LATER = date(2026, 6, 30), date(2026, 12, 31)


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def request(town: Town) -> Request:
    return town.request("ending", None)


def close(town: Town, name: str, reason: str = "left", heir: Owner | None = None) -> Outcome:
    return closings.close(town.bank, BY, request(town), town.volunteer(name), reason=reason, heir=heir)


def merge(town: Town, merged: str, survivor: str) -> Outcome:
    return closings.merge(town.bank, BY, request(town), town.volunteer(merged), town.volunteer(survivor))


def undo(town: Town, name: str, seq: int | None, reason: str = "示例误办") -> Outcome:
    assert seq is not None
    return closings.undo(town.bank, BY, request(town), town.volunteer(name), seq, reason)


def refused(outcome: Outcome) -> str:
    assert outcome.refusal is not None
    return outcome.refusal.code


def lots(town: Town, name: str) -> dict[date, int]:
    """What the wallet holds, by last day."""
    with town.bank.store.reading() as connection:
        _, accounts = pages.holdings(connection, town.volunteer(name).id)
    wallet = [one for one in accounts if one.key.purpose is Purpose.WALLET and one.balance]
    return {one.key.expires_on: one.balance for one in wallet}


def forfeited(town: Town) -> int:
    with town.bank.store.reading() as connection:
        _, accounts = pages.holdings(connection, town.district.id)
    return sum(one.balance for one in accounts if one.key.purpose is Purpose.FORFEITED and one.key.unit == POINTS)


# -- leaving and dying -------------------------------------------------------------------------------------------------


def test_what_is_left_of_somebody_who_leaves_is_forfeit_to_the_organisation(town: Town) -> None:
    town.award("ana", 120)
    assert close(town, "ana").answer["points"] == 20
    assert (town.points("ana"), forfeited(town)) == (0, 20)
    assert town.balance("ana").minutes_clocked == 120


def test_a_closed_account_neither_earns_nor_spends_nor_is_corrected(town: Town) -> None:
    posted = town.award("ana", 120)
    town.prize("mug", 1)
    assert close(town, "ana").posted
    assert posted.seq is not None
    for outcome in (
        town.award("ana", 60),
        town.redeem("ana", ("mug", 1)),
        town.adjust("ana", 5),
        town.reverse(posted.seq),
        close(town, "ana"),
        merge(town, "bo", "ana"),
    ):
        assert refused(outcome) == "volunteer_closed"


def test_a_closing_and_what_follows_it_in_the_same_batch_see_each_other(town: Town) -> None:
    bank, ana = town.bank, town.volunteer("ana")
    from ledger.core.adjustment import Adjust
    from ledger.people.close import Close
    from ledger.store.writer import Submission

    gives = [
        Adjust(id=bank.world.new_id(), actor=STAFF, second=SECOND, owner=ana.owner, organisation=town.owner, amount=5,
               reason="示例")
        for _ in range(2)
    ]  # fmt: skip
    ends = Close(
        id=bank.world.new_id(), actor=STAFF, volunteer=ana.owner, organisation=town.owner, reason="left",
        is_transferred=False,
    )  # fmt: skip
    outcomes = bank.submit_all([Submission.own(command) for command in (gives[0], ends, gives[1])])
    assert [outcome.posted for outcome in outcomes] == [True, True, False]
    assert refused(outcomes[2]) == "volunteer_closed"


def test_points_of_somebody_who_dies_go_to_the_heir_with_their_days(town: Town) -> None:
    town.adjust("ana", 10, expires_on=SOON)
    town.adjust("ana", 5, expires_on=LATER)
    assert refused(close(town, "ana", "died")) == "heir_needed"
    assert close(town, "ana", "died", town.volunteer("bo").owner).posted
    assert lots(town, "bo") == {SOON: 10, LATER: 5}
    assert town.points("ana") == 0


def test_an_heir_may_be_a_household(town: Town) -> None:
    town.adjust("ana", 10, expires_on=SOON)
    home = Owner(OwnerKind.HOUSEHOLD, town.bank.world.new_id())
    assert close(town, "ana", "died", home).posted
    with town.bank.store.reading() as connection:
        _, accounts = pages.holdings(connection, home.id)
    assert [(one.key.expires_on, one.balance) for one in accounts if one.balance] == [(SOON, 10)]


def test_an_heir_pays_their_own_debt_first_and_inherits_none(town: Town) -> None:
    for name in ("bo", "ana"):
        wrong = town.award(name, 120)
        town.prize("mug", 20)
        town.receive("mug", 1)
        assert town.redeem(name, ("mug", 1)).posted
        assert wrong.seq is not None
        assert town.reverse(wrong.seq).answer["debt_points"] == 20
    town.adjust("cy", 30, expires_on=SOON)
    assert close(town, "cy", "died", town.volunteer("bo").owner).posted
    assert (town.balance("bo").debt, lots(town, "bo")) == (0, {SOON: 10})
    assert close(town, "ana", "died", town.volunteer("bo").owner).posted
    assert (town.balance("ana").debt, town.balance("bo").debt, forfeited(town)) == (0, 0, -20)


def test_what_has_passed_its_day_is_forfeit_even_where_there_is_an_heir(town: Town, clock: object) -> None:
    town.adjust("ana", 10, expires_on=SOON)
    town.adjust("ana", 5, expires_on=LATER)
    clock.set("2026-07-01")  # type: ignore[attr-defined]
    assert close(town, "ana", "died", town.volunteer("bo").owner).posted
    assert (lots(town, "bo"), forfeited(town)) == ({LATER: 5}, 10)


def test_the_rule_says_whether_somebody_inherits(town: Town) -> None:
    town.adjust("ana", 10)
    assert refused(close(town, "ana", "left", town.volunteer("bo").owner)) == "heir_not_allowed"
    privacy.set_rules(town.bank, BY, kept=[], on_leaving="transfer", on_death="forfeit")
    assert refused(close(town, "ana", "left")) == "heir_needed"
    assert refused(close(town, "ana", "left", town.volunteer("ana").owner)) == "same_volunteer"
    assert close(town, "ana", "left", town.volunteer("bo").owner).posted


def test_reserved_points_are_collected_or_cancelled_first(town: Town) -> None:
    from ledger.core.accounts import AccountKey
    from ledger.core.books import Books
    from ledger.core.refusals.people import PointsHeld
    from ledger.people.close import Close
    from tests.core.given import ANA, BO, CLERK, TOWN, books, number

    known: Books = books({AccountKey(ANA, Purpose.HELD, POINTS): 7})
    ends = Close(id=number(1), actor=CLERK, volunteer=ANA, organisation=TOWN, reason="left", is_transferred=False)
    assert ends.decide(known) == PointsHeld(held=7)
    assert PointsHeld.code == "points_held"
    assert Merge(id=number(1), actor=CLERK, merged=ANA, survivor=BO).decide(known) == PointsHeld(held=7)


def test_a_closing_that_was_a_mistake_is_undone(town: Town) -> None:
    town.adjust("ana", 10, expires_on=SOON)
    ended = close(town, "ana")
    assert undo(town, "ana", ended.seq).posted
    assert (lots(town, "ana"), forfeited(town)) == ({SOON: 10}, 0)
    assert town.award("ana", 60).posted
    assert refused(undo(town, "ana", ended.seq)) == "already_reversed"


def test_an_heir_who_has_spent_it_owes_it_when_the_closing_is_undone(town: Town) -> None:
    town.adjust("ana", 20, expires_on=SOON)
    town.prize("mug", 20)
    town.receive("mug", 1)
    ended = close(town, "ana", "died", town.volunteer("bo").owner)
    assert town.redeem("bo", ("mug", 1)).posted
    assert undo(town, "ana", ended.seq).answer["debt_points"] == 20
    assert (lots(town, "ana"), town.balance("bo").debt) == ({SOON: 20}, 20)


# -- merging -----------------------------------------------------------------------------------------------------------


def test_a_merge_moves_every_lot_with_its_day_the_debt_and_the_minutes(town: Town) -> None:
    town.award("ana", 90)
    town.adjust("ana", 30, unit=MINUTES, purpose=Purpose.HONORARY)
    town.adjust("ana", 10, expires_on=SOON)
    town.adjust("bo", 1, expires_on=SOON)
    before = lots(town, "ana")
    assert merge(town, "ana", "bo").posted
    held = town.balance("bo")
    assert lots(town, "bo") == before | {SOON: 11}
    assert (held.minutes_clocked, held.minutes_honorary) == (90, 30)
    assert (town.points("ana"), town.balance("ana").minutes_clocked) == (0, 0)


def indebted(town: Town, name: str, points: int = 20) -> None:
    """Somebody who has spent what turned out wrong."""
    wrong = town.adjust(name, points)
    town.prize(f"mug-{name}", points)
    town.receive(f"mug-{name}", 1)
    assert town.redeem(name, (f"mug-{name}", 1)).posted
    assert wrong.seq is not None
    assert town.reverse(wrong.seq).answer["debt_points"] == points


def test_a_debt_of_either_is_paid_from_the_points_of_the_other(town: Town) -> None:
    indebted(town, "ana")
    town.adjust("bo", 50, expires_on=SOON)
    assert merge(town, "ana", "bo").posted
    assert (town.balance("bo").debt, lots(town, "bo"), town.balance("ana").debt) == (0, {SOON: 30}, 0)
    indebted(town, "cy")
    town.adjust("dan", 5, expires_on=LATER)
    assert merge(town, "dan", "cy").posted
    assert (town.balance("cy").debt, lots(town, "cy")) == (15, {})


def test_a_merge_that_was_a_mistake_is_undone_even_after_points_were_spent(town: Town) -> None:
    town.adjust("ana", 20, expires_on=SOON)
    town.prize("mug", 20)
    town.receive("mug", 1)
    merged = merge(town, "ana", "bo")
    assert town.redeem("bo", ("mug", 1)).posted
    assert undo(town, "ana", merged.seq).posted
    assert (lots(town, "ana"), town.balance("bo").debt) == ({SOON: 20}, 20)
    assert town.award("ana", 60).posted


def test_a_debt_that_the_survivor_has_paid_comes_back_as_points(town: Town) -> None:
    indebted(town, "ana")
    merged = merge(town, "ana", "bo")
    assert town.balance("bo").debt == 20
    town.adjust("bo", 12, expires_on=SOON)
    assert town.balance("bo").debt == 8
    assert undo(town, "ana", merged.seq).posted
    assert (town.balance("ana").debt, town.balance("bo").debt, lots(town, "bo")) == (20, 0, {NEVER: 12})


def test_a_merge_is_not_undone_under_a_survivor_who_is_gone(town: Town) -> None:
    town.adjust("ana", 20)
    merged = merge(town, "ana", "bo")
    onward = merge(town, "bo", "cy")
    assert refused(undo(town, "ana", merged.seq)) == "volunteer_closed"
    assert undo(town, "bo", onward.seq).posted
    assert undo(town, "ana", merged.seq).posted
    assert (town.points("ana"), town.points("bo"), town.points("cy")) == (20, 0, 0)


CAPPED = """\
code: capped
version: 1
title: {zh: 封顶(示例), en: Capped (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: never}
rules:
  - {id: service, title: {zh: 服务, en: Service}, points: 1, per: session, caps: [{per: month, points: 3}]}
  - {id: welcome, title: {zh: 欢迎, en: Welcome}, deeds: [good_deed], points: 5, per: act, once: {per: lifetime}}
"""


@pytest.fixture
def capped(bank: Bank) -> Town:
    """Everybody earns three at most in a month, and is welcomed once."""
    return Town(bank, CAPPED)


def points(*outcomes: Outcome) -> list[int]:
    return [outcome.answer["points"] for outcome in outcomes]


def test_what_a_merged_person_earned_counts_against_the_caps_of_the_survivor(capped: Town) -> None:
    capped.award("ana", 60)
    capped.award("ana", 60)
    capped.deed("ana", "welcome")
    assert merge(capped, "ana", "bo").posted
    assert points(capped.award("bo", 60), capped.award("bo", 60), capped.deed("bo", "welcome")) == [1, 0, 0]


def test_an_undone_merge_gives_each_their_own_caps_again(capped: Town) -> None:
    capped.award("ana", 60)
    capped.award("ana", 60)
    merged = merge(capped, "ana", "bo")
    assert undo(capped, "ana", merged.seq).posted
    assert points(*(capped.award(name, 60) for name in ("ana", "ana", "bo", "bo", "bo"))) == [1, 0, 1, 1, 1]


def test_caps_follow_through_two_merges(capped: Town) -> None:
    capped.award("ana", 60)
    capped.award("bo", 60)
    merge(capped, "ana", "bo")
    merge(capped, "bo", "cy")
    assert points(capped.award("cy", 60), capped.award("cy", 60)) == [1, 0]


def test_a_merge_sees_the_deeds_of_its_own_batch(capped: Town) -> None:
    bank, ana, bo = capped.bank, capped.volunteer("ana"), capped.volunteer("bo")
    doing = records.award(bank, BY, claim_of(capped, "ana"), rulebooks.in_force(bank, bank.today()))
    merging = Merge(id=bank.world.new_id(), actor=STAFF, merged=ana.owner, survivor=bo.owner)
    assert all(one.posted for one in bank.submit_all([Submission.own(doing), Submission.own(merging)]))
    assert points(*(capped.award("bo", 60) for _ in range(3))) == [1, 1, 0]


def claim_of(town: Town, name: str) -> records.Claim:
    return records.Claim(
        volunteer=town.volunteer(name),
        activity=town.activity("cleaning"),
        minutes=60,
        served_on=town.bank.today(),
        capture_method="clocked",
        household=None,
    )


def test_a_merged_number_leads_to_the_survivor_wherever_it_is_typed(town: Town) -> None:
    from ledger.service import records

    ana, bo, cy = (town.volunteer(name) for name in ("ana", "bo", "cy"))
    merged = merge(town, "ana", "bo")
    assert merge(town, "bo", "cy").posted
    bank, survivor = town.bank, volunteers.find(town.bank, cy.volunteer_no)
    assert survivor is not None
    assert volunteers.find(bank, ana.volunteer_no) == survivor
    assert volunteers.find_all(bank, [ana.volunteer_no, cy.volunteer_no]) == {
        ana.volunteer_no: survivor,
        cy.volunteer_no: survivor,
    }
    activity = town.activity("cleaning")
    named = records.subjects(bank, volunteer_no=ana.volunteer_no, activity_id=activity.id, served_on=bank.today())
    assert named.volunteer == survivor
    assert volunteers.merged_numbers(bank, survivor) == sorted([ana.volunteer_no, bo.volunteer_no])
    mine: Volunteer | None = volunteers.find_by_id(bank, ana.id)
    assert mine is not None
    assert (mine.closed, mine.closed_seq) == ("merged", merged.seq)


def test_nobody_is_merged_into_themselves(town: Town) -> None:
    assert refused(merge(town, "ana", "ana")) == "same_volunteer"


@pytest.mark.tampers
def test_the_audit_finds_what_moves_after_a_closing(town: Town) -> None:
    from ledger.reading.check import check

    town.award("ana", 60)
    town.award("bo", 60)
    assert close(town, "bo").posted
    assert list(check(town.bank.store, charter=town.bank.charter)) == []
    town.award("ana", 60, activity="visiting")
    with town.bank.store.changing() as connection:
        for name in ("closing_no_update", "closing_no_change"):
            drop = f"DROP TRIGGER IF EXISTS {name}" + (" ON closing" if town.bank.store.dialect == "postgresql" else "")
            connection.execute(text(drop))
        connection.execute(
            text("UPDATE closing SET volunteer_id = :id, points = points + 1"),
            {
                "id": town.volunteer("ana").id
                if connection.dialect.name == "postgresql"
                else str(town.volunteer("ana").id)
            },
        )
    codes = {finding.code for finding in check(town.bank.store, charter=town.bank.charter)}
    assert {"closing_wrong", "closed_moved"} <= codes
