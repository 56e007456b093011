"""A draft over past deeds (E18): who would have got what, and which caps bind. Nothing is posted.

Deeds are assessed in the order given, each seeing those before it. A sum is kept for every question that some deed
asks, and each assessment is added to the sums it belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ledger.rules.assessment import Assessment, assess
from ledger.rules.deeds import Deed, Id
from ledger.rules.history import NOTHING, History, HistoryKey, Tally, balance_key, speaks_of
from ledger.rules.needs import needs
from ledger.rules.rulebook import Rulebook

Topic = tuple[str, str, str, Id]


class Tallies:
    """The past of many deeds: knows the keys it was told of, and adds to them what is given afterwards."""

    def __init__(self, known: History | None = None) -> None:
        self._tallies: dict[HistoryKey, Tally] = {}
        self._by_topic: dict[Topic, list[HistoryKey]] = {}
        for key, tally in (known or {}).items():
            self._know(key, tally)

    def of(self, keys: Iterable[HistoryKey]) -> dict[HistoryKey, Tally]:
        """The answers to these keys; one never asked for before is nothing."""
        return {key: self._tallies.get(key, NOTHING) for key in keys}

    def ask(self, keys: Iterable[HistoryKey]) -> None:
        """Keep these keys from now on."""
        for key in keys:
            if key not in self._tallies:
                self._know(key, NOTHING)

    def add(self, assessment: Assessment) -> None:
        """Add what an assessment gave to every key it belongs to."""
        deed = assessment.deed
        for mark in assessment.marks:
            for topic in _topics(mark.rule, mark.theme, mark.counter):
                for by in ("person", "household", "organisation", "everybody"):
                    for key in self._by_topic.get((*topic, by, deed.subject(by)), ()):
                        if speaks_of(key, deed, mark):
                            self._tallies[key] = self._tallies[key].plus(mark.tally)
        for credit in assessment.credits:
            key = balance_key(deed, credit.to)
            if credit.use == "spendable" and key in self._tallies:
                held = self._tallies[key]
                self._tallies[key] = held._replace(points=held.points + credit.points)

    def _know(self, key: HistoryKey, tally: Tally) -> None:
        self._tallies[key] = tally
        self._by_topic.setdefault((key.of, key.name, key.by, key.subject), []).append(key)


def _topics(rule: str, theme: str, counter: str) -> list[tuple[str, str]]:
    topics = [("counter", counter)] if counter else [("rule", rule), ("unique", rule), ("book", "")]
    return [*topics, ("theme", theme)] if theme else topics


@dataclass(slots=True)
class Simulation:
    """What a draft would have given. Points in the smallest unit."""

    deeds: int = 0
    points: int = 0
    by_person: Counter[Id] = field(default_factory=Counter)
    by_rule: Counter[str | None] = field(default_factory=Counter)
    capped: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    """How often each cap bound: (rule, theme, book or ceiling; its name; period; unit)."""
    flags: Counter[str] = field(default_factory=Counter)


def simulate(
    rulebook: Rulebook,
    deeds: Callable[[], Iterable[Deed]],
    told: Callable[[int, Assessment], None] | None = None,
) -> Simulation:
    """The draft over these deeds, oldest first. `told(number, assessment)` hears of each, for a table and progress.

    `deeds()` is gone through twice, first to see what will be asked: only the answers are kept, never the deeds.
    """
    tallies = Tallies()
    for deed in deeds():
        tallies.ask(needs(rulebook, deed))
    result = Simulation()
    for number, deed in enumerate(deeds(), 1):
        assessment = assess(rulebook, deed, tallies.of(needs(rulebook, deed)))
        tallies.add(assessment)
        result.deeds += 1
        result.points += assessment.points
        result.by_person[deed.person] += assessment.points
        for line in assessment.lines:
            result.by_rule[line.rule_id] += line.points
            result.capped.update((cut.of, cut.name, cut.per, cut.unit) for cut in line.cuts)
        result.flags.update(flag.counter for flag in assessment.flags)
        if told is not None:
            told(number, assessment)
    return result
