"""From a rule and a deed to points: threshold, steps, caps on what counts, coefficients, rounding, caps on points.

A deed over midnight is counted date by date; its remainders go with it, so that splitting loses nothing.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.rules.deeds import Deed, days_of
from ledger.rules.history import HistoryKey, Mark, Past, Tally, balance_key, history_key
from ledger.rules.lines import Cut, Factor, Line
from ledger.rules.rule import Rule
from ledger.rules.selection import CapOn, ReadyRule, rounded

if TYPE_CHECKING:
    from ledger.rules.rulebook import Rulebook


def quantity_of(rule: Rule, deed: Deed, past: Past) -> int:
    """How much the rule sees: minutes, acts, a measure, the value carried, the balance held, or one."""
    if rule.timed:
        return deed.minutes
    if rule.per in ("act", "month"):
        return deed.count
    if rule.per == "measure":
        return dict(deed.measures).get(rule.measure or "", 0)
    if rule.per == "value":
        return deed.value
    return max(0, past.of(balance_key(deed, "person")).points) if rule.per == "balance" else 1


def direct_line(book: Rulebook, ready: ReadyRule, deed: Deed, past: Past) -> Line:
    """The short way: no coefficients, no memory but caps, and a deed within one day."""
    rule, on = ready.rule, deed.served_on
    quantity = deed.minutes if ready.timed else quantity_of(rule, deed, past)
    step = ready.step
    steps = counted = quantity if step == 1 else rounded(rule.rounding, quantity, step) * step
    cuts: list[Cut] = []
    if ready.quantity_caps:
        counted = within_caps(book, ready, deed, past, ready.quantity_caps, on, counted, cuts)
    points = earned = _points(rule, counted * ready.numerator, ready.denominator)
    if ready.points_caps:
        points = within_caps(book, ready, deed, past, ready.points_caps, on, earned, cuts)
    deeds = 1 if counted or points else 0
    tally = Tally(deeds, quantity, quantity, counted, counted if ready.timed else 0, points, 0)
    past.marks.append(Mark(on, tally, rule.id, rule.theme or "", "", deed.key))
    return Line(
        "award",
        points,
        book.points_scale,
        deed,
        rule,
        quantity,
        steps,
        counted,
        ready.rate,
        ONE,
        (),
        earned,
        tuple(cuts),
    )


def within_caps(
    book: Rulebook,
    ready: ReadyRule,
    deed: Deed,
    past: Past,
    caps: tuple[CapOn, ...],
    on: date,
    wanted: int,
    cuts: list[Cut],
    *,
    began: bool = False,
) -> int:
    """How much of what is wanted the caps let through; what each takes away goes into `cuts`. `began`: an earlier date
    of the same deed has counted as a record already.
    """
    for of, name, _, per, by, unit, most in caps:
        if not wanted:
            break
        tally = past.of(history_key(of, name, per, by, deed, on, book.year_begins))
        if unit == "points":
            before = tally.taken if ready.rule.effect == "penalty" else tally.points
            allowed = max(0, most - before)
        elif unit == "deeds":
            before = tally.deeds
            allowed = wanted if before < most or began else 0
        else:
            before = tally.minutes if unit == "minutes" else tally.counted
            allowed = max(0, most - before)
            # A remainder smaller than a step earns nothing, also when an earlier version used another step.
            allowed -= allowed % ready.step
        if allowed < wanted:
            cuts.append(Cut(of, name, per, by, unit, most, before, wanted - allowed))
            wanted = allowed
    return wanted


ONE = Fraction(1)


def counted_line(book: Rulebook, ready: ReadyRule, deed: Deed, past: Past) -> Line:
    """The long way: every cap asks what was before, earlier dates of the same deed included."""
    rule = ready.rule
    levels = ready.factors(deed)
    coefficient = stacked(rule.stacking, [level.factor for _, level in levels])
    worth = ready.rate * coefficient
    quantity = quantity_of(rule, deed, past)
    days = days_of(deed) if rule.timed else ((deed.served_on, quantity),)
    day = _Day(book, ready, deed, past, worth)
    for on, part in days:
        day.count(on, part)
    sign = -1 if rule.effect == "penalty" else 1
    return Line(
        outcome=rule.effect,
        points=sign * day.points,
        points_scale=book.points_scale,
        deed=deed,
        rule=rule,
        quantity=quantity,
        rounded=day.rounded,
        counted=day.counted,
        rate=ready.rate,
        coefficient=coefficient,
        factors=tuple(Factor(name, level.title, level.factor) for name, level in levels),
        earned=day.earned,
        cuts=tuple(day.cuts),
    )


def stacked(stacking: str, factors: list[Fraction]) -> Fraction:
    """Several coefficients as one; 1 if there are none. `sum` adds what each is more or less than 1."""
    if not factors:
        return Fraction(1)
    if stacking == "max":
        return max(factors)
    if stacking == "first":
        return factors[0]
    if stacking == "sum":
        return max(Fraction(0), 1 + sum((factor - 1 for factor in factors), Fraction(0)))
    product = Fraction(1)
    for factor in factors:
        product *= factor
    return product


def _points(rule: Rule, numerator: int, denominator: int) -> int:
    step = rule.points_step or 1
    return rounded(rule.rounding, numerator, denominator * step) * step


class _Day:
    """One rule counted date by date; what is added up here becomes the line."""

    def __init__(self, book: Rulebook, ready: ReadyRule, deed: Deed, past: Past, worth: Fraction) -> None:
        self._book, self._ready, self._rule = book, ready, ready.rule
        self._deed, self._past, self._worth = deed, past, worth
        self.rounded = self.counted = self.earned = self.points = 0
        self.cuts: list[Cut] = []
        self._began = False

    def count(self, on: date, quantity: int) -> None:
        rule = self._rule
        eligible = self._eligible(on, quantity)
        before = self._past.of(self._key(on, "rule", rule.id, rule.accumulate, "person"))
        steps = self._steps(before.eligible + eligible) - self._steps(before.eligible)
        counted = self._within(self._ready.quantity_caps, on, steps)
        worth = self._worth
        total, earlier = (before.counted + counted) * worth.numerator, before.counted * worth.numerator
        earned = _points(rule, total, worth.denominator) - _points(rule, earlier, worth.denominator)
        points = self._within(self._ready.points_caps, on, earned)
        if rule.effect == "penalty" and self._book.penalties == "drop":
            points = self._within_balance(points)
        self.rounded += steps
        self.counted += counted
        self.earned += earned
        self.points += points
        self._mark(on, quantity, eligible, counted, points)

    def _mark(self, on: date, quantity: int, eligible: int, counted: int, points: int) -> None:
        rule = self._rule
        deeds = int(not self._began and bool(counted or points))
        self._began = self._began or bool(deeds)
        gained, taken = (0, points) if rule.effect == "penalty" else (points, 0)
        tally = Tally(deeds, quantity, eligible, counted, counted if rule.timed else 0, gained, taken)
        self._past.marks.append(Mark(on, tally, rule.id, rule.theme or "", "", self._deed.key))

    def _within(self, caps: tuple[CapOn, ...], on: date, wanted: int) -> int:
        ready, deed, past = self._ready, self._deed, self._past
        return within_caps(self._book, ready, deed, past, caps, on, wanted, self.cuts, began=self._began)

    def _eligible(self, on: date, quantity: int) -> int:
        threshold = self._rule.threshold
        if threshold is None:
            return quantity
        before = self._past.of(self._key(on, "rule", self._rule.id, threshold.per, "person")).quantity
        return threshold.passes(before + quantity) - threshold.passes(before)

    def _steps(self, quantity: int) -> int:
        step = self._rule.step
        return quantity if step == 1 else rounded(self._rule.rounding, quantity, step) * step

    def _within_balance(self, points: int) -> int:
        held = max(0, self._past.of(balance_key(self._deed, "person")).points)
        taken = sum(mark.tally.taken for mark in self._past.marks if mark.rule)
        room = max(0, held - taken)
        if points > room:
            self.cuts.append(Cut("balance", "", "lifetime", "person", "points", held, taken, points - room))
        return min(points, room)

    def _key(self, on: date, of: str, name: str, per: str, by: str) -> HistoryKey:
        return history_key(of, name, per, by, self._deed, on, self._book.year_begins)
