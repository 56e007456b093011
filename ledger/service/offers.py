"""Standing offers (服务清单): haircuts, shoes mended, advice on health, a day canteen; matched to what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By
from ledger.core.refusals.needs import StepNotPossible
from ledger.core.refusals.refusal import Refused
from ledger.people.organisations import Organisation
from ledger.service.requests import ResidentRequest
from ledger.store import rows
from ledger.store.rows import Page

MATCHES_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    id: UUID
    organisation_id: UUID
    organisation_path: str
    kind: str
    """Requests of this kind may be met by it."""
    title: str
    content: str
    place: str
    hours: str
    """When, in words."""
    created_at: int
    ended_at: int | None


def create(
    bank: Bank, by: By, *, organisation: Organisation, kind: str, title: str, content: str, place: str, hours: str
) -> Offer:
    """From now on, for this organisation and all below it."""
    with bank.changing(by) as change:
        row = {
            "id": change.new_id(),
            "organisation_id": organisation.id,
            "kind": kind,
            "title": title,
            "content": content,
            "place": place,
            "hours": hours,
            "created_at": change.now,
            "ended_at": None,
        }
        change.add("offer", row)
        change.audit("create", "offer", row["id"], after={"kind": kind})
    return _from(row | {"organisation_path": organisation.path})


def end(bank: Bank, by: By, offer: Offer) -> Offer:
    """It is offered no more. Refuses StepNotPossible."""
    with bank.changing(by) as change:
        change.hold("offer", offer.id)
        now = change.find("offer", id=offer.id)
        if now is None or now["ended_at"] is not None:
            raise Refused(StepNotPossible(state="ended", step="end"))
        change.change("offer", offer.id, {"ended_at": change.now})
        change.audit("end", "offer", offer.id, after={"ended": True})
        return _from(now | {"ended_at": change.now})


def find(bank: Bank, id: UUID) -> Offer | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "offer", id=id)
    return _from(row) if row else None


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Offer]:
    """What is offered at or below these organisations or above them, the first one first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection, "offer", order=("id",), after=after, limit=limit, within=within, or_above=True, ended_at=None
        )
    return found.each(_from)


def matching(bank: Bank, request: ResidentRequest) -> list[Offer]:
    """What is offered there that meets a request of this kind, the first one first."""
    with bank.store.reading() as connection:
        found = rows.page(
            connection,
            "offer",
            order=("id",),
            after=None,
            limit=MATCHES_MAX,
            within=[request.organisation_path],
            or_above=True,
            ended_at=None,
            kind=request.kind,
        )
    return [_from(row) for row in found.items]


def _from(row: dict[str, Any]) -> Offer:
    return Offer(**{name: row[name] for name in Offer.__slots__})
