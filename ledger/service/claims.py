"""Claims: records of service that wait for somebody or something before they are posted, and how far they have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.rules import Deed
from ledger.service.awards import Award
from ledger.service.claim_states import ENDS, State
from ledger.service.handing_in import HandIn
from ledger.store import claims as stored


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
    starts_minute: int | None
    minutes: int
    capture_method: str
    evaluation: str | None
    recorded_by: UUID
    reviews_needed: int
    review_by: date | None
    """The last day on which it can be reviewed."""
    overlapped: UUID | None
    corrects: UUID | None
    approvals: int
    rejections: int
    ended_by: str | None
    """withdraw or void."""
    is_held: int
    steps: int
    """How often it was held, released or ended so far."""
    posted_seq: int | None

    @property
    def state(self) -> State:
        """As `claim_states.Standing` has it."""
        if self.posted_seq is not None:
            return "posted"
        if self.rejections:
            return "rejected"
        if self.ended_by is not None:
            return ENDS[self.ended_by]
        if self.is_held:
            return "held"
        return "approved" if self.approvals >= self.reviews_needed else "submitted"

    def deed(self, household: UUID | None) -> Deed:
        """What was done, by somebody of this household."""
        return Deed(
            activity_type=self.activity_type,
            served_on=self.served_on,
            starts_minute=self.starts_minute,
            minutes=self.minutes,
            capture_method=self.capture_method,
            evaluation=self.evaluation,
            account="group" if self.group_id else "person",
            person=self.volunteer_id,
            household=household,
            group=self.group_id,
            organisation=self.organisation_id,
            activity=self.activity_id,
        )


def hand_in(award: Award, *, id: UUID, reviews_needed: int, **more: Any) -> HandIn:
    """The command that posts this award at once, or lets it wait for its reviewers. `id` is a fresh one: that of the
    claim, if what could be posted at once has to wait after all.
    """
    waits = reviews_needed > 0 or more.get("corrects") is not None
    own, claim = (id, award.id) if waits else (award.id, id)
    return HandIn(id=own, claim_id=claim, award=award, reviews_needed=reviews_needed, **more)


def find(bank: Bank, id: UUID) -> Claim | None:
    return find_all(bank, [id]).get(id)


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Claim]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: from_row(row) for id, row in stored.find_all(connection, ids).items()}


def page(
    bank: Bank, *, within: Sequence[str] | None, state: str | None, after: Sequence[Any] | None, limit: int
) -> Page[Claim]:
    """Claims in a state, the oldest first: they have waited longest."""
    with bank.store.reading() as connection:
        found = stored.page(connection, within=within, state=state, after=after, limit=limit)
    return Page([from_row(row) for row in found.items], found.after)


def overdue(bank: Bank, *, limit: int) -> list[Claim]:
    """Claims whose reviewers had to come before today and did not, the oldest first."""
    with bank.store.reading() as connection:
        return [from_row(row) for row in stored.overdue(connection, bank.today(), limit=limit)]


def from_row(row: Mapping[str, Any]) -> Claim:
    return Claim(**{field: row[field] for field in Claim.__slots__})
