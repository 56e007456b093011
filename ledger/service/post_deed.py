"""Post a deed other than volunteer service: points by the rules, and never an hour (民政部令67 art. 19).

Tidy courtyards, referrals, commendations, posts held, opening grants; penalties and no-shows too. One transaction each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from ledger.core.accounts import POINTS, Owner, Purpose
from ledger.core.books import Books
from ledger.core.canonical import canonical_text
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Needs, Plan, Record
from ledger.core.refusals.organisations import NotAMember
from ledger.core.refusals.postings import AmountOutOfRange, FutureDay
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import IsVolunteerService, NoRulebookInForce
from ledger.rules import Assessment, Deed, Rulebook, assess, kept, recorded_inputs
from ledger.service.crediting import owners_of, points_moved
from ledger.service.flags import raised, told
from ledger.service.history import answered, asked_of_deeds

COUNT_MAX = 10_000
"""Acts, persons or months in one deed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDeed:
    """Post one deed of one volunteer: what the rulebook gives or takes for it.

    A penalty comes out of the wallet, what lapses first going first; what the wallet does not hold becomes a debt, or
    is dropped if the rulebook says so. A no-show moves nothing and is counted.
    Refuses AmountOutOfRange (a count outside 1..10000, a value past what the bank can hold), FutureDay,
    NoRulebookInForce, IsVolunteerService, NotAMember.
    """

    id: UUID
    """Of the deed and of its transaction."""
    actor: UUID
    volunteer: Owner
    activity: UUID | None
    """The activity it belongs to, if any."""
    is_volunteer_service: bool = False
    """Whether that activity is: then a good deed in it is service and has hours."""
    is_member: bool = True
    """Whether the volunteer belonged, on the day, to the household or group on whose behalf it was done."""
    deed: Deed
    """Names the same volunteer, and the organising unit; its activity is its own where it belongs to none."""
    rulebook: Rulebook | None = field(repr=False)
    """In force on the day of the deed; None if there was none."""

    def needs(self) -> Needs:
        return Needs(
            holdings=[(owner, POINTS) for owner in owners_of(self.deed)],
            history=() if self.rulebook is None else asked_of_deeds(self.rulebook, self.deed),
        )

    def barred(self, facts: Books) -> Refusal | None:
        """Why this cannot be recorded, whether it is posted now or waits for reviewers."""
        deed = self.deed
        if not 0 < deed.count <= COUNT_MAX:
            return AmountOutOfRange(amount=deed.count, lowest=1, highest=COUNT_MAX)
        if deed.value > AMOUNT_MAX:
            return AmountOutOfRange(amount=deed.value, lowest=0, highest=AMOUNT_MAX)
        if deed.served_on > facts.today:
            return FutureDay(on=deed.served_on.isoformat(), today=facts.today.isoformat())
        if self.rulebook is None:
            return NoRulebookInForce(on=deed.served_on.isoformat())
        if self.is_volunteer_service and deed.kind == "good_deed":
            return IsVolunteerService()
        return None if self.is_member else NotAMember()

    def decide(self, facts: Books) -> Plan | Refusal:
        deed, rulebook = self.deed, self.rulebook
        refusal = self.barred(facts)
        if refusal is not None or rulebook is None:
            return refusal or NoRulebookInForce(on=deed.served_on.isoformat())
        history = answered(facts, rulebook, deed)
        assessment = assess(rulebook, deed, history)
        if abs(assessment.points) > AMOUNT_MAX:
            return AmountOutOfRange(amount=assessment.points, lowest=-AMOUNT_MAX, highest=AMOUNT_MAX)
        moves = points_moved(facts, rulebook, assessment)
        explanation = assessment.explanation()
        answer: dict[str, Any] = {
            "id": str(self.id),
            "state": "posted",
            "points": assessment.points,
            "debt_points": sum(move.amount for move in moves if move.debit.purpose is Purpose.DEBT),
            "explanation": explanation,
            "flags": [told(flag) for flag in assessment.flags],
        }
        return Plan(
            kind=Kind.DEED,
            effective_on=deed.served_on,
            moves=moves,
            rulebook=(rulebook.code, rulebook.version),
            detail=detail_of(deed.kind, assessment.rule_id),
            why={"explanation": explanation, "record": self.id.hex},
            marks=kept(deed, assessment.marks),
            records=(
                self._record(assessment, canonical_text(recorded_inputs(deed, history))),
                *raised(self.id, self.volunteer.id, assessment.flags),
            ),
            answer=answer,
        )

    def _record(self, assessment: Assessment, inputs: str) -> Record:
        deed = self.deed
        return Record(
            "deed",
            {
                "id": self.id,
                "seq": None,
                "kind": deed.kind,
                "deed_type": deed.activity_type,
                "volunteer_id": self.volunteer.id,
                "organisation_id": deed.organisation,
                "activity_id": self.activity,
                "household_id": deed.household,
                "group_id": deed.group,
                "done_on": deed.served_on,
                "evaluation": deed.evaluation,
                "recorded_by": self.actor,
                "rule_id": assessment.rule_id or "",
                "points": assessment.points,
                "inputs": inputs,
            },
        )


def detail_of(kind: str, rule_id: str | None) -> dict[str, str | int]:
    """What the entry says in public of a deed."""
    return {"deed": kind, "rule": rule_id} if rule_id else {"deed": kind}
