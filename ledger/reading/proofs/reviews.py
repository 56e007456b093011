"""Reviews: nothing is posted before its reviewers approved it, nobody reviewed their own, and nobody reviewed twice."""

from __future__ import annotations

from typing import Any

from ledger.reading.findings import Findings
from ledger.store.reads import ClaimRead, ReviewRead, TransactionRead


class Reviews:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def claim(self, transaction: TransactionRead, claim: ClaimRead) -> dict[str, Any]:
        """What the client must have been told of a claim."""
        if claim.recorded_by != transaction.actor_id:
            self._found.note("claim_wrong", seq=transaction.seq, what="recorded_by")
        return {
            "id": claim.id,
            "state": "submitted" if claim.reviews_needed else "approved",
            "minutes": claim.minutes,
            "reviews": 0,
            "reviews_needed": claim.reviews_needed,
        }

    def review(self, transaction: TransactionRead, review: ReviewRead) -> dict[str, Any]:
        """What the reviewer must have been told."""
        for what, is_so in (
            ("claim", review.recorded_by is not None),
            ("id", review.id == transaction.id),
            ("reviewed_by", review.reviewed_by == transaction.actor_id),
            ("self_review", review.reviewed_by != review.recorded_by),
            ("repeated", not review.is_repeated),
        ):
            if not is_so:
                self._found.note("review_wrong", seq=transaction.seq, what=what)
        if review.decision == "reject":
            state = "rejected"
        else:
            state = "approved" if review.approvals == review.reviews_needed else "submitted"
        return {"id": review.claim_id, "state": state, "reviews": review.approvals}
