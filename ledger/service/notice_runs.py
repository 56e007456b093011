"""The daily run of public notices over the whole bank: what is due is published, what has ended is posted, what was
upheld is undone and corrected. Stopped in the middle, the next run goes on; a second one finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import UUID

from ledger.bank import Bank, By, Outcome
from ledger.people import organisations
from ledger.people.organisations import Organisation
from ledger.service import notices, objections, requests, reviews
from ledger.store import notice_dues
from ledger.store import notices as store
from ledger.store import objections as said

HEALED_MAX = 1_000
"""Answers of which one run finishes what the power went in between of."""


class Run(NamedTuple):
    """What a run did: notices, records on them that are to be posted, records posted, lines corrected."""

    notices: int
    lines: int
    posted: int
    corrected: int


def run(bank: Bank, by: By, *, progress: Callable[[str, int], None] | None = None) -> Run:
    """Do whatever is due, and forget how to reach those whose requests were closed long ago. Each organisation has
    notices of its own, those below others first.
    """
    _finish_answers(bank, by)
    requests.forget_contacts(bank)
    with bank.store.reading() as connection:
        due, wrong = notice_dues.due_places(connection), store.uncorrected_places(connection)
    shown = [count for id, _ in due for count in _published(bank, by, id, notices.publish_due, progress)]
    mended = [count for id, _ in wrong for count in _published(bank, by, id, notices.publish_corrections, progress)]
    return Run(len(shown) + len(mended), sum(shown), reviews.post_approved(bank), sum(mended))


def _published(
    bank: Bank,
    by: By,
    place: UUID,
    publish: Callable[[Bank, By, Organisation], Outcome],
    progress: Callable[[str, int], None] | None,
) -> Iterator[int]:
    """The lines of each notice that it took."""
    organisation = organisations.find(bank, place)
    while organisation is not None:
        outcome = publish(bank, by, organisation)
        if not outcome.posted:
            return
        lines = int(outcome.answer["lines"])
        if progress:
            progress(organisation.name, lines)
        yield lines


def _finish_answers(bank: Bank, by: By) -> None:
    """What follows from answers that were given just before the power went."""
    with bank.store.changing() as connection:
        said.forget_contacts(connection)
        unfinished = said.to_be_reversed(connection, limit=HEALED_MAX)
    for id in unfinished:
        objection = objections.find(bank, id)
        if objection is not None:
            objections.settle(bank, by, objection, upheld=True)
