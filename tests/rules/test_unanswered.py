"""Which rulebooks must wait, because the books cannot carry them out yet."""

from __future__ import annotations

import pytest

from ledger.rules import BOOKS, unanswered
from tests.rules.factories import a_rulebook, bundled

HOURLY = "points: 1, per: hour, step_minutes: 60, rounding: floor, caps: [{per: activity, minutes: 120}]"


@pytest.mark.parametrize(
    "rule",
    [
        HOURLY,
        "adds: true, points: 1, per: session",
        "points: 1, per: session, caps: [{per: day, points: 5}]",
        "points: 1, per: session, caps: [{per: activity, by: household, points: 5}]",
        "points: 1, per: session, once: {per: year}",
        "points: 1, per: session, accumulate: year",
        "points: 1, per: session, threshold: {per: day, count: 2, counts: all}",
        "points: 1, per: session, lapse: {policy: end_of_year}",
        "deeds: [service], effect: penalty, points: 1, per: session",
        "points: 1, per: balance, rounding: floor",
    ],
)
def test_whatever_a_rule_asks_of_the_past_is_answered(rule: str) -> None:
    assert unanswered(a_rulebook(rule)) == []


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ("caps: [{per: day, points: 5}]\n", []),
        ("ceilings: [{account: person, points: 5, overflow: drop}]\n", ["ceilings"]),
        ("accounts: [{account: household, title: {zh: 家, en: home}, pools: true}]\n", ["accounts"]),
    ],
)
def test_a_book_that_pools_or_holds_under_a_ceiling_must_wait(more: str, fields: list[str]) -> None:
    assert [finding.field for finding in unanswered(a_rulebook(HOURLY, more=more))] == fields


@pytest.mark.parametrize("name", BOOKS)
def test_the_books_whose_awards_are_reviewed_or_put_on_notice_must_wait(name: str) -> None:
    fields = [finding.field for finding in unanswered(bundled(name))]
    assert ("posting" in fields) == (name in {"qishan", "dongting", "longquanyi", "guangdong"})
