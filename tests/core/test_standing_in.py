"""Standing in at the desk, without a database: who may redeem for somebody, and who may spend what several own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ledger.core.books import Books
from ledger.core.refusals.organisations import MayNotDecide, NotAMember
from ledger.core.refusals.people import (
    AgencyEnded,
    AgencyNotBegun,
    AgencyRevoked,
    AgentNotAuthorised,
    CollectsOnly,
    SpendingNotAllowed,
)
from ledger.core.refusals.postings import InsufficientPoints
from ledger.core.refusals.prizes import PrizeNotOffered
from ledger.core.refusals.refusal import Refusal
from ledger.prizes.standing_in import Payer
from tests.core.given import (
    ANA,
    BO,
    CLOSED,
    HOME,
    MUGS,
    REDEEMED,
    THIS_YEAR_END,
    TODAY,
    TOMORROW,
    YESTERDAY,
    books,
    decided,
    redeem,
    refused,
    shelf,
    wallet,
)
from tests.factories import invented_id

AGENCY = invented_id(0xA1)
BY_AGENT = replace(redeem(), agency=AGENCY)


def authorised(**more: Any) -> Books:
    """Ana has 20 points, and let somebody redeem for her yesterday, today and tomorrow."""
    known = books({wallet(): 20, shelf(): 1})
    row = {"volunteer_id": ANA.id, "scope": "redeem", "from_on": YESTERDAY, "until_on": TOMORROW, "revoked_at": None}
    known.know_rows("agency", "id", AGENCY, [row | more])
    return known


def member(*stays: dict[str, Any], points: int = 20) -> Books:
    """Ana was a member of the household at these times; ten of its points lapse this year."""
    sooner = min(10, points)
    held = {wallet(owner=HOME): points - sooner, wallet(THIS_YEAR_END, owner=HOME): sooner, wallet(): 20, shelf(): 1}
    known = books(held)
    row = {"collective_id": HOME.id, "role": "member", "from_on": YESTERDAY, "until_on": None}
    known.know_rows("membership", "volunteer_id", ANA.id, [row | stay for stay in stays])
    return known


def paid_by_home(spends: str = "anyone") -> Any:
    return replace(redeem(), payer=Payer(owner=HOME, spends=spends))


AGAINST_AGENTS: list[tuple[dict[str, Any], Refusal]] = [
    ({"volunteer_id": BO.id}, AgentNotAuthorised()),
    ({"revoked_at": 1}, AgencyRevoked()),
    ({"from_on": TOMORROW}, AgencyNotBegun(begins=TOMORROW.isoformat())),
    ({"until_on": YESTERDAY}, AgencyEnded(ends=YESTERDAY.isoformat())),
    ({"scope": "collect"}, CollectsOnly()),
    ({"scope": "collect", "until_on": YESTERDAY, "revoked_at": 1}, AgencyRevoked()),
]


@pytest.mark.parametrize(("row", "why"), AGAINST_AGENTS)
def test_an_agent_redeems_only_on_an_authorisation_that_holds(row: dict[str, Any], why: Refusal) -> None:
    assert refused(BY_AGENT, authorised(**row)) == why


@pytest.mark.parametrize("days", [{}, {"from_on": TODAY}, {"until_on": TODAY}, {"until_on": None}])
def test_an_authorisation_holds_on_its_first_and_its_last_day(days: dict[str, Any]) -> None:
    plan = decided(BY_AGENT, authorised(**days))
    assert plan.answer["collected_by"] == str(AGENCY)
    assert plan.records[0].row["collected_by"] == AGENCY
    assert plan.moves[0].debit == wallet()


AGAINST_MEMBERS: list[tuple[list[dict[str, Any]], str, Refusal]] = [
    ([], "anyone", NotAMember()),
    ([{"collective_id": invented_id(0xF1)}], "anyone", NotAMember()),
    ([{"from_on": TOMORROW}], "anyone", NotAMember()),
    ([{"until_on": YESTERDAY}], "anyone", NotAMember()),
    ([{}], "head", MayNotDecide()),
    ([{"role": "head", "until_on": YESTERDAY}, {"from_on": TODAY}], "head", MayNotDecide()),
    ([{"role": "head"}], "nobody", SpendingNotAllowed()),
]


@pytest.mark.parametrize(("stays", "spends", "why"), AGAINST_MEMBERS)
def test_a_household_pays_only_for_a_member_of_today_whom_the_rulebook_lets_spend(
    stays: list[dict[str, Any]], spends: str, why: Refusal
) -> None:
    assert refused(paid_by_home(spends), member(*stays)) == why


@pytest.mark.parametrize(
    ("stay", "spends"), [({}, "anyone"), ({"until_on": TODAY}, "anyone"), ({"role": "head"}, "head")]
)
def test_what_a_household_pays_leaves_its_own_lots_the_nearest_lapse_first(stay: dict[str, Any], spends: str) -> None:
    plan = decided(paid_by_home(spends), member(stay, points=30))
    taken = [(move.debit, move.amount) for move in plan.moves if move.credit == REDEEMED]
    assert taken == [(wallet(THIS_YEAR_END, owner=HOME), 10), (wallet(owner=HOME), 10)]
    row = plan.records[0].row
    assert (row["volunteer_id"], row["collective_id"]) == (ANA.id, HOME.id)
    assert {kept.person for kept in plan.marks} == {ANA.id}


def test_the_points_of_the_member_are_never_taken_for_those_the_household_lacks() -> None:
    assert refused(paid_by_home(), member({}, points=19)) == InsufficientPoints(held=19, asked=20)


def test_what_is_not_offered_is_told_first_and_the_policy_last() -> None:
    gone = replace(paid_by_home(), items=(MUGS._replace(on_shelf=False),))
    assert refused(gone, member()) == PrizeNotOffered(prize=str(MUGS.prize))
    assert refused(replace(paid_by_home(), terms=CLOSED), member()) == NotAMember()
