"""Which rulebooks must wait, because the books cannot carry them out yet."""

from __future__ import annotations

import pytest

from ledger.rules import BOOKS, load, unanswered
from ledger.rules.conditions import WORDS
from tests.rules.factories import HEAD, a_document, a_rulebook, bundled

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
    assert unanswered(a_rulebook(f"{HOURLY}, credits: [{{to: doer}}]", more=more)) == []


@pytest.mark.parametrize(
    "policy",
    [
        "policy: end_of_year, carry_over_points: 5",
        "policy: end_of_year, carry_over_share: 1/2",
        "policy: end_of_year, resets_on_redeem: true",
        "policy: never, resets_on_redeem: true",
        "policy: after_months, count: 6, renews_on_award: true",
    ],
)
def test_a_book_carries_over_resets_and_renews_by_one_policy_for_all(policy: str) -> None:
    head = HEAD.replace("{policy: never}", f"{{{policy}}}")
    own = "lapse: {policy: end_of_year}"

    def book(*rules: str, head: str = head) -> list[str]:
        return [one.field for one in unanswered(load(a_document(*rules, head=head), points_scale=0))]

    assert book("points: 1, per: session") == []
    assert book("points: 1, per: session", f"points: 1, per: session, adds: true, {own}") == ["rules[1].lapse"]
    assert book(f"points: 1, per: session, lapse: {{{policy}}}", head=HEAD) == ["rules[0].lapse"]


@pytest.mark.parametrize("to", ["person", "household", "group", "unit", "doer"])
def test_a_rule_may_credit_whomever_it_likes(to: str) -> None:
    assert unanswered(a_rulebook(f"points: 1, per: session, credits: [{{to: {to}}}]")) == []


ASKED = ("accounts: [household]", "accounts: [person, unit]")
HELD = (
    *("activity_types: [a]", "capture_methods: [clocked]", "evaluations: [a]", "minutes: {at_least: 9}"),
    *("counts: {at_least: 1}", "weekdays: [monday]", "accounts: [person, group]"),
    *("organisers: [示例社区]", "organiser_levels: [estate]", 'persons: ["0001"]', "posts: [building_head]"),
    *("party_statuses: [member]", "party_reports: [home_report]", "age: {at_least: 60}", "residences: [local]"),
    *("tenure_days: {at_least: 9}", "team_member: true", "flags: [suspension]", "tags: [a]", "all_tags: [a]"),
    *("activity_classes: [a]", "activity_levels: [a]", "filed: true", "published: true"),
    *("day_kinds: [holiday]", "time_of_day: {begins: '08:00', ends: '09:00'}", "roles: [a]", "beneficiaries: [a]"),
    *("measures: {kg: {at_least: 1}}", "star_level: {at_least: 1}", "beneficiary_age: {at_least: 60}"),
    *("beneficiary_tags: [a]", "person_tags: [a]"),
    "season: {first_day: 03-01, last_day: 05-31}",
    "days: {first_day: 2026-03-01, last_day: 2026-05-31}",
)


def test_every_condition_is_either_held_or_refused() -> None:
    assert {said.split(":")[0] for said in (*ASKED, *HELD)} == set(WORDS)


@pytest.mark.parametrize("said", ASKED)
def test_a_book_that_asks_for_what_the_books_do_not_hold_is_refused_by_name(said: str) -> None:
    (finding,) = unanswered(a_rulebook(f"points: 1, per: session, when: {{{said}}}"))
    name = said.split(":")[0]
    assert finding.field == f"rules[0].when.{name}"
    assert WORDS[name][0] in finding.zh
    assert WORDS[name][1] in finding.en


@pytest.mark.parametrize("said", HELD)
def test_a_book_that_asks_for_what_the_books_hold_comes_into_force(said: str) -> None:
    assert unanswered(a_rulebook(f"points: 1, per: session, when: {{{said}}}")) == []


UNKNOWN = "{accounts: [household]}"
TITLE = "title: {zh: 甲, en: a}"


@pytest.mark.parametrize(
    ("rule", "more", "field"),
    [
        (f"points: 1, per: session, unless: [{UNKNOWN}]", "", "rules[0].unless[0].accounts"),
        (f"points: 1, per: session, voids: [{{{TITLE}, when: {UNKNOWN}}}]", "", "rules[0].voids[0].when.accounts"),
        (HOURLY, f"voids: [{{{TITLE}, when: {UNKNOWN}}}]\n", "voids[0].when.accounts"),
        (HOURLY, f"exclusions: [{{{TITLE}, when: {UNKNOWN}, bars: [awards]}}]\n", "exclusions[0].when.accounts"),
        (
            HOURLY,
            f"exclusions: [{{{TITLE}, when: {UNKNOWN}, bars: [redemptions]}}]\n",
            "exclusions[0].when.accounts",
        ),
        (
            HOURLY,
            (
                f"counters: [{{id: c, {TITLE}, deeds: [service], when: {UNKNOWN}, per: year, "
                f"raises: [{{at: 1, flag: review, {TITLE}}}]}}]\n"
            ),
            "counters[0].when.accounts",
        ),
        (
            "points: 1, per: hour, rounding: floor, coefficients: [t]",
            f"coefficients: [{{id: t, {TITLE}, levels: [{{factor: 2, {TITLE}, when: {UNKNOWN}}}]}}]\n",
            "coefficients[0].levels[0].when.accounts",
        ),
    ],
)
def test_wherever_a_book_asks_it_is_refused_there(rule: str, more: str, field: str) -> None:
    assert [finding.field for finding in unanswered(a_rulebook(rule, more=more))] == [field]


LADDER = "ladders: [{{id: s, {}, who: {}, levels: [{{{}, hours: 1}}]}}]\n"


@pytest.mark.parametrize("said", ['persons: ["0001"]', "tenure_days: {at_least: 9}", "star_level: {at_least: 1}"])
def test_a_ladder_may_be_for_some(said: str) -> None:
    assert unanswered(a_rulebook(HOURLY, more=LADDER.format(TITLE, f"{{{said}}}", TITLE))) == []


def test_a_ladder_that_asks_for_what_is_not_known_of_people_is_refused_there() -> None:
    ladder = LADDER.format(TITLE, UNKNOWN, TITLE)
    assert [one.field for one in unanswered(a_rulebook(HOURLY, more=ladder))] == ["ladders[0].who.accounts"]
    barred = f"exclusions: [{{{TITLE}, when: {UNKNOWN}, bars: [stars]}}]\n"
    assert [one.field for one in unanswered(a_rulebook(HOURLY, more=barred))] == ["exclusions[0].when.accounts"]


def test_somebody_may_be_barred_from_the_desk_by_number() -> None:
    barred = f'exclusions: [{{{TITLE}, when: {{persons: ["0001"]}}, bars: [redemptions]}}]\n'
    assert unanswered(a_rulebook(HOURLY, more=barred)) == []


@pytest.mark.parametrize("per", ["value", "measure, measure: kg"])
def test_service_may_carry_a_quantity(per: str) -> None:
    assert unanswered(a_rulebook(f"points: 1, per: {per}")) == []


def test_other_deeds_are_done_on_anybody_s_behalf() -> None:
    anybody = "accounts: [person, household, group, unit]"
    assert unanswered(a_rulebook(f"deeds: [good_deed], points: 1, per: act, when: {{{anybody}}}")) == []


@pytest.mark.parametrize("name", BOOKS)
def test_all_bundled_books_can_come_into_force(name: str) -> None:
    waiting: dict[str, list[str]] = {}
    assert [finding.field for finding in unanswered(bundled(name))] == waiting.get(name, [])
