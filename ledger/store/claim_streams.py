"""What the audit reads of claims: every step that befell them, and how they stood when they were posted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from ledger.store.attendances import ATTENDED
from ledger.store.streams import FIRST, View


class ClaimRead(NamedTuple):
    seq: int
    id: str
    kind: str
    minutes: int
    recorded_by: str
    reviews_needed: int
    is_held: int
    """1 where it was handed in over another record of the same time."""
    deeds: int
    """How many rows say with it what was done: one of a deed other than service, none of service."""


class AttendedRead(NamedTuple):
    """A record or claim that is made of somebody's attendance, with what that says; yes and no are 1 and 0."""

    seq: int
    id: str
    served_on: str
    minutes: int
    capture_method: str
    began_at: int | None
    ended_at: int | None
    in_at: int | None
    out_at: int | None
    captured: str | None
    session_ends_at: int | None
    is_there: int
    is_closed: int
    is_of_activity: int
    is_of_volunteer: int
    is_claimed_otherwise: int


class ReviewRead(NamedTuple):
    """One review, with what it says of its claim. `approvals` are those up to and with it."""

    seq: int
    id: str
    claim_id: str
    reviewed_by: str
    decision: str
    recorded_by: str | None
    """Who recorded the claim; None where it is gone."""
    reviews_needed: int | None
    approvals: int
    is_repeated: int
    """1 where the same person reviewed the claim before."""


class ClaimStepRead(NamedTuple):
    """One step, with how its claim stood before it."""

    seq: int
    id: str
    claim_id: str
    step: str
    code: str | None
    taken_by: str
    recorded_by: str | None
    """Who recorded the claim; None where it is gone."""
    reviews_needed: int | None
    approvals: int
    over: int
    """How often it was rejected, withdrawn, made void or posted before."""
    held: int
    """When it was held last before, 0 for never."""
    cleared: int
    """When it was last released or approved before."""
    is_overdue: int | None
    """Whether its last day lay before the day of the step."""


class PostedClaimRead(NamedTuple):
    """How a claim stood when it became a record."""

    seq: int
    is_same: int
    """Whether the record says of the deed what was handed in."""
    reviews_needed: int
    approvals: int
    over: int
    held: int
    cleared: int
    inputs: str | None
    """With what a deed other than service was assessed; None of service, like all that was said of it."""
    acts: int | None
    value: int | None
    measures: str | None
    tags: str | None
    key: str | None
    on_behalf: str | None


class CorrectionRead(NamedTuple):
    """A record that stands for another."""

    seq: int
    corrected_seq: int | None
    undone_seq: int | None
    """When that was reversed."""
    claims: int
    """How many claims asked for just this."""


class LateReviewRead(NamedTuple):
    """A review of a claim that was over before."""

    seq: int


_APPROVALS = """(SELECT COUNT(*) FROM service_review v
        WHERE v.claim_id = c.id AND v.decision = 'approve' AND v.seq < {at})"""
_OVER = """(SELECT COUNT(*) FROM service_review n WHERE n.claim_id = c.id AND n.decision = 'reject' AND n.seq < {at})
        + (SELECT COUNT(*) FROM claim_step e
            WHERE e.claim_id = c.id AND e.step IN ('withdraw', 'void') AND e.seq < {at})
        + (SELECT COUNT(*) FROM service_record p WHERE p.id = c.id AND p.seq < {at})
        + (SELECT COUNT(*) FROM deed d WHERE d.id = c.id AND d.seq < {at})"""
_HELD = """COALESCE((SELECT MAX(h.seq) FROM claim_step h
            WHERE h.claim_id = c.id AND h.step = 'hold' AND h.seq < {at}),
            CASE WHEN c.overlapped IS NULL THEN 0 ELSE c.seq END, 0)"""
_CLEARED = """COALESCE((SELECT MAX(x.seq) FROM (
            SELECT r.seq FROM claim_step r WHERE r.claim_id = c.id AND r.step = 'release' AND r.seq < {at}
            UNION ALL
            SELECT a.seq FROM service_review a WHERE a.claim_id = c.id AND a.decision = 'approve' AND a.seq < {at}
        ) x), 0)"""


def _standing(at: str) -> str:
    return ",\n        ".join(part.format(at=at) for part in (_APPROVALS, _OVER, _HELD, _CLEARED))


_STEPS = f"""
    SELECT s.seq, ID(s.id), ID(s.claim_id), s.step, s.code, ID(s.taken_by), ID(c.recorded_by), c.reviews_needed,
        {_standing("s.seq")},
        CASE WHEN c.review_by < t.effective_on THEN 1 ELSE 0 END
    FROM claim_step s JOIN "transaction" t ON t.seq = s.seq LEFT JOIN service_claim c ON c.id = s.claim_id
    WHERE s.seq >= :seq ORDER BY s.seq"""

_SAME = " AND ".join(
    f"m.{name} IS NOT DISTINCT FROM c.{name}"
    for name in (
        *("volunteer_id", "organisation_id", "activity_id", "group_id", "served_on", "minutes"),
        *("capture_method", "evaluation", "recorded_by", "corrects"),
        *("attendance_id", "session_id", "began_at", "ended_at"),
    )
)

_SAME_DEED = " AND ".join(
    f"m.{name} IS NOT DISTINCT FROM {claimed}"
    for name, claimed in (
        *((name, f"c.{name}") for name in ("volunteer_id", "organisation_id", "activity_id", "group_id", "kind")),
        *(("done_on", "c.served_on"), ("evaluation", "c.evaluation"), ("recorded_by", "c.recorded_by")),
        ("deed_type", "x.deed_type"),
    )
)

_POSTED_CLAIMS = f"""
    SELECT m.seq AS seq, CASE WHEN c.kind = 'service' AND {_SAME} THEN 1 ELSE 0 END, c.reviews_needed,
        {_standing("m.seq")},
        NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM service_record m JOIN service_claim c ON c.id = m.id WHERE m.seq >= :seq
    UNION ALL
    SELECT m.seq, CASE WHEN {_SAME_DEED} THEN 1 ELSE 0 END, c.reviews_needed,
        {_standing("m.seq")},
        m.inputs, x.count, x.value, x.measures, x.tags, x.unique_key, x.on_behalf
    FROM deed m JOIN service_claim c ON c.id = m.id LEFT JOIN claimed_deed x ON x.id = m.id WHERE m.seq >= :seq
    ORDER BY seq"""

_CORRECTIONS = """
    SELECT m.seq, o.seq, t.seq,
        (SELECT COUNT(*) FROM service_claim c WHERE c.id = m.id AND c.corrects = m.corrects)
    FROM service_record m LEFT JOIN service_record o ON o.id = m.corrects
        LEFT JOIN "transaction" t ON t.reverses = o.seq
    WHERE m.corrects IS NOT NULL AND m.seq >= :seq ORDER BY m.seq"""

_LATE_REVIEWS = f"""
    SELECT v.seq FROM service_review v JOIN service_claim c ON c.id = v.claim_id
    WHERE v.seq >= :seq AND ({_OVER.format(at="v.seq")}) > 0 ORDER BY v.seq"""

_CLAIMS = """
    SELECT seq, ID(id), kind, minutes, ID(recorded_by), reviews_needed,
        CASE WHEN overlapped IS NULL THEN 0 ELSE 1 END,
        (SELECT COUNT(*) FROM claimed_deed x WHERE x.id = service_claim.id AND x.seq = service_claim.seq)
    FROM service_claim WHERE seq >= :seq ORDER BY seq"""

_REVIEWS = """
    SELECT v.seq, ID(v.id), ID(v.claim_id), ID(v.reviewed_by), v.decision, ID(c.recorded_by), c.reviews_needed,
        (SELECT COUNT(*) FROM service_review o
            WHERE o.claim_id = v.claim_id AND o.decision = 'approve' AND o.seq <= v.seq),
        (SELECT COUNT(*) FROM service_review o
            WHERE o.claim_id = v.claim_id AND o.reviewed_by = v.reviewed_by AND o.seq < v.seq)
    FROM service_review v LEFT JOIN service_claim c ON c.id = v.claim_id WHERE v.seq >= :seq ORDER BY v.seq"""


def claims(view: View, from_seq: int = FIRST) -> Iterator[ClaimRead]:
    return view.from_seq(ClaimRead._make, _CLAIMS, from_seq)


def attended(view: View, from_seq: int = FIRST) -> Iterator[AttendedRead]:
    """Records and then claims that are made of attendances."""
    streams = [view.from_seq(AttendedRead._make, statement, from_seq) for statement in ATTENDED]
    return chain.from_iterable(streams)


def reviews(view: View, from_seq: int = FIRST) -> Iterator[ReviewRead]:
    return view.from_seq(ReviewRead._make, _REVIEWS, from_seq)


def claim_steps(view: View, from_seq: int = FIRST) -> Iterator[ClaimStepRead]:
    return view.from_seq(ClaimStepRead._make, _STEPS, from_seq)


def posted_claims(view: View, from_seq: int = FIRST) -> Iterator[PostedClaimRead]:
    return view.from_seq(PostedClaimRead._make, _POSTED_CLAIMS, from_seq)


def corrections(view: View, from_seq: int = FIRST) -> Iterator[CorrectionRead]:
    return view.from_seq(CorrectionRead._make, _CORRECTIONS, from_seq)


def late_reviews(view: View, from_seq: int = FIRST) -> Iterator[LateReviewRead]:
    return view.from_seq(LateReviewRead._make, _LATE_REVIEWS, from_seq)
