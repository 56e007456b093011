"""Places in a session: how many are taken, and who comes next when one is free. To be asked while the activity is held.

`most` is how many may come, the session's own number or the activity's; None is as many as like.
"""

from __future__ import annotations

from uuid import UUID

from ledger.bank import Changes
from ledger.store import sign_ups as store

EVERYBODY = 1_000_000
"""More than ever wait."""


def is_free(change: Changes, session_id: UUID, most: int | None) -> bool:
    """Whether there is a place that nobody waits for."""
    if most is None:
        return True
    counted = store.counted(change.connection, [session_id])[session_id]
    return counted["waiting"] == 0 and counted["confirmed"] < most


def move_up(change: Changes, session_id: UUID, most: int | None) -> int:
    """Give what places are free to those who have waited longest; how many got one."""
    taken = store.counted(change.connection, [session_id])[session_id]["confirmed"]
    free = EVERYBODY if most is None else most - taken
    moved = store.waiting(change.connection, session_id, free) if free > 0 else []
    for id in moved:
        change.change("sign_up", id, {"state": "confirmed", "confirmed_at": change.now})
        change.audit("move_up", "sign_up", id, before={"state": "waiting"}, after={"state": "confirmed"})
    return len(moved)
