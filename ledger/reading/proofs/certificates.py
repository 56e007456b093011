"""Certificates: each says no more hours than the records it rests on, by the person it was issued to, in its days."""

from __future__ import annotations

from typing import Any

from ledger.core.canonical import digest
from ledger.reading.findings import Findings
from ledger.store.certificate_streams import CertificateEndRead, CertificateRead
from ledger.store.reads import TransactionRead


class Certificates:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def issued(self, transaction: TransactionRead, certificate: CertificateRead) -> dict[str, Any]:
        """What the client must have been told of a certificate."""
        content = certificate.content
        for what, is_so in (
            ("id", certificate.id == transaction.id),
            ("issued_by", certificate.issued_by == transaction.actor_id),
            ("minutes", certificate.minutes == certificate.minutes_recorded),
            ("records", certificate.records == certificate.lines == certificate.lines_of_holder),
            ("content", content is None or digest(content.encode()) == certificate.digest),
        ):
            if not is_so:
                self._found.note("certificate_wrong", seq=transaction.seq, what=what)
        return {
            "id": certificate.id,
            "certificate_no": certificate.certificate_no,
            "state": "valid",
            "minutes": certificate.minutes,
            "records": certificate.records,
        }

    def ended(self, transaction: TransactionRead, end: CertificateEndRead) -> dict[str, Any]:
        """What whoever revoked one must have been told."""
        for what, is_so in (
            ("ended_by", end.ended_by == transaction.actor_id),
            ("issued_before", end.certificate_seq is not None and end.certificate_seq < transaction.seq),
        ):
            if not is_so:
                self._found.note("certificate_wrong", seq=transaction.seq, what=what)
        return {"id": end.certificate_id, "state": "revoked"}
