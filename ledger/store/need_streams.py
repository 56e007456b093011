"""Credits for needs that were met, row by row, for the audit; ID(…), DAY(…) and order as in `streams`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import FIRST, View


class NeedCreditRead(NamedTuple):
    """One credit, with what was posted in its transaction (the record, the deed, or the claim that waits to become
    one) and what the wish or the task says of itself.
    """

    seq: int
    id: str
    volunteer_id: str
    record_id: str | None
    """Of what was posted; None where nothing was."""
    record_volunteer: str | None
    minutes: int
    activity_id: str | None
    """Of service; None for a deed."""
    day: str | None
    inputs: str | None
    """Of what was posted at once, as JSON."""
    claimed_value: int | None
    """Of a deed that waits."""
    need_state: str | None
    """None where there is no such wish or task."""
    need_activity: str | None
    need_day: str | None
    worth: int | None
    """Of a wish, in the smallest unit of points."""
    shared_by: int
    """How many fulfilled the wish together."""
    met: int
    """How often the wish or the task says that this person met it in so many minutes."""
    credits: int
    """How many credits of it they have."""


_CREDITS = """
    SELECT c.seq, ID(c.id), ID(c.volunteer_id),
        COALESCE(ID(r.id), ID(d.id), ID(k.id)), COALESCE(ID(r.volunteer_id), ID(d.volunteer_id), ID(k.volunteer_id)),
        COALESCE(r.minutes, k.minutes, 0), COALESCE(ID(r.activity_id), ID(k.activity_id)),
        COALESCE(DAY(r.served_on), DAY(d.done_on), DAY(k.served_on)), COALESCE(r.inputs, d.inputs), v.value,
        COALESCE(w.state, t.state), COALESCE(ID(w.activity_id), ID(t.activity_id)),
        COALESCE(DAY(w.done_on), DAY(t.done_on)), w.points,
        (SELECT COUNT(*) FROM wish_claim h WHERE h.wish_id = c.need_id AND h.ended_as = 'fulfilled'),
        (SELECT COUNT(*) FROM wish_claim h WHERE h.wish_id = c.need_id AND h.ended_as = 'fulfilled'
            AND COALESCE(h.minutes, 0) = COALESCE(r.minutes, k.minutes, 0)
            AND (h.volunteer_id = c.volunteer_id
                OR EXISTS (SELECT 1 FROM closing m WHERE m.volunteer_id = h.volunteer_id AND m.reason = 'merged')))
        + (SELECT COUNT(*) FROM task_helper h WHERE h.task_id = c.need_id AND h.given_back_at IS NULL
            AND h.minutes = COALESCE(r.minutes, k.minutes, 0)
            AND (h.volunteer_id = c.volunteer_id
                OR EXISTS (SELECT 1 FROM closing m WHERE m.volunteer_id = h.volunteer_id AND m.reason = 'merged'))),
        (SELECT COUNT(*) FROM need_credit o WHERE o.need_id = c.need_id AND o.volunteer_id = c.volunteer_id)
    FROM need_credit c
    LEFT JOIN service_record r ON r.seq = c.seq
    LEFT JOIN deed d ON d.seq = c.seq
    LEFT JOIN service_claim k ON k.seq = c.seq
    LEFT JOIN claimed_deed v ON v.seq = c.seq
    LEFT JOIN wish w ON w.id = c.need_id
    LEFT JOIN task t ON t.id = c.need_id
    WHERE c.seq >= :seq ORDER BY c.seq"""


def need_credits(view: View, from_seq: int = FIRST) -> Iterator[NeedCreditRead]:
    return view.from_seq(NeedCreditRead._make, _CREDITS, from_seq)
