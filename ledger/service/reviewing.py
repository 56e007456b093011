"""Claims and their reviews as postings without moves: who handed a record in and who approved it is in the books like
everything else, and of two reviewers at once the second sees the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals import (
    AlreadyDecided,
    AmountOutOfRange,
    FutureDay,
    NoRulebookInForce,
    NotAMember,
    NotVolunteerService,
    ReasonMissing,
    Refusal,
    SamePerson,
)
from ledger.service.attended import UNKNOWN, Attended
from ledger.service.awards import SERVICE_MINUTES_MAX

APPROVE = "approve"
REJECT = "reject"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """A record of service waits for its reviewers: nothing moves yet.

    Refuses AmountOutOfRange (minutes outside 1..1440), FutureDay, NoRulebookInForce, NotVolunteerService,
    NotAMember, as the award would.
    """

    id: UUID
    actor: UUID
    claim_id: UUID
    """Of the claim, and of the service record and transaction that it becomes."""
    volunteer_id: UUID
    organisation_id: UUID
    activity_id: UUID
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None
    is_volunteer_service: bool
    group_id: UUID | None
    is_member: bool
    """Whether the volunteer belonged to that group on the day of the deed."""
    reviews_needed: int
    has_rulebook: bool
    """Whether one was in force on the day of the deed."""
    notice_days: int = 0
    """Days that it must be on public notice before it is posted; 0: no notice is asked for."""
    in_working_days: bool = True
    """Whether working days are meant."""

    attended: Attended = UNKNOWN
    """When, as far as it is known."""

    @property
    def state(self) -> str:
        """What it is from the beginning; where only a notice is asked for, nobody need approve it."""
        return "submitted" if self.reviews_needed else "approved"

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        if not 0 < self.minutes <= SERVICE_MINUTES_MAX:
            return AmountOutOfRange(amount=self.minutes, lowest=1, highest=SERVICE_MINUTES_MAX)
        if self.served_on > facts.today:
            return FutureDay(on=self.served_on.isoformat(), today=facts.today.isoformat())
        if not self.has_rulebook:
            return NoRulebookInForce(on=self.served_on.isoformat())
        if not self.is_volunteer_service:
            return NotVolunteerService()
        if not self.is_member:
            return NotAMember()
        row: dict[str, Any] = {
            "id": self.claim_id,
            "seq": None,
            "volunteer_id": self.volunteer_id,
            "organisation_id": self.organisation_id,
            "activity_id": self.activity_id,
            "group_id": self.group_id,
            "served_on": self.served_on,
            "minutes": self.minutes,
            "capture_method": self.capture_method,
            "evaluation": self.evaluation,
            "recorded_by": self.actor,
            "reviews_needed": self.reviews_needed,
            **self.attended.columns(),
        }
        answer = {
            "id": str(self.claim_id),
            "state": self.state,
            "minutes": self.minutes,
            "counted_minutes": 0,
            "points": 0,
            "explanation": [],
            "reviews": 0,
            "reviews_needed": self.reviews_needed,
        }
        return Plan(
            kind=Kind.CLAIM,
            effective_on=facts.today,
            detail={"capture_method": self.capture_method},
            why={"claim": self.claim_id.hex},
            records=(Record("service_claim", row), *self._notice()),
            answer=answer,
        )

    def _notice(self) -> tuple[Record, ...]:
        """The row that says that a notice comes first, where one does."""
        if not self.notice_days:
            return ()
        row = {
            "claim_id": self.claim_id,
            "seq": None,
            "days": self.notice_days,
            "in_working_days": int(self.in_working_days),
        }
        return (Record("notice_asked", row),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's word on a claim. One rejection ends it; the last approval it needs lets it be posted.

    Refuses ReasonMissing (a rejection says why), AlreadyDecided, SamePerson (who recorded it, or reviewed it before).
    """

    id: UUID
    actor: UUID
    claim_id: UUID
    decision: str
    reason: str = field(default="")

    def needs(self) -> Needs:
        return Needs(rows=(("service_claim", "id", self.claim_id), ("service_review", "claim_id", self.claim_id)))

    def decide(self, facts: Books) -> Plan | Refusal:
        (claim,) = facts.rows("service_claim", "id", self.claim_id)
        reviews = facts.rows("service_review", "claim_id", self.claim_id)
        if self.decision == REJECT and not self.reason.strip():
            return ReasonMissing()
        if self.actor == claim["recorded_by"] or self.actor in {review["reviewed_by"] for review in reviews}:
            return SamePerson()
        if len(reviews) >= claim["reviews_needed"] or any(review["decision"] == REJECT for review in reviews):
            return AlreadyDecided()
        approvals = len(reviews) + (self.decision == APPROVE)
        state = "rejected" if self.decision == REJECT else "submitted"
        if approvals == claim["reviews_needed"]:
            state = "approved"
        row = {
            "id": self.id,
            "seq": None,
            "claim_id": self.claim_id,
            "reviewed_by": self.actor,
            "decision": self.decision,
        }
        return Plan(
            kind=Kind.REVIEW,
            effective_on=facts.today,
            detail={"claim_seq": claim["seq"], "decision": self.decision},
            why={"claim": self.claim_id.hex} | ({"reason": self.reason} if self.reason else {}),
            records=(Record("service_review", row),),
            answer={
                "id": str(self.claim_id),
                "state": state,
                "minutes": claim["minutes"],
                "counted_minutes": 0,
                "points": 0,
                "explanation": [],
                "reviews": approvals,
                "reviews_needed": claim["reviews_needed"],
            },
        )
