"""Small rulebooks and deeds, each with one thing to look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from ledger.rules import Assessment, Deed, Rulebook, Tallies, assess, book, load, needs

HEAD = """\
code: test
version: 1
title: {zh: 测试, en: Test}
effective_from: 2026-01-01
posting: {policy: at_once}
lapse: {policy: never}
"""
FACTS: dict[str, Any] = {"filed": True, "published": True, "team_member": True}
"""What Hailin asks of every service."""


def a_deed(*, minutes: int = 60, activity_type: str = "cleaning", **facts: Any) -> Deed:
    facts.setdefault("served_on", date(2026, 3, 1))
    return Deed(
        activity_type=activity_type, minutes=minutes if facts.get("kind", "service") == "service" else 0, **facts
    )


def an_act(activity_type: str, **facts: Any) -> Deed:
    """A good deed that is not volunteer service."""
    return a_deed(activity_type=activity_type, kind=facts.pop("kind", "good_deed"), **facts)


def a_document(*rules: str, more: str = "", head: str = HEAD) -> str:
    """A rulebook's text; each rule is the inside of a YAML flow mapping, id and title are added."""
    lines = [f"  - {{id: r{index}, title: {{zh: 清洁, en: Cleaning}}, {rule}}}" for index, rule in enumerate(rules)]
    return head + "rules:\n" + "\n".join(lines) + "\n" + more


def a_rulebook(*rules: str, points_scale: int = 0, more: str = "") -> Rulebook:
    return load(a_document(*rules, more=more), points_scale=points_scale)


@lru_cache
def bundled(name: str, points_scale: int = 0) -> Rulebook:
    return load(book(name), points_scale=points_scale)


def live(rulebook: Rulebook, deeds: Iterable[Deed]) -> list[Assessment]:
    """The deeds assessed in order, each seeing those before it."""
    tallies, assessments = Tallies(), []
    kept = list(deeds)
    for deed in kept:
        tallies.ask(needs(rulebook, deed))
    for deed in kept:
        assessments.append(assess(rulebook, deed, tallies.of(needs(rulebook, deed))))
        tallies.add(assessments[-1])
    return assessments


def points_of(rulebook: Rulebook, *deeds: Deed) -> list[int]:
    return [assessment.points for assessment in live(rulebook, deeds)]
