"""Reviews: nothing is posted before its reviewers approved it, nobody reviewed their own, nobody reviewed twice, and
what was held, withdrawn, void or rejected was not posted.
"""

from __future__ import annotations

import json
from typing import Any

from ledger.reading.findings import Findings
from ledger.reading.lanes import Lane
from ledger.rules import inputs_from
from ledger.service.claim_states import ENDS, HOLD, RELEASE, SERVICE, VOID
from ledger.service.reviewing import OVERDUE
from ledger.store import claim_streams
from ledger.store.claim_streams import ClaimRead, ClaimStepRead, PostedClaimRead, ReviewRead
from ledger.store.reads import TransactionRead
from ledger.store.streams import View


class Reviews:
    def __init__(self, view: View, from_seq: int, found: Findings) -> None:
        self._found = found
        self._posted = Lane(claim_streams.posted_claims(view, from_seq))
        self._corrections = Lane(claim_streams.corrections(view, from_seq))
        self._late = Lane(claim_streams.late_reviews(view, from_seq))

    def claim(self, transaction: TransactionRead, claim: ClaimRead) -> dict[str, Any]:
        """What the client must have been told of a claim."""
        if claim.recorded_by != transaction.actor_id:
            self._found.note("claim_wrong", seq=transaction.seq, what="recorded_by")
        if claim.deeds != (claim.kind != SERVICE):
            self._found.note("claim_wrong", seq=transaction.seq, what="deed")
        waits = "submitted" if claim.reviews_needed else "approved"
        told = {
            "id": claim.id,
            "state": "held" if claim.is_held else waits,
            "reviews": 0,
            "reviews_needed": claim.reviews_needed,
        }
        return told | ({"minutes": claim.minutes} if claim.kind == SERVICE else {"points": 0})

    def review(self, transaction: TransactionRead, review: ReviewRead) -> dict[str, Any]:
        """What the reviewer must have been told."""
        for what, is_so in (
            ("claim", review.recorded_by is not None),
            ("id", review.id == transaction.id),
            ("reviewed_by", review.reviewed_by == transaction.actor_id),
            ("self_review", review.reviewed_by != review.recorded_by),
            ("repeated", not review.is_repeated),
            ("late", not self._late.take(transaction.seq)),
        ):
            if not is_so:
                self._found.note("review_wrong", seq=transaction.seq, what=what)
        if review.decision == "reject":
            state = "rejected"
        else:
            state = "approved" if review.approvals >= (review.reviews_needed or 0) else "submitted"
        return {"id": review.claim_id, "state": state, "reviews": review.approvals}

    def step(self, transaction: TransactionRead, step: ClaimStepRead) -> dict[str, Any]:
        """What whoever took a step must have been told."""
        is_held, is_approved = step.held > step.cleared, step.approvals >= (step.reviews_needed or 0)
        for what, is_so in (
            ("claim", step.recorded_by is not None),
            ("id", step.id == transaction.id),
            ("taken_by", step.taken_by == transaction.actor_id),
            ("self_release", step.step != RELEASE or step.taken_by != step.recorded_by),
            ("late", not step.over),
            ("held", is_held == (step.step == RELEASE) or step.step in ENDS),
            ("void", step.step != VOID or (step.code == OVERDUE and step.is_overdue and not is_approved)),
        ):
            if not is_so:
                self._found.note("claim_step_wrong", seq=transaction.seq, what=what)
        told: str = ENDS.get(step.step, "approved" if is_approved else "submitted")
        return {"id": step.claim_id, "state": "held" if step.step == HOLD else told, "reviews": step.approvals}

    def posted(self, transaction: TransactionRead) -> None:
        """A claim that became a record had what it needs, and the record says what was handed in. Of a correction, what
        it stands for was undone before.
        """
        seq = transaction.seq
        for claim in self._posted.take(seq):
            for what in _unready(claim):
                self._found.note("posted_unready", seq=seq, what=what)
        for correction in self._corrections.take(seq):
            undone = correction.undone_seq
            for what, is_so in (
                ("record", correction.corrected_seq is not None),
                ("reversal", undone is not None and undone < seq),
                ("claim", correction.claims == 1),
            ):
                if not is_so:
                    self._found.note("correction_wrong", seq=seq, what=what)


def _unready(claim: PostedClaimRead) -> list[str]:
    """What was in the way of a claim that was posted all the same."""
    return [
        what
        for what, is_so in (
            ("fields", claim.is_same and _is_said(claim)),
            ("reviews", claim.approvals >= claim.reviews_needed),
            ("over", not claim.over),
            ("held", claim.held <= claim.cleared),
        )
        if not is_so
    ]


def _is_said(claim: PostedClaimRead) -> bool:
    """Whether a deed was assessed as it was handed in; facts that nobody told were looked up."""
    if claim.inputs is None:
        return True
    try:
        deed, _ = inputs_from(json.loads(claim.inputs))
        measures, tags = json.loads(claim.measures or "{}"), json.loads(claim.tags or "[]")
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False
    return (
        (deed.count, deed.key, deed.account) == (claim.acts, claim.key, claim.on_behalf)
        and claim.value in (0, deed.value)
        and measures in ({}, dict(deed.measures))
        and deed.tags >= set(tags)
    )
