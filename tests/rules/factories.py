"""Small rulebooks and deeds, each with one thing to look at."""

from datetime import date

from ledger.rules import Deed, Rulebook, load

HEAD = """\
code: test
version: 1
title: {zh: 测试, en: Test}
effective_from: 2026-01-01
posting: at_once
lapse: {policy: never}
"""


def a_deed(
    *,
    minutes: int = 60,
    activity_type: str = "cleaning",
    capture_method: str = "clocked",
    evaluation: str | None = None,
) -> Deed:
    return Deed(
        activity_type=activity_type,
        served_on=date(2026, 3, 1),
        minutes=minutes,
        capture_method=capture_method,
        evaluation=evaluation,
    )


def a_document(*rules: str, head: str = HEAD) -> str:
    """A rulebook's text; each rule is the inside of a YAML flow mapping, id and title are added."""
    lines = [f"  - {{id: r{index}, title: {{zh: 清洁, en: Cleaning}}, {rule}}}" for index, rule in enumerate(rules)]
    return head + "rules:\n" + "\n".join(lines) + "\n"


def a_rulebook(*rules: str, points_scale: int = 0) -> Rulebook:
    return load(a_document(*rules), points_scale=points_scale)
