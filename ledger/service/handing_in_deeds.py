"""Handing in a deed other than service that reviewers or a public notice come before: it waits as a claim, as a record
of service does, and nothing moves yet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.entries import Kind
from ledger.core.posting import Needs, Plan, Record
from ledger.core.refusals.refusal import Refusal
from ledger.rules import reviewers_needed
from ledger.rules.periods import days_later
from ledger.rules.reviews import Route
from ledger.service.attended import UNKNOWN
from ledger.service.claim_states import deed_told
from ledger.service.handing_in import notice_asked
from ledger.service.post_deed import PostDeed


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInDeed:
    """What somebody says was done: it waits for the reviewers and the notice of its route.

    Refuses what `PostDeed` does.
    """

    id: UUID
    deed: PostDeed
    """As it would be posted now; the claim has its id."""
    route: Route
    reviews_needed: int

    @property
    def actor(self) -> UUID:
        return self.deed.actor

    def needs(self) -> Needs:
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        made, route, today = self.deed, self.route, facts.today
        refusal = made.barred(facts)
        if refusal is not None:
            return refusal
        within = route.review_within_days if self.reviews_needed else None
        deed = made.deed
        row: dict[str, Any] = {
            "id": made.id,
            "seq": None,
            "volunteer_id": made.volunteer.id,
            "organisation_id": deed.organisation,
            "kind": deed.kind,
            "activity_id": made.activity,
            "group_id": deed.group,
            "served_on": deed.served_on,
            "minutes": 0,
            "capture_method": deed.capture_method,
            "evaluation": deed.evaluation,
            "recorded_by": self.actor,
            "reviews_needed": self.reviews_needed,
            "review_by": None if within is None else days_later(today, within),
            "overlapped": None,
            "corrects": None,
            **UNKNOWN.columns(),
        }
        return Plan(
            kind=Kind.CLAIM,
            effective_on=today,
            detail={"deed": deed.kind},
            why={"claim": made.id.hex},
            records=(
                Record("service_claim", row),
                Record("claimed_deed", self._claimed()),
                *notice_asked(made.id, route.notice_days, in_working_days=route.working_days),
            ),
            answer=deed_told(made.id, "submitted" if self.reviews_needed else "approved", 0, self.reviews_needed),
        )

    def _claimed(self) -> dict[str, Any]:
        deed = self.deed.deed
        return {
            "id": self.deed.id,
            "seq": None,
            "deed_type": deed.activity_type,
            "count": deed.count,
            "value": deed.value,
            "measures": json.dumps(dict(deed.measures)),
            "tags": json.dumps(sorted(deed.tags), ensure_ascii=False),
            "unique_key": deed.key,
            "on_behalf": deed.account,
        }


def handed_in(made: PostDeed, id: UUID) -> PostDeed | HandInDeed:
    """The command that takes a deed the way its rulebook asks for. `id` is a fresh one."""
    if made.rulebook is None:
        return made
    route, needed = made.rulebook.posting.route(made.deed), reviewers_needed(made.rulebook.posting, made.deed)
    if not needed and not route.notice_days:
        return made
    return HandInDeed(id=id, deed=made, route=route, reviews_needed=needed)
