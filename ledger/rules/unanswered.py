"""Which rulebooks must wait: what of them the books cannot carry out yet, said before they come into force.

A condition on a fact that the books do not hold would never be met, and nobody would be told: a loud no is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.rules.asking import conditions_of
from ledger.rules.conditions import WORDS
from ledger.rules.deeds import ACCOUNTS
from ledger.rules.findings import Finding
from ledger.rules.rulebook import Rulebook

HELD = frozenset(
    {
        *("activity_types", "capture_methods", "evaluations", "accounts", "minutes", "counts"),
        *("weekdays", "season", "days"),
        *("organisers", "organiser_levels", "persons", "posts", "party_statuses", "party_reports", "age"),
        *("residences", "tenure_days", "team_member", "flags", "tags", "all_tags", "activity_classes"),
        *("activity_levels", "filed", "published", "time_of_day", "day_kinds"),
    }
)
"""Conditions on facts that the books hold of every deed."""
HELD_OF_OTHERS = HELD | {"measures"}
"""The same of deeds other than service."""
HELD_AT_THE_DESK = frozenset({"persons", "weekdays", "season", "days"})
"""The same of somebody who redeems."""
ON_BEHALF = {"service": frozenset({"person", "group"})}
"""On whose behalf deeds of a kind can be recorded; all others on anybody's."""
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
    for field, when, kinds in conditions_of(book):
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
        return ON_BEHALF.get(kind, frozenset(ACCOUNTS)) >= set(value)
    return name in (HELD if kind == "service" else HELD_OF_OTHERS)
