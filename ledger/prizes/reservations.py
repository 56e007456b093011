"""Reservations: prizes set aside at a desk for somebody, collected with a code, cancelled, or run out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Page, Request, Submission
from ledger.core.accounts import Owner, OwnerKind
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.people.volunteers import Volunteer
from ledger.prizes import desk_sessions, pickup_codes, redemptions, resets
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.redeem import Item, Redeem
from ledger.prizes.redemptions import Beneficiary
from ledger.prizes.reserve import Collect, Ending, Release, Reserve
from ledger.prizes.standing_in import Payer
from ledger.service import rulebooks
from ledger.store import reservations as store

PICKUP_DAYS = 14
"""How long something is kept where the rulebook does not say."""
CHUNK = 200

State = Literal["reserved", "collected", "cancelled", "expired", "forfeited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserved:
    """So many of one prize, at the price of the day it was reserved."""

    prize_id: UUID
    unit_id: int
    title: str
    quantity: int
    cost_points: int
    prize_class: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What is set aside for somebody at a desk, and what became of it. `due_on` is the last day to collect it."""

    id: UUID
    seq: int
    volunteer_id: UUID
    volunteer_no: str
    desk_id: UUID
    organisation_id: UUID
    organisation_path: str
    household_id: UUID | None
    collective_id: UUID | None
    """The household or group whose points are held; None: the volunteer's own."""
    reserved_on: date
    due_on: date
    beneficiary: str | None
    points: int
    redemption_id: UUID | None
    ending: Ending | None
    items: tuple[Reserved, ...]

    @property
    def state(self) -> State:
        if self.redemption_id is not None:
            return "collected"
        return self.ending or "reserved"


def reserve(
    bank: Bank,
    by: By,
    request: Request,
    *,
    volunteer: Volunteer,
    desk: Desk,
    items: Sequence[tuple[Prize, int]],
    beneficiary: Beneficiary | None = None,
    payer: Collective | None = None,
) -> Outcome:
    """Set prizes aside under the policy in force today, of the volunteer's points or those of a household or group they
    are a member of; the desk need not be open.
    """
    asked = redemptions.command(
        *(bank, by),
        volunteer=volunteer,
        desk=desk,
        items=items,
        beneficiary=beneficiary,
        payer=payer,
        needs_open_desk=False,
    )
    policy = asked.terms.rulebook.redeeming if asked.terms else None
    days = policy.pickup_within_days if policy else None
    return bank.submit(Reserve(redeem=asked, days=PICKUP_DAYS if days is None else days), request)


def collect(
    bank: Bank, by: By, request: Request, reservation: Reservation, desk: Desk, *, agency: Agency | None = None
) -> Outcome:
    """Hand over what was reserved, to the volunteer or to who may collect for them."""
    redeem = Redeem(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=Owner(OwnerKind.VOLUNTEER, reservation.volunteer_id),
        desk=desk.owner,
        items=tuple(
            Item(one.prize_id, one.unit_id, one.title, one.quantity, one.cost_points, True, one.prize_class)
            for one in reservation.items
        ),
        payer=_payer(reservation),
        agency=agency.id if agency else None,
        beneficiary=reservation.beneficiary,
        household=reservation.household_id,
        reset=resets.reset_on(bank, reservation.reserved_on),
        session=desk_sessions.latest_id(bank, desk),
    )
    command = Collect(
        redeem=redeem, reservation=reservation.id, reservation_seq=reservation.seq, due_on=reservation.due_on
    )
    return bank.submit(command, request)


def cancel(bank: Bank, by: By, request: Request, reservation: Reservation) -> Outcome:
    """Give it up before its time: everything goes back to where it came from."""
    return bank.submit(_release(bank, by, reservation, "cancelled"), request)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiryRun:
    """What a run gave up, or would: reservations, and the points (smallest unit) that came back or are forfeited."""

    expired: int = 0
    forfeited: int = 0
    points_back: int = 0
    points_forfeited: int = 0


def expire(bank: Bank, by: By, *, dry_run: bool = False) -> ExpiryRun:
    """Give up every reservation whose last day has passed, as the rulebook of the day of reserving says: the points
    come back, or are forfeited. Stopped in the middle, the next run goes on; a second run finds nothing.
    """
    counts = {"expired": [0, 0], "forfeited": [0, 0]}
    after: Sequence[Any] | None = None
    yesterday = date.fromordinal(bank.today().toordinal() - 1)
    while True:
        found = page(bank, within=None, is_open=True, due_by=yesterday, after=after, limit=CHUNK)
        endings = [unclaimed(bank, one) for one in found.items]
        commands = [_release(bank, by, one, ending) for one, ending in zip(found.items, endings, strict=True)]
        outcomes = [] if dry_run else bank.submit_all([Submission.own(command) for command in commands])
        for at, (one, ending) in enumerate(zip(found.items, endings, strict=True)):
            if dry_run or outcomes[at].posted:
                counts[ending][0] += 1
                counts[ending][1] += one.points
        if found.after is None:
            return ExpiryRun(
                expired=counts["expired"][0],
                forfeited=counts["forfeited"][0],
                points_back=counts["expired"][1],
                points_forfeited=counts["forfeited"][1],
            )
        after = found.after


def unclaimed(bank: Bank, reservation: Reservation) -> Ending:
    """What becomes of it once its last day has passed."""
    rulebook = rulebooks.in_force(bank, reservation.reserved_on)
    return "forfeited" if rulebook and rulebook.redeeming.unclaimed == "forfeit" else "expired"


def code_of(bank: Bank, reservation: UUID, *, volunteer: UUID, desk: UUID) -> str:
    """What its owner shows at the desk."""
    return pickup_codes.code_of(bank, reservation, volunteer=volunteer, desk=desk)


def find(bank: Bank, id: UUID) -> Reservation | None:
    with bank.store.reading() as connection:
        row = store.find(connection, id)
    return _from(row) if row else None


def page(
    bank: Bank,
    *,
    within: Sequence[str] | None,
    volunteer_id: UUID | None = None,
    desk_id: UUID | None = None,
    is_open: bool | None = None,
    due_by: date | None = None,
    after: Sequence[Any] | None,
    limit: int,
) -> Page[Reservation]:
    """Reservations, the nearest deadline first: those that stand, those that ended, or all."""
    with bank.store.reading() as connection:
        found = store.page(
            connection,
            within=within,
            volunteer_id=volunteer_id,
            desk_id=desk_id,
            is_open=is_open,
            due_by=due_by,
            after=after,
            limit=limit,
        )
    return found.each(_from)


def _payer(reservation: Reservation) -> Payer | None:
    """Whose points are held, if not the volunteer's: whether they might spend was decided when it was set aside."""
    if reservation.collective_id is None:
        return None
    is_home = reservation.collective_id == reservation.household_id
    kind = OwnerKind.HOUSEHOLD if is_home else OwnerKind.GROUP
    return Payer(owner=Owner(kind, reservation.collective_id), spends="nobody")


def _release(bank: Bank, by: By, reservation: Reservation, ending: Ending) -> Release:
    return Release(
        id=bank.world.new_id(),
        actor=by.actor,
        reservation=reservation.id,
        reservation_seq=reservation.seq,
        due_on=reservation.due_on,
        organisation=Owner(OwnerKind.ORGANISATION, reservation.organisation_id),
        ending=ending,
    )


def _from(row: Mapping[str, Any]) -> Reservation:
    items = tuple(Reserved(**{name: item[name] for name in Reserved.__slots__}) for item in row["items"])
    return Reservation(**{name: row[name] for name in Reservation.__slots__ if name != "items"}, items=items)
