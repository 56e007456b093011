"""What was done in a period, row by row: what a draft of a rulebook is tried on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.store.streams import View


class PastDeedRead(NamedTuple):
    """A deed that still stands, as it was recorded, and what was given for it."""

    seq: int
    volunteer_id: str
    volunteer_no: str
    name: str
    household_id: str | None
    group_id: str | None
    organisation_id: str
    activity_id: str
    """Its own id, where a deed belongs to no activity."""
    inputs: str
    points: int


_PAST_DEEDS = """
    SELECT r.seq, ID(r.volunteer_id), v.volunteer_no, v.name, ID(r.household_id), ID(r.group_id),
        ID(r.organisation_id), ID(r.activity_id), r.inputs, r.points
    FROM (
        SELECT seq, volunteer_id, household_id, group_id, organisation_id, activity_id, inputs, points,
            served_on AS done_on
        FROM service_record
        UNION ALL
        SELECT seq, volunteer_id, household_id, group_id, organisation_id, COALESCE(activity_id, id), inputs, points,
            done_on
        FROM deed
    ) r JOIN volunteer v ON v.id = r.volunteer_id
    JOIN organisation o ON o.id = r.organisation_id
    WHERE r.done_on >= :since AND r.done_on <= :until AND o.path >= :first AND o.path < :beyond
    AND NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = r.seq)
    ORDER BY r.done_on, r.seq"""

_LED = """
    SELECT ID(c.volunteer_id), ID(v.id), v.volunteer_no, v.name FROM closing c JOIN volunteer v ON v.id = c.heir_id
    WHERE c.reason = 'merged' AND NOT EXISTS (SELECT 1 FROM "transaction" t WHERE t.reverses = c.seq)
    ORDER BY c.seq"""

_OUTSTANDING = """
    SELECT CAST(COALESCE(SUM(a.balance), 0) AS bigint) FROM account a JOIN volunteer v ON v.id = a.owner_id
    JOIN organisation o ON o.id = v.organisation_id
    WHERE a.unit_id = 1 AND a.purpose IN ('wallet', 'held', 'debt') AND o.path >= :first AND o.path < :beyond"""

_ON_SHELVES = """
    SELECT CAST(COALESCE(SUM(a.balance * p.cost_points), 0) AS bigint) FROM account a
    JOIN prize p ON p.unit_id = a.unit_id JOIN desk d ON d.id = a.owner_id
    JOIN organisation o ON o.id = d.organisation_id
    WHERE a.purpose = 'stock' AND o.path >= :first AND o.path < :beyond"""


def past_deeds(view: View, since: date, until: date, within: str) -> Iterator[PastDeedRead]:
    """Deeds of these days that still stand, of the organisation with this path and all below, oldest first."""
    return view.stream(
        PastDeedRead._make, _PAST_DEEDS, since=view.day(since), until=view.day(until), **_between(within)
    )


def led(view: View) -> dict[str, tuple[str, str, str]]:
    """Whom everybody merged leads to in the end: id, number and name."""
    to = {merged: (id, number, name) for merged, id, number, name in view.rows(_LED)}
    for merged, survivor in to.items():
        while survivor[0] in to:
            survivor = to[survivor[0]]
        to[merged] = survivor
    return to


def outstanding(view: View, within: str) -> int:
    """Points that volunteers there hold, less what they owe, in the smallest unit."""
    return int(view.rows(_OUTSTANDING, **_between(within))[0][0])


def on_shelves(view: View, within: str) -> int:
    """What the stock of the desks there costs in points, at the prices of the catalogue."""
    return int(view.rows(_ON_SHELVES, **_between(within))[0][0])


def _between(path: str) -> dict[str, str]:
    """ "0" is the character after "/": everything below a path lies between them."""
    return {"first": path, "beyond": path[:-1] + "0"}
