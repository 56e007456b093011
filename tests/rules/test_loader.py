"""What is refused in a rulebook's text, where, and in which words; and that the published schema agrees."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from ledger.rules import BOOKS, Finding, RulebookInvalid, book, load, rulebook_schema
from tests.rules.factories import HEAD, a_document
from tests.rules.schema import instance

RULE = "points: 1, per: hour, rounding: floor"
T = "title: {zh: 名, en: name}"
COUNTER = f"counters: [{{id: c, {T}, deeds: [no_show], per: year"
SCHEMA = Draft202012Validator(rulebook_schema())


def findings_of(document: str, points_scale: int = 0) -> tuple[Finding, ...]:
    with pytest.raises(RulebookInvalid) as refusal:
        load(document, points_scale=points_scale)
    assert all(f.zh and f.en and f.line >= 1 for f in refusal.value.findings)
    return refusal.value.findings


def of_rule(rule: str, more: str = "") -> list[tuple[int, str]]:
    return [(finding.line, finding.field) for finding in findings_of(a_document(rule, more=more))]


def test_all_findings_come_at_once_in_line_order() -> None:
    document = """\
code: 海林
version: １
title: {zh: 海林}
effective_from: 2026-02-30
posting: {policy: three_reviews}
lapse: {policy: after_weeks, days: 90}
colour: red
rules:
  - id: service
    title: {zh: 服务, en: Service}
    points: 0.5
    per: fortnight
    rounding: nearest
    version: 2
  - id: service
    title: {zh: 服务, en: Service}
    points: 1
    per: hour
"""
    assert [(finding.line, finding.field) for finding in findings_of(document)] == [
        (1, "code"),
        (2, "version"),
        (3, "title.en"),
        (4, "effective_from"),
        (5, "posting.policy"),
        (6, "lapse.policy"),
        (6, "lapse.days"),
        (7, "colour"),
        (11, "rules[0].points"),
        (12, "rules[0].per"),
        (13, "rules[0].rounding"),
        (14, "rules[0].version"),
        (15, "rules[1].rounding"),
    ]


def test_a_refusal_can_be_printed() -> None:
    with pytest.raises(RulebookInvalid, match=r"line 5: posting.policy: must be one of: at_once, one_review"):
        load(a_document(RULE).replace("at_once", "no_review"), points_scale=0)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ("points: 0.5, per: session", "points"),
        ("points: -1, per: session", "points"),
        ("points: １, per: session", "points"),
        ("points: 1/0, per: session", "points"),
        ("points: 010, per: session", "points"),
        ("points: 1e3, per: session", "points"),
        ("points: yes, per: session", "points"),
        ("points: [1], per: session", "points"),
        ("points: ~, per: session", "points"),
        ("points: 99999999, per: session", "points"),
        ("points: 1/2, per: session", "points"),
        ("per: session", "points"),
        ("points: 1, per: hour", "rounding"),
        ("points: 1, per: hour, rounding: bankers", "rounding"),
        ("points: 1, per: session, per_count: 2", "accumulate"),
        ("points: 1, per: session, step_minutes: 15", "step_minutes"),
        ("points: 1, per: hour, rounding: floor, step_count: 2", "step_count"),
        ("points: 1, per: act, deeds: [good_deed], step_count: 2", "rounding"),
        ("points: 1, per: hour, rounding: floor, deeds: [good_deed]", "per"),
        ("points: 1, per: measure", "measure"),
        ("points: 1, per: session, measure: kg", "measure"),
        ("points: 1, per: session, points_step: 0", "points_step"),
        ("points: 1, per: session, points_step: 2", "rounding"),
        (f"{RULE}, per_count: 0", "per_count"),
        (f"{RULE}, step_minutes: '15'", "step_minutes"),
        (f"{RULE}, step_minutes: 1_0", "step_minutes"),
        (f"{RULE}, step_minutes: 1441", "step_minutes"),
        (f"{RULE}, caps: 120", "caps"),
        (f"{RULE}, caps: [{{per: activity}}]", "caps[0]"),
        (f"{RULE}, caps: [{{per: activity, minutes: 1, points: 1}}]", "caps[0]"),
        (f"{RULE}, caps: [{{per: fortnight, minutes: 60}}]", "caps[0].per"),
        (f"{RULE}, caps: [{{minutes: 60}}]", "caps[0].per"),
        (f"{RULE}, caps: [{{per: activity, minutes: 0}}]", "caps[0].minutes"),
        (f"{RULE}, caps: [{{per: activity, points: 0}}]", "caps[0].points"),
        (f"{RULE}, caps: [{{per: activity, points: 1/2}}]", "caps[0].points"),
        (f"{RULE}, caps: [{{per: activity, count: 2}}]", "caps[0].count"),
        (f"{RULE}, step_minutes: 60, caps: [{{per: activity, minutes: 90}}]", "caps[0].minutes"),
        ("points: 1, per: session, caps: [{per: activity, minutes: 60}]", "caps[0].minutes"),
        (f"{RULE}, threshold: {{per: day, counts: all}}", "threshold"),
        (f"{RULE}, threshold: {{per: day, count: 2, counts: all}}", "threshold.count"),
        (f"{RULE}, when: {{}}", "when"),
        (f"{RULE}, when: {{activity_types: []}}", "when.activity_types"),
        (f"{RULE}, when: {{activity_types: cleaning}}", "when.activity_types"),
        (f"{RULE}, when: {{activity_types: [清洁]}}", "when.activity_types[0]"),
        (f"{RULE}, when: {{activity_types: [no]}}", "when.activity_types[0]"),
        (f"{RULE}, when: {{activity_types: [a, a]}}", "when.activity_types"),
        (f"{RULE}, when: {{capture_methods: [guessed]}}", "when.capture_methods[0]"),
        (f"{RULE}, when: {{filed: 'true'}}", "when.filed"),
        (f"{RULE}, when: {{filed: yes}}", "when.filed"),
        (f"{RULE}, when: {{age: {{}}}}", "when.age"),
        (f"{RULE}, when: {{age: {{at_least: 9, at_most: 8}}}}", "when.age.at_most"),
        (f"{RULE}, when: {{time_of_day: {{begins: 22:00, ends: '06:00'}}}}", "when.time_of_day.begins"),
        (f"{RULE}, when: {{time_of_day: {{begins: '24:00', ends: '06:00'}}}}", "when.time_of_day.begins"),
        (f"{RULE}, when: {{season: {{first_day: 02-30, last_day: 03-01}}}}", "when.season.first_day"),
        (f"{RULE}, when: {{days: {{first_day: 2026-03-02, last_day: 2026-03-01}}}}", "when.days.last_day"),
        (f"{RULE}, when: {{measures: {{}}}}", "when.measures"),
        (f"{RULE}, when: {{measures: {{Kg: {{at_least: 1}}}}}}", "when.measures.Kg"),
        (f"{RULE}, voids: [{{title: {{zh: 投诉, en: complaint}}}}]", "voids[0].when"),
        (f"{RULE}, voids: [{{title: 投诉, when: {{filed: false}}}}]", "voids[0].title"),
        (f"{RULE}, credits: [{{to: person, share: 1/2}}]", "credits"),
        (f"{RULE}, credits: [{{to: person, share: 2}}]", "credits[0].share"),
        ("effect: penalty, points: 1, per: act, once: {per: year}", "effect"),
        (f"{RULE}, theme: t", "theme"),
        (f"{RULE}, coefficients: [c]", "coefficients"),
        (f"{RULE}, occurrence: {{counter: c, at_least: 1}}", "occurrence.counter"),
        (f"{RULE}, occurrence: {{counter: c, at_least: 2, at_most: 1}}", "occurrence.at_most"),
        (f"{RULE}, when: {{filed: true}}, unless: [{{filed: true}}]", "unless[0]"),
        (f"{RULE}, when: {{filed: true}}, voids: [{{{T}, when: {{filed: true}}}}]", "voids[0]"),
        (f"{RULE}, caps: [{{per: day, points: 9}}, {{per: month, points: 5}}]", "caps[0]"),
        (f"{RULE}, caps: [{{per: day, minutes: 50}}], threshold: {{per: day, minutes: 60, counts: all}}", "caps[0]"),
        (f"{RULE}, lapse: {{policy: never, grace_days: 3}}", "lapse.grace_days"),
        (f"{RULE}, points: 2", "points"),
        (f"{RULE}, formula: minutes * 2", "formula"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_meant_is_refused_at_its_field(rule: str, field: str) -> None:
    assert of_rule(rule) == [(8, f"rules[0].{field}")]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        (f"themes: [{{id: t, {T}}}]", "themes[0]"),
        (f"{COUNTER}}}]", "counters[0]"),
        (f"{COUNTER}, raises: [{{flag: warning, {T}}}]}}]", "counters[0].raises[0]"),
        (f"{COUNTER}, raises: [{{at: 1, flag: warning, {T}, ends: days}}]}}]", "counters[0].raises[0].count"),
        (f"ladders: [{{id: l, {T}, levels: [{{{T}}}]}}]", "ladders[0].levels[0]"),
        (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, hours: 4}}]}}]", "ladders[0].levels[1]"),
        (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, hours: 5}}]}}]", "ladders[0].levels[1]"),
        (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, points: 5}}]}}]", "ladders[0].levels[1]"),
        (f"targets: [{{id: t, {T}, owner: unit, per: year}}]", "targets[0]"),
        (f"targets: [{{id: t, {T}, owner: unit, per: year, rate: 2}}]", "targets[0].rate"),
        ("ceilings: [{account: person, points: 0, overflow: drop}]", "ceilings[0].points"),
        (
            "ceilings: [{account: person, points: 5, overflow: drop}, {account: person, points: 6, overflow: drop}]",
            "ceilings[1].account",
        ),
        ("ceilings: [{account: person, points: 5, overflow: drop}]\nredemption: {balance_at_least: 6}", "redemption"),
        ("ceilings: [{account: person, points: 5, overflow: drop}]\nredemption: {base_points: 5}", "redemption"),
        (f"accounts: [{{account: person, {T}, pools: true}}]", "accounts[0].pools"),
        ("redemption: {windows: [{}]}", "redemption.windows[0]"),
        ("redemption: {limits: [{per: month}]}", "redemption.limits[0]"),
        ("redemption: {refundable: false, refund_within_days: 3}", "redemption.refund_within_days"),
        ("caps: [{per: day, count: 3}]", "caps[0].count"),
        ("caps: [{per: month, points: 9}, {per: month, points: 5}]", "caps[0]"),
        ("locked: [weather]", "locked[0]"),
        ("locked: [rules.r7]", "locked[0]"),
        ("effective_to: 2025-12-31", "effective_to"),
        ("year_begins: 13", "year_begins"),
        ("terms: {a: b}", "terms.a"),
        (f"exclusions: [{{{T}, when: {{filed: true}}, bars: [life]}}]", "exclusions[0].bars[0]"),
    ],
)  # fmt: skip
def test_a_policy_that_cannot_be_meant_is_refused_at_its_field(more: str, field: str) -> None:
    assert [f.field for f in findings_of(a_document(RULE, more=more + "\n"))] == [field]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("code: test", "code: Test", "code"),
        ("code: test", "code: ｔｅｓｔ", "code"),
        ("version: 1", "version: 0", "version"),
        ("version: 1", "version: 1.0", "version"),
        ("version: 1", "version: true", "version"),
        ("title: {zh: 测试, en: Test}", "title: 测试", "title"),
        ("zh: 测试", "zh: ''", "title.zh"),
        ("zh: 测试", "zh: 1", "title.zh"),
        ("en: Test", r'en: "a\nb"', "title.en"),
        ("en: Test", f"en: {'x' * 301}", "title.en"),
        ("2026-01-01", "2026-13-01", "effective_from"),
        ("2026-01-01", "2026-1-1", "effective_from"),
        ("2026-01-01", "２０２６-01-01", "effective_from"),
        ("2026-01-01", "soon", "effective_from"),
        ("{policy: never}", "never", "lapse"),
        ("{policy: never}", "{policy: never, periods_after: 1}", "lapse.periods_after"),
        ("{policy: never}", "{policy: after_days}", "lapse.count"),
        ("{policy: never}", "{policy: end_of_year, count: 1}", "lapse.count"),
        ("{policy: never}", "{policy: end_of_year, renews_on_award: true}", "lapse.renews_on_award"),
        ("{policy: never}", "{policy: end_of_year, carry_over_share: 2}", "lapse.carry_over_share"),
        (
            "{policy: never}",
            "{policy: end_of_year, carry_over_share: 1/2, carry_over_points: 1}",
            "lapse.carry_over_share",
        ),
        ("{policy: at_once}", "{policy: notice}", "posting.notice_days"),
        ("{policy: at_once}", "{policy: two_reviews, reviews: 1}", "posting.reviews"),
        ("{policy: at_once}", "{policy: at_once, exceptions: [{policy: one_review}]}", "posting.exceptions[0].when"),
    ],
)
def test_a_head_that_cannot_be_meant_is_refused_at_its_field(old: str, new: str, field: str) -> None:
    assert [finding.field for finding in findings_of(a_document(RULE).replace(old, new, 1))] == [field]


@pytest.mark.parametrize("field", ["code", "version", "title", "effective_from", "posting", "lapse"])
def test_every_field_of_the_head_is_needed(field: str) -> None:
    document = re.sub(rf"^{field}:.*\n", "", a_document(RULE), flags=re.MULTILINE)

    assert [finding.field for finding in findings_of(document)] == [field]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "fields and values"),
        ("- a", "fields and values"),
        ("a: [", "not YAML"),
        ("a: \t- b\n\tc", "not YAML"),
        (HEAD + "rules: &a [1]\nb: *a\n", "anchors"),
        (HEAD + "rules: !!python/object:os.system {}\n", "tags"),
        (a_document(RULE) + "---\ncode: two\n", "one rulebook per file"),
        ("a: " + "[" * 20 + "]" * 20, "nested too deeply"),
        ("#" * 300_000, "too long"),
        ("code: a\ncode: b\n", "written twice"),
        ("? [a, b]\n: c\n", "one word"),
    ],
)
def test_only_plain_yaml_is_read(document: str, words: str) -> None:
    assert any(words in finding.en for finding in findings_of(document))


def test_a_forgotten_quote_is_pointed_out() -> None:
    (finding,) = findings_of(a_document(RULE).replace("zh: 测试, en", "zh: 测试, 一, en"))

    assert "words with a comma in them need quotes" in finding.en


@pytest.mark.parametrize(
    ("rules", "unheard"),
    [
        ([RULE, RULE], [1]),
        ([f"when: {{activity_types: [a]}}, {RULE}", f"when: {{activity_types: [a]}}, {RULE}", RULE], [1]),
        ([f"when: {{activity_types: [a, b]}}, {RULE}", f"when: {{activity_types: [a], filed: true}}, {RULE}"], [1]),
        ([f"when: {{age: {{at_least: 60}}}}, {RULE}", f"when: {{age: {{at_least: 70, at_most: 80}}}}, {RULE}"], [1]),
        ([f"when: {{all_tags: [a]}}, {RULE}", f"when: {{all_tags: [a, b]}}, {RULE}"], [1]),
        ([f"when: {{all_tags: [a, b]}}, {RULE}", f"when: {{all_tags: [a]}}, {RULE}"], []),
        ([f"when: {{age: {{at_least: 60}}}}, {RULE}", f"when: {{age: {{at_least: 50}}}}, {RULE}"], []),
        ([f"when: {{filed: true}}, {RULE}", f"when: {{filed: false}}, {RULE}"], []),
        ([f"adds: true, {RULE}", RULE], []),
        ([RULE, f"adds: true, {RULE}"], []),
        ([f"unless: [{{filed: true}}], {RULE}", RULE], []),
        (
            [
                f"when: {{capture_methods: [clocked, roster]}}, {RULE}",
                f"when: {{capture_methods: [backfilled, declared, imported]}}, {RULE}",
                f"when: {{filed: true}}, {RULE}",
            ],
            [2],
        ),
        ([RULE, "deeds: [good_deed], points: 1, per: act", "deeds: [service, good_deed], points: 1, per: act"], [2]),
        (
            [
                f"when: {{days: {{first_day: 2026-01-01, last_day: 2026-12-31}}}}, {RULE}",
                f"when: {{days: {{first_day: 2026-03-01, last_day: 2026-03-31}}}}, {RULE}",
            ],
            [1],
        ),
    ],
)
def test_a_rule_that_is_never_reached_is_found(rules: list[str], unheard: list[int]) -> None:
    document = a_document(*rules)
    if not unheard:
        load(document, points_scale=0)
    else:
        assert [f.field for f in findings_of(document)] == [f"rules[{index}]" for index in unheard]


def test_a_level_after_all_others_is_never_reached() -> None:
    table = f"coefficients: [{{id: c, {T}, levels: [{{factor: 1, {T}}}, {{factor: 2, {T}}}]}}]\n"

    assert of_rule(f"{RULE}, coefficients: [c]", more=table) == [(9, "coefficients[0].levels[1]")]


def test_ids_are_written_once() -> None:
    document = a_document(f"when: {{filed: true}}, {RULE}", RULE).replace("id: r1", "id: r0")

    assert [f.field for f in findings_of(document)] == ["rules[1].id"]


@pytest.mark.parametrize("points_scale", [-1, 3])
def test_points_have_at_most_two_decimals(points_scale: int) -> None:
    with pytest.raises(ValueError, match="0 to 2"):
        load(a_document(RULE), points_scale=points_scale)


def test_the_published_schema_is_the_one_the_loader_reads_by() -> None:
    published = (files("ledger.rules") / "rulebook.schema.json").read_text(encoding="utf-8")

    assert json.loads(published) == rulebook_schema()
    Draft202012Validator.check_schema(rulebook_schema())


@pytest.mark.parametrize("name", BOOKS)
def test_every_bundled_book_obeys_the_schema(name: str) -> None:
    assert list(SCHEMA.iter_errors(instance(book(name)))) == []
