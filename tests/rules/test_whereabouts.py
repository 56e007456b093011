"""Findings about a whole book stand at the line to be mended."""

from __future__ import annotations

import pytest

from ledger.rules import Finding, placed

WHOLE = """\
code: example
lapse:
  policy: end_of_year
  carry_over_points: 5
rules:
  - id: own
    when: {roles: [cook]}
  - id: theirs
    per: hour
    when:
      roles: [cook]
caps:
  - per: day
"""
BELOW = """\
code: example
inherits: {code: above, version: 1}
title: {zh: 示例, en: example}
rules:
  - id: own
    title: {zh: 示例, en: example}
    when: {roles: [cook]}
"""


def line(field: str, written: str | None = None) -> int:
    [finding] = placed([Finding(line=1, field=field, zh="示例", en="example")], WHOLE, written)
    assert (finding.field, finding.zh) == (field, "示例")
    return finding.line


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("", 1),
        ("lapse", 2),
        ("lapse.carry_over_points", 4),
        ("rules[0]", 6),
        ("rules[0].when.roles", 7),
        ("rules[1].when.roles", 11),
        ("rules[1].caps", 8),
        ("rules[9].caps", 5),
        ("caps[0].per", 13),
        ("posting", 1),
    ],
)
def test_a_field_is_found_at_its_line_or_at_the_nearest_around_it(field: str, at: int) -> None:
    assert line(field) == at


@pytest.mark.parametrize(
    ("field", "at"),
    [
        ("rules[0].when.roles", 7),
        ("rules[0].per", 5),
        ("rules[1].when.roles", 4),
        ("lapse.carry_over_points", 2),
        ("caps[0].per", 2),
    ],
)
def test_what_came_from_the_parent_is_shown_where_the_book_builds_on_it(field: str, at: int) -> None:
    assert line(field, BELOW) == at
