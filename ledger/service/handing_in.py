"""Handing in: a record of service is posted at once, or waits as a claim for its reviewers, as its rulebook asks.

A claim is a posting without moves: who handed it in is in the books like everything else, and what it overlaps is seen
under the bank's head, so that of two at once the second sees the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record, RowKey
from ledger.core.refusals.organisations import NotAMember
from ledger.core.refusals.postings import AlreadyReversed, ReasonMissing, UnknownTransaction
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyCorrected
from ledger.rules.periods import days_later
from ledger.service import overlaps
from ledger.service.awards import Award


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The record that another one is to stand for."""

    record: UUID
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """What somebody says was done: it waits for `reviews_needed` persons and the notice that is asked for, and nothing
    moves yet; with neither it is posted at once. What overlaps another record of the same person is held for a reviewer
    in either case.

    Refuses, of a correction, ReasonMissing, UnknownTransaction, AlreadyReversed, AlreadyCorrected; and what the award
    would: AmountOutOfRange, FutureDay, NoRulebookInForce, NotVolunteerService, NotAMember.
    """

    id: UUID
    award: Award
    """As it would be posted now."""
    claim_id: UUID
    """Of the claim, and of the service record and transaction that it becomes."""
    reviews_needed: int
    review_within_days: int | None = None
    """Void unless reviewed within so many days; None: no limit."""
    notice_days: int = 0
    """Days that it must be on public notice before it is posted; 0: no notice is asked for."""
    in_working_days: bool = True
    """Whether working days are meant."""
    ended: frozenset[UUID] = frozenset()
    """Claims and records of that person around that day that do not stand any more."""
    corrects: Corrected | None = None
    reason: str = ""
    """Why it is corrected, or what a volunteer adds to what they declare; private."""

    @property
    def actor(self) -> UUID:
        return self.award.actor

    def needs(self) -> Needs:
        needs = self.award.needs()
        rows: list[tuple[str, str, RowKey]] = list(overlaps.asked(self.award))
        if self.corrects is None:
            return needs._replace(rows=rows)
        rows.append(("service_claim", "corrects", self.corrects.record))
        return needs._replace(rows=rows, reverses=(self.corrects.seq,))

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.corrects is not None and not self.reason.strip():
            return ReasonMissing()
        refusal = self.award.barred(facts)
        if refusal is None or isinstance(refusal, NotAMember):  # which comes last
            refusal = self._uncorrectable(facts) or refusal
        if refusal is not None:
            return refusal
        but = self.ended if self.corrects is None else self.ended | {self.corrects.record}
        overlapped = overlaps.first_overlapped(facts, self.award, but=but)
        waits = self.reviews_needed or self.notice_days or self.corrects is not None
        if not waits and overlapped is None:
            return self.award.decide(facts)
        return self._claim(facts.today, overlapped)

    def _uncorrectable(self, facts: Books) -> Refusal | None:
        """A record that stands is corrected once at a time: two corrections would be double hours."""
        if self.corrects is None:
            return None
        undone = facts.transaction(self.corrects.seq)
        if undone is None:
            return UnknownTransaction(seq=self.corrects.seq)
        if undone.reversed_by is not None:
            return AlreadyReversed(seq=self.corrects.seq, reversed_by=undone.reversed_by)
        waiting = facts.rows("service_claim", "corrects", self.corrects.record)
        return AlreadyCorrected() if any(claim["id"] not in self.ended for claim in waiting) else None

    def _claim(self, today: date, overlapped: UUID | None) -> Plan:
        award, deed = self.award, self.award.deed
        row: dict[str, Any] = {
            "id": self.claim_id,
            "seq": None,
            "volunteer_id": award.volunteer.id,
            "organisation_id": award.organisation.id,
            "kind": "service",
            "activity_id": award.activity,
            "group_id": award.group,
            "served_on": deed.served_on,
            "minutes": deed.minutes,
            "capture_method": deed.capture_method,
            "evaluation": deed.evaluation,
            "recorded_by": self.actor,
            "reviews_needed": self.reviews_needed,
            "review_by": None if self.review_within_days is None else days_later(today, self.review_within_days),
            "overlapped": overlapped,
            "corrects": None if self.corrects is None else self.corrects.record,
            **award.attended.columns(),
        }
        detail: dict[str, str | int] = {"capture_method": deed.capture_method}
        if overlapped is not None:
            detail["held"] = "overlap"
        if self.corrects is not None:
            detail["corrects"] = self.corrects.seq
        is_ready = overlapped is None and not self.reviews_needed
        answer: dict[str, Any] = {
            "id": str(self.claim_id),
            "state": "held" if overlapped is not None else "approved" if is_ready else "submitted",
            "minutes": deed.minutes,
            "counted_minutes": 0,
            "points": 0,
            "explanation": [],
            "reviews": 0,
            "reviews_needed": self.reviews_needed,
        }
        return Plan(
            kind=Kind.CLAIM,
            effective_on=today,
            detail=detail,
            why={"claim": self.claim_id.hex} | ({"reason": self.reason} if self.reason else {}),
            records=(
                Record("service_claim", row),
                *notice_asked(self.claim_id, self.notice_days, in_working_days=self.in_working_days),
            ),
            answer=answer,
        )


def notice_asked(claim_id: UUID, days: int, *, in_working_days: bool) -> tuple[Record, ...]:
    """The row that says that a notice of so many days comes first, where one does."""
    if not days:
        return ()
    row = {"claim_id": claim_id, "seq": None, "days": days, "in_working_days": int(in_working_days)}
    return (Record("notice_asked", row),)
