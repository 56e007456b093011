"""What is refused in a rulebook's text, where, and in which words."""

import re

import pytest

from ledger.rules import Finding, RulebookInvalid, load
from tests.rules.factories import HEAD, a_document

RULE = "points: 1, per: hour, rounding: floor"


def findings_of(document: str, points_scale: int = 0) -> tuple[Finding, ...]:
    with pytest.raises(RulebookInvalid) as refusal:
        load(document, points_scale=points_scale)
    return refusal.value.findings


def of_rule(rule: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.field) for finding in findings_of(a_document(rule))]


def test_all_findings_come_at_once_in_line_order() -> None:
    document = """\
code: 海林
version: １
title: {zh: 海林}
effective_from: 2026-02-30
posting: two_reviewers
lapse: {policy: after_days, days: 90}
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
        (5, "posting"),
        (6, "lapse.days"),
        (6, "lapse.policy"),
        (7, "colour"),
        (11, "rules[0].points"),
        (12, "rules[0].per"),
        (13, "rules[0].rounding"),
        (14, "rules[0].version"),
        (15, "rules[1].rounding"),
        (15, "rules[1].id"),
    ]


def test_a_refusal_can_be_printed() -> None:
    with pytest.raises(
        RulebookInvalid, match=r"line 5: posting: must be one of: at_once; others come in a later version"
    ):
        load(a_document(RULE).replace("at_once", "one_review"), points_scale=0)


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
        ("points: 1, per: act, rounding: floor", "per"),
        ("points: 1, per: hour", "rounding"),
        ("points: 1, per: hour, rounding: bankers", "rounding"),
        ("points: 1, per: session, per_count: 2", "per_count"),
        ("points: 1, per: session, step_minutes: 15", "step_minutes"),
        (f"{RULE}, per_count: 0", "per_count"),
        (f"{RULE}, step_minutes: '15'", "step_minutes"),
        (f"{RULE}, step_minutes: 1_0", "step_minutes"),
        (f"{RULE}, step_minutes: 1441", "step_minutes"),
        (f"{RULE}, cap: 120", "cap"),
        (f"{RULE}, cap: {{per: activity}}", "cap"),
        (f"{RULE}, cap: {{per: day, minutes: 60}}", "cap.per"),
        (f"{RULE}, cap: {{minutes: 60}}", "cap.per"),
        (f"{RULE}, cap: {{per: activity, minutes: 0}}", "cap.minutes"),
        (f"{RULE}, cap: {{per: activity, points: 1/2}}", "cap.points"),
        (f"{RULE}, step_minutes: 60, cap: {{per: activity, minutes: 90}}", "cap.minutes"),
        ("points: 1, per: session, cap: {per: activity, minutes: 60}", "cap.minutes"),
        (f"{RULE}, activity_types: []", "activity_types"),
        (f"{RULE}, activity_types: cleaning", "activity_types"),
        (f"{RULE}, activity_types: [清洁]", "activity_types"),
        (f"{RULE}, activity_types: [no]", "activity_types"),
        (f"{RULE}, activity_types: [a, a]", "activity_types"),
        (f"{RULE}, capture_methods: [guessed]", "capture_methods"),
        (f"{RULE}, zero_when_evaluated: {{}}", "zero_when_evaluated"),
        (f"{RULE}, zero_when_evaluated: {{complaint: 投诉}}", "zero_when_evaluated.complaint"),
        (f"{RULE}, zero_when_evaluated: {{投诉: {{zh: 投诉, en: complaint}}}}", "zero_when_evaluated.投诉"),
        (f"{RULE}, points: 2", "points"),
        (f"{RULE}, formula: minutes * 2", "formula"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_at_its_field(rule: str, field: str) -> None:
    assert of_rule(rule) == [(8, f"rules[0].{field}")]


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
        ("2026-01-01", "2026-13-01", "effective_from"),
        ("2026-01-01", "2026-1-1", "effective_from"),
        ("2026-01-01", "２０２６-01-01", "effective_from"),
        ("2026-01-01", "soon", "effective_from"),
        ("{policy: never}", "never", "lapse"),
        ("{policy: never}", "{policy: never, years_after: 1}", "lapse.years_after"),
        ("{policy: never}", "{policy: end_of_year}", "lapse.years_after"),
        ("{policy: never}", "{policy: end_of_year, years_after: -1}", "lapse.years_after"),
    ],
)
def test_a_head_that_cannot_be_meant_is_refused_at_its_field(old: str, new: str, field: str) -> None:
    assert [finding.field for finding in findings_of(a_document(RULE).replace(old, new, 1))] == [field]


@pytest.mark.parametrize("field", ["code", "version", "title", "effective_from", "posting", "lapse"])
def test_every_field_of_the_head_is_needed(field: str) -> None:
    document = re.sub(rf"^{field}:.*\n", "", a_document(RULE), flags=re.MULTILINE)

    assert [(finding.line, finding.field) for finding in findings_of(document)] == [(1, field)]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("", "fields and values"),
        ("- a", "fields and values"),
        ("a: [", "not YAML"),
        ("a: \t- b\n\tc", "not YAML"),
        ('a: "\\UFFFFFFFF"', "not YAML"),
        ("%YAML " + "9" * 5000 + ".1\n--- a", "not YAML"),
        ("a: \x00", "not YAML"),
        (a_document(RULE) + "---\na: b\n", "one rulebook per file"),
        (a_document(RULE).replace("code: test", "code: test\ncode: test"), "twice"),
        (a_document(RULE).replace("code: test", "code: &code test"), "anchors"),
        (a_document(RULE).replace("code: test", "code: !!python/object:os.system test"), "tags"),
        (a_document(RULE) + "? [a]\n: b\n", "one word"),
        (a_document(RULE) + "<<: {a: b}\n", "unknown"),
        ("a: " + "[" * 60_000, "nested too deeply"),
        ("#" * 70_000, "too long"),
        (HEAD + "rules: []\n", "list of 1"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_in_words(document: str, words: str) -> None:
    assert any(words in finding.en for finding in findings_of(document))


def test_a_bomb_of_aliases_is_refused_without_being_built() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 100))

    assert any("aliases" in finding.en for finding in findings_of(bomb))


def test_a_rule_that_can_never_match_is_refused() -> None:
    assert [(f.line, f.field) for f in findings_of(a_document(RULE, f"activity_types: [patrol], {RULE}"))] == [
        (9, "rules[1]")
    ]


def test_every_finding_speaks_both_languages() -> None:
    for finding in findings_of("code: 1\nrules: [{id: 1, cap: 2}, 3]\nlapse: {policy: soon}\n"):
        assert re.search(r"[\u4e00-\u9fff]", finding.zh)
        assert finding.en.isascii()
        assert finding.line >= 1


def test_amounts_may_be_finer_in_a_bank_with_decimals() -> None:
    document = a_document("points: 1/2, per: session")

    assert findings_of(document, points_scale=0)
    assert load(document, points_scale=1).rules[0].rate == 5


@pytest.mark.parametrize("points_scale", [-1, 3])
def test_a_bank_has_at_most_two_decimals(points_scale: int) -> None:
    with pytest.raises(ValueError, match="points_scale"):
        load(a_document(RULE), points_scale=points_scale)
