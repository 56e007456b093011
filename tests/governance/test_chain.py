"""The way of a proposal: which step may follow which, by whom, and when a decision is one. Without a database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.refusals.governance import (
    BodyMissing,
    DayBeforeLastStep,
    OnlyTheProposer,
    OtherStageNext,
    ProposalClosed,
    RetroactiveDate,
    StageNeedsAnotherPerson,
    SubjectChanged,
    VersionTaken,
    VoteNotCarried,
    VotesWrong,
)
from ledger.core.refusals.people import AlreadyFounded
from ledger.core.refusals.postings import FutureDay, ReasonMissing
from ledger.core.refusals.refusal import Refusal
from ledger.governance.stages import Deliberation
from ledger.governance.take_step import TakeStep
from tests.core.given import TODAY, TOMORROW, YESTERDAY, decided, refused
from tests.governance.given import (
    ESTATE,
    OTHER,
    PEOPLE,
    SOON,
    STAGES,
    founding,
    known,
    returned,
    revision,
    step,
    under_way,
    votes,
    withdrawal,
)

STEPS = len(STAGES)


def test_each_stage_leads_to_the_next_and_the_last_decides() -> None:
    books = known()
    for at, stage in enumerate(STAGES):
        plan = decided(step(at), books)
        books.post(plan, step(at), b"salt")
        is_last = at == STEPS - 1
        assert plan.kind is (Kind.RULEBOOK if is_last else Kind.PROPOSAL_STEP)
        assert plan.answer["state"] == ("decided" if is_last else "in_review")
        assert (plan.answer["stage"], plan.answer["number"]) == (stage.id, at + 1)
        assert not plan.moves


def test_only_the_decision_writes_a_rulebook_and_as_it_was_proposed() -> None:
    tables = [[record.table for record in decided(step(at), under_way(at)).records] for at in range(STEPS)]
    assert tables == [["proposal_step", "proposal_revision"], *[["proposal_step"]] * 3, ["proposal_step", "rulebook"]]
    decision = decided(step(STEPS - 1), under_way(STEPS - 1))
    row = decision.records[1].row
    assert (row["code"], row["version"], row["effective_from"]) == ("example", 2, SOON)
    assert (row["document"], row["digest"], row["organisation_id"]) == (revision().document, revision().digest, ESTATE)
    assert decision.rulebook == ("example", 2)


def test_names_stand_in_private_alone() -> None:
    plan = decided(step(1), under_way(1))
    assert plan.why == {"persons": ["party_branch 示例甲"]}
    assert "示例甲" not in str(plan.detail) + str(plan.records) + str(plan.answer)


REFUSED: dict[str, tuple[TakeStep, Books, Refusal]] = {
    "a stage skipped": (step(2), under_way(1), OtherStageNext(asked="joint_review", expected="first_review")),
    "a stage taken twice": (
        step(1, by=PEOPLE[5]),
        under_way(2),
        OtherStageNext(asked="first_review", expected="joint_review"),
    ),
    "proposed twice": (step(0), under_way(2), OtherStageNext(asked="proposed", expected="joint_review")),
    "a stage of no template": (
        step(1, stage="party"),
        under_way(1),
        OtherStageNext(asked="party", expected="first_review"),
    ),
    "reviewed by the proposer": (step(1, by=PEOPLE[0]), under_way(1), StageNeedsAnotherPerson(stage="proposed")),
    "published by the proposer": (step(4, by=PEOPLE[0]), under_way(4), StageNeedsAnotherPerson(stage="proposed")),
    "two stages by one person": (step(2, by=PEOPLE[1]), under_way(2), StageNeedsAnotherPerson(stage="first_review")),
    "ratified by a reviewer": (step(3, by=PEOPLE[1]), under_way(3), StageNeedsAnotherPerson(stage="first_review")),
    "after it was decided": (withdrawal(), under_way(STEPS), ProposalClosed(state="decided")),
    "after it was withdrawn": (step(1), known(step(0), withdrawal()), ProposalClosed(state="withdrawn")),
    "withdrawn by another": (withdrawal(by=PEOPLE[1]), under_way(1), OnlyTheProposer()),
    "withdrawn without a reason": (withdrawal(reasons=" "), under_way(1), ReasonMissing()),
    "returned without a reason": (step(1, result="returned"), under_way(1), ReasonMissing()),
    "revised by another": (step(0, by=PEOPLE[5]), known(step(0), returned(1)), OnlyTheProposer()),
    "a review of what was returned": (
        step(1),
        known(step(0), returned(1)),
        OtherStageNext(asked="first_review", expected="proposed"),
    ),
    "held tomorrow": (
        step(1, held_on=TOMORROW),
        under_way(1),
        FutureDay(on=TOMORROW.isoformat(), today=TODAY.isoformat()),
    ),
    "held before it was proposed": (
        step(1, held_on=YESTERDAY),
        under_way(1),
        DayBeforeLastStep(on=YESTERDAY.isoformat(), last=TODAY.isoformat()),
    ),
    "a body that did not vote": (
        step(2, deliberations=votes(STAGES[2])[:1]),
        under_way(2),
        BodyMissing(body="property_company"),
    ),
    "a body that has no part in it": (
        step(1, deliberations=(*votes(STAGES[1]), Deliberation(body="chess_club", present=3, votes_for=3))),
        under_way(1),
        BodyMissing(body="chess_club"),
    ),
    "a body that votes twice": (
        step(1, deliberations=votes(STAGES[1]) * 2),
        under_way(1),
        BodyMissing(body="party_branch"),
    ),
    "more votes than persons": (
        step(1, deliberations=votes(STAGES[1], present=7, votes_for=6, votes_against=2)),
        under_way(1),
        VotesWrong(body="party_branch", votes=8, present=7),
    ),
    "fewer votes than none": (
        step(1, deliberations=votes(STAGES[1], present=7, votes_for=7, votes_against=-1)),
        under_way(1),
        VotesWrong(body="party_branch", votes=6, present=7),
    ),
    "half of those present": (
        step(1, deliberations=votes(STAGES[1], present=8, votes_for=4)),
        under_way(1),
        VoteNotCarried(body="party_branch", votes_for=4, present=8),
    ),
    "nobody there": (
        step(1, deliberations=votes(STAGES[1], present=0, votes_for=0)),
        under_way(1),
        VoteNotCarried(body="party_branch", votes_for=0, present=0),
    ),
    "one body of two against": (
        step(2, deliberations=(votes(STAGES[2])[0], Deliberation(body="property_company", present=3, votes_for=1))),
        under_way(2),
        VoteNotCarried(body="property_company", votes_for=1, present=3),
    ),
    "for the past": (
        step(0, revision_of=revision(effective_from=YESTERDAY)),
        known(),
        RetroactiveDate(effective_from=YESTERDAY.isoformat(), earliest=TOMORROW.isoformat()),
    ),
    "for today": (
        step(0, revision_of=revision(effective_from=TODAY)),
        known(),
        RetroactiveDate(effective_from=TODAY.isoformat(), earliest=TOMORROW.isoformat()),
    ),
    "a revision of another version": (
        step(0, revision_of=revision(subject="example 3")),
        known(step(0), returned(1)),
        SubjectChanged(expected="example 2", given="example 3"),
    ),
    "a version that is in force": (
        step(0, revision_of=revision(proposal=OTHER), proposal=OTHER),
        under_way(STEPS),
        VersionTaken(subject="example 2"),
    ),
    "a version under way elsewhere": (
        step(0, revision_of=revision(proposal=OTHER), proposal=OTHER),
        under_way(2),
        VersionTaken(subject="example 2"),
    ),
    "a version returned elsewhere": (
        step(0, revision_of=revision(proposal=OTHER), proposal=OTHER),
        known(step(0), returned(1)),
        VersionTaken(subject="example 2"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_in_order_is_refused_and_says_why(name: str) -> None:
    command, books, refusal = REFUSED[name]
    assert refused(command, books) == refusal


def test_a_founding_comes_first_or_not_at_all() -> None:
    plan = decided(founding(), known())
    assert (plan.kind, plan.rulebook) == (Kind.FOUNDING, ("example", 1))
    refusal = refused(founding(code="other"), known(founding()))
    assert (refusal, refusal.code) == (AlreadyFounded(), "already_founded")


def test_the_founded_version_cannot_be_proposed_again() -> None:
    first = revision(subject="example 1")
    assert refused(step(0, revision_of=first), known(founding())) == VersionTaken(subject="example 1")


def test_a_publication_is_refused_when_its_day_came_while_it_was_reviewed() -> None:
    late = known(*(step(at) for at in range(4)), today=TODAY)
    late.today = SOON
    refusal = refused(step(4), late)
    earliest = SOON + timedelta(days=1)
    assert refusal == RetroactiveDate(effective_from=SOON.isoformat(), earliest=earliest.isoformat())
    assert decided(returned(4), late).answer["state"] == "returned"


def test_the_proposer_may_revise_what_was_returned_and_all_stages_begin_anew() -> None:
    books = known(step(0), step(1), returned(2), step(0, revision_of=revision(document="code: example")))
    assert refused(step(2), books) == OtherStageNext(asked="joint_review", expected="first_review")
    plan = decided(step(1), books)
    assert (plan.answer["revision"], plan.answer["number"]) == (2, 5)


def test_who_recorded_a_stage_may_record_it_again_in_a_revision_but_no_other() -> None:
    books = known(step(0), step(1), returned(2), step(0))
    assert decided(step(1), books).answer["state"] == "in_review"
    assert refused(step(1, by=PEOPLE[2]), books) == StageNeedsAnotherPerson(stage="joint_review")


def test_a_withdrawn_version_can_be_proposed_again_by_somebody_else() -> None:
    books = known(step(0), withdrawal())
    again = step(0, by=PEOPLE[5], proposal=OTHER, revision_of=revision(proposal=OTHER, proposed_by=PEOPLE[5]))
    assert decided(again, books).answer["state"] == "in_review"


def test_a_body_that_returns_it_need_not_have_voted_but_its_votes_must_add_up() -> None:
    against = votes(STAGES[1], present=7, votes_for=1, votes_against=6)
    told: dict[str, Any] = {"result": "returned", "reasons": "分值过高(示例)"}
    assert decided(step(1, deliberations=against, **told), under_way(1)).answer["state"] == "returned"
    wrong = votes(STAGES[1], present=3, votes_for=1, votes_against=6)
    assert refused(step(1, deliberations=wrong, **told), under_way(1)) == VotesWrong(
        body="party_branch", votes=7, present=3
    )


def test_a_proposal_is_made_under_its_first_template_for_good() -> None:
    books = known(step(0), returned(1), step(0, revision_of=revision(template_text="id: other")))
    assert decided(step(1), books).answer["stage"] == "first_review"


def test_a_step_without_a_proposal_is_a_bug_and_loud() -> None:
    with pytest.raises(LookupError):
        step(1).decide(known())
