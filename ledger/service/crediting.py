"""From an assessment to moves: whose account each share of the points goes to, and what penalties take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ledger.core.accounts import NEVER, POINTS, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import Books, credit_wallet, take_points
from ledger.core.posting import Move
from ledger.rules import Assessment, Deed, Rulebook, Share, shares

PURPOSES = {"spendable": Purpose.WALLET, "donate_only": Purpose.DONATE_ONLY, "honour": Purpose.HONOUR}
"""Where points stand that may be used for this."""


def owner_of(deed: Deed, account: str) -> Owner:
    """Who gets what a rulebook credits to this account. Without a household or group it is the person."""
    person, household, group, organisation = deed.person, deed.household, deed.group, deed.organisation
    found: tuple[OwnerKind, Any] = OwnerKind.VOLUNTEER, person
    if account == "household" and household is not None:
        found = OwnerKind.HOUSEHOLD, household
    elif account == "group" and group is not None:
        found = OwnerKind.GROUP, group
    elif account == "unit" and organisation is not None:
        found = OwnerKind.ORGANISATION, organisation
    kind, id = found
    return Owner(kind, id)


def owners_of(deed: Deed) -> list[Owner]:
    """Everybody whose points this deed may move, the organising unit included."""
    accounts = ["person", "unit"]
    if deed.household is not None:
        accounts.append("household")
    if deed.group is not None:
        accounts.append("group")
    return [owner_of(deed, account) for account in accounts]


def points_moved(facts: Books, rulebook: Rulebook, assessment: Assessment) -> list[Move]:
    """The moves of an assessment's points: from the organising unit's issuance, penalties back to it. A debt is paid
    first. Where the rulebook renews with each award, what is left in earlier lots of whoever gains goes into the lot of
    the new day.
    """
    deed = assessment.deed
    issuance = AccountKey(owner_of(deed, "unit"), Purpose.ISSUANCE, POINTS)
    moves: list[Move] = []
    repaid: dict[Owner, int] = {}
    given_out = shares(rulebook, deed, assessment.credits)
    for to, use, last_day, points in given_out:
        owner = owner_of(deed, to)
        if points < 0:
            moves += take_points(facts, owner, issuance, -points)
            continue
        lot = AccountKey(owner, PURPOSES[use], POINTS, last_day or NEVER)
        if use != "spendable":
            moves.append(Move(issuance, lot, points))
            continue
        given = credit_wallet(facts, issuance, lot, points, repaid=repaid.get(owner, 0))
        repaid[owner] = repaid.get(owner, 0) + sum(m.amount for m in given if m.credit.purpose is Purpose.DEBT)
        moves += given
    return [*moves, *(_renewed(facts, deed, given_out) if rulebook.lapse.renews_on_award else ())]


def _renewing(deed: Deed, given_out: Iterable[Share]) -> dict[Owner, date]:
    """Whose earlier points an award renews, and until when: those who gain points to spend, and lose none by it."""
    losing = {owner_of(deed, share.to) for share in given_out if share.points < 0}
    return {
        owner_of(deed, share.to): share.last_day
        for share in given_out
        if share.use == "spendable" and share.points > 0 and share.last_day is not None
        if owner_of(deed, share.to) not in losing
    }


def _renewed(facts: Books, deed: Deed, given_out: Iterable[Share]) -> Iterator[Move]:
    for owner, until in _renewing(deed, given_out).items():
        for lot, held in facts.usable(owner, Purpose.WALLET, POINTS):
            if lot.expires_on < until:
                yield Move(lot, lot._replace(expires_on=until), held)
