"""Merge two registrations of one person: everything the one account holds moves to the other by ledger transfers, and
the merged number stays a signpost to the number that remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import MINUTES, POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, draw
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals.people import PointsHeld, SameVolunteer
from ledger.core.refusals.refusal import Refusal
from ledger.people.close import MERGED, closing, handed_on
from ledger.rules import handed_on as marks_handed_on
from ledger.store import marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """All lots with the days on which they lapse, the debt and the minutes of `merged` become those of `survivor`.

    A debt of either is paid from the points of the other. What deeds of `merged` left for caps, counters and one-off
    bonuses stands for the survivor. Refuses SameVolunteer, PointsHeld.
    """

    id: UUID
    actor: UUID
    merged: Owner
    survivor: Owner

    def needs(self) -> Needs:
        return Needs(
            holdings=[(owner, unit) for owner in (self.merged, self.survivor) for unit in (POINTS, MINUTES)],
            rows=[("mark", "volunteer_id", self.merged.id)],
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.merged == self.survivor:
            return SameVolunteer()
        held = sum(balance for _, balance in facts.lots(self.merged, Purpose.HELD, POINTS))
        if held:
            return PointsHeld(held=held)
        lots = facts.lots(self.merged, Purpose.WALLET, POINTS)
        moves = [*handed_on(facts, lots, self.survivor), *self._debt(facts), *self._minutes(facts)]
        points = sum(balance for _, balance in lots)
        left = sorted(facts.rows("mark", "volunteer_id", self.merged.id), key=lambda row: (row["seq"], row["line"]))
        return Plan(
            kind=Kind.MERGE,
            effective_on=facts.today,
            moves=moves,
            why={"explanation": [{"zh": "同一人的两个编号合并", "en": "Two numbers of one person were merged"}]},
            marks=marks_handed_on((marks.kept_in(tuple(row.values())) for row in left), self.survivor.id),
            closes=self.merged,
            records=(closing(self.id, self.actor, self.merged, MERGED, self.survivor, points),),
            answer={"id": str(self.id), "points": points},
        )

    def _debt(self, facts: Books) -> list[Move]:
        debt = AccountKey(self.merged, Purpose.DEBT, POINTS)
        owed = -facts.balance(debt)
        usable = facts.usable(self.survivor, Purpose.WALLET, POINTS)
        paid = [Move(lot, debt, part) for lot, part in draw(usable, owed) if part]
        left = owed - sum(move.amount for move in paid)
        return [*paid, *([Move(AccountKey(self.survivor, Purpose.DEBT, POINTS), debt, left)] if left else [])]

    def _minutes(self, facts: Books) -> list[Move]:
        return [
            Move(account, AccountKey(self.survivor, purpose, MINUTES), minutes)
            for purpose in (Purpose.CLOCKED, Purpose.HONORARY)
            for account, minutes in facts.lots(self.merged, purpose, MINUTES)
        ]
