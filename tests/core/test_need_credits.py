"""What somebody is credited with for a need that they met: the record or deed as it is, and once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.core.books import Books
from ledger.core.refusals.needs import AlreadyCredited
from ledger.core.refusals.postings import FutureDay
from ledger.service.need_credits import CreditNeed
from tests.core.given import ANA, TODAY, a_deed, books, decided, number, refused

NEED = number(77)


def credit(**deed: Any) -> CreditNeed:
    return CreditNeed(inner=a_deed(**deed), need_id=NEED, volunteer_id=ANA.id)


def known(*credits_of: UUID) -> Books:
    there = books()
    there.know_rows("need_credit", "need_id, volunteer_id", (NEED, ANA.id), [{"id": each} for each in credits_of])
    return there


AGAINST_CREDITS = [(credit(), known(number(1)), AlreadyCredited())]


def test_nobody_is_credited_twice_for_one_need() -> None:
    for command, there, refusal in AGAINST_CREDITS:
        assert refused(command, there) == refusal


def test_what_cannot_be_recorded_at_all_is_said_first() -> None:
    assert isinstance(refused(credit(served_on=TODAY + timedelta(days=1)), known(number(1))), FutureDay)


def test_it_is_the_posting_that_it_would_be_anyway_and_says_for_which_need() -> None:
    plain, credited = decided(credit().inner, known()), decided(credit(), known())
    *same, row = credited.records
    assert same == list(plain.records)
    assert (credited.kind, credited.moves, credited.detail) == (plain.kind, plain.moves, plain.detail)
    assert (row.table, row.row["need_id"], row.row["id"]) == ("need_credit", NEED, number(1))
