"""Privileges: what a balance, hours or stars open without being spent, as the rulebook in force says. Nothing is posted
and no stock is counted; who stands at the door is asked, and the bank says yes or what is missing.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.bank import Bank
from ledger.people.volunteers import Volunteer
from ledger.reading import balances
from ledger.rules import privileges_of
from ledger.rules.redemption import Privilege
from ledger.service import rulebooks


class Opened(NamedTuple):
    """A privilege, and whether it is open to somebody today."""

    privilege: Privilege
    is_open: bool


def privileges(bank: Bank, volunteer: Volunteer) -> list[Opened]:
    """Every privilege of the rulebook in force, open or not; none where there is no rulebook."""
    rulebook = rulebooks.in_force(bank, bank.today())
    if rulebook is None:
        return []
    held = balances.balance_of(bank, volunteer.owner)
    standing = (held.available, held.minutes_clocked + held.minutes_honorary, held.star_level)
    opened = {one.id for one in privileges_of(rulebook.redeeming, *standing)}
    return [Opened(one, one.id in opened) for one in rulebook.redeeming.privileges]
