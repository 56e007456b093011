"""Reviews under stress: reviewers at the same moment, and the power gone between the last approval and the posting."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid5

import pytest

from ledger.bank import Bank, By
from ledger.service import records, reviews
from ledger.service.reviewing import Review
from ledger.service.reviews import Claim
from tests.towns import Town

REVIEWERS = 8


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank)


def handed_in(town: Town, name: str = "ana") -> Claim:
    outcome = town.award(name, 120, method="backfilled")
    return known(town.bank, UUID(str(outcome.answer["id"])))


def known(bank: Bank, id: UUID) -> Claim:
    claim = reviews.find(bank, id)
    assert claim is not None
    return claim


def test_of_many_reviewers_at_once_just_as_many_count_as_are_needed(town: Town) -> None:
    claim = handed_in(town)
    with ThreadPoolExecutor(REVIEWERS) as pool:
        outcomes = list(pool.map(lambda n: town.review(claim.id, f"reviewer-{n}", "approve"), range(REVIEWERS)))
    assert sum(outcome.posted for outcome in outcomes) == 2
    assert {outcome.refusal.code for outcome in outcomes if outcome.refusal} == {"already_decided"}
    assert known(town.bank, claim.id).state == "posted"
    assert town.points("ana") == 20


def test_what_was_approved_when_the_power_went_is_posted_once_after_it_comes_back(town: Town) -> None:
    claim = handed_in(town)
    for reviewer in ("bo", "chen"):
        actor = uuid5(town.district.id, reviewer)
        command = Review(id=town.bank.world.new_id(), actor=actor, claim_id=claim.id, decision="approve")
        assert town.bank.submit(command).posted
    assert known(town.bank, claim.id).state == "approved"
    assert town.points("ana") == 0
    assert [reviews.post_ready(town.bank).posted for _ in range(3)] == [1, 0, 0]
    assert known(town.bank, claim.id).state == "posted"
    assert town.points("ana") == 20


def test_the_queue_shows_what_waits_and_the_oldest_first(town: Town) -> None:
    waiting = [handed_in(town, name) for name in ("ana", "bo", "chen")]
    town.review(waiting[1].id, "dai", "reject", reason="示例理由")
    page = reviews.page(town.bank, within=(town.district.path,), state="submitted", after=None, limit=1)
    assert [claim.id for claim in page.items] == [waiting[0].id]
    page = reviews.page(town.bank, within=(town.district.path,), state="submitted", after=page.after, limit=1)
    assert [claim.id for claim in page.items] == [waiting[2].id]
    assert page.after is None
    assert not reviews.page(town.bank, within=("elsewhere/",), state="submitted", after=None, limit=9).items


def test_a_posted_claim_is_a_record_like_any_other_and_can_be_reversed(town: Town) -> None:
    claim = handed_in(town)
    town.review(claim.id, "bo", "approve")
    outcome = town.review(claim.id, "chen", "approve")
    record = records.find(town.bank, claim.id)
    assert record is not None
    assert record.seq == outcome.seq
    request = town.request("undo")
    assert records.reverse(town.bank, By(actor=town.bank.world.new_id()), request, record, "示例撤销").posted
    assert town.points("ana") == 0
