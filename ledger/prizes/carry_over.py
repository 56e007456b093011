"""Carry-over (结转): of what is left of a lot after its last day a part goes on into the next lot, the rest lapses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, credit_wallet
from ledger.core.lapse import Lapse
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals.refusal import Refusal
from ledger.rules import HistoryKey, Kept, Mark, Rulebook, Tally

CARRIED = "carried"
"""Of the counter that tells how much of a lot was carried over before: points that came back to it lapse again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """Empty one lot whose day has passed under a rulebook that carries over: a debt is paid first, as by any points
    that come into a wallet. Refuses as Lapse does.
    """

    id: UUID
    actor: UUID
    owner: Owner
    organisation: Owner
    """Whose `lapsed` account takes the rest."""
    expires_on: date
    rulebook: Rulebook = field(repr=False)
    """In force on the lot's last day, where its owner belongs."""

    @property
    def lapse(self) -> Lapse:
        return Lapse(
            id=self.id,
            actor=self.actor,
            owner=self.owner,
            organisation=self.organisation,
            expires_on=self.expires_on,
        )

    def needs(self) -> Needs:
        return self.lapse.needs()._replace(history=(carried_key(self.owner.id, self.expires_on),))

    def decide(self, facts: Books) -> Plan | Refusal:
        plan = self.lapse.decide(facts)
        if isinstance(plan, Refusal):
            return plan
        lot, left = self.lapse.lot, facts.balance(self.lapse.lot)
        key = carried_key(self.owner.id, self.expires_on)
        carried = self.rulebook.lapse.carried_over(left, before=facts.past.of([key])[key].taken)
        if not carried:
            return plan
        until = self.rulebook.lapse.next_day(self.expires_on, self.rulebook.year_begins)
        following = AccountKey(self.owner, Purpose.WALLET, POINTS, until)
        sink = AccountKey(self.organisation, Purpose.LAPSED, POINTS)
        day, next_day = self.expires_on.isoformat(), until.isoformat()
        rest = left - carried
        told = {
            "zh": f"有效期至 {day} 的积分结转 {carried} 分至 {next_day}",
            "en": f"Of the points valid until {day}, {carried} carried over until {next_day}",
            "points": 0,
        }
        return replace(
            plan,
            moves=(
                *credit_wallet(facts, lot, following, carried),
                *((Move(lot, sink, rest),) if rest else ()),
            ),
            detail={"expires_on": day, "carried_until": next_day},
            rulebook=(self.rulebook.code, self.rulebook.version),
            why={"explanation": [told, *(lapsed for lapsed in _lapsed(plan, rest) if rest)]},
            marks=(carried_mark(self.owner.id, self.expires_on, carried),),
            answer={**plan.answer, "points": rest, "carried_over": carried, "carried_until": next_day},
        )


def _lapsed(plan: Plan, rest: int) -> list[dict[str, object]]:
    return [{**line, "points": -rest} for line in plan.why["explanation"]]


def carried_key(owner: UUID, expires_on: date) -> HistoryKey:
    """How much of a lot was carried over before."""
    name = f"{CARRIED}.{expires_on.isoformat()}"
    return HistoryKey("counter", name, None, "person", "lifetime", date.min, date.max, owner, None)


def carried_mark(owner: UUID, expires_on: date, carried: int) -> Kept:
    """What is left for the next time: so many points of this lot were carried over. It is counted for nobody else."""
    counter = f"{CARRIED}.{expires_on.isoformat()}"
    mark = Mark(expires_on, Tally(taken=carried), counter=counter)
    return Kept(mark, owner, None, owner, None)
