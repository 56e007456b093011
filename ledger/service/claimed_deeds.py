"""Claims of deeds other than service: what was handed in, and the command that posts it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, Page
from ledger.core.accounts import Owner, OwnerKind
from ledger.rules import Deed, Rulebook
from ledger.service import claims
from ledger.service.claim_states import SERVICE
from ledger.service.claims import Claim
from ledger.service.post_deed import PostDeed
from ledger.store import record_lists, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDeed:
    """A deed as somebody said it was done, and how far its claim has come."""

    claim: Claim
    count: int
    value: int
    measures: tuple[tuple[str, int], ...]
    tags: frozenset[str]
    key: str | None
    on_behalf: str

    @property
    def id(self) -> UUID:
        return self.claim.id

    @property
    def organisation_path(self) -> str:
        """Where it was done, and who may see it."""
        return self.claim.organisation_path

    def command(self, household: UUID | None, rulebook: Rulebook | None) -> PostDeed:
        """What posts it, of somebody of this household, under the rulebook in force on its day."""
        claim = self.claim
        return PostDeed(
            id=claim.id,
            actor=claim.recorded_by,
            volunteer=Owner(OwnerKind.VOLUNTEER, claim.volunteer_id),
            activity=claim.activity_id,
            deed=Deed(
                kind=claim.kind,
                activity_type=claim.activity_type,
                served_on=claim.served_on,
                evaluation=claim.evaluation,
                count=self.count,
                value=self.value,
                measures=self.measures,
                key=self.key,
                tags=self.tags,
                person=claim.volunteer_id,
                account=self.on_behalf,
                household=household,
                group=claim.group_id,
                organisation=claim.organisation_id,
                activity=claim.activity_id or claim.id,
            ),
            rulebook=rulebook,
        )


def find(bank: Bank, id: UUID) -> ClaimedDeed | None:
    found = claims.find(bank, id)
    return None if found is None else of(bank, [found]).get(id)


def page(
    bank: Bank, *, within: Sequence[str] | None, state: str | None, after: Sequence[Any] | None, limit: int
) -> Page[ClaimedDeed]:
    """Those in a state, the oldest first: they have waited longest."""
    found = claims.page(bank, within=within, state=state, after=after, limit=limit, of_deeds=True)
    known = of(bank, found.items)
    return Page([known[claim.id] for claim in found.items], found.after)


def of(bank: Bank, made: Sequence[Claim]) -> dict[UUID, ClaimedDeed]:
    """Of these claims those of deeds other than service, by id: one look-up at the most."""
    deeds = {claim.id: claim for claim in made if claim.kind != SERVICE}
    if not deeds:
        return {}
    with bank.store.reading() as connection:
        found = rows.find_all(connection, "claimed_deed", list(deeds))
    return {id: _from(deeds[id], row) for id, row in found.items()}


def _from(claim: Claim, row: dict[str, Any]) -> ClaimedDeed:
    return ClaimedDeed(
        claim=claim,
        count=row["count"],
        value=row["value"],
        measures=tuple(sorted(json.loads(row["measures"]).items())),
        tags=frozenset(json.loads(row["tags"])),
        key=row["unique_key"],
        on_behalf=row["on_behalf"],
    )


def reviewers(bank: Bank, deeds: Sequence[ClaimedDeed]) -> dict[UUID, list[UUID]]:
    """Who gave their word about each of these deeds, in order: one look-up, however many they are."""
    given: dict[UUID, list[UUID]] = {deed.claim.id: [] for deed in deeds}
    with bank.store.reading() as connection:
        for claim, by in record_lists.reviewers(connection, list(given)):
            given[claim].append(by)
    return given
