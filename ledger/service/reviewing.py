"""Reviewing: what is said of a claim, and its posting, as commands. Of two reviewers at once the second sees the
first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided, NotHeld, RecordHeld, ReviewOverdue
from ledger.service import claim_states
from ledger.service.awards import Award
from ledger.service.claim_states import APPROVE, ENDS, HOLD, REJECT, RELEASE, VOID, Standing, State, standing
from ledger.service.noticed import AwardAfterNotice
from ledger.service.post_deed import PostDeed

WITNESSES = 2
"""So many who approve need not say why a held record may be posted: none of them is alone with it."""
OVERDUE = "review_overdue"
"""Why the bank itself ends a claim, as its entry says in public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One reviewer's word on a claim. One rejection ends it; the last approval it needs lets it be posted, and releases
    it where it is held.

    Refuses ReasonMissing (a rejection says why, and so does who alone lets a held record pass), SamePerson (who
    recorded it, or reviewed it before), AlreadyDecided, ReviewOverdue.
    """

    id: UUID
    actor: UUID
    claim_id: UUID
    decision: str
    reason: str = field(default="")

    def needs(self) -> Needs:
        return Needs(rows=claim_states.asked(self.claim_id))

    def decide(self, facts: Books) -> Plan | Refusal:
        known = standing(facts, self.claim_id)
        claim = known.claim
        is_alone = known.is_held and claim["reviews_needed"] < WITNESSES
        if (self.decision == REJECT or is_alone) and not self.reason.strip():
            return ReasonMissing()
        if self.actor == claim["recorded_by"] or self.actor in known.reviewers:
            return SamePerson()
        if known.is_over or (known.is_approved and not known.is_held):
            return AlreadyDecided()
        if known.is_overdue(facts.today):
            return ReviewOverdue(review_by=claim["review_by"].isoformat())
        approvals = known.approvals + (self.decision == APPROVE)
        state: State = "rejected"
        if self.decision == APPROVE:
            state = "approved" if approvals >= claim["reviews_needed"] else "submitted"
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
            why=_why(self.claim_id, self.reason),
            records=(Record("service_review", row),),
            answer=known.told(state, approvals),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What else befalls a claim: a reviewer holds or releases it, whoever handed it in withdraws it, the calendar makes
    it void.

    With a `code` it is the bank itself that does it, and says so in public. Refuses ReasonMissing, SamePerson (nobody
    releases what they recorded), AlreadyDecided, RecordHeld, NotHeld.
    """

    id: UUID
    actor: UUID
    claim_id: UUID
    step: str
    reason: str = ""
    code: str | None = None

    def needs(self) -> Needs:
        return Needs(rows=claim_states.asked(self.claim_id))

    def decide(self, facts: Books) -> Plan | Refusal:
        known = standing(facts, self.claim_id)
        refusal = self._refused(known, facts)
        if refusal is not None:
            return refusal
        row = {
            "id": self.id,
            "seq": None,
            "claim_id": self.claim_id,
            "step": self.step,
            "code": self.code,
            "taken_by": self.actor,
        }
        detail: dict[str, str | int] = {"claim_seq": known.claim["seq"], "step": self.step}
        return Plan(
            kind=Kind.CLAIM_STEP,
            effective_on=facts.today,
            detail=detail | ({"reason": self.code} if self.code else {}),
            why=_why(self.claim_id, self.reason),
            records=(Record("claim_step", row),),
            answer=known.told(self._state(known))
            | ({"held_for": self.code} if self.step == HOLD and self.code else {}),
        )

    def _refused(self, known: Standing, facts: Books) -> Refusal | None:
        if self.code is None and not self.reason.strip():
            return ReasonMissing()
        if self.step == RELEASE and self.actor == known.claim["recorded_by"]:
            return SamePerson()
        if known.is_over or (self.step == VOID and not known.is_overdue(facts.today)):
            return AlreadyDecided()
        if self.step == HOLD and known.is_held:
            return RecordHeld()
        return NotHeld() if self.step == RELEASE and not known.is_held else None

    def _state(self, known: Standing) -> State:
        if self.step in ENDS:
            return ENDS[self.step]
        if self.step == HOLD:
            return "held"
        return "approved" if known.is_approved else "submitted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostClaim:
    """A claim becomes hours and points, or what else its deed comes to, once its policy is met. Where it corrects a
    record, that was undone before.

    Refuses AlreadyDecided, RecordHeld, and what its award does.
    """

    award: Award | PostDeed | AwardAfterNotice
    """Under the id of the claim."""
    undoes: int | None = None
    """The seq of the record that it corrects."""

    @property
    def id(self) -> UUID:
        return self.award.id

    @property
    def actor(self) -> UUID:
        return self.award.actor

    def needs(self) -> Needs:
        undone = () if self.undoes is None else (self.undoes,)
        needs = self.award.needs()
        return needs._replace(rows=(*needs.rows, *claim_states.asked(self.id)), reverses=undone)

    def decide(self, facts: Books) -> Plan | Refusal:
        known = standing(facts, self.id)
        if known.is_over:
            return AlreadyDecided()
        if known.is_held or not known.is_approved or self._still_stands(facts):
            return RecordHeld()
        return self.award.decide(facts)

    def _still_stands(self, facts: Books) -> bool:
        """Whether what it is to stand for was not undone: both together would be double hours."""
        if self.undoes is None:
            return False
        undone = facts.transaction(self.undoes)
        return undone is None or undone.reversed_by is None


def _why(claim_id: UUID, reason: str) -> dict[str, Any]:
    return {"claim": claim_id.hex} | ({"reason": reason} if reason else {})
