"""What a few of the invented volunteers identify themselves with: cards, and one PIN for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.bank import Bank, By
from ledger.people import cards, pins, volunteers

PINS = ("583914", "907142", "604183")
"""The first that is no part of a volunteer's own numbers. Printed by `pioneer demo`, for people who do not exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How one volunteer signs in at a paired device."""

    volunteer_no: str
    name: str
    card_no: str
    pin: str


def equip(bank: Bank, by: By, numbers: Iterable[str]) -> list[Identity]:
    """A card and a PIN for each of these volunteers; the first of them lost a card before."""
    made: list[Identity] = []
    for number in dict.fromkeys(numbers):
        volunteer = volunteers.find(bank, number)
        if volunteer is None:
            raise LookupError(f"the volunteer {number} was just registered")
        card = cards.issue(bank, by, volunteer)
        if not made:
            cards.end(bank, by, card, "lost")
            card = cards.issue(bank, by, volunteer, replaces=card)
        pin = next(pin for pin in PINS if pins.set_pin(bank, by, volunteer, pin))
        made.append(Identity(volunteer_no=number, name=volunteer.name, card_no=card.card_no, pin=pin))
    return made
