"""From an assessment to moves: whose account each share of the points goes to, and what penalties take."""

from __future__ import annotations

from typing import Any

from ledger.core.accounts import NEVER, POINTS, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import Books, credit_wallet, take_points
from ledger.core.posting import Move
from ledger.rules import Assessment, Deed, Rulebook, shares

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
    first.
    """
    deed = assessment.deed
    issuance = AccountKey(owner_of(deed, "unit"), Purpose.ISSUANCE, POINTS)
    moves: list[Move] = []
    repaid: dict[Owner, int] = {}
    for to, use, last_day, points in shares(rulebook, deed, assessment.credits):
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
    return moves
