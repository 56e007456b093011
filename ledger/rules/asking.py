"""What a rulebook asks about deeds: every condition in it, and which facts these name. Whoever looks facts up reads no
more than is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ledger.rules.conditions import FACTS, Condition, Range
from ledger.rules.periods import CALENDAR

if TYPE_CHECKING:
    from ledger.rules.rulebook import Rulebook

DATED = tuple(period for period in CALENDAR if period != "lifetime")
CARRIED = {"value": "value", "measure": "measures"}
"""Bases of a rate that look at a quantity of the deed."""
Asked = tuple[str, Condition, frozenset[str]]
"""Where a condition stands, what it says, and of which kinds of deed it is asked."""


def conditions_of(book: Rulebook) -> Iterator[Asked]:
    """Every condition that decides what a deed is given."""
    awarded = frozenset(kind for rule in book.rules if rule.effect == "award" for kind in rule.deed_kinds)
    for at, rule in enumerate(book.rules):
        kinds = frozenset(rule.deed_kinds)
        if rule.when:
            yield f"rules[{at}].when", rule.when, kinds
        for each, condition in enumerate(rule.unless):
            yield f"rules[{at}].unless[{each}]", condition, kinds
        for each, void in enumerate(rule.voids):
            yield f"rules[{at}].voids[{each}].when", void.when, kinds
    for at, table in enumerate(book.coefficients):
        kinds = frozenset(kind for rule in book.rules if table.id in rule.coefficients for kind in rule.deed_kinds)
        for each, level in enumerate(table.levels):
            if level.when:
                yield f"coefficients[{at}].levels[{each}].when", level.when, kinds
    for at, void in enumerate(book.voids):
        yield f"voids[{at}].when", void.when, awarded
    for at, exclusion in enumerate(book.exclusions):
        if "awards" in exclusion.bars:
            yield f"exclusions[{at}].when", exclusion.when, awarded
    for at, counter in enumerate(book.counters):
        if counter.when:
            yield f"counters[{at}].when", counter.when, frozenset(counter.deeds)
    for at, route in enumerate(book.posting.exceptions):
        yield f"posting.exceptions[{at}].when", route.when, awarded


def facts_asked(book: Rulebook) -> Mapping[str, frozenset[Any]]:
    """The fields of a deed that are asked about, each with the words or bounds that are asked for: all that must be
    known of it to answer.
    """
    asked: dict[str, set[Any]] = {}
    for _, when, _ in conditions_of(book):
        for name, value in when.asked():
            asked.setdefault(FACTS[name].of, set()).update(_sought(value))
    for rule in book.rules:
        if rule.per in CARRIED:
            asked.setdefault(CARRIED[rule.per], set()).update({rule.measure} if rule.measure else ())
    if _splits_nights(book):
        asked.setdefault("starts_minute", set())
    return {fact: frozenset(sought) for fact, sought in asked.items()}


def _splits_nights(book: Rulebook) -> bool:
    """Whether it matters on which side of midnight a minute lies: something timed is counted by days or longer."""
    themes = {theme.id: theme.caps for theme in book.themes}
    for rule in book.rules:
        if rule.timed:
            caps = (*rule.caps, *book.caps, *themes.get(rule.theme or "", ()))
            periods = {rule.accumulate, rule.threshold.per if rule.threshold else "", *(cap.per for cap in caps)}
            if periods & set(DATED):
                return True
    return False


def _sought(value: Any) -> set[Any]:
    if isinstance(value, Range):
        return {value.low, value.high + 1}
    if isinstance(value, tuple):
        return {one[0] if isinstance(one, tuple) else one for one in value}
    return set()


def reached(bounds: frozenset[int], number: int) -> int:
    """The highest of these bounds that a number reaches; 0 below all. It meets the same conditions as the number."""
    return max((bound for bound in bounds if bound <= number), default=0)
