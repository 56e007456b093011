"""The states of a claim (申报 → 审核 → 公示 → 入账), read from its rows alone: what was handed in, what reviewers said,
and what else befell it, in the order in which it was written down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.core.books import Books
from ledger.core.posting import RowKey

State = Literal["submitted", "held", "approved", "on_notice", "rejected", "withdrawn", "void", "posted"]
"""`submitted` waits for reviewers; `held` for one who releases it; `approved` until it is put on notice, or, where none
is asked for, for the moment before it is posted. `withdrawn` by whoever handed it in, `void` because nobody reviewed it
in time.
"""
APPROVE, REJECT = "approve", "reject"
HOLD, RELEASE, WITHDRAW, VOID = "hold", "release", "withdraw", "void"
ENDS: Mapping[str, State] = {WITHDRAW: "withdrawn", VOID: "void"}
SERVICE = "service"
"""The kind of a claim of hours; all others are those of deeds that have none."""
OVERLAP = "overlap"
"""Why a claim is held that overlaps another."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a claim has come."""

    claim: Row
    reviews: Sequence[Row]
    steps: Sequence[Row]
    resolutions: Sequence[Row]
    """Answers to objections, while it was on notice."""
    is_posted: bool

    @property
    def reviewers(self) -> set[UUID]:
        return {review["reviewed_by"] for review in self.reviews}

    @property
    def approvals(self) -> int:
        return sum(review["decision"] == APPROVE for review in self.reviews)

    @property
    def is_approved(self) -> bool:
        return self.approvals >= int(self.claim["reviews_needed"])

    @property
    def is_held(self) -> bool:
        """Whoever approves a held claim has looked at what it is held for, and releases it as `release` does."""
        held = [step["seq"] for step in self.steps if step["step"] == HOLD]
        if self.claim["overlapped"] is not None:
            held.append(self.claim["seq"])
        cleared = [step["seq"] for step in self.steps if step["step"] == RELEASE]
        cleared += [review["seq"] for review in self.reviews if review["decision"] == APPROVE]
        return max(held, default=0) > max(cleared, default=0)

    @property
    def is_over(self) -> bool:
        """Nothing more can be said of it."""
        return self.state in ("posted", "rejected", "withdrawn", "void")

    @property
    def state(self) -> State:
        if self.is_posted:
            return "posted"
        is_upheld = any(resolution["outcome"] == "upheld" for resolution in self.resolutions)
        if is_upheld or any(review["decision"] == REJECT for review in self.reviews):
            return "rejected"
        for step in self.steps:
            if step["step"] in ENDS:
                return ENDS[step["step"]]
        if self.is_held:
            return "held"
        return "approved" if self.is_approved else "submitted"

    def is_overdue(self, today: date) -> bool:
        """Whether it may not be reviewed any more."""
        last: date | None = self.claim["review_by"]
        return last is not None and last < today and not self.is_approved

    def told(self, state: State, approvals: int | None = None) -> dict[str, Any]:
        """What whoever did something to it is told."""
        id, needed = self.claim["id"], self.claim["reviews_needed"]
        reviews = self.approvals if approvals is None else approvals
        if self.claim["kind"] != SERVICE:
            return deed_told(id, state, reviews, needed)
        return {
            "id": str(id),
            "state": state,
            "minutes": self.claim["minutes"],
            "counted_minutes": 0,
            "points": 0,
            "explanation": [],
            "reviews": reviews,
            "reviews_needed": needed,
        }


def deed_told(id: UUID, state: State, reviews: int, reviews_needed: int) -> dict[str, Any]:
    """What somebody is told of a deed other than service that is not posted."""
    return {
        "id": str(id),
        "state": state,
        "points": 0,
        "debt_points": 0,
        "explanation": [],
        "flags": [],
        "reviews": reviews,
        "reviews_needed": reviews_needed,
    }


def asked(claim_id: UUID) -> tuple[tuple[str, str, RowKey], ...]:
    """The rows that tell how far a claim has come."""
    return (
        ("service_claim", "id", claim_id),
        ("service_review", "claim_id", claim_id),
        ("claim_step", "claim_id", claim_id),
        ("objection_resolution", "record_id", claim_id),
        ("service_record", "id", claim_id),
        ("deed", "id", claim_id),
    )


def standing(facts: Books, claim_id: UUID) -> Standing:
    """How far a claim has come, as the books have it under the bank's head."""
    claims, reviews, steps, resolutions, *posted = (facts.rows(*one) for one in asked(claim_id))
    return Standing(claim=claims[0], reviews=reviews, steps=steps, resolutions=resolutions, is_posted=any(posted))
