"""Close an account: what is left of it is disposed of by the bank's rule, and from then on it neither earns nor spends.

Hours stay where they are: they are a record of what was done, and belong to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, credit_wallet
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals.people import HeirNeeded, HeirNotAllowed, PointsHeld, SameVolunteer
from ledger.core.refusals.refusal import Refusal

LEFT, DIED, MERGED = "left", "died", "merged"
_SAID = {LEFT: ("离开,账户注销", "Left; the account is closed"), DIED: ("身故,账户注销", "Died; the account is closed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """End a volunteer's account.

    With `is_transferred` the usable points go to `heir` with the days on which they lapse, after the heir's debt is
    paid; without it they are forfeit to the organisation, as is always what has passed its day. A debt is written off.
    Refuses SameVolunteer, PointsHeld, HeirNeeded, HeirNotAllowed.
    """

    id: UUID
    actor: UUID
    volunteer: Owner
    organisation: Owner
    """Whose `forfeited` account takes what is forfeit."""
    reason: str
    is_transferred: bool
    heir: Owner | None = None

    def needs(self) -> Needs:
        owners = [self.volunteer, self.organisation, *([self.heir] if self.heir else [])]
        return Needs(holdings=[(owner, POINTS) for owner in owners])

    def decide(self, facts: Books) -> Plan | Refusal:
        if self.heir == self.volunteer:
            return SameVolunteer()
        held = sum(balance for _, balance in facts.lots(self.volunteer, Purpose.HELD, POINTS))
        if held:
            return PointsHeld(held=held)
        lots = facts.lots(self.volunteer, Purpose.WALLET, POINTS)
        usable = [lot for lot in lots if lot[0].expires_on >= facts.today]
        if self.heir is not None and not self.is_transferred:
            return HeirNotAllowed()
        points = sum(balance for _, balance in usable)
        if self.heir is None and self.is_transferred and points:
            return HeirNeeded(points=points)
        sink = AccountKey(self.organisation, Purpose.FORFEITED, POINTS)
        given = usable if self.heir is not None else []
        moves = [Move(lot, sink, balance) for lot, balance in lots if (lot, balance) not in given]
        if self.heir is not None:
            moves += handed_on(facts, given, self.heir)
        debt = AccountKey(self.volunteer, Purpose.DEBT, POINTS)
        if facts.balance(debt):
            moves.append(Move(sink, debt, -facts.balance(debt)))
        zh, en = _SAID[self.reason]
        taken = sum(balance for _, balance in lots)
        return Plan(
            kind=Kind.CLOSING,
            effective_on=facts.today,
            moves=moves,
            why={"explanation": [{"zh": zh, "en": en, "points": -taken}]},
            closes=self.volunteer,
            records=(closing(self.id, self.actor, self.volunteer, self.reason, self.heir, taken),),
            answer={"id": str(self.id), "points": taken},
        )


def handed_on(facts: Books, lots: list[tuple[AccountKey, int]], to: Owner) -> list[Move]:
    """Lots that go to somebody else, each keeping its day; whatever they owe is paid first."""
    moves: list[Move] = []
    repaid = 0
    for lot, balance in lots:
        kept = AccountKey(to, Purpose.WALLET, POINTS, lot.expires_on)
        made = credit_wallet(facts, lot, kept, balance, repaid=repaid)
        repaid += sum(move.amount for move in made if move.credit.purpose is Purpose.DEBT)
        moves += made
    return moves


def closing(id: UUID, actor: UUID, volunteer: Owner, reason: str, heir: Owner | None, points: int) -> Record:
    """The row that says since when, and to whom."""
    return Record(
        "closing",
        {
            "id": id,
            "seq": None,
            "volunteer_id": volunteer.id,
            "reason": reason,
            "heir_kind": heir.kind.value if heir else None,
            "heir_id": heir.id if heir else None,
            "points": points,
            "recorded_by": actor,
        },
    )
