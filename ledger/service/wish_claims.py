"""Claims of wishes (认领): a volunteer takes a wish up for some days. A claim that runs out frees the wish by itself:
no run has to come by, since it counts only until its last day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.needs import AlreadyTakenUp, NotTakenUp, OwnNeed, PlacesTaken
from ledger.core.refusals.people import VolunteerClosed
from ledger.core.refusals.refusal import Refused
from ledger.people.volunteers import Volunteer
from ledger.service import need_settings, wishes
from ledger.service.need_steps import refuse_other
from ledger.service.wishes import Wish
from ledger.store import persons
from ledger.store import wishes as store
from ledger.store.rows import Page, still

State = Literal["open", "expired", "fulfilled", "given_back", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WishClaim:
    id: UUID
    wish_id: UUID
    organisation_id: UUID
    organisation_path: str
    """Of the wish."""
    shown_text: str | None
    volunteer_id: UUID
    volunteer_no: str
    name: str
    until_on: date
    """The last day on which it counts."""
    minutes: int | None
    """Of service, where fulfilling the wish was service."""
    claimed_at: int
    ended_at: int | None
    ended_as: str | None

    def state(self, today: date) -> State:
        """As it stands on this day."""
        if self.ended_as is not None:
            return self.ended_as  # type: ignore[return-value] # the database checks it
        return "open" if self.until_on >= today else "expired"


def claim(bank: Bank, by: By, wish: Wish, volunteer: Volunteer) -> WishClaim:
    """This volunteer means to fulfil it. Refuses StepNotPossible, VolunteerClosed, OwnNeed, AlreadyTakenUp,
    PlacesTaken.
    """
    days, today = need_settings.settings(bank).claim_days, bank.today()
    with bank.changing(by) as change:
        now = wishes.hold(change, wish.id)
        refuse_other(now.state, "claim", "published")
        if volunteer.closed is not None:
            raise Refused(VolunteerClosed())
        mine = persons.ids_of(change.connection, volunteer.id)
        if now.volunteer_id in mine:
            raise Refused(OwnNeed())
        store.end_claims(change.connection, now.id, ended_as="expired", now=change.now, run_out_on=today)
        held = [each for each in of_wish(change, now.id) if each.ended_as is None]
        if any(each.volunteer_id in mine for each in held):
            raise Refused(AlreadyTakenUp())
        if len(held) >= now.claimers_at_most:
            raise Refused(PlacesTaken(most=now.claimers_at_most))
        id = change.new_id()
        row = {
            "id": id,
            "wish_id": now.id,
            "volunteer_id": volunteer.id,
            "until_on": today + timedelta(days=days),
            "claimed_at": change.now,
            "claimed_by": by.actor,
            "open_as": f"{now.id}/{volunteer.id}",
        }
        change.add("wish_claim", row)
        change.audit(
            "claim",
            "wish_claim",
            id,
            organisation=now.organisation_id,
            after={"wish": now.id, "until": row["until_on"]},
        )
        return _again(change, id)


def give_back(bank: Bank, by: By, claimed: WishClaim) -> WishClaim:
    """They cannot do it after all: the wish is free for others. Refuses NotTakenUp."""
    with bank.changing(by) as change:
        wishes.hold(change, claimed.wish_id)
        now = _again(change, claimed.id)
        if now.state(bank.today()) != "open":
            raise Refused(NotTakenUp())
        change.change("wish_claim", now.id, {"ended_at": change.now, "ended_as": "given_back", "open_as": None})
        change.audit("give_back", "wish_claim", now.id, organisation=now.organisation_id, after={"wish": now.wish_id})
        return _again(change, now.id)


def find(bank: Bank, id: UUID) -> WishClaim | None:
    with bank.store.reading() as connection:
        row = store.claim(connection, id)
    return _from(row) if row else None


def of(bank: Bank, wish: Wish) -> list[WishClaim]:
    """Everybody who claimed it, the first one first."""
    with bank.store.reading() as connection:
        return [_from(row) for row in store.claims(connection, wish.id)]


def of_wish(change: Changes, wish_id: UUID) -> list[WishClaim]:
    """The same, as this transaction sees them."""
    return [_from(row) for row in store.claims(change.connection, wish_id)]


def of_volunteer(bank: Bank, volunteer: Volunteer, *, after: Sequence[Any] | None, limit: int) -> Page[WishClaim]:
    """What somebody claimed, the newest first."""
    with bank.store.reading() as connection:
        found = store.claims_of_volunteer(connection, volunteer.id, after=after, limit=limit)
    return found.each(_from)


def held(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[WishClaim]:
    """Who holds a wish of these organisations or below today, the soonest to run out first."""
    with bank.store.reading() as connection:
        found = store.held(connection, within=within, on=bank.today(), after=after, limit=limit)
    return Page([_from(row) for row in found.items], found.after)


def _again(change: Changes, id: UUID) -> WishClaim:
    return _from(still(store.claim(change.connection, id), "claim", id))


def _from(row: dict[str, Any]) -> WishClaim:
    return WishClaim(**{name: row[name] for name in WishClaim.__slots__})
