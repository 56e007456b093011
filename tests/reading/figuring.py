"""A report's figures beside those that others add up from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ledger.reading import figures
from ledger.reading.figures import Figures
from tests.reading import recomputed


def plain(one: Figures) -> dict[str, Any]:
    """What the second reckoning can know of it."""
    names = (
        *("volunteers", "volunteers_new", "volunteers_left", "active", "records", "minutes", "activities"),
        *("redemptions", "prizes", "records_undone", "records_corrected", "certificates_issued"),
        "certificates_revoked",
    )
    moves = (*figures.MOVES, "moved", "opening", "outstanding")
    return {
        **{name: getattr(one, name) for name in names},
        **{f"points_{move}": getattr(one.points, move) for move in moves},
        "minutes_by_method": {method: minutes for method, minutes in one.minutes_by_method.items() if minutes},
        "activities_by_type": dict(one.activities_by_type),
        "prizes_redeemed": sorted((each.quantity, each.points) for each in one.redeemed_prizes),
        "stars": dict(one.stars),
    }


def told_again(one: Figures, folder: Path, seq: int) -> dict[str, Any]:
    first, last = one.span.first_day.isoformat(), one.span.last_day.isoformat()
    return recomputed.figures(folder, seq, first, last, str(one.organisation.id))
