"""The lines of an assessment: each names its rule and every number between the deed and the points.

Lines are facts. The sentences are made from them when somebody reads them (`explanation.py`).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from ledger.rules import explanation
from ledger.rules.deeds import Deed
from ledger.rules.parts import Text
from ledger.rules.rule import Rule


class Cut(NamedTuple):
    """What a cap took away: `before` had counted already of the `most` that may."""

    of: str
    name: str
    per: str
    by: str
    unit: str
    most: int
    before: int
    cut: int


class Factor(NamedTuple):
    """The level of a coefficient table that applied."""

    table: str
    title: Text
    factor: Fraction


class Line(NamedTuple):
    """One part of an award and its reason. `points` of all lines, in the smallest unit, add up to the award.

    Always `points == earned - what caps on points cut`, with the sign turned for a penalty.
    """

    outcome: str
    """award, penalty, void, repeated, no_key, no_rule, ceiling."""
    points: int
    points_scale: int
    deed: Deed
    rule: Rule | None = None
    quantity: int = 0
    """Of what was done, in minutes or in what the rule counts."""
    rounded: int = 0
    """After thresholds and steps."""
    counted: int = 0
    """After caps on minutes, counts and records."""
    rate: Fraction = Fraction(0)
    """Smallest units of points for one of `quantity`."""
    coefficient: Fraction = Fraction(1)
    factors: tuple[Factor, ...] = ()
    earned: int = 0
    """Points before caps on points."""
    cuts: tuple[Cut, ...] = ()
    why: Text | None = None
    unknown: tuple[str, ...] = ()
    """Conditions on facts that nobody told the bank: they were taken as not met."""

    @property
    def rule_id(self) -> str | None:
        return self.rule.id if self.rule else None

    @property
    def capped_points(self) -> int:
        """The surplus that caps and ceilings took."""
        return sum(cut.cut for cut in self.cuts if cut.unit == "points")

    @property
    def zh(self) -> str:
        return explanation.chinese(self)

    @property
    def en(self) -> str:
        return explanation.english(self)

    def facts(self) -> dict[str, Any]:
        """The line with its workings: whole numbers and words; a rate or coefficient is a fraction in a string."""
        facts: dict[str, Any] = {"rule": self.rule_id, "zh": self.zh, "en": self.en, "points": self.points}
        if self.rule is not None and self.outcome in ("award", "penalty"):
            facts |= {"quantity": self.quantity, "counted": self.counted, "rate": str(self.rate)}
            if self.coefficient != 1:
                facts["coefficient"] = str(self.coefficient)
        if self.cuts:
            facts["capped"] = [cut._asdict() for cut in self.cuts]
        return facts
