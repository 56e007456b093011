"""The history that the books can answer today: a volunteer's earlier deeds in the same activity.

Whatever else a rulebook may ask of the past (`needs`) is answered by a simulation, which keeps its own tallies. Until
the store keeps them too, a rulebook that asks for more of service records cannot come into force: `unanswered` says
why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.rules.findings import Finding
from ledger.rules.history import HistoryKey, Tally
from ledger.rules.rule import Rule
from ledger.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDeed:
    """An earlier, unreversed deed of the same volunteer in the same activity, and what `rule_id` gave for it.

    Deeds that no rule matched count towards no cap and are left out of a history.
    """

    rule_id: str
    counted_minutes: int
    points: int


def history_in_activity(keys: Iterable[HistoryKey], past: Sequence[PastDeed]) -> dict[HistoryKey, Tally]:
    """The answers to `keys` from the deeds of one volunteer in one activity; only what is asked there is answered."""
    return {key: _tally(key.name, past) for key in keys if _answered(key)}


def _answered(key: HistoryKey) -> bool:
    return (key.of, key.by, key.per) == ("rule", "person", "activity")


def _tally(rule_id: str, past: Sequence[PastDeed]) -> Tally:
    counted = [deed for deed in past if deed.rule_id == rule_id]
    minutes = sum(deed.counted_minutes for deed in counted)
    return Tally(
        deeds=sum(1 for deed in counted if deed.counted_minutes or deed.points),
        counted=minutes,
        minutes=minutes,
        points=sum(deed.points for deed in counted),
    )


def unanswered(rulebook: Rulebook) -> list[Finding]:
    """What of a rulebook the books cannot carry out for service records yet; empty where it can come into force."""
    found = [
        Finding(
            line=1,
            field=f"rules[{index}].{what}",
            zh="账本暂不能执行这一项, 可以先模拟, 以后的版本才能生效",
            en="the books cannot carry this out yet: it can be simulated, and comes into force in a later version",
        )
        for index, rule in enumerate(rulebook.rules)
        if "service" in rule.deed_kinds
        for what in _beyond(rule)
    ]
    for name in ("caps", "ceilings"):
        if getattr(rulebook, name):
            zh, en = "账本暂不能执行这一项, 可以先模拟", "the books cannot carry this out yet: it can be simulated"
            found.append(Finding(line=1, field=name, zh=zh, en=en))
    routes = (rulebook.posting, *rulebook.posting.exceptions)
    if any(route.notice_days or route.review_within_days is not None for route in routes):
        zh, en = "账本暂不能先公示再入账, 可以先模拟", "the books cannot post after a notice yet: it can be simulated"
        found.append(Finding(line=1, field="posting", zh=zh, en=en))
    lapse = rulebook.lapse
    if lapse.carry_over_points is not None or lapse.carry_over_share is not None or lapse.resets_on_redeem:
        zh, en = "账本暂不能结转或清零, 可以先模拟", "the books cannot carry over or reset yet: it can be simulated"
        found.append(Finding(line=1, field="lapse", zh=zh, en=en))
    return found


def _beyond(rule: Rule) -> list[str]:
    within = all(cap.per in ("deed", "activity") and cap.by == "person" for cap in rule.caps)
    asks = {
        "adds": rule.adds,
        "effect": rule.effect == "penalty",
        "occurrence": rule.occurrence is not None,
        "per": rule.per == "balance",
        "accumulate": rule.accumulate != "deed",
        "threshold": rule.threshold is not None and rule.threshold.per != "deed",
        "caps": not within,
        "theme": rule.theme is not None,
        "once": rule.once is not None,
        "credits": bool(rule.credits),
        "lapse": rule.lapse is not None,
    }
    return [name for name, asked in asks.items() if asked]
