"""The rules of the bank: pure, exact and explained. No clock, no database, no network.

    rulebook = load(book("kunshan"), points_scale=0)
    deed = Deed(activity_type="cleaning", served_on=date(2026, 3, 1), minutes=330)
    assess(rulebook, deed).points  # 55

A rulebook is a YAML text of named fields: whoever reads it aloud has read the rule.
"""

from ledger.rules.activities import PastDeed, history_in_activity, unanswered
from ledger.rules.assessment import Assessment, after, assess, excluded
from ledger.rules.bundled import BOOKS, book
from ledger.rules.crediting import Credit
from ledger.rules.deeds import CAPTURE_METHODS, DEED_KINDS, HONORARY_METHODS, Deed, days_of
from ledger.rules.desk import LimitKey, Reason, Verdict, limit_keys, may_redeem
from ledger.rules.differences import Change, differences
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.history import History, HistoryKey, Mark, Tally, balance_key, speaks_of
from ledger.rules.inheritance import effective_day_of, inherit, parent_named
from ledger.rules.inputs import inputs_from, recorded_inputs
from ledger.rules.lines import Cut, Line
from ledger.rules.loader import load, rulebook_schema
from ledger.rules.needs import needs
from ledger.rules.parts import Text
from ledger.rules.redemption import Item, Wish, privileges_of
from ledger.rules.reviews import SUSPECT_METHODS, notice_ends, review_faults, reviewers_needed
from ledger.rules.rulebook import Rulebook, in_force
from ledger.rules.sentences import sentences
from ledger.rules.simulation import Simulation, Tallies, simulate
from ledger.rules.stars import STAR_LADDER_HOURS, Standing, star_level

__all__ = [
    "BOOKS",
    "CAPTURE_METHODS",
    "DEED_KINDS",
    "HONORARY_METHODS",
    "STAR_LADDER_HOURS",
    "SUSPECT_METHODS",
    "Assessment",
    "Change",
    "Credit",
    "Cut",
    "Deed",
    "Finding",
    "History",
    "HistoryKey",
    "Item",
    "LimitKey",
    "Line",
    "Mark",
    "PastDeed",
    "Reason",
    "Rulebook",
    "RulebookInvalid",
    "Simulation",
    "Standing",
    "Tallies",
    "Tally",
    "Text",
    "Verdict",
    "Wish",
    "after",
    "assess",
    "balance_key",
    "book",
    "days_of",
    "differences",
    "effective_day_of",
    "excluded",
    "history_in_activity",
    "in_force",
    "inherit",
    "inputs_from",
    "limit_keys",
    "load",
    "may_redeem",
    "needs",
    "notice_ends",
    "parent_named",
    "privileges_of",
    "recorded_inputs",
    "review_faults",
    "reviewers_needed",
    "rulebook_schema",
    "sentences",
    "simulate",
    "speaks_of",
    "star_level",
    "unanswered",
]
