"""Award: the hours and the points of one service record, in one transaction, under the rulebook in force on the day
of the deed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from ledger.core.accounts import MINUTES, POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books
from ledger.core.canonical import canonical_text
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, Record
from ledger.core.refusals.organisations import NotAMember
from ledger.core.refusals.postings import AmountOutOfRange, FutureDay
from ledger.core.refusals.refusal import Refusal
from ledger.core.refusals.service import NoRulebookInForce, NotVolunteerService
from ledger.rules import HONORARY_METHODS, Assessment, Deed, Rulebook, assess, kept, recorded_inputs
from ledger.service.attended import UNKNOWN, Attended
from ledger.service.crediting import owners_of, points_moved
from ledger.service.flags import raised
from ledger.service.history import answered, asked_of_deeds

SERVICE_MINUTES_MAX = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Record one deed of one volunteer in one activity: minutes always, points as the rulebook says.

    Refuses AmountOutOfRange (minutes outside 1..1440), FutureDay, NoRulebookInForce, NotVolunteerService,
    NotAMember.
    """

    id: UUID
    """Of the service record and of its transaction."""
    actor: UUID
    volunteer: Owner
    organisation: Owner
    """The organising unit: its issuance account is the other side."""
    activity: UUID
    is_volunteer_service: bool = True
    """Whether the activity is; hours are recorded for nothing else."""
    group: UUID | None = None
    """On whose behalf it was done, as the deed names it."""
    is_member: bool = True
    """Whether the volunteer belonged to that group on the day of the deed."""
    attended: Attended = UNKNOWN
    """When, as far as it is known; nothing is decided by it."""
    deed: Deed
    """Names the same volunteer, organising unit and activity."""
    rulebook: Rulebook | None = field(repr=False)
    """In force on the day of the deed; None if there was none."""
    corrects: UUID | None = None
    """The record that this one stands for."""

    def needs(self) -> Needs:
        return Needs(
            holdings=(
                (self.volunteer, MINUTES),
                (self.organisation, MINUTES),
                *[(owner, POINTS) for owner in owners_of(self.deed)],
            ),
            history=() if self.rulebook is None else asked_of_deeds(self.rulebook, self.deed),
        )

    def barred(self, facts: Books) -> Refusal | None:
        """Why this cannot be recorded, whether it is posted now or waits for reviewers."""
        deed = self.deed
        if not 0 < deed.minutes <= SERVICE_MINUTES_MAX:
            return AmountOutOfRange(amount=deed.minutes, lowest=1, highest=SERVICE_MINUTES_MAX)
        if deed.served_on > facts.today:
            return FutureDay(on=deed.served_on.isoformat(), today=facts.today.isoformat())
        if self.rulebook is None:
            return NoRulebookInForce(on=deed.served_on.isoformat())
        if not self.is_volunteer_service:
            return NotVolunteerService()
        return None if self.is_member else NotAMember()

    def decide(self, facts: Books) -> Plan | Refusal:
        deed, rulebook = self.deed, self.rulebook
        refusal = self.barred(facts)
        if refusal is not None or rulebook is None:
            return refusal or NoRulebookInForce(on=deed.served_on.isoformat())
        history = answered(facts, rulebook, deed)
        assessment = assess(rulebook, deed, history)
        explanation = assessment.explanation()
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
            moves=self._moves(facts, rulebook, assessment),
            rulebook=(rulebook.code, rulebook.version),
            detail={"rule": assessment.rule_id} if assessment.rule_id else {},
            why={"explanation": explanation, "record": self.id.hex},
            marks=kept(deed, assessment.marks),
            records=(
                self._record(assessment, canonical_text(recorded_inputs(deed, history))),
                *raised(self.id, self.volunteer.id, assessment.flags),
            ),
            answer=answer,
        )

    def _moves(self, facts: Books, rulebook: Rulebook, assessment: Assessment) -> list[Move]:
        hours = Purpose.HONORARY if self.deed.capture_method in HONORARY_METHODS else Purpose.CLOCKED
        moves = [
            Move(
                AccountKey(self.organisation, Purpose.ISSUANCE, MINUTES),
                AccountKey(self.volunteer, hours, MINUTES),
                self.deed.minutes,
            )
        ]
        return moves + points_moved(facts, rulebook, assessment)

    def _record(self, assessment: Assessment, inputs: str) -> Record:
        return Record(
            "service_record",
            {
                "id": self.id,
                "seq": None,
                "volunteer_id": self.volunteer.id,
                "organisation_id": self.organisation.id,
                "activity_id": self.activity,
                "household_id": self.deed.household,
                "group_id": self.group,
                "served_on": self.deed.served_on,
                "minutes": self.deed.minutes,
                "capture_method": self.deed.capture_method,
                "evaluation": self.deed.evaluation,
                "recorded_by": self.actor,
                "rule_id": assessment.rule_id or "",
                "counted_minutes": assessment.counted_minutes,
                "points": assessment.points,
                "inputs": inputs,
                "corrects": self.corrects,
                **self.attended.columns(),
            },
        )
