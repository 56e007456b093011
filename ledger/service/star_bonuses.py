"""The bonus for a star (E10): what a rulebook gives for each star that was reached, once and for all, as a deed."""

from __future__ import annotations

from uuid import UUID

from ledger.bank import Bank, By, Request
from ledger.core.canonical import digest
from ledger.people import households, organisations, volunteers
from ledger.rules import Deed, Rulebook
from ledger.service import facts, rulebooks
from ledger.service.deeds import Doing, command
from ledger.service.handing_in_deeds import handed_in
from ledger.service.star_standings import STAR
from ledger.store import stars as store


def give(bank: Bank, by: By, volunteer_id: UUID, *, ladder: str, levels: range) -> int:
    """Post what the rulebook gives for each of these levels, or hand it in to be reviewed. How many deeds came of it
    now.

    Whoever falls below and rises again gets nothing a second time, whatever the rulebook says.
    """
    volunteer, today = volunteers.find_by_id(bank, volunteer_id), bank.today()
    unit = organisations.find(bank, volunteer.organisation_id) if volunteer else None
    if volunteer is None or unit is None:
        return 0
    book = rulebooks.in_force(bank, today, organisation_path=volunteer.organisation_path)
    if book is None:
        return 0
    home = households.household_of(bank, volunteer.id, today)
    given = 0
    for level in levels:
        doing = Doing(
            volunteer=volunteer,
            organisation=unit,
            kind="good_deed",
            deed_type=STAR,
            done_on=today,
            measures=((STAR, level),),
            tags=frozenset({f"{STAR}_{level}"}),
            key=f"{ladder}.{level}.{volunteer.id.hex}",
            household=home.id if home else None,
        )
        (asked,) = facts.filled(bank, [command(bank, by, doing, book)])
        if _is_rewarded(book, asked.deed):
            key = store.bonus_key(volunteer.id, ladder, level)
            request = Request(store.BONUSES, key, digest(key.encode()))
            outcome = bank.submit(handed_in(asked, bank.world.new_id()), request)
            given += outcome.posted and not outcome.replayed
    return given


def _is_rewarded(book: Rulebook, deed: Deed) -> bool:
    """Whether a rule speaks of this star by name: one for any deed does not mean it."""
    return any(rule.when and STAR in (rule.when.activity_types or ()) and rule.when.holds(deed) for rule in book.rules)
