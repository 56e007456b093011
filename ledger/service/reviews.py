"""Records that others must look at before they are posted: handed in, reviewed, and posted with the last approval.

Nobody reviews what they recorded, and nobody reviews twice, so that no administrator sells hours alone (TRUST 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.canonical import digest
from ledger.people import households
from ledger.rules import Deed
from ledger.rules.reviews import Route
from ledger.service import attended, facts, rulebooks
from ledger.service.attended import Attended
from ledger.service.awards import Award
from ledger.service.noticed import AwardAfterNotice
from ledger.service.reviewing import APPROVE, REJECT, HandIn, Review
from ledger.store import claims

__all__ = [
    "APPROVE",
    "REJECT",
    "Claim",
    "State",
    "find",
    "hand_in",
    "page",
    "post",
    "post_approved",
    "review",
]

State = Literal["submitted", "approved", "on_notice", "rejected", "posted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A record that needs reviewers, and how far it has come."""

    id: UUID
    seq: int
    volunteer_id: UUID
    volunteer_no: str
    organisation_id: UUID
    organisation_path: str
    activity_id: UUID
    activity_type: str
    group_id: UUID | None
    served_on: date
    minutes: int
    capture_method: str
    evaluation: str | None
    recorded_by: UUID
    reviews_needed: int
    approvals: int
    rejections: int
    posted_seq: int | None
    is_noticed: bool
    """Whether its way to the books leads over a public notice."""
    notice_id: UUID | None
    """The notice that shows it before it is posted."""
    answers: int
    """How often somebody objected to it, or answered an objection."""
    attended: Attended

    @property
    def state(self) -> State:
        """`approved` lasts until it is put on notice; where none is asked for, for the moment before it is posted."""
        if self.posted_seq is not None:
            return "posted"
        if self.rejections:
            return "rejected"
        if self.notice_id is not None:
            return "on_notice"
        return "approved" if self.approvals >= self.reviews_needed else "submitted"

    def deed(self, household: UUID | None, starts_minute: int | None) -> Deed:
        """What was done, by somebody of this household, from that time of the day on."""
        return Deed(
            activity_type=self.activity_type,
            served_on=self.served_on,
            minutes=self.minutes,
            capture_method=self.capture_method,
            starts_minute=starts_minute,
            evaluation=self.evaluation,
            account="group" if self.group_id else "person",
            person=self.volunteer_id,
            household=household,
            group=self.group_id,
            organisation=self.organisation_id,
            activity=self.activity_id,
        )


def hand_in(award: Award, *, id: UUID, reviews_needed: int, route: Route | None = None) -> HandIn:
    """The command that lets what would be this award wait for its reviewers, and for the notice that its route asks
    for.
    """
    deed = award.deed
    return HandIn(
        id=id,
        actor=award.actor,
        claim_id=award.id,
        volunteer_id=award.volunteer.id,
        organisation_id=award.organisation.id,
        activity_id=award.activity,
        served_on=deed.served_on,
        minutes=deed.minutes,
        capture_method=deed.capture_method,
        evaluation=deed.evaluation,
        is_volunteer_service=award.is_volunteer_service,
        group_id=award.group,
        is_member=award.is_member,
        reviews_needed=reviews_needed,
        has_rulebook=award.rulebook is not None,
        attended=award.attended,
        notice_days=route.notice_days if route else 0,
        in_working_days=route.working_days if route else True,
    )


def review(bank: Bank, by: By, request: Request, claim: Claim, *, decision: str, reason: str) -> Outcome:
    """A reviewer's word. With the last approval the record is posted, and the outcome is that of the posting; where a
    notice comes first, it waits for that.

    Asked again under the same key it says the same: the review is remembered under it, the posting under the claim.
    """
    command = Review(id=bank.world.new_id(), actor=by.actor, claim_id=claim.id, decision=decision, reason=reason)
    said = bank.submit(command, request)
    if not said.posted or said.answer["state"] != "approved" or claim.is_noticed:
        return said
    posted = post(bank, claim)
    return Outcome(posted.seq, posted.answer, posted.refusal, said.replayed)


def post(bank: Bank, claim: Claim) -> Outcome:
    """Post a claim that is approved; done again it is the same posting. Under the rulebook in force on its day."""
    household = households.household_of(bank, claim.volunteer_id, claim.served_on)
    award = Award(
        id=claim.id,
        actor=claim.recorded_by,
        volunteer=Owner(OwnerKind.VOLUNTEER, claim.volunteer_id),
        organisation=Owner(OwnerKind.ORGANISATION, claim.organisation_id),
        activity=claim.activity_id,
        group=claim.group_id,
        attended=claim.attended,
        deed=claim.deed(household.id if household else None, claim.attended.starts_minute(bank.zone)),
        rulebook=rulebooks.in_force(bank, claim.served_on, organisation_path=claim.organisation_path),
    )
    (award,) = facts.filled(bank, [award])
    request = Request("reviews", claim.id.hex, digest(claim.id.bytes))
    if claim.notice_id is None:
        return bank.submit(award, request)
    # A no for the notice's sake is no last word, so it is not remembered under the key of a yes.
    return bank.submit(
        AwardAfterNotice(award=award, notice=claim.notice_id), request._replace(key=f"{claim.id.hex}-{claim.answers}")
    )


def post_approved(bank: Bank) -> int:
    """Post whatever is approved and not posted yet: its notice has ended with every objection answered, or the power
    went in between; how many there were.
    """
    count = 0
    while found := ready(bank, limit=READY_MAX):
        outcomes = [post(bank, claim) for claim in found]
        posted = sum(outcome.posted for outcome in outcomes)
        count += posted
        if not posted:
            break
    return count


READY_MAX = 100
"""How many are looked up at a time."""


def ready(bank: Bank, *, limit: int) -> list[Claim]:
    """Claims that nothing hinders any more, the oldest first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in claims.ready(connection, bank.today(), limit=limit)]


def find(bank: Bank, id: UUID) -> Claim | None:
    with bank.store.reading() as connection:
        row = claims.find(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank, *, within: Sequence[str] | None, state: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Claim]:
    """Claims in a state, the oldest first: they have waited longest."""
    with bank.store.reading() as connection:
        found = claims.page(connection, within=within, state=state, after=after, limit=limit)
    return Page([_from(row) for row in found.items], found.after)


def _from(row: Mapping[str, Any]) -> Claim:
    known = {field: row[field] for field in Claim.__slots__ if field != "attended"}
    return Claim(**known, attended=attended.from_row(row))
