"""Paper slips row by row, for the audit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.streams import View


class SlipRead(NamedTuple):
    slip_no: str
    state: str
    seq: int | None
    first_serial: int | None
    """None where its book is gone."""
    slips: int | None
    is_redeemed: bool
    """Whether the redemption with its seq hands these prizes to this volunteer at this desk, by the same hand."""
    outcome: str | None
    is_second: bool
    """Whether another person settled it than keyed it in."""
    is_redeemed_late: bool
    """The same of the redemption with the seq of its settlement, by the hand that settled it."""
    is_written_off: bool
    """Whether a write-off at its desk, proposed by the hand that settled it, has the seq of its settlement."""


def _redeemed(seq: str, by: str) -> str:
    """Whether a redemption is what the slip says: no prize more on either side."""
    return f"""EXISTS (SELECT 1 FROM redemption r WHERE r.seq = {seq} AND r.volunteer_id = e.volunteer_id
        AND r.desk_id = b.desk_id AND r.recorded_by = {by}
        AND (SELECT COUNT(*) FROM redemption_item i WHERE i.redemption_id = r.id)
            = (SELECT COUNT(*) FROM slip_entry_item j WHERE j.entry_id = e.id)
        AND NOT EXISTS (SELECT 1 FROM slip_entry_item j WHERE j.entry_id = e.id AND NOT EXISTS (
            SELECT 1 FROM redemption_item i WHERE i.redemption_id = r.id AND i.line = j.line
            AND i.prize_id = j.prize_id AND i.quantity = j.quantity)))"""


_SLIPS = f"""
    SELECT e.slip_no, e.state, e.seq, b.first_serial, b.slips, {_redeemed("e.seq", "e.keyed_by")},
        x.outcome, COALESCE(x.settled_by <> e.keyed_by, FALSE), {_redeemed("x.seq", "x.settled_by")},
        EXISTS (SELECT 1 FROM stock_report s WHERE s.seq = x.seq AND s.kind = 'write_off' AND s.desk_id = b.desk_id
            AND s.reported_by = x.settled_by)
    FROM slip_entry e LEFT JOIN slip_book b ON b.id = e.book_id LEFT JOIN slip_settlement x ON x.entry_id = e.id
    WHERE COALESCE(x.seq, e.seq, :seq) >= :seq ORDER BY e.slip_no"""


def slips(view: View, from_seq: int) -> Iterator[SlipRead]:
    """Every slip that came back, by number; of those posted or settled the ones from a seq on."""
    return view.from_seq(SlipRead._make, _SLIPS, from_seq)
