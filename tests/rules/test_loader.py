"""What is refused in a rulebook's text, where, and in which words; and that the published schema agrees."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ledger.rules import BOOKS, Finding, RulebookInvalid, book, load, rulebook_schema
from tests.rules.factories import HEAD, a_document
from tests.rules.refusals import (
    CONTRADICTIONS,
    HEADS_REFUSED,
    POLICIES_REFUSED,
    RULE,
    RULES_REFUSED,
    T,
    refused_documents,
)
from tests.rules.schema import instance

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


@pytest.mark.parametrize(("rule", "field"), RULES_REFUSED)
def test_a_rule_that_cannot_be_meant_is_refused_at_its_field(rule: str, field: str) -> None:
    assert of_rule(rule) == [(8, f"rules[0].{field}")]


@pytest.mark.parametrize(("more", "field"), POLICIES_REFUSED)
def test_a_policy_that_cannot_be_meant_is_refused_at_its_field(more: str, field: str) -> None:
    assert [f.field for f in findings_of(a_document(RULE, more=more + "\n"))] == [field]


@pytest.mark.parametrize(("rules", "more", "field"), CONTRADICTIONS)
def test_what_is_said_in_vain_is_found_when_the_book_is_loaded(rules: list[str], more: str, field: str) -> None:
    assert [f.field for f in findings_of(a_document(*rules, more=more + "\n"))] == [field]


@pytest.mark.parametrize(("old", "new", "field"), HEADS_REFUSED)
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


def test_every_refusal_is_said_in_these_words() -> None:
    said = [str(refusal) + "\n" + refusal.args[0][0].zh for refusal in map(refusal_of, refused_documents())]
    written = (Path(__file__).parent / "refusals.txt").read_text(encoding="utf-8")

    assert "\n\n".join(said) + "\n" == written


def refusal_of(document: str) -> RulebookInvalid:
    with pytest.raises(RulebookInvalid) as refusal:
        load(document, points_scale=0)
    return refusal.value
