"""Which rules of a book a deed meets. Worked out as far as possible when the book is loaded: every posting asks."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ledger.rules.asking import facts_asked
from ledger.rules.conditions import Condition, Test, questions_of
from ledger.rules.deeds import DEED_KINDS, Deed
from ledger.rules.history import Past
from ledger.rules.numbering import before
from ledger.rules.rule import MINUTES_PER, Cap, Level, Rule, Void

if TYPE_CHECKING:
    from ledger.rules.counters import Counter
    from ledger.rules.parts import Text
    from ledger.rules.rulebook import Rulebook

PER_POINT_UNIT = ("value", "balance")


def rounded(rounding: str | None, numerator: int, denominator: int) -> int:
    """The whole number that `numerator / denominator` (never negative) rounds to; down if nothing is said."""
    if rounding == "ceil":
        return -(-numerator // denominator)
    if rounding == "half_up":
        return (2 * numerator + denominator) // (2 * denominator)
    return numerator // denominator


class ReadyRule:
    """A rule with its questions and numbers made ready."""

    __slots__ = (
        *("denominator", "direct", "numerator", "points_caps", "quantity_caps", "rate", "rule", "step", "tables"),
        *("tests", "timed", "unless", "void_tests", "wants"),
    )

    def __init__(self, rule: Rule, book: Rulebook, indexed: tuple[str, ...]) -> None:
        self.rule = rule
        self.rate: Fraction = rule.points / (MINUTES_PER.get(rule.per, 1) * rule.per_count)
        if rule.per in PER_POINT_UNIT:
            self.rate /= 10**book.points_scale
        self.numerator, self.denominator = self.rate.as_integer_ratio()
        self.step, self.timed = rule.step, rule.timed
        self.tests = questions_of(rule.when, leaving=indexed)
        self.unless = tuple(questions_of(condition) for condition in rule.unless)
        caps = _caps_on(rule, book)
        self.quantity_caps = tuple(cap for cap in caps if cap.cap.unit != "points")
        self.points_caps = tuple(cap for cap in caps if cap.cap.unit == "points")
        tables = {table.id: table for table in book.coefficients}
        self.tables = tuple(
            (name, tuple((questions_of(level.when), level) for level in tables[name].levels))
            for name in rule.coefficients
            if name in tables
        )
        self.void_tests = tuple(
            (void, questions_of(void.when)) for void in (*rule.voids, *(book.voids if rule.effect == "award" else ()))
        )
        self.wants = _wanted(rule, book)
        remembers = rule.threshold is not None or rule.accumulate != "deed"
        self.direct = not (remembers or self.tables or rule.effect == "penalty")

    def met_by(self, deed: Deed) -> bool:
        """Whether the conditions hold, whatever happened before."""
        for test in self.tests:
            if not test(deed):
                return False
        return not any(_all(tests, deed) for tests in self.unless) if self.unless else True

    def void_for(self, deed: Deed) -> Void | None:
        """Why the deed counts for nothing here; None if it does count."""
        for void, tests in self.void_tests:
            if _all(tests, deed):
                return void
        return None

    def factors(self, deed: Deed) -> list[tuple[str, Level]]:
        """The level reached in each coefficient table."""
        found = []
        for name, levels in self.tables:
            for tests, level in levels:
                if _all(tests, deed):
                    found.append((name, level))
                    break
        return found


PERSONAL = ("party_statuses", "age", "day_kinds", "time_of_day")
"""Conditions on facts that the books would know and somebody did not tell them."""


def _wanted(rule: Rule, book: Rulebook) -> tuple[str, ...]:
    """Which of these the rule looks at, in the order of the form."""
    levels = [level.when for table in book.coefficients if table.id in rule.coefficients for level in table.levels]
    looked: list[Condition | None] = [rule.when, *rule.unless, *levels, *(void.when for void in rule.voids)]
    return tuple(name for name in PERSONAL if any(when and getattr(when, name) is not None for when in looked))


class CapOn(NamedTuple):
    """A cap and what it caps: this rule, its theme, or the whole book."""

    of: str
    name: str
    cap: Cap
    per: str
    by: str
    unit: str
    most: int


def _caps_on(rule: Rule, book: Rulebook) -> list[CapOn]:
    found = [("rule", rule.id, cap) for cap in rule.caps]
    found += [("theme", theme.id, cap) for theme in book.themes if theme.id == rule.theme for cap in theme.caps]
    if rule.effect == "award":
        found += [("book", "", cap) for cap in book.caps]
    return [
        CapOn(of, name, cap, cap.per, cap.by, cap.unit, cap.most)
        for of, name, cap in found
        if rule.timed or cap.unit != "minutes"
    ]


def _longest(book: Rulebook) -> dict[str, int]:
    asked = {counter.id: max((raised.at or 0 for raised in counter.raises), default=0) for counter in book.counters}
    for occurrence in (rule.occurrence for rule in book.rules if rule.occurrence):
        most = max(occurrence.at_least, occurrence.at_most or 0)
        asked[occurrence.counter] = max(asked.get(occurrence.counter, 0), most)
    return asked


class Selection:
    """The rules of a book by the kind of deed and activity type they speak of."""

    __slots__ = ("_others", "_typed", "asked", "counters", "longest", "pools", "shares", "terms", "wants")

    def __init__(self, book: Rulebook) -> None:
        self.terms: dict[str, Text] = dict(book.terms)
        self.pools = tuple(account.account for account in book.accounts if account.pools)
        self.shares = any(rule.credits for rule in book.rules)
        self.asked = facts_asked(book)
        """The facts of a deed that this book looks at, and what of them is sought."""
        self._typed: dict[tuple[str, str], tuple[ReadyRule, ...]] = {}
        self._others: dict[str, tuple[ReadyRule, ...]] = {}
        typed = {
            rule.id: rule.when.activity_types if rule.when and rule.when.activity_types else None for rule in book.rules
        }
        names = sorted({name for types in typed.values() for name in types or ()})
        ready = [(rule, ReadyRule(rule, book, ("activity_types",))) for rule in book.rules]
        self.longest = _longest(book)
        """How far back a run of days is looked for, by counter: one beyond what anything asks."""
        self.wants = any(made.wants for _, made in ready)
        for kind in DEED_KINDS:
            of_kind = [(rule, made) for rule, made in ready if kind in rule.deed_kinds]
            self._others[kind] = tuple(made for rule, made in of_kind if typed[rule.id] is None)
            for name in names:
                self._typed[kind, name] = tuple(
                    made for rule, made in of_kind if (types := typed[rule.id]) is None or name in types
                )
        self.counters: dict[str, tuple[tuple[Counter, tuple[Test, ...]], ...]] = {
            kind: tuple((counter, questions_of(counter.when)) for counter in book.counters if kind in counter.deeds)
            for kind in DEED_KINDS
        }

    def candidates(self, deed: Deed) -> tuple[ReadyRule, ...]:
        """The rules that speak of this kind of deed and activity, in document order."""
        found = self._typed.get((deed.kind, deed.activity_type))
        return self._others[deed.kind] if found is None else found

    def chosen(self, deed: Deed, past: Past, book: Rulebook) -> list[ReadyRule]:
        """The first rule that applies and all that add to it, in document order."""
        based = False
        found = []
        for ready in self.candidates(deed):
            rule = ready.rule
            if (rule.adds or not based) and ready.met_by(deed):
                asked = rule.occurrence
                if asked is None or asked.holds(self.number(deed, past, asked.counter, book)):
                    based = based or not rule.adds
                    found.append(ready)
        return found

    def counted_by(self, deed: Deed) -> list[Counter]:
        """The counters this deed belongs to."""
        return [counter for counter, tests in self.counters[deed.kind] if _all(tests, deed)]

    def number(self, deed: Deed, past: Past, counter_id: str, book: Rulebook) -> int:
        """Which number in its counter the deed is; 0 if the counter does not count it, or has counted its day."""
        for counter in self.counted_by(deed):
            if counter.id == counter_id:
                earlier = before(book, counter, deed, past)
                return 0 if earlier is None else earlier + 1
        return 0


def _all(tests: tuple[Test, ...], deed: Deed) -> bool:
    for test in tests:  # noqa: SIM110 - a generator costs more than the questions
        if not test(deed):
            return False
    return True
