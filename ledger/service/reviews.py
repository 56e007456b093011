"""Reviews: what others say of a record before it is posted; with the last approval it is.

Nobody reviews what they recorded, and nobody reviews twice, so that no administrator sells hours alone (TRUST 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.bank import Bank, By, Outcome, Request, Submission
from ledger.service import claims
from ledger.service.claim_states import APPROVE, HOLD, REJECT, RELEASE, WITHDRAW, State
from ledger.service.claims import Claim, find, find_all, hand_in, page
from ledger.service.posting import post_all, post_ready
from ledger.service.reviewing import Review, Step

__all__ = [
    "APPROVE",
    "HOLD",
    "REJECT",
    "RELEASE",
    "WITHDRAW",
    "Claim",
    "Said",
    "State",
    "find",
    "find_all",
    "hand_in",
    "page",
    "post_approved",
    "post_ready",
    "posted_where_ready",
    "review",
    "review_all",
    "take_step",
]


class Said(NamedTuple):
    """What a reviewer says of a claim, under which key."""

    request: Request
    claim: Claim
    decision: str
    reason: str


def review(bank: Bank, by: By, request: Request, claim: Claim, *, decision: str, reason: str) -> Outcome:
    """A reviewer's word. With the last approval the record is posted, and the outcome is that of the posting; where a
    notice comes first, it waits for that.

    Asked again under the same key it says the same: the review is remembered under it, the posting under the claim.
    """
    return review_all(bank, by, [Said(request, claim, decision, reason)])[0]


def review_all(bank: Bank, by: By, said: Sequence[Said]) -> list[Outcome]:
    """Many at once, each with its own outcome, and each sees those before it; what became ready is posted together."""
    made = [
        Review(id=bank.world.new_id(), actor=by.actor, claim_id=one.claim.id, decision=one.decision, reason=one.reason)
        for one in said
    ]
    outcomes = bank.submit_all([Submission(command, *one.request) for command, one in zip(made, said, strict=True)])
    return posted_where_ready(bank, [one.claim for one in said], outcomes)


def post_approved(bank: Bank) -> int:
    """Post whatever nothing hinders any more; how many there were."""
    return post_ready(bank).posted


def take_step(bank: Bank, by: By, request: Request, claim: Claim, step: str, reason: str) -> Outcome:
    """Hold, release or withdraw a claim. What is released and has its approvals is posted."""
    made = Step(id=bank.world.new_id(), actor=by.actor, claim_id=claim.id, step=step, reason=reason)
    return posted_where_ready(bank, [claim], [bank.submit(made, request)])[0]


def posted_where_ready(bank: Bank, said_of: Sequence[Claim], said: Sequence[Outcome]) -> list[Outcome]:
    """What became of each claim of which something was said: of those that became ready their posting."""
    approved = [
        claim.id for claim, one in zip(said_of, said, strict=True) if one.posted and one.answer["state"] == "approved"
    ]
    known = claims.ready_among(bank, approved)
    known |= {id: claim for id, claim in claims.find_all(bank, approved).items() if claim.posted_seq is not None}
    posted = dict(zip(known, post_all(bank, list(known.values())), strict=True))
    return [
        Outcome(posted[claim.id].seq, posted[claim.id].answer, posted[claim.id].refusal, one.replayed)
        if claim.id in posted
        else one
        for claim, one in zip(said_of, said, strict=True)
    ]
