"""A rulebook as frozen values: what the loader makes of the YAML and what `assess` reads.

A deed is assessed under the rulebook in force on the day of the deed; a new version never changes what was awarded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, date
from fractions import Fraction

from ledger.rules.deeds import CAPTURE_METHODS, Deed

MINUTES_PER = {"hour": 60, "half_hour": 30, "minute": 1}
"""The timed bases of a rate. The other basis, `session`, gives the same for every deed however long it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsePolicy:
    """When points lapse: `never`, or at the end of the year `years_after` years after the one they were earned in."""

    policy: str
    years_after: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """The most one volunteer gets from one rule in one activity: minutes counted, points (smallest unit), or both."""

    minutes: int | None = None
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `rate` is in smallest units of points per minute, or per session where `per` is `session`.

    No `activity_types` or no `capture_methods` means any. `rounding` turns served minutes into steps of `step_minutes`,
    and exact points into whole smallest units. A deed with an evaluation in `zero_when_evaluated` counts for nothing.
    """

    id: str
    title: Text
    activity_types: tuple[str, ...]
    capture_methods: tuple[str, ...]
    per: str
    rate: Fraction
    step_minutes: int
    rounding: str
    cap: Cap
    zero_when_evaluated: tuple[tuple[str, Text], ...]

    def zeroing(self, evaluation: str | None) -> Text | None:
        """The words for an evaluation that makes a deed count for nothing; None where it does not."""
        return next((text for code, text in self.zero_when_evaluated if code == evaluation), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """One version of a bank's rules. `points_scale` is the bank's decimals: 10**points_scale units are a point."""

    code: str
    version: int
    title: Text
    effective_from: date
    points_scale: int
    rules: tuple[Rule, ...]
    lapse: LapsePolicy
    posting: str
    _named: dict[str, dict[str, Rule]] = field(init=False, repr=False, compare=False)
    _others: dict[str, Rule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # First match in document order, worked out once for each activity type that is named: every posting asks.
        named = {name for rule in self.rules for name in rule.activity_types}
        object.__setattr__(self, "_named", {name: _first_by_method(self._rules_for(name)) for name in named})
        object.__setattr__(self, "_others", _first_by_method(self._rules_for(None)))

    def rule_for(self, deed: Deed) -> Rule | None:
        """The first rule, in document order, for the deed's activity type and capture method; None if there is none."""
        return self._named.get(deed.activity_type, self._others).get(deed.capture_method)

    def unheard_rules(self) -> tuple[Rule, ...]:
        """Rules that can never match, because earlier ones take every deed they speak of."""
        heard = {rule.id for by_method in (*self._named.values(), self._others) for rule in by_method.values()}
        return tuple(rule for rule in self.rules if rule.id not in heard)

    def lapse_day(self, earned_on: date) -> date | None:
        """The last day on which points earned on `earned_on` are valid; None means that they never lapse."""
        if self.lapse.policy == "never":
            return None
        return date(min(earned_on.year + self.lapse.years_after, MAXYEAR), 12, 31)

    def _rules_for(self, activity_type: str | None) -> list[Rule]:
        return [rule for rule in self.rules if not rule.activity_types or activity_type in rule.activity_types]


def _first_by_method(rules: Iterable[Rule]) -> dict[str, Rule]:
    first: dict[str, Rule] = {}
    for rule in rules:
        for method in rule.capture_methods or CAPTURE_METHODS:
            first.setdefault(method, rule)
    return first


def in_force(rulebooks: Sequence[Rulebook], on: date) -> Rulebook | None:
    """The rulebook with the latest `effective_from` not after `on`, on a tie the highest version; None before any."""
    begun = [rulebook for rulebook in rulebooks if rulebook.effective_from <= on]
    return max(begun, key=lambda rulebook: (rulebook.effective_from, rulebook.version, rulebook.code), default=None)
