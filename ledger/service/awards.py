"""Award: the hours and the points of one service record, in one transaction, under the rulebook in force on the day
of the deed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from ledger.core.accounts import MINUTES, NEVER, POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, credit_wallet
from ledger.core.canonical import canonical_text
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals import AmountOutOfRange, FutureDay, NoRulebookInForce, Refusal
from ledger.rules import (
    HONORARY_METHODS,
    Deed,
    PastDeed,
    Rulebook,
    assess,
    history_in_activity,
    needs,
    recorded_inputs,
)

SERVICE_MINUTES_MAX = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Record one deed of one volunteer in one activity: minutes always, points as the rulebook says.

    Refuses AmountOutOfRange (minutes outside 1..1440), FutureDay, NoRulebookInForce.
    """

    id: UUID
    """Of the service record and of its transaction."""
    actor: UUID
    volunteer: Owner
    organisation: Owner
    """The organising unit: its issuance account is the other side."""
    activity: UUID
    deed: Deed
    rulebook: Rulebook | None = field(repr=False)
    """In force on the day of the deed; None if there was none."""

    def needs(self) -> Needs:
        return Needs(
            holdings=(
                (self.volunteer, POINTS),
                (self.volunteer, MINUTES),
                (self.organisation, POINTS),
                (self.organisation, MINUTES),
            ),
            deeds=((self.volunteer.id, self.activity),),
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        deed, rulebook = self.deed, self.rulebook
        if not 0 < deed.minutes <= SERVICE_MINUTES_MAX:
            return AmountOutOfRange(amount=deed.minutes, lowest=1, highest=SERVICE_MINUTES_MAX)
        if deed.served_on > facts.today:
            return FutureDay(on=deed.served_on.isoformat(), today=facts.today.isoformat())
        if rulebook is None:
            return NoRulebookInForce(on=deed.served_on.isoformat())
        history = history_in_activity(needs(rulebook, deed), facts.deeds(self.volunteer.id, self.activity))
        assessment = assess(rulebook, deed, history)
        explanation = assessment.explanation()
        past = PastDeed(
            rule_id=assessment.rule_id or "", counted_minutes=assessment.counted_minutes, points=assessment.points
        )
        answer = {
            "id": str(self.id),
            "state": "posted",
            "minutes": deed.minutes,
            "counted_minutes": assessment.counted_minutes,
            "points": assessment.points,
            "explanation": explanation,
        }
        return Plan(
            kind=Kind.AWARD,
            effective_on=deed.served_on,
            moves=self._moves(facts, rulebook, assessment.points),
            rulebook=(rulebook.code, rulebook.version),
            detail={"rule": assessment.rule_id} if assessment.rule_id else {},
            why={"explanation": explanation, "record": self.id.hex},
            deed=((self.volunteer.id, self.activity), past) if assessment.rule_id else None,
            records=(self._record(past, canonical_text(recorded_inputs(deed, history))),),
            answer=answer,
        )

    def _moves(self, facts: Books, rulebook: Rulebook, points: int) -> list[Move]:
        hours = Purpose.HONORARY if self.deed.capture_method in HONORARY_METHODS else Purpose.CLOCKED
        moves = [
            Move(
                AccountKey(self.organisation, Purpose.ISSUANCE, MINUTES),
                AccountKey(self.volunteer, hours, MINUTES),
                self.deed.minutes,
            )
        ]
        if points:
            lot = AccountKey(self.volunteer, Purpose.WALLET, POINTS, rulebook.lapse_day(self.deed.served_on) or NEVER)
            moves += credit_wallet(facts, AccountKey(self.organisation, Purpose.ISSUANCE, POINTS), lot, points)
        return moves

    def _record(self, past: PastDeed, inputs: str) -> Record:
        return Record(
            "service_record",
            {
                "id": self.id,
                "seq": None,
                "volunteer_id": self.volunteer.id,
                "organisation_id": self.organisation.id,
                "activity_id": self.activity,
                "served_on": self.deed.served_on,
                "minutes": self.deed.minutes,
                "capture_method": self.deed.capture_method,
                "evaluation": self.deed.evaluation,
                "recorded_by": self.actor,
                "rule_id": past.rule_id,
                "counted_minutes": past.counted_minutes,
                "points": past.points,
                "inputs": inputs,
            },
        )
