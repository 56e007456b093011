"""Records of service as people look for them: where each stands, and everything that was done with it, by whom, when
and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.service.claim_states import HOLD, OVERLAP, State
from ledger.service.claims import Claim, values
from ledger.store import record_lists as stored
from ledger.store.record_lists import Sought, Told

__all__ = ["REVIEWED", "WAITING", "ListState", "Recorded", "Sought", "Step", "find", "histories", "page"]

ListState = Literal["submitted", "held", "approved", "on_notice", "rejected", "withdrawn", "void", "posted", "reversed"]
WAITING = frozenset({"submitted", "held", "approved", "on_notice"})
"""States in which the oldest has waited longest, and comes first."""
DONE = {"approve": "approved", "reject": "rejected", "hold": "held", "release": "released", "withdraw": "withdrawn"}
"""What a history calls it."""
REVIEWED = frozenset({DONE["approve"], DONE["reject"]})
"""What only reviewers do: whoever did one of these to a record does none of them again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Claim):
    """A record of service, whether it waits, was posted, or came to nothing."""

    activity_id: UUID
    activity_title: str
    counted_minutes: int | None
    """None until it is posted, like the points."""
    points: int | None
    rule_id: str | None
    reversed_seq: int | None
    corrected_by: UUID | None
    """The record that stands for this one now."""

    @property
    def standing(self) -> ListState:
        """Its state, of a posted one whether it was undone."""
        state: State = self.state
        return "reversed" if self.reversed_seq is not None else state


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done with a record."""

    what: str
    """submitted, approved, rejected, held, released, withdrawn, void, posted or reversed."""
    seq: int
    at: int
    """Microseconds since 1970 UTC."""
    by: UUID
    reason: str | None
    """None where nobody gave one, or it was erased."""
    code: str | None
    """Why the bank itself did it."""


def find(bank: Bank, id: UUID) -> Recorded | None:
    with bank.store.reading() as connection:
        row = stored.find(connection, id)
    return _from(row) if row else None


def page(bank: Bank, sought: Sought, *, after: Sequence[Any] | None, limit: int) -> Page[Recorded]:
    """Those that wait, the oldest first; all others, the newest first."""
    newest_first = sought.state not in WAITING
    with bank.store.snapshot() as connection:
        found = stored.page(connection, sought, after=after, limit=limit, newest_first=newest_first)
    return found.each(_from)


def histories(bank: Bank, records: Sequence[Recorded]) -> dict[UUID, list[Step]]:
    """What was done with each of these records, in order: two look-ups, however many they are."""
    with bank.store.snapshot() as connection:
        said = stored.said(connection, [record.id for record in records])
        done = {record.id: list(_done(record, said)) for record in records}
        told = stored.told(connection, [seq for steps in done.values() for seq, _, _ in steps])
    return {id: [_step(told[seq], seq, what, code) for seq, what, code in steps] for id, steps in done.items()}


def _done(record: Recorded, said: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str, str | None]]:
    """(seq, what, code) of everything, in order."""
    if record.seq != record.posted_seq:
        yield record.seq, "submitted", None
        if record.overlapped is not None:
            yield record.seq, DONE[HOLD], OVERLAP
    for row in said:
        if row["claim_id"] == record.id:
            yield row["seq"], DONE.get(row["what"], row["what"]), row["code"]
    if record.posted_seq is not None:
        yield record.posted_seq, "posted", None
    if record.reversed_seq is not None:
        yield record.reversed_seq, "reversed", None


def _step(told: Told, seq: int, what: str, code: str | None) -> Step:
    reason = told.why.get("reason") if code is None else None
    if what == "reversed" and told.why:
        reason = told.why["explanation"][0]["zh"].partition(":")[2]
    return Step(what=what, seq=seq, at=told.recorded_at, by=told.actor_id, reason=reason or None, code=code)


def _from(row: Mapping[str, Any]) -> Recorded:
    return Recorded(**values(Recorded, row))
