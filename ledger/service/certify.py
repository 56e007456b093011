"""Certificates as postings without moves: that one was issued, over which content, and that it was revoked, is in the
books like everything else. The public entry tells nothing of whom or what; its private part commits to the content.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import CertificateEnded, NoServiceRecorded

EndReason = Literal["mistake", "fraud", "wish"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Certify:
    """A certificate of service is issued, free of charge (条例 19, 令67 art. 14). Refuses NoServiceRecorded."""

    id: UUID
    """Of the certificate and of its transaction."""
    actor: UUID
    certificate_no: str
    volunteer_id: UUID
    organisation_id: UUID
    """Who issues it."""
    first_day: date
    last_day: date
    minutes: int
    record_seqs: Sequence[int]
    """Of the transactions that recorded what is certified."""
    content: str = field(repr=False)
    """What stands on the paper, as canonical JSON."""
    content_digest: bytes

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.record_seqs:
            return NoServiceRecorded(from_on=self.first_day.isoformat(), until_on=self.last_day.isoformat())
        certificate = {
            "id": self.id,
            "seq": None,
            "certificate_no": self.certificate_no,
            "volunteer_id": self.volunteer_id,
            "organisation_id": self.organisation_id,
            "first_day": self.first_day,
            "last_day": self.last_day,
            "minutes": self.minutes,
            "records": len(self.record_seqs),
            "digest": self.content_digest,
            "issued_by": self.actor,
        }
        text = {"certificate_id": self.id, "volunteer_id": self.volunteer_id, "content": self.content}
        lines = [
            {"certificate_id": self.id, "line": line, "record_seq": seq} for line, seq in enumerate(self.record_seqs, 1)
        ]
        return Plan(
            kind=Kind.CERTIFICATE,
            effective_on=facts.today,
            why={"certificate": self.certificate_no, "digest": self.content_digest.hex()},
            records=(
                Record("certificate", certificate),
                Record("certificate_text", text),
                *(Record("certificate_line", line) for line in lines),
            ),
            answer={
                "id": str(self.id),
                "certificate_no": self.certificate_no,
                "state": "valid",
                "minutes": self.minutes,
                "records": len(self.record_seqs),
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCertificate:
    """A certificate is revoked: whoever looks it up is told. Refuses CertificateEnded."""

    id: UUID
    actor: UUID
    certificate_id: UUID
    certificate_seq: int
    reason: EndReason

    def needs(self) -> Needs:
        return Needs(rows=(("certificate_end", "certificate_id", self.certificate_id),))

    def decide(self, facts: Books) -> Plan | Refusal:
        if facts.rows("certificate_end", "certificate_id", self.certificate_id):
            return CertificateEnded()
        row = {"certificate_id": self.certificate_id, "seq": None, "ended_by": self.actor, "reason": self.reason}
        return Plan(
            kind=Kind.CERTIFICATE_END,
            effective_on=facts.today,
            detail={"certificate_seq": self.certificate_seq},
            why={"reason": self.reason},
            records=(Record("certificate_end", row),),
            answer={"id": str(self.certificate_id), "state": "revoked"},
        )
