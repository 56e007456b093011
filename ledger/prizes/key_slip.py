"""Key a paper slip in: a redemption that took place on paper, posted once and under its number; and what a second
person makes of one that could not be posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.core.books import Books
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.postings import ReasonMissing, SamePerson
from ledger.core.refusals.prizes import SlipUsed
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import AlreadyDecided
from ledger.prizes.redeem import Redeem
from ledger.prizes.report_stock import ProposeWriteOff

Outcome = Literal["posted", "debt", "loss"]


def entry_rows(
    *,
    id: UUID,
    slip_no: str,
    book: UUID,
    state: str,
    keyed_on: date,
    keyed_by: UUID,
    volunteer: UUID | None = None,
    given_on: date | None = None,
    items: Sequence[tuple[UUID, int]] = (),
    refusal: str | None = None,
    after_seq: int | None = None,
) -> tuple[Record, ...]:
    """What is kept of a slip that was keyed in: (prize, quantity) by line."""
    row: dict[str, Any] = {
        "id": id,
        "seq": None,
        "slip_no": slip_no,
        "book_id": book,
        "state": state,
        "volunteer_id": volunteer,
        "given_on": given_on,
        "refusal": refusal,
        "after_seq": after_seq,
        "keyed_on": keyed_on,
        "keyed_by": keyed_by,
    }
    lines = (
        Record("slip_entry_item", {"entry_id": id, "line": line, "prize_id": prize, "quantity": quantity})
        for line, (prize, quantity) in enumerate(items, 1)
    )
    return Record("slip_entry", row), *lines


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlip:
    """Post what a slip says, against balance and stock of now. Refuses SlipUsed and what `Redeem` refuses."""

    redeem: Redeem
    slip_no: str
    book: UUID
    given_on: date

    @property
    def id(self) -> UUID:
        return self.redeem.id

    @property
    def actor(self) -> UUID:
        return self.redeem.actor

    def needs(self) -> Needs:
        needs = self.redeem.needs()
        return needs._replace(rows=(*needs.rows, ("slip_entry", "slip_no", self.slip_no)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if facts.rows("slip_entry", "slip_no", self.slip_no):
            return SlipUsed(slip_no=self.slip_no)
        plan = self.redeem.decide(facts)
        if isinstance(plan, Refusal):
            return plan
        kept = entry_rows(
            id=self.id,
            slip_no=self.slip_no,
            book=self.book,
            state="posted",
            volunteer=self.redeem.volunteer.id,
            given_on=self.given_on,
            items=[(item.prize, item.quantity) for item in self.redeem.items],
            keyed_on=facts.today,
            keyed_by=self.actor,
        )
        return replace(plan, records=(*plan.records, *kept), answer={**plan.answer, "slip_no": self.slip_no})


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleSlip:
    """A second person's word on a slip that could not be posted, with a reason that stays private.

    `posted`: it is a redemption after all, whatever limits and windows say; points and goods must be there. `debt`:
    so it is, and what the wallet does not hold is owed. `loss`: the goods are proposed for writing off.
    Refuses ReasonMissing, SamePerson, AlreadyDecided and what the redemption or the write-off refuses.
    """

    posting: Redeem | ProposeWriteOff
    entry: UUID
    slip_no: str
    keyed_by: UUID
    outcome: Outcome
    reason: str

    @property
    def id(self) -> UUID:
        return self.posting.id

    @property
    def actor(self) -> UUID:
        return self.posting.actor

    def needs(self) -> Needs:
        needs = self.posting.needs()
        return needs._replace(rows=(*needs.rows, ("slip_settlement", "entry_id", self.entry)))

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.reason.strip():
            return ReasonMissing()
        if self.actor == self.keyed_by:
            return SamePerson()
        if facts.rows("slip_settlement", "entry_id", self.entry):
            return AlreadyDecided()
        plan = self.posting.decide(facts)
        if isinstance(plan, Refusal):
            return plan
        row = {
            "id": self.id,
            "seq": None,
            "entry_id": self.entry,
            "outcome": self.outcome,
            "settled_on": facts.today,
            "settled_by": self.actor,
        }
        return replace(
            plan,
            why={**plan.why, "slip": self.slip_no, "reason": self.reason},
            records=(*plan.records, Record("slip_settlement", row)),
            answer={**plan.answer, "paper_redemption_id": str(self.entry), "outcome": self.outcome},
        )
