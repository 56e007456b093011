"""The rules of the bank: pure, exact and explained. No clock, no database, no network.

A rulebook is a YAML text of named fields: whoever reads it aloud has read the rule.
"""

from ledger.rules.assessment import Assessment, Line, assess
from ledger.rules.deeds import CAPTURE_METHODS, HONORARY_METHODS, Deed, PastDeed, inputs_from, recorded_inputs
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.loader import load
from ledger.rules.rulebook import Cap, LapsePolicy, Rule, Rulebook, Text, in_force

__all__ = [
    "CAPTURE_METHODS",
    "HONORARY_METHODS",
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
    "in_force",
    "inputs_from",
    "load",
    "recorded_inputs",
]
