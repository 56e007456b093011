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
    "more",
    [
        "caps: [{per: day, points: 5}]\n",
        "ceilings: [{account: person, points: 5, overflow: drop}]\n",
        "ceilings: [{account: household, points: 5, overflow: drop}]\n",
        "accounts: [{account: household, title: {zh: 家, en: home}, pools: true}]\n",
    ],
)
def test_a_book_may_cap_accounts_and_share_them(more: str) -> None:
    assert unanswered(a_rulebook(HOURLY, more=more)) == []


def test_a_book_whose_points_start_anew_with_each_award_must_wait() -> None:
    anew = "lapse: {policy: after_months, count: 6, renews_on_award: true}"
    assert [one.field for one in unanswered(a_rulebook(f"points: 1, per: session, {anew}"))] == ["lapse"]


@pytest.mark.parametrize("to", ["person", "household", "group", "unit", "doer"])
def test_a_rule_may_credit_whomever_it_likes(to: str) -> None:
    assert unanswered(a_rulebook(f"points: 1, per: session, credits: [{{to: {to}}}]")) == []


@pytest.mark.parametrize("name", BOOKS)
def test_all_bundled_books_can_come_into_force_but_these(name: str) -> None:
    waiting = {"guangdong": ["posting"]}
    assert [finding.field for finding in unanswered(bundled(name))] == waiting.get(name, [])
