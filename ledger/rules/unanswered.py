"""Which rulebooks must wait: what of them the books cannot carry out yet, said before they come into force.

A condition on a fact that the books do not hold would never be met, and nobody would be told: a loud no is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.rules.conditions import WORDS, Condition
from ledger.rules.findings import Finding
from ledger.rules.rulebook import Rulebook

HELD = frozenset(
    {
        *("activity_types", "capture_methods", "evaluations", "accounts", "minutes", "counts"),
        *("weekdays", "season", "days"),
    }
)
"""Conditions on facts that the books hold of every deed."""
HELD_OF_OTHERS = HELD | {"tags", "all_tags", "measures"}
"""The same of deeds other than service."""
HELD_AT_THE_DESK = frozenset({"persons", "weekdays", "season", "days"})
"""The same of somebody who redeems."""
ON_BEHALF = {"service": frozenset({"person", "group"})}
"""On whose behalf deeds of a kind can be recorded; all others are a person's."""
SAID_OF_OTHERS = ("value", "measure")
"""Quantities that only deeds other than service are recorded with."""


def unanswered(rulebook: Rulebook) -> list[Finding]:
    """What of a rulebook the books cannot carry out yet; empty where it can come into force."""
    found = []

    def waits(field: str, zh: str, en: str) -> None:
        more_zh, more_en = (
            "可以先模拟, 以后的版本才能生效",
            "it can be simulated, and comes into force in a later version",
        )
        found.append(Finding(line=1, field=field, zh=f"{zh}, {more_zh}", en=f"{en} yet: {more_en}"))

    routes = (rulebook.posting, *rulebook.posting.exceptions)
    if any(route.notice_days or route.review_within_days is not None for route in routes):
        waits("posting", "账本暂不能先公示再入账", "the books cannot post after a notice")
    for index, rule in enumerate(rulebook.rules):
        if rule.per in SAID_OF_OTHERS and "service" in rule.deed_kinds:
            waits(f"rules[{index}].per", "志愿服务记录暂不带这种数量", "no such quantity is recorded with service")
    for field, name in _unheld(rulebook):
        zh, en = WORDS[name]
        waits(f"{field}.{name}", f"账本暂不掌握“{zh}”这一事实", f"the books do not know this of a deed ({en})")
    lapse = rulebook.lapse
    if lapse.carry_over_points is not None or lapse.carry_over_share is not None or lapse.resets_on_redeem:
        waits("lapse", "账本暂不能结转或清零", "the books cannot carry over or reset")
    lapses = (lapse, *(rule.lapse for rule in rulebook.rules if rule.lapse))
    if any(one.renews_on_award for one in lapses):
        waits("lapse", "账本暂不能因再次得分而重新起算", "the books cannot start the time anew with each award")
    return found


def _unheld(book: Rulebook) -> Iterator[tuple[str, str]]:
    """(where, which) of the conditions on facts that the books do not hold."""
    for field, when, kinds in _asking(book):
        for name, value in when.asked():
            if not all(_is_held(name, value, kind) for kind in kinds):
                yield field, name
    for index, exclusion in enumerate(book.exclusions):
        if "redemptions" in exclusion.bars:
            for name, _ in exclusion.when.asked():
                if name not in HELD_AT_THE_DESK:
                    yield f"exclusions[{index}].when", name


def _is_held(name: str, value: Iterable[str], kind: str) -> bool:
    if name == "accounts":
        return ON_BEHALF.get(kind, frozenset({"person"})) >= set(value)
    return name in (HELD if kind == "service" else HELD_OF_OTHERS)


def _asking(book: Rulebook) -> Iterator[tuple[str, Condition, frozenset[str]]]:
    """Every condition that decides what a deed is given: where it stands, and which kinds of deed it is asked of."""
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
