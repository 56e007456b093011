"""Objections and their answers as postings without moves: nobody can say later that there was none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided

UPHELD, DISMISSED = "upheld", "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Object:
    """Somebody says that a line is wrong. It is never refused: what comes late, or of a record that is posted already,
    is looked at all the same.
    """

    id: UUID
    actor: UUID
    """Nobody: whoever objects need not say who they are."""
    notice: UUID
    number: int
    line: UUID
    record: UUID | None
    ends_on: date
    """Of the notice."""
    receipt_no: str
    reason: str = field(repr=False)
    contact: bytes | None = field(default=None, repr=False)
    """How to reach them, sealed; kept until the answer."""

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        is_late = facts.today > self.ends_on
        row = {
            "id": self.id,
            "seq": None,
            "line_id": self.line,
            "record_id": self.record,
            "receipt_no": self.receipt_no,
            "is_late": int(is_late),
        }
        records = [Record("objection", row)]
        if self.contact is not None:
            records.append(Record("objection_contact", {"objection_id": self.id, "sealed": self.contact}))
        return Plan(
            kind=Kind.OBJECTION,
            effective_on=facts.today,
            detail=objection_detail(str(self.notice), self.number, is_late=is_late),
            why={"reason": self.reason},
            records=records,
            answer={"receipt_no": self.receipt_no, "state": "open", "is_late": is_late},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveObjection:
    """An objection is answered: upheld, and the record falls; or dismissed, and it goes on.

    Refuses ReasonMissing, SamePerson (who recorded or reviewed the record), AlreadyDecided.
    """

    id: UUID
    actor: UUID
    objection: UUID
    record: UUID | None
    outcome: str
    reason: str = field(repr=False)

    def needs(self) -> Needs:
        asked: list[tuple[str, str, UUID | str]] = [
            ("objection", "id", self.objection),
            ("objection_resolution", "objection_id", self.objection),
        ]
        if self.record is not None:
            asked += [
                ("service_claim", "id", self.record),
                ("service_review", "claim_id", self.record),
                ("service_record", "id", self.record),
            ]
        return Needs(rows=asked)

    def decide(self, facts: Books) -> Plan | Refusal:
        (objection,) = facts.rows("objection", "id", self.objection)
        if not self.reason.strip():
            return ReasonMissing()
        if self.actor in self._concerned(facts):
            return SamePerson()
        if facts.rows("objection_resolution", "objection_id", self.objection):
            return AlreadyDecided()
        return Plan(
            kind=Kind.OBJECTION_RESOLUTION,
            effective_on=facts.today,
            detail=resolution_detail(objection["seq"], self.outcome),
            why={"reason": self.reason},
            records=(
                Record(
                    "objection_resolution",
                    {
                        "objection_id": self.objection,
                        "seq": None,
                        "record_id": self.record,
                        "outcome": self.outcome,
                        "resolved_by": self.actor,
                    },
                ),
            ),
            answer={"id": str(self.objection), "state": self.outcome},
        )

    def _concerned(self, facts: Books) -> set[object]:
        if self.record is None:
            return set()
        return {
            *(row["recorded_by"] for row in facts.rows("service_claim", "id", self.record)),
            *(row["recorded_by"] for row in facts.rows("service_record", "id", self.record)),
            *(row["reviewed_by"] for row in facts.rows("service_review", "claim_id", self.record)),
        }


def objection_detail(notice: str, line: int, *, is_late: bool) -> dict[str, str | int]:
    return {"notice": notice, "line": line, "late": int(is_late)}


def resolution_detail(objection_seq: int, outcome: str) -> dict[str, str | int]:
    return {"objection_seq": objection_seq, "outcome": outcome}
