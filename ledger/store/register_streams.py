"""What the books do not carry and a report counts by, row by row, for exports: ids, days and numbers; nobody's name.

An activity is known by the seq of the first thing posted of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.store.streams import View

ORGANISATIONS = ("id", "parent_id", "level")
OWNERS = ("owner_kind", "owner_id", "organisation_id", "registered_at")
RECORDS = (
    *("seq", "kind", "organisation_id", "volunteer_id", "activity_seq", "activity_type", "done_on", "minutes"),
    *("capture_method", "corrects_seq"),
)
REDEMPTIONS = ("seq", "organisation_id", "redeemed_on", "prize", "quantity", "cost_points")
STARS = ("seq", "volunteer_id", "star_level")
CLOSINGS = ("seq", "volunteer_id")
CERTIFICATES = ("seq", "organisation_id", "ended_seq")

_ORGANISATIONS = "SELECT ID(id), ID(parent_id), level FROM organisation ORDER BY path"
_OWNERS = """
    SELECT 'volunteer', ID(id), ID(organisation_id), registered_at FROM volunteer
    UNION ALL SELECT owner_kind, ID(id), ID(organisation_id), created_at FROM collective ORDER BY 4, 2"""
_RECORDS = """
    SELECT r.seq, r.kind, ID(r.organisation_id), ID(r.volunteer_id),
        CASE WHEN a.id IS NOT NULL THEN MIN(r.seq) OVER (PARTITION BY r.activity_id) END, a.activity_type,
        DAY(r.done_on), r.minutes, r.capture_method, r.corrects_seq
    FROM (
        SELECT s.seq, 'service' AS kind, s.organisation_id, s.volunteer_id, s.activity_id, s.served_on AS done_on,
            s.minutes, s.capture_method, c.seq AS corrects_seq
        FROM service_record s LEFT JOIN service_record c ON c.id = s.corrects
        UNION ALL
        SELECT d.seq, d.kind, d.organisation_id, d.volunteer_id, d.activity_id, d.done_on, 0, '', NULL FROM deed d
    ) r LEFT JOIN activity a ON a.id = r.activity_id ORDER BY r.seq"""
_REDEMPTIONS = """
    SELECT r.seq, ID(d.organisation_id), DAY(r.redeemed_on), p.unit_id, i.quantity, i.cost_points
    FROM redemption r JOIN redemption_item i ON i.redemption_id = r.id JOIN prize p ON p.id = i.prize_id
    JOIN desk d ON d.id = r.desk_id ORDER BY r.seq, i.line"""
_STARS = "SELECT seq, ID(volunteer_id), star_level FROM star_decision WHERE decision = 'approve' ORDER BY seq"
_CLOSINGS = "SELECT seq, ID(volunteer_id) FROM closing ORDER BY seq"
_CERTIFICATES = """
    SELECT c.seq, ID(c.organisation_id), e.seq
    FROM certificate c LEFT JOIN certificate_end e ON e.certificate_id = c.id ORDER BY c.seq"""

REGISTERS = {
    "organisations": (ORGANISATIONS, _ORGANISATIONS),
    "owners": (OWNERS, _OWNERS),
    "records": (RECORDS, _RECORDS),
    "redemptions": (REDEMPTIONS, _REDEMPTIONS),
    "stars": (STARS, _STARS),
    "closings": (CLOSINGS, _CLOSINGS),
    "certificates": (CERTIFICATES, _CERTIFICATES),
}
"""Columns and rows of each, by its name. Instants are microseconds since 1970 UTC, a prize is its unit."""


def register(view: View, name: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one register."""
    return view.from_seq(tuple, REGISTERS[name][1], 0)
