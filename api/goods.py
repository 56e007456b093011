"""Goods: what the bank says no to is named as the clerk knows it, not by an id that nobody can read out."""

from __future__ import annotations

from uuid import UUID

from api.idempotency import answered
from api.problems import refused
from api.rendering import Answer
from api.routes import Call
from ledger.bank import Outcome
from ledger.prizes import catalogue


def answered_of_goods(call: Call, outcome: Outcome) -> Answer:
    """What became of a posting; a refusal that is about one prize begins with its title."""
    prize = getattr(outcome.refusal, "prize", None)
    if outcome.refusal is not None and prize is not None:
        found = catalogue.find_prize(call.bank, UUID(prize))
        refused(outcome.refusal, replayed=outcome.replayed, about=found.title if found else None)
    return answered(outcome)
