"""Changes of stars and what was decided on them, row by row, for the audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ledger.rules import Standing
from ledger.store import stars
from ledger.store.streams import View


class StarChangeRead(NamedTuple):
    """A promotion or demotion as it was proposed."""

    seq: int
    id: str
    volunteer_id: str
    organisation_id: str
    ladder_id: str
    from_level: int
    to_level: int
    measured_on: str
    as_of_seq: int
    inputs: str
    notice_until: str | None
    approved_by: str
    recorded_by: str


class StarDecisionRead(NamedTuple):
    """What was decided about one."""

    seq: int
    id: str
    change_id: str
    volunteer_id: str
    decision: str
    ladder_id: str
    level: int
    star_level: int
    measured_on: str
    as_of_seq: int
    inputs: str
    recorded_by: str


_STAR_CHANGES = """
    SELECT seq, ID(id), ID(volunteer_id), ID(organisation_id), ladder_id, from_level, to_level, DAY(measured_on),
        as_of_seq, inputs, DAY(notice_until), approved_by, ID(recorded_by)
    FROM star_change ORDER BY seq"""

_STAR_DECISIONS = """
    SELECT seq, ID(id), ID(change_id), ID(volunteer_id), decision, ladder_id, level, star_level, DAY(measured_on),
        as_of_seq, inputs, ID(recorded_by)
    FROM star_decision ORDER BY seq"""


def star_changes(view: View) -> Iterator[StarChangeRead]:
    return view.stream(StarChangeRead._make, _STAR_CHANGES)


def star_decisions(view: View) -> Iterator[StarDecisionRead]:
    return view.stream(StarDecisionRead._make, _STAR_DECISIONS)


def star_standings(view: View, asked: Sequence[stars.Asked], zone: ZoneInfo) -> list[Standing]:
    """What each had by the rows before a seq, in a few statements for all."""
    return stars.standings(view.connection, asked, zone)
