"""Standing in while it is taken away: what is revoked or left at the same moment comes wholly before or after."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillWaiting
from typing import Any

import pytest

from ledger.bank import Bank, By
from ledger.core.accounts import OwnerKind
from ledger.people import agents, households
from ledger.people.agents import Agency
from ledger.prizes import redemptions
from tests.banks import STAFF
from tests.towns import Town

BY = By(actor=STAFF)


@pytest.fixture
def town(bank: Bank) -> Town:
    made = Town(bank)
    made.award("ana", 300)
    made.prize("mug", 2)
    made.receive("mug", 5)
    return made


def authorised(town: Town, who: str = "ana") -> Agency:
    return agents.authorise(
        town.bank,
        BY,
        town.volunteer(who),
        agent="示例邻居",
        scope="redeem",
        captured="paper",
        from_on=town.bank.today(),
    )


def test_the_authorisation_of_somebody_else_serves_nobody(town: Town) -> None:
    told = town.redeem("ana", ("mug", 1), agency=authorised(town, "bo"))
    assert told.answer["code"] == "agent_not_authorised"


def test_it_is_decided_when_it_is_posted_and_not_when_it_was_asked(town: Town) -> None:
    agency, ana = authorised(town), town.volunteer("ana")
    prize = [(town.prize("mug"), 1)]
    asked = redemptions.command(town.bank, BY, volunteer=ana, desk=town.desk, items=prize, agency=agency)
    agents.revoke(town.bank, BY, agency)
    assert town.bank.submit(asked).answer["code"] == "agency_revoked"


def _leave(town: Town) -> Callable[[], object]:
    home = households.create(town.bank, BY, kind=OwnerKind.HOUSEHOLD, organisation=town.district, name="示例户")
    ana, today = town.volunteer("ana"), town.bank.today()
    households.join(town.bank, BY, home, ana, from_on=today)
    return lambda: households.leave(town.bank, BY, home, ana, until_on=today)


def _revoke(town: Town) -> Callable[[], object]:
    agency = authorised(town)
    return lambda: agents.revoke(town.bank, BY, agency)


@pytest.mark.parametrize("prepare", [_revoke, _leave])
def test_whoever_takes_it_away_waits_for_what_is_being_posted(town: Town, prepare: Callable[[Town], Any]) -> None:
    act = prepare(town)
    with ThreadPoolExecutor(1) as pool:
        with town.bank.changing(BY) as posting:
            posting.hold_postings()  # as the writer does while it decides
            waiting: Future[object] = pool.submit(act)
            with pytest.raises(StillWaiting):
                waiting.result(timeout=0.3)
        assert waiting.result(timeout=10)
