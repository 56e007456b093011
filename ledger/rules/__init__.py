"""The rules of the bank: pure, exact and explained. No clock, no database, no network.

    rulebook = load(book("kunshan"), points_scale=0)
    deed = Deed(activity_type="cleaning", served_on=date(2026, 3, 1), minutes=330)
    assess(rulebook, deed).points  # 55

A rulebook is a YAML text of named fields: whoever reads it aloud has read the rule.
"""

from ledger.rules.asking import reached
from ledger.rules.assessment import Assessment, after, assess, excluded
from ledger.rules.bundled import BOOKS, book
from ledger.rules.crediting import Credit, Share, shares
from ledger.rules.deeds import CAPTURE_METHODS, DEED_KINDS, HONORARY_METHODS, Deed, days_of
from ledger.rules.desk import LimitKey, Reason, Verdict, limit_keys, may_redeem
from ledger.rules.differences import Change, differences
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.history import (
    NOTHING,
    History,
    HistoryKey,
    Kept,
    Mark,
    Tally,
    balance_key,
    handed_on,
    kept,
    speaks_of,
)
from ledger.rules.inheritance import effective_day_of, inherit, parent_named
from ledger.rules.inputs import inputs_from, recorded_history, recorded_inputs
from ledger.rules.lines import Cut, Line
from ledger.rules.loader import load, rulebook_schema
from ledger.rules.needs import needs
from ledger.rules.parts import Text
from ledger.rules.redemption import Item, Wish, privileges_of
from ledger.rules.reviews import SUSPECT_METHODS, notice_ends, review_faults, reviewers_needed
from ledger.rules.rulebook import Rulebook, in_force
from ledger.rules.sentences import sentences
from ledger.rules.simulation import Simulation, Tallies, simulate
from ledger.rules.stars import (
    STAR_LADDER_HOURS,
    STAR_NOTICE_DAYS,
    Ladder,
    Standing,
    default_ladder,
    held_level,
    standing_from,
    standing_recorded,
)
from ledger.rules.unanswered import unanswered
from ledger.rules.whereabouts import placed

__all__ = [
    "BOOKS",
    "CAPTURE_METHODS",
    "DEED_KINDS",
    "HONORARY_METHODS",
    "NOTHING",
    "STAR_LADDER_HOURS",
    "STAR_NOTICE_DAYS",
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
    "Kept",
    "Ladder",
    "LimitKey",
    "Line",
    "Mark",
    "Reason",
    "Rulebook",
    "RulebookInvalid",
    "Share",
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
    "default_ladder",
    "differences",
    "effective_day_of",
    "excluded",
    "handed_on",
    "held_level",
    "in_force",
    "inherit",
    "inputs_from",
    "kept",
    "limit_keys",
    "load",
    "may_redeem",
    "needs",
    "notice_ends",
    "parent_named",
    "placed",
    "privileges_of",
    "reached",
    "recorded_history",
    "recorded_inputs",
    "review_faults",
    "reviewers_needed",
    "rulebook_schema",
    "sentences",
    "shares",
    "simulate",
    "speaks_of",
    "standing_from",
    "standing_recorded",
    "unanswered",
]
