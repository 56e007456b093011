"""Disputes row by row, for whoever proves them; ID(…), DAY(…) and order as in `streams`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import View


class DisputeRead(NamedTuple):
    seq: int
    id: str
    volunteer_id: str
    about: str
    disputed_seq: int | None
    record_id: str | None
    activity_id: str | None
    day: str | None
    reason_code: str
    theirs: int
    """How many rows say that what is disputed is theirs."""
    open: int
    """How many said the same before and were not answered."""


class DisputeAnswerRead(NamedTuple):
    seq: int
    dispute_id: str
    volunteer_id: str
    about: str
    outcome: str
    answered_by: str
    dispute_seq: int | None
    """None where the dispute is gone."""
    disputer_id: str | None
    disputed_about: str | None
    concerned: int
    """How often whoever answered posted or reviewed what it is about."""


_DISPUTES = """
    SELECT d.seq, ID(d.id), ID(d.volunteer_id), d.about, d.disputed_seq, ID(d.record_id), ID(d.activity_id), DAY(d.day),
        d.reason_code,
        (SELECT COUNT(*) FROM service_claim c WHERE c.seq = d.disputed_seq AND c.volunteer_id = d.volunteer_id
            AND c.id = d.record_id)
        + (SELECT COUNT(*) FROM service_record r WHERE r.seq = d.disputed_seq AND r.volunteer_id = d.volunteer_id
            AND r.id = d.record_id)
        + (SELECT COUNT(*) FROM deed e WHERE e.seq = d.disputed_seq AND e.volunteer_id = d.volunteer_id)
        + (SELECT COUNT(*) FROM transfer t JOIN account a ON a.id IN (t.debit_account_id, t.credit_account_id)
            WHERE t.seq = d.disputed_seq AND a.owner_id = d.volunteer_id AND d.record_id IS NULL),
        (SELECT COUNT(*) FROM dispute o WHERE o.about = d.about AND o.seq < d.seq
            AND NOT EXISTS (SELECT 1 FROM dispute_answer z WHERE z.dispute_id = o.id AND z.seq < d.seq))
    FROM dispute d WHERE d.seq >= :seq ORDER BY d.seq"""

_ANSWERS = """
    SELECT z.seq, ID(z.dispute_id), ID(z.volunteer_id), z.about, z.outcome, ID(z.answered_by), d.seq,
        ID(d.volunteer_id), d.about,
        (SELECT COUNT(*) FROM "transaction" t WHERE t.seq = d.disputed_seq AND t.actor_id = z.answered_by)
        + (SELECT COUNT(*) FROM service_review v WHERE v.claim_id = d.record_id AND v.reviewed_by = z.answered_by
            AND v.seq < z.seq)
    FROM dispute_answer z LEFT JOIN dispute d ON d.id = z.dispute_id WHERE z.seq >= :seq ORDER BY z.seq"""


def disputes(view: View, from_seq: int) -> Iterator[DisputeRead]:
    return view.from_seq(DisputeRead._make, _DISPUTES, from_seq)


def answers(view: View, from_seq: int) -> Iterator[DisputeAnswerRead]:
    return view.from_seq(DisputeAnswerRead._make, _ANSWERS, from_seq)
