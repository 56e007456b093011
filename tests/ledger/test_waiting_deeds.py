"""Deeds that reviewers or a notice come before: nobody goes round them, and a power cut loses and doubles nothing."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest

from ledger.bank import Bank, By
from ledger.reading.check import check
from ledger.rules import Deed
from ledger.service import claimed_deeds, record_lists, reviews, rulebooks, star_bonuses
from ledger.service.post_deed import PostDeed
from ledger.service.record_lists import Sought
from ledger.service.reviewing import Review
from tests.banks import STAFF
from tests.towns import Town


def handed_in(town: Town, **more: object) -> UUID:
    return UUID(str(town.deed("ana", "referral", **more).answer["id"]))  # type: ignore[arg-type]


def test_what_was_approved_when_the_power_went_is_posted_once_after_it_comes_back(bank: Bank) -> None:
    town = Town(bank, "longquanyi")
    id = handed_in(town, kind="penalty", value=7)
    actor = uuid5(town.district.id, "bo")
    assert bank.submit(Review(id=bank.world.new_id(), actor=actor, claim_id=id, decision="approve")).posted
    assert town.points("ana") == 0
    assert [reviews.post_ready(bank).posted for _ in range(3)] == [1, 0, 0]
    assert town.points("ana") == -7


def test_what_was_said_of_a_deed_is_what_is_posted(bank: Bank) -> None:
    town = Town(bank, "dongting")
    said = {"count": 3, "value": 5, "measures": (("yuan", 7),), "tags": frozenset({"街头"}), "key": "001"}
    id = handed_in(town, **said)
    waiting = claimed_deeds.find(bank, id)
    assert waiting is not None
    assert {name: getattr(waiting, name) for name in said} == said
    assert [town.review(id, who, "approve").answer["state"] for who in ("bo", "chen")] == ["submitted", "posted"]


def test_whoever_gave_their_word_about_a_deed_is_told(bank: Bank) -> None:
    town = Town(bank, "dongting")
    seen, unseen = handed_in(town), handed_in(town, key="002")
    town.review(seen, "bo", "approve")
    shown = [one for id in (seen, unseen) if (one := claimed_deeds.find(bank, id)) is not None]
    given = claimed_deeds.reviewers(bank, shown)
    assert given == {seen: [uuid5(town.district.id, "bo")], unseen: []}


def test_deeds_and_records_of_service_have_lists_of_their_own(bank: Bank) -> None:
    town = Town(bank, "dongting")
    town.award("ana", 60)
    deed = handed_in(town)
    shown = claimed_deeds.page(bank, within=(town.district.path,), state="submitted", after=None, limit=9)
    assert [one.claim.id for one in shown.items] == [deed]
    assert not claimed_deeds.page(bank, within=("elsewhere/",), state=None, after=None, limit=9).items
    records = record_lists.page(bank, Sought(), after=None, limit=9)
    assert [record.minutes for record in records.items] == [60]
    assert record_lists.find(bank, deed) is None


def posted_at_once(town: Town, kind: str, deed_type: str) -> None:
    """Straight to the books, as a process would that does not ask the rulebook for its route."""
    who, id = town.volunteer("ana").owner, town.bank.world.new_id()
    deed = Deed(
        kind=kind,
        activity_type=deed_type,
        served_on=town.bank.today(),
        person=who.id,
        organisation=town.district.id,
        activity=id,
    )
    book = rulebooks.in_force(town.bank, town.bank.today())
    command = PostDeed(id=id, actor=STAFF, volunteer=who, activity=None, deed=deed, rulebook=book)
    assert town.bank.submit(command).posted


@pytest.mark.tampers
@pytest.mark.parametrize(
    ("book", "code"), [("dongting", "award_wrong"), ("longquanyi", "award_wrong"), ("guangdong", "posted_unnoticed")]
)
def test_a_deed_that_went_round_its_reviewers_or_its_notice_is_found(bank: Bank, book: str, code: str) -> None:
    posted_at_once(Town(bank, book), "penalty", "falsification")
    assert [finding.code for finding in check(bank.store, charter=bank.charter)] == [code]


BONUS = """\
code: own
version: 1
title: {zh: 奖励也须审核(示例), en: Bonuses are reviewed (example)}
effective_from: 2020-01-01
posting: {policy: one_review}
lapse: {policy: never}
terms: {star: {zh: 评星, en: a star}}
rules:
  - id: star
    title: {zh: 评星奖励, en: Star bonus}
    deeds: [good_deed]
    when: {activity_types: [star]}
    points: 7
    per: act
"""


def test_the_bonus_for_a_star_waits_where_deeds_are_reviewed_and_is_asked_for_once(bank: Bank) -> None:
    town = Town(bank, BONUS)
    person = town.volunteer("ana").id
    given = [star_bonuses.give(bank, By(actor=STAFF), person, ladder="stars", levels=range(1, 2)) for _ in range(2)]
    assert given == [1, 0]
    [waiting] = claimed_deeds.page(bank, within=None, state="submitted", after=None, limit=9).items
    assert (town.points("ana"), waiting.claim.activity_type, waiting.measures) == (0, "star", (("star", 1),))
    assert town.review(waiting.id, "bo", "approve").answer["points"] == 7
