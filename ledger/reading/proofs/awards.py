"""Awards: each recomputes from its recorded inputs under its rulebook, and moved just those hours and points."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, NamedTuple

from ledger.core.accounts import MINUTES, NEVER, POINTS, Purpose
from ledger.core.canonical import canonical, digest
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.rules import HONORARY_METHODS, Deed, Rulebook, RulebookInvalid, assess, inputs_from, load, reviewers_needed
from ledger.store.reads import RecordRead, TransactionRead
from ledger.store.streams import View

ASSESSED_MAX = 4_096
"""Assessments kept at hand: many deeds have the same inputs."""


class Assessed(NamedTuple):
    """What an award must be, worked out again."""

    deed: Deed
    rule_id: str
    counted_minutes: int
    points: int
    detail: str
    expires_on: str
    reviews_needed: int
    explanation: list[dict[str, object]]


class Awards:
    def __init__(self, view: View, points_scale: int, found: Findings) -> None:
        self._found = found
        self._rulebooks: dict[tuple[str | None, int | None], Rulebook] = {}
        self._assessed: dict[tuple[str | None, int | None, str], Assessed] = {}
        for row in view.rulebooks():
            name = f"{row.code} {row.version}"
            if digest(row.document.encode()) != row.digest:
                found.note("rulebook_changed", rulebook=name, what="digest")
            try:
                rulebook = load(row.document, points_scale=points_scale)
            except RulebookInvalid:
                found.note("rulebook_unreadable", rulebook=name)
                continue
            if (rulebook.code, rulebook.version) != (row.code, row.version):
                found.note("rulebook_changed", rulebook=name, what="code and version")
            if rulebook.effective_from.isoformat() != row.effective_from:
                found.note("rulebook_changed", rulebook=name, what="effective_from")
            self._rulebooks[(row.code, row.version)] = rulebook

    def prove(self, transaction: TransactionRead, legs: list[Leg] | None, record: RecordRead) -> dict[str, Any]:
        """What the client must have been told."""
        assessed = self._again(transaction, record)
        if assessed is None:
            return {}
        deed = assessed.deed
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("served_on", record.served_on == transaction.effective_on == deed.served_on.isoformat()),
            ("minutes", record.minutes == deed.minutes),
            ("capture_method", record.capture_method == deed.capture_method),
            ("evaluation", record.evaluation == deed.evaluation),
            ("rule_id", record.rule_id == assessed.rule_id),
            ("detail", transaction.detail == assessed.detail),
            ("counted_minutes", record.counted_minutes == assessed.counted_minutes),
            ("points", record.points == assessed.points),
            ("reviews", record.approvals >= assessed.reviews_needed),
            ("moves", legs is None or _moved(legs, record, assessed)),
        ):
            if not is_so:
                self._found.note("award_wrong", seq=transaction.seq, what=what)
        return {
            "id": transaction.id,
            "state": "posted",
            "minutes": deed.minutes,
            "counted_minutes": assessed.counted_minutes,
            "points": assessed.points,
            "explanation": assessed.explanation,
        }

    def _again(self, transaction: TransactionRead, record: RecordRead) -> Assessed | None:
        key = (transaction.rulebook_code, transaction.rulebook_version, record.inputs)
        assessed = self._assessed.get(key)
        if assessed is not None:
            return assessed
        rulebook = self._rulebooks.get(key[:2])
        if rulebook is None:
            self._found.note("rulebook_unknown", seq=transaction.seq, rulebook=f"{key[0]} {key[1]}")
            return None
        try:
            deed, history = inputs_from(json.loads(record.inputs))
        except (ValueError, AttributeError, TypeError, RecursionError):
            self._found.note("inputs_unreadable", seq=transaction.seq)
            return None
        if deed.served_on < rulebook.effective_from:
            self._found.note("award_wrong", seq=transaction.seq, what="rulebook")
        assessment = assess(rulebook, deed, history)
        if len(self._assessed) >= ASSESSED_MAX:
            self._assessed.clear()
        assessed = self._assessed[key] = Assessed(
            deed=deed,
            rule_id=assessment.rule_id or "",
            counted_minutes=assessment.counted_minutes,
            points=assessment.points,
            detail=_detail(assessment.rule_id),
            expires_on=(rulebook.lapse_day(deed.served_on) or NEVER).isoformat(),
            reviews_needed=reviewers_needed(rulebook.posting, deed),
            explanation=assessment.explanation(),
        )
        return assessed


@cache
def _detail(rule_id: str | None) -> str:
    """What the entry says in public of the rule."""
    return canonical({"rule": rule_id} if rule_id else {}).decode()


def _moved(legs: list[Leg], record: RecordRead, assessed: Assessed) -> bool:
    """The hours once, the points in all, from the organisation to the volunteer: debt first, then one lot."""
    hours = Purpose.HONORARY if assessed.deed.capture_method in HONORARY_METHODS else Purpose.CLOCKED
    minutes = points = 0
    for leg in legs:
        debit, credit = leg.debit, leg.credit
        if debit.purpose is not Purpose.ISSUANCE or debit.owner_id != record.organisation_id:
            return False
        if credit.owner_id != record.volunteer_id:
            return False
        if leg.unit_id == MINUTES and credit.purpose is hours:
            minutes += leg.amount
        elif leg.unit_id == POINTS and (
            credit.purpose is Purpose.DEBT
            or (credit.purpose is Purpose.WALLET and credit.expires_on == assessed.expires_on)
        ):
            points += leg.amount
        else:
            return False
    return minutes == assessed.deed.minutes and points == assessed.points
