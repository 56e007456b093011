"""Certificates of service row by row, for the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class CertificateRead(NamedTuple):
    """One certificate, with what the records it rests on say. `lines_of_holder` are by its holder, within its days and
    posted before it.
    """

    seq: int
    id: str
    certificate_no: str
    minutes: int
    records: int
    digest: bytes
    issued_by: str
    content: str | None
    minutes_recorded: int
    lines: int
    lines_of_holder: int


class CertificateEndRead(NamedTuple):
    seq: int
    certificate_id: str
    ended_by: str
    certificate_seq: int | None


_CERTIFICATES = """
    SELECT c.seq, ID(c.id), c.certificate_no, c.minutes, c.records, c.digest, ID(c.issued_by), t.content,
        (SELECT COALESCE(SUM(r.minutes), 0) FROM certificate_line l JOIN service_record r ON r.seq = l.record_seq
            WHERE l.certificate_id = c.id),
        (SELECT COUNT(*) FROM certificate_line l WHERE l.certificate_id = c.id),
        (SELECT COUNT(*) FROM certificate_line l JOIN service_record r ON r.seq = l.record_seq
            WHERE l.certificate_id = c.id AND r.seq < c.seq AND r.served_on BETWEEN c.first_day AND c.last_day
            AND (r.volunteer_id = c.volunteer_id
                OR EXISTS (SELECT 1 FROM closing m WHERE m.volunteer_id = r.volunteer_id AND m.reason = 'merged')))
    FROM certificate c LEFT JOIN certificate_text t ON t.certificate_id = c.id
    WHERE c.seq >= :seq ORDER BY c.seq"""

_CERTIFICATE_ENDS = """
    SELECT e.seq, ID(e.certificate_id), ID(e.ended_by), c.seq
    FROM certificate_end e LEFT JOIN certificate c ON c.id = e.certificate_id
    WHERE e.seq >= :seq ORDER BY e.seq"""


def certificates(view: View, from_seq: int = FIRST) -> Iterator[CertificateRead]:
    return view.from_seq(CertificateRead._make, _CERTIFICATES, from_seq)


def certificate_ends(view: View, from_seq: int = FIRST) -> Iterator[CertificateEndRead]:
    return view.from_seq(CertificateEndRead._make, _CERTIFICATE_ENDS, from_seq)
