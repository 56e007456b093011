"""Notices row by row, for whoever proves them; ID(…) and DAY(…) as in `streams`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class AskedRead(NamedTuple):
    seq: int
    claim_id: str
    days: int
    in_working_days: int


class NoticeRead(NamedTuple):
    seq: int
    id: str
    organisation_id: str
    kind: str
    stage: str
    title: str
    remark: str
    from_on: str | None
    until_on: str | None
    days: int
    in_working_days: int
    begins_on: str
    ends_on: str
    lines: int
    lines_root: bytes
    digest: bytes
    published_by: str


class NoticeLineRead(NamedTuple):
    """One line of a notice, and what was already so when it was published."""

    seq: int
    id: str
    notice_id: str
    line: int
    once: str
    record_id: str | None
    corrects_id: str | None
    digest: bytes
    text_id: str | None
    """None where the words are gone altogether; where they were erased, `salt` and `shown` are."""
    salt: bytes | None
    shown: str | None
    claims: int
    """1 where the record was handed in before."""
    posted: int
    """1 where it was posted before."""
    upheld: int
    """How many objections to the line that it corrects had been upheld."""


class ObjectionRead(NamedTuple):
    seq: int
    id: str
    record_id: str | None
    receipt_no: str
    is_late: int
    notice_id: str | None
    """None where the line is gone."""
    line: int | None
    line_record_id: str | None
    ends_on: str | None


class ResolutionRead(NamedTuple):
    seq: int
    objection_id: str
    record_id: str | None
    outcome: str
    resolved_by: str
    objection_seq: int | None
    """None where the objection is gone."""
    objected_record_id: str | None
    concerned: int
    """How often whoever answered recorded or reviewed what it is about."""


class NoticedRead(NamedTuple):
    """A posted record, and the notice that came before."""

    seq: int
    asked: int
    notice_seq: int | None
    ends_on: str | None
    objections: int
    """That stood against it when it was posted."""


_ASKED = "SELECT seq, ID(claim_id), days, in_working_days FROM notice_asked WHERE seq >= :seq ORDER BY seq"

_NOTICES = """
    SELECT seq, ID(id), ID(organisation_id), kind, stage, title, remark, DAY(from_on), DAY(until_on), days,
        in_working_days, DAY(begins_on), DAY(ends_on), lines, lines_root, digest, ID(published_by)
    FROM notice WHERE seq >= :seq ORDER BY seq"""

_LINES = """
    SELECT l.seq, ID(l.id), ID(l.notice_id), l.line, l.once, ID(l.record_id), ID(l.corrects_id), l.digest,
        ID(x.line_id), x.salt, x.shown,
        (SELECT COUNT(*) FROM service_claim c WHERE c.id = l.record_id AND c.seq < l.seq),
        (SELECT COUNT(*) FROM service_record r WHERE r.id = l.record_id AND r.seq < l.seq),
        (SELECT COUNT(*) FROM objection_resolution z JOIN objection o ON o.id = z.objection_id
            WHERE o.line_id = l.corrects_id AND z.outcome = 'upheld' AND z.seq < l.seq)
    FROM notice_line l LEFT JOIN notice_text x ON x.line_id = l.id WHERE l.seq >= :seq ORDER BY l.seq, l.line"""

_OBJECTIONS = """
    SELECT o.seq, ID(o.id), ID(o.record_id), o.receipt_no, o.is_late, ID(l.notice_id), l.line, ID(l.record_id),
        DAY(n.ends_on)
    FROM objection o LEFT JOIN notice_line l ON l.id = o.line_id LEFT JOIN notice n ON n.id = l.notice_id
    WHERE o.seq >= :seq ORDER BY o.seq"""

_RESOLUTIONS = """
    SELECT z.seq, ID(z.objection_id), ID(z.record_id), z.outcome, ID(z.resolved_by), o.seq, ID(o.record_id),
        (SELECT COUNT(*) FROM service_claim c WHERE c.id = o.record_id AND c.recorded_by = z.resolved_by)
        + (SELECT COUNT(*) FROM service_record r WHERE r.id = o.record_id AND r.recorded_by = z.resolved_by)
        + (SELECT COUNT(*) FROM service_review v WHERE v.claim_id = o.record_id AND v.reviewed_by = z.resolved_by)
    FROM objection_resolution z LEFT JOIN objection o ON o.id = z.objection_id WHERE z.seq >= :seq ORDER BY z.seq"""

_NOTICED = """
    SELECT r.seq, (SELECT COUNT(*) FROM notice_asked a WHERE a.claim_id = r.id), n.seq, DAY(n.ends_on),
        (SELECT COUNT(*) FROM objection o WHERE o.record_id = r.id AND o.seq < r.seq
            AND NOT EXISTS (SELECT 1 FROM objection_resolution z
                WHERE z.objection_id = o.id AND z.outcome = 'dismissed' AND z.seq < r.seq))
    FROM (SELECT seq, id FROM service_record UNION ALL SELECT seq, id FROM deed) r
    LEFT JOIN notice_line l ON l.once = 'before ' || ID(r.id)
    LEFT JOIN notice n ON n.id = l.notice_id AND n.stage = 'before' WHERE r.seq >= :seq ORDER BY r.seq"""


def notices_asked(view: View, from_seq: int = FIRST) -> Iterator[AskedRead]:
    return view.from_seq(AskedRead._make, _ASKED, from_seq)


def notices(view: View, from_seq: int = FIRST) -> Iterator[NoticeRead]:
    return view.from_seq(NoticeRead._make, _NOTICES, from_seq)


def notice_lines(view: View, from_seq: int = FIRST) -> Iterator[NoticeLineRead]:
    return view.from_seq(NoticeLineRead._make, _LINES, from_seq)


def objections(view: View, from_seq: int = FIRST) -> Iterator[ObjectionRead]:
    return view.from_seq(ObjectionRead._make, _OBJECTIONS, from_seq)


def resolutions(view: View, from_seq: int = FIRST) -> Iterator[ResolutionRead]:
    return view.from_seq(ResolutionRead._make, _RESOLUTIONS, from_seq)


def noticed(view: View, from_seq: int = FIRST) -> Iterator[NoticedRead]:
    """Posted records, and the notice that came before each."""
    return view.from_seq(NoticedRead._make, _NOTICED, from_seq)
