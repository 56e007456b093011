"""Posts as rulebooks ask for them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from ledger.bank import Bank, By
from ledger.people import posts
from ledger.people.posts import Term, months_in_post
from tests.banks import STAFF
from tests.towns import Town


def term(from_on: date, until_on: date | None = None) -> Term:
    nobody = UUID(int=0)
    return Term(
        id=nobody,
        volunteer_id=nobody,
        volunteer_no="",
        organisation_path="",
        name="",
        from_on=from_on,
        until_on=until_on,
    )


@pytest.mark.parametrize(
    ("held", "months"),
    [
        (term(date(2026, 1, 1)), ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (term(date(2026, 1, 2)), ["2026-02-28", "2026-03-31"]),
        (term(date(2026, 1, 1), date(2026, 2, 28)), ["2026-01-31", "2026-02-28"]),
        (term(date(2026, 1, 1), date(2026, 2, 27)), ["2026-01-31"]),
        (term(date(2025, 12, 1), date(2025, 12, 31)), ["2025-12-31"]),
        (term(date(2026, 4, 1)), []),
    ],
)
def test_only_whole_months_in_a_post_are_deeds(held: Term, months: list[str]) -> None:
    assert [day.isoformat() for day in months_in_post(held, until=date(2026, 4, 15))] == months


def test_the_posts_of_a_roster_are_one_answer(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    made = [
        posts.create(bank, By(actor=STAFF), organisation=town.district, kind=kind, title=None)
        for kind in ("building_head", "micro_grid_head")
    ]
    ana, bo = town.volunteer("ana"), town.volunteer("bo")
    for post in made:
        posts.appoint(bank, By(actor=STAFF), post, ana, from_on=date(2026, 3, 1), until_on=date(2026, 3, 31))
    asked = [(ana.id, date(2026, 3, 1)), (ana.id, date(2026, 4, 1)), (bo.id, date(2026, 3, 1))]
    assert posts.held_posts(bank, asked) == {
        (ana.id, date(2026, 3, 1)): frozenset({"building_head", "micro_grid_head"})
    }
    assert posts.held_posts(bank, []) == {}
