"""Redemptions: prizes handed over for points, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.core.accounts import OwnerKind
from ledger.core.refusals.prizes import NotRefundable
from ledger.core.refusals.refusal import Refusal
from ledger.core.reversal import Reverse
from ledger.people import households
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.people.volunteers import Volunteer
from ledger.prizes import desk_sessions, objections, resets, standing_in
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.objections import Verdict
from ledger.prizes.policy import Terms
from ledger.prizes.prize_terms import OPEN, Asked
from ledger.prizes.redeem import Item, Redeem
from ledger.prizes.refund import Goods, Refund
from ledger.rules import Rulebook
from ledger.rules.redemption import RedemptionPolicy
from ledger.service import flags, rulebooks
from ledger.store import glimpses, rows
from ledger.store.writer import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    id: UUID
    seq: int
    volunteer_id: UUID
    desk_id: UUID
    redeemed_on: date
    points: int
    recorded_by: UUID


class Beneficiary(NamedTuple):
    """For whom else points are used: the relation as the rulebook calls it, and the age if it is known."""

    relation: str
    age: int | None = None


def command(
    bank: Bank,
    by: By,
    *,
    volunteer: Volunteer,
    desk: Desk,
    items: Sequence[tuple[Prize, int]],
    beneficiary: Beneficiary | None = None,
    payer: Collective | None = None,
    agency: Agency | None = None,
    needs_open_desk: bool = True,
) -> Redeem:
    """The command that hands these prizes over at their price of the moment, under the policy in force today.

    `payer`: the household or group whose points this member spends. `agency`: under which an agent stands there.
    """
    now = datetime.fromtimestamp(bank.world.clock() / 1_000_000, bank.zone)
    held = rulebooks.holding(bank, now.date())
    terms = _terms(bank, held.rulebook, now, volunteer, beneficiary, payer) if held else None
    return Redeem(
        id=bank.world.new_id(),
        actor=by.actor,
        volunteer=volunteer.owner,
        desk=desk.owner,
        items=tuple(_item(bank, volunteer, terms, prize, quantity) for prize, quantity in items),
        terms=terms,
        payer=standing_in.payer(payer, terms.rulebook if terms else None) if payer else None,
        agency=agency.id if agency else None,
        reset=resets.reset_under(held),
        session=desk_sessions.latest_id(bank, desk) if needs_open_desk else None,
    )


def _item(bank: Bank, volunteer: Volunteer, terms: Terms | None, prize: Prize, quantity: int) -> Item:
    asked = None
    if prize.terms != OPEN:
        asked = Asked(
            terms=prize.terms,
            on=terms.on if terms else bank.today(),
            year_begins=terms.rulebook.year_begins if terms else 1,
            points_scale=bank.charter.points_scale,
            is_local=volunteer.organisation_path.startswith(prize.organisation_path),
        )
    named = (prize.id, prize.unit_id, prize.title, quantity, prize.cost_points, prize.on_shelf)
    return Item(*named, prize.prize_class, asked)


def _terms(
    bank: Bank,
    rulebook: Rulebook,
    now: datetime,
    volunteer: Volunteer,
    beneficiary: Beneficiary | None,
    payer: Collective | None,
) -> Terms:
    home = payer if payer and payer.owner_kind is OwnerKind.HOUSEHOLD else None
    home = home or households.household_of(bank, volunteer.id, now.date())
    return Terms(
        rulebook=rulebook,
        on=now.date(),
        minute_of_day=now.hour * 60 + now.minute,
        person_no=volunteer.volunteer_no,
        household=home.id if home else None,
        beneficiary=beneficiary.relation if beneficiary else None,
        beneficiary_age=beneficiary.age if beneficiary else None,
        flags=tuple(flag.flag for flag in flags.standing(bank, volunteer.id)),
    )


def redeem(
    bank: Bank,
    by: By,
    request: Request,
    *,
    volunteer: Volunteer,
    desk: Desk,
    items: Sequence[tuple[Prize, int]],
    beneficiary: Beneficiary | None = None,
    payer: Collective | None = None,
    agency: Agency | None = None,
) -> Outcome:
    """Hand over prizes for points: the volunteer's, or those of a household or group they are a member of."""
    asked = command(
        bank, by, volunteer=volunteer, desk=desk, items=items, beneficiary=beneficiary, payer=payer, agency=agency
    )
    return bank.submit(asked, request)


def check(
    bank: Bank,
    by: By,
    *,
    volunteer: Volunteer,
    desk: Desk,
    items: Sequence[tuple[Prize, int]],
    beneficiary: Beneficiary | None = None,
    payer: Collective | None = None,
    agency: Agency | None = None,
) -> Verdict:
    """What would come of this redemption now, with every reason for a no. Nothing is posted, nothing is promised."""
    asked = command(
        bank, by, volunteer=volunteer, desk=desk, items=items, beneficiary=beneficiary, payer=payer, agency=agency
    )
    facts = glimpses.glimpse(bank.store, asked.needs(), now=bank.world.clock(), today=bank.today())
    return objections.verdict(asked, facts)


def find(bank: Bank, id: UUID) -> Redemption | None:
    with bank.store.reading() as connection:
        row = rows.find(connection, "redemption", id=id)
    return _from(row) if row else None


def reverse(
    bank: Bank,
    by: By,
    request: Request,
    redemption: Redemption,
    reason: str,
    *,
    goods: Goods = "sellable",
    prepared: UUID | None = None,
) -> Outcome:
    """Take the prizes back: points return to the lots they came from, those that were reset too; goods to their
    batches, unless they are damaged. Another person does it than handed them over, and than `prepared` the request.
    """
    reversing = Reverse(
        id=bank.world.new_id(),
        actor=by.actor,
        seq=redemption.seq,
        reason=reason,
        subject=str(redemption.id),
        barred=kept_for_good(bank, redemption.redeemed_on),
    )
    command = Refund(
        reverse=reversing,
        redemption=redemption.id,
        redeemed_by=redemption.recorded_by,
        goods=goods,
        prepared=prepared,
    )
    return bank.submit(command, request)


def kept_for_good(bank: Bank, redeemed_on: date) -> Refusal | None:
    """Why what was redeemed on this day can no longer be given back under the rulebook of that day; None if it can."""
    last = refundable_until(bank, redeemed_on)
    return NotRefundable(on=redeemed_on.isoformat()) if last is not None and last < bank.today() else None


def refundable_until(bank: Bank, redeemed_on: date) -> date | None:
    """The last day on which what was redeemed then can be given back: the day before where it cannot, None: any day."""
    rulebook = rulebooks.in_force(bank, redeemed_on)
    policy = rulebook.redeeming if rulebook else RedemptionPolicy()
    if not policy.refundable:
        return redeemed_on - timedelta(days=1)
    within = policy.refund_within_days
    return None if within is None else redeemed_on + timedelta(days=within)


def _from(row: dict[str, Any]) -> Redemption:
    return Redemption(**{field: row[field] for field in Redemption.__slots__})
