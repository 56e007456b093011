"""A community's rulebook upon its district's."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.rules import RulebookInvalid, assess, inherit, load
from tests.rules.factories import a_deed

PARENT = """\
code: district
version: 3
title: {zh: 区规则, en: District}
effective_from: 2026-01-01
posting: {policy: one_review}
lapse: {policy: end_of_year}
locked: [lapse, rules.unwitnessed, redemption.base_points]
rules:
  - {id: unwitnessed, title: {zh: 补, en: Late}, when: {capture_methods: [backfilled]}, points: 0, per: session}
  - {id: patrol, title: {zh: 巡逻, en: Patrol}, when: {activity_types: [patrol]}, points: 3, per: session}
  - {id: service, title: {zh: 服务, en: Service}, points: 1, per: session}
redemption: {base_points: 60, cost_at_least: 5}
"""
HEAD = """\
code: estate
version: 1
effective_from: 2026-07-01
inherits: {code: district, version: 3}
"""
SONG = "{id: song, title: {zh: 唱歌, en: Song}, when: {activity_types: [song]}, points: 2, per: session}"


def faults(child: str) -> list[tuple[int, str]]:
    with pytest.raises(RulebookInvalid) as refusal:
        inherit(PARENT, child)
    return [(finding.line, finding.field) for finding in refusal.value.findings]


def test_a_child_adds_replaces_and_removes() -> None:
    child = HEAD + f"rules:\n  - {SONG}\n  - {SONG.replace('song', 'patrol').replace('2', '9')}\n"
    child += "redemption: {cost_at_least: 9}\nposting: {policy: at_once}\ntitle: {zh: 小区规则, en: Estate}\n"
    whole = load(inherit(PARENT, child), points_scale=0)

    assert [rule.id for rule in whole.rules] == ["unwitnessed", "song", "patrol", "service"]
    assert (whole.code, whole.version, whole.effective_from, whole.title.en) == (
        "estate",
        1,
        date(2026, 7, 1),
        "Estate",
    )
    assert whole.lapse.policy == "end_of_year"
    assert (whole.redeeming.base_points, whole.redeeming.cost_at_least) == (60, 9)
    assert whole.inherits is not None
    assert (whole.inherits.code, whole.inherits.version) == ("district", 3)
    assert assess(whole, a_deed(activity_type="patrol")).points == 9
    assert assess(whole, a_deed(activity_type="song", capture_method="backfilled")).points == 0
    fewer = load(inherit(PARENT, HEAD + "removes: [rules.patrol]\n"), points_scale=0)
    assert [rule.id for rule in fewer.rules] == ["unwitnessed", "service"]


def test_what_a_child_locks_too_stays_locked_below() -> None:
    whole = inherit(PARENT, HEAD + "locked: [posting, lapse]\n")

    assert load(whole, points_scale=0).locked == ("lapse", "rules.unwitnessed", "redemption.base_points", "posting")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("lapse: {policy: never}\n", (5, "lapse")),
        ("rules:\n  - {id: unwitnessed}\n", (6, "rules.unwitnessed")),
        ("redemption: {base_points: 0}\n", (5, "redemption.base_points")),
        ("removes: [rules.unwitnessed]\n", (5, "rules.unwitnessed")),
        ("removes: [rules.nothing]\n", (5, "removes")),
        ("removes: [posting]\n", (5, "removes")),
        ("removes: rules.patrol\n", (5, "removes")),
        ("colour: red\n", (5, "colour")),
        ("rules: 5\n", (5, "rules")),
        ("redemption: 5\n", (5, "redemption")),
    ],
)
def test_what_a_child_may_not_do_is_refused_at_its_line(more: str, fault: tuple[int, str]) -> None:
    assert faults(HEAD + more) == [fault]


def test_a_child_names_itself_and_its_parent() -> None:
    assert [field for _, field in faults("title: {zh: 无, en: none}\n")] == [
        "code",
        "version",
        "effective_from",
        "inherits",
    ]
    assert faults(HEAD.replace("version: 3", "version: 2")) == [(4, "inherits")]
    assert faults(HEAD.replace("{code: district, version: 3}", "district")) == [(4, "inherits"), (4, "inherits")]
    assert faults("- a") == [(1, "")]


def test_a_faulty_parent_is_refused() -> None:
    with pytest.raises(RulebookInvalid):
        inherit(PARENT.replace("per: session", "per: fortnight"), HEAD)


def test_the_whole_is_judged_when_it_is_loaded() -> None:
    whole = inherit(PARENT, HEAD + f"rules: [{SONG.replace('when: {activity_types: [song]}, ', '')}]\n")

    with pytest.raises(RulebookInvalid, match="earlier rules take every deed"):
        load(whole, points_scale=0)
