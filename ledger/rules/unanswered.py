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

HELD_OF_STARS = frozenset({"persons", "tenure_days", "star_level", "weekdays", "season", "days"})
"""Conditions on facts that are known of somebody whose stars are judged."""
HELD_AT_THE_DESK = frozenset({"persons", "weekdays", "season", "days"})
"""Conditions on facts that are known of somebody who redeems."""
ON_BEHALF = {"service": frozenset({"person", "group"})}
"""On whose behalf deeds of a kind can be recorded; all others on anybody's."""


def unanswered(rulebook: Rulebook) -> list[Finding]:
    """What of a rulebook the books cannot carry out yet; empty where it can come into force."""
    found = []

    def waits(field: str, zh: str, en: str) -> None:
        more_zh, more_en = (
            "可以先模拟, 以后的版本才能生效",
            "it can be simulated, and comes into force in a later version",
        )
        found.append(Finding(line=1, field=field, zh=f"{zh}, {more_zh}", en=f"{en} yet: {more_en}"))

    for field, name in _unheld(rulebook):
        zh, en = WORDS[name]
        waits(f"{field}.{name}", f"账本暂不掌握“{zh}”这一事实", f"the books do not know this of a deed ({en})")
    lapse = rulebook.lapse
    lapses = (("lapse", lapse), *((f"rules[{at}].lapse", rule.lapse) for at, rule in enumerate(rulebook.rules)))
    for field, one in lapses:
        if field != "lapse" and one is not None and (one.governs_wallets or lapse.governs_wallets):
            zh = "一个账户里同一天到期的积分不分规则, 结转, 清零和重新起算只能为全部积分写一种办法"
            en = "points of one day are not told apart by rule: carry over, reset and renew by one policy for all"
            found.append(Finding(line=1, field=field, zh=zh, en=en))
    return found


def _unheld(book: Rulebook) -> Iterator[tuple[str, str]]:
    """(where, which) of the conditions on facts that the books do not hold."""
    for field, when, kinds in conditions_of(book):
        for name, value in when.asked():
            if not all(_is_held(name, value, kind) for kind in kinds):
                yield field, name
    for index, exclusion in enumerate(book.exclusions):
        for bars, held in (("redemptions", HELD_AT_THE_DESK), ("stars", HELD_OF_STARS)):
            if bars in exclusion.bars:
                yield from (
                    (f"exclusions[{index}].when", name) for name, _ in exclusion.when.asked() if name not in held
                )
    for index, ladder in enumerate(book.ladders):
        for name, _ in ladder.who.asked() if ladder.who else ():
            if name not in HELD_OF_STARS:
                yield f"ladders[{index}].who", name


def _is_held(name: str, value: Iterable[str], kind: str) -> bool:
    return name != "accounts" or ON_BEHALF.get(kind, frozenset(ACCOUNTS)) >= set(value)
