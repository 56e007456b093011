"""Claims: records of service, and other deeds, that wait for somebody or something before they are posted, and how far
they have come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.rules import Deed
from ledger.rules.reviews import Route
from ledger.service import attended
from ledger.service.attended import Attended
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
    kind: str
    """service, or that of another deed, which has no minutes."""
    activity_id: UUID | None
    """None only of a deed outside any activity."""
    activity_type: str
    """Of another deed what it was."""
    group_id: UUID | None
    served_on: date
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
    is_noticed: bool
    """Whether its way to the books leads over a public notice."""
    notice_id: UUID | None
    """The notice that shows it before it is posted."""
    answers: int
    """How often somebody objected to it, or answered an objection."""
    attended: Attended

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
        if self.notice_id is not None:
            return "on_notice"
        return "approved" if self.approvals >= self.reviews_needed else "submitted"

    def deed(self, household: UUID | None, starts_minute: int | None) -> Deed:
        """What was done, by somebody of this household, from that time of the day on."""
        return Deed(
            activity_type=self.activity_type,
            served_on=self.served_on,
            starts_minute=starts_minute,
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


def hand_in(award: Award, *, id: UUID, reviews_needed: int, route: Route | None = None, **more: Any) -> HandIn:
    """The command that posts this award at once, or lets it wait for its reviewers and the notice that its route asks
    for. `id` is a fresh one: that of the claim, if what could be posted at once has to wait after all.
    """
    notice_days = route.notice_days if route else 0
    waits = reviews_needed > 0 or notice_days > 0 or more.get("corrects") is not None
    own, claim = (id, award.id) if waits else (award.id, id)
    return HandIn(
        id=own,
        claim_id=claim,
        award=award,
        reviews_needed=reviews_needed,
        review_within_days=route.review_within_days if route and reviews_needed else None,
        notice_days=notice_days,
        in_working_days=route.working_days if route else True,
        **more,
    )


def find(bank: Bank, id: UUID) -> Claim | None:
    return find_all(bank, [id]).get(id)


def find_all(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Claim]:
    """Those there are, by id."""
    with bank.store.reading() as connection:
        return {id: from_row(row) for id, row in stored.find_all(connection, ids).items()}


def page(
    bank: Bank,
    *,
    within: Sequence[str] | None,
    state: str | None,
    after: Sequence[Any] | None,
    limit: int,
    of_deeds: bool = False,
) -> Page[Claim]:
    """Claims of service, or of other deeds, in a state, the oldest first: they have waited longest."""
    with bank.store.reading() as connection:
        found = stored.page(connection, within=within, state=state, after=after, limit=limit, of_deeds=of_deeds)
    return found.each(from_row)


def ready(bank: Bank, *, after: int, limit: int) -> list[Claim]:
    """Claims that nothing hinders any more, those handed in first, first."""
    with bank.store.reading() as connection:
        return [from_row(row) for row in stored.ready(connection, bank.today(), after=after, limit=limit)]


def ready_among(bank: Bank, ids: Sequence[UUID]) -> dict[UUID, Claim]:
    """Those of these claims that nothing hinders any more, by id."""
    if not ids:
        return {}
    with bank.store.reading() as connection:
        found = stored.ready(connection, bank.today(), after=0, limit=len(ids), among=ids)
    return {row["id"]: from_row(row) for row in found}


def overdue(bank: Bank, *, limit: int) -> list[Claim]:
    """Claims whose reviewers had to come before today and did not, the oldest first."""
    with bank.store.reading() as connection:
        return [from_row(row) for row in stored.overdue(connection, bank.today(), limit=limit)]


def from_row(row: Mapping[str, Any]) -> Claim:
    return Claim(**values(Claim, row))


def values(of: type[Claim], row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a claim as its row has them."""
    known = {field.name: row[field.name] for field in fields(of) if field.name != "attended"}
    return known | {"attended": attended.from_row(row)}
