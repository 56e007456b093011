"""Disputes and their answers as postings without moves: nobody can say later that a volunteer did not ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDisputed, DisputeAnswered

ReasonCode = Literal["not_me", "hours_wrong", "day_wrong", "missing", "points_wrong", "other"]
Outcome = Literal["corrected", "stands", "passed_on"]
MISSING = "missing"
REASON_CODES: tuple[str, ...] = get_args(ReasonCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is said to be wrong: an entry of one's own, or what something is missing from."""

    volunteer: UUID
    organisation: UUID
    """Whose reviewers answer."""
    seq: int | None = None
    record: UUID | None = None
    activity: UUID | None = None
    day: date | None = None

    @property
    def about(self) -> str:
        """Two disputes with the same of these are about the same."""
        return about_of(
            str(self.volunteer), self.seq, str(self.activity or ""), self.day.isoformat() if self.day else ""
        )


def about_of(volunteer: str, seq: int | None, activity: str, day: str) -> str:
    return f"{volunteer} {seq}" if seq is not None else f"{volunteer} {activity} {day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A volunteer says that an entry of theirs is wrong, or that one is missing.

    Refuses AlreadyDisputed: of each entry one dispute is open at a time.
    """

    id: UUID
    actor: UUID
    """The volunteer, or whoever assists them."""
    subject: Subject
    reason_code: str
    words: str = field(default="", repr=False)
    """Theirs; in the private part alone."""

    def needs(self) -> Needs:
        about = self.subject.about
        return Needs(rows=[("dispute", "about", about), ("dispute_answer", "about", about)])

    def decide(self, facts: Books) -> Plan | Refusal:
        subject = self.subject
        about = subject.about
        if len(facts.rows("dispute", "about", about)) > len(facts.rows("dispute_answer", "about", about)):
            return AlreadyDisputed()
        row = {
            "id": self.id,
            "seq": None,
            "volunteer_id": subject.volunteer,
            "organisation_id": subject.organisation,
            "about": about,
            "disputed_seq": subject.seq,
            "record_id": subject.record,
            "activity_id": subject.activity,
            "day": subject.day,
            "reason_code": self.reason_code,
        }
        return Plan(
            kind=Kind.DISPUTE,
            effective_on=facts.today,
            detail=dispute_detail(subject.seq),
            why={"words": self.words} if self.words else {},
            records=(Record("dispute", row),),
            answer={"id": str(self.id), "state": "open"},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDispute:
    """Somebody who had no hand in the entry answers.

    Refuses ReasonMissing, SamePerson (who recorded the entry, or reviewed the record), DisputeAnswered.
    """

    id: UUID
    actor: UUID
    dispute: UUID
    record: UUID | None
    entered_by: UUID | None
    """Who posted the entry, or handed the record in; None where something is missing."""
    outcome: str
    reason: str = field(repr=False)

    def needs(self) -> Needs:
        asked: list[tuple[str, str, UUID | str]] = [
            ("dispute", "id", self.dispute),
            ("dispute_answer", "dispute_id", self.dispute),
        ]
        if self.record is not None:
            asked.append(("service_review", "claim_id", self.record))
        return Needs(rows=asked)

    def decide(self, facts: Books) -> Plan | Refusal:
        (dispute,) = facts.rows("dispute", "id", self.dispute)
        if not self.reason.strip():
            return ReasonMissing()
        reviews = facts.rows("service_review", "claim_id", self.record) if self.record is not None else ()
        if self.actor in {self.entered_by, *(review["reviewed_by"] for review in reviews)}:
            return SamePerson()
        if facts.rows("dispute_answer", "dispute_id", self.dispute):
            return DisputeAnswered()
        row = {
            "dispute_id": self.dispute,
            "seq": None,
            "volunteer_id": dispute["volunteer_id"],
            "about": dispute["about"],
            "outcome": self.outcome,
            "answered_by": self.actor,
        }
        return Plan(
            kind=Kind.DISPUTE_ANSWER,
            effective_on=facts.today,
            detail=answer_detail(dispute["seq"], self.outcome),
            why={"reason": self.reason},
            records=(Record("dispute_answer", row),),
            answer={"id": str(self.dispute), "state": self.outcome},
        )


def dispute_detail(disputed_seq: int | None) -> dict[str, str | int]:
    return {} if disputed_seq is None else {"disputed_seq": disputed_seq}


def answer_detail(dispute_seq: int, outcome: str) -> dict[str, str | int]:
    return {"dispute_seq": dispute_seq, "outcome": outcome}
