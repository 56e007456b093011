"""The rules of the bank: pure, exact and explained. No clock, no database, no network.

    rulebook = load(book("hailin"), points_scale=0)
    deed = Deed(activity_type="cleaning", served_on=date(2026, 3, 1), minutes=180, capture_method="clocked")
    assess(rulebook, deed, history=()).points  # 2

A rulebook is a YAML text of named fields: whoever reads it aloud has read the rule.
"""

from ledger.rules.assessment import Assessment, Line, assess
from ledger.rules.bundled import BOOKS, book
from ledger.rules.deeds import CAPTURE_METHODS, HONORARY_METHODS, Deed, PastDeed, inputs_from, recorded_inputs
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.loader import load
from ledger.rules.rulebook import Cap, LapsePolicy, Rule, Rulebook, Text, in_force
from ledger.rules.stars import STAR_LADDER_HOURS, star_level

__all__ = [
    "BOOKS",
    "CAPTURE_METHODS",
    "HONORARY_METHODS",
    "STAR_LADDER_HOURS",
    "Assessment",
    "Cap",
    "Deed",
    "Finding",
    "LapsePolicy",
    "Line",
    "PastDeed",
    "Rule",
    "Rulebook",
    "RulebookInvalid",
    "Text",
    "assess",
    "book",
    "in_force",
    "inputs_from",
    "load",
    "recorded_inputs",
    "star_level",
]
