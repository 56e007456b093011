"""Awards: each recomputes from its recorded inputs under its rulebook, and moved just those hours and points."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any, NamedTuple

from ledger.core.accounts import MINUTES, NEVER, POINTS, Purpose
from ledger.core.canonical import canonical, digest
from ledger.reading.findings import Findings
from ledger.reading.proofs.histories import Histories, expected_mark
from ledger.reading.proofs.standings import Leg, Standing, Standings
from ledger.rules import (
    HONORARY_METHODS,
    Deed,
    Mark,
    Rulebook,
    RulebookInvalid,
    Share,
    assess,
    inputs_from,
    load,
    reviewers_needed,
    shares,
)
from ledger.rules.counters import Flag
from ledger.service.crediting import PURPOSES
from ledger.service.flags import told
from ledger.service.post_deed import detail_of
from ledger.store import governance_streams
from ledger.store.reads import FlagRead, MarkRead, RecordRead, TransactionRead
from ledger.store.streams import View

ASSESSED_MAX = 4_096
"""Assessments kept at hand: many deeds have the same inputs."""


class Assessed(NamedTuple):
    """What an award must be, worked out again."""

    rulebook: Rulebook
    deed: Deed
    history: list[Any]
    """As it was recorded."""
    rule_id: str
    counted_minutes: int
    points: int
    detail: str
    shares: tuple[Share, ...]
    marks: tuple[Mark, ...]
    flags: tuple[Flag, ...]
    reviews_needed: int
    notice_days: int
    explanation: list[dict[str, object]]


class Awards:
    def __init__(
        self, view: View, points_scale: int, standings: Standings, histories: Histories, found: Findings
    ) -> None:
        self._found = found
        self._standings = standings
        self._histories = histories
        self.rulebooks: dict[tuple[str | None, int | None], Rulebook] = {}
        """Those that can be read, by code and version."""
        self._assessed: dict[tuple[str | None, int | None, str], Assessed] = {}
        for row in governance_streams.rulebooks(view):
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
            self.rulebooks[(row.code, row.version)] = rulebook

    def prove(
        self,
        transaction: TransactionRead,
        legs: list[Leg] | None,
        record: RecordRead,
        marks: list[MarkRead],
        flags: list[FlagRead],
        today: str,
    ) -> dict[str, Any]:
        """What the client must have been told. `today` is the business day it was recorded on."""
        assessed = self._again(transaction, record)
        if assessed is None:
            return {}
        deed = assessed.deed
        self._histories.prove(record, assessed.rulebook, deed, assessed.history, legs or [], today)
        self._histories.marks(record.seq, (expected_mark(record, mark) for mark in assessed.marks), marks)
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("kind", record.kind == deed.kind and record.deed_type in (None, deed.activity_type)),
            ("served_on", record.served_on == transaction.effective_on == deed.served_on.isoformat()),
            ("minutes", record.minutes == deed.minutes),
            ("capture_method", record.capture_method == deed.capture_method),
            ("evaluation", record.evaluation == deed.evaluation),
            ("rule_id", record.rule_id == assessed.rule_id),
            ("detail", transaction.detail == assessed.detail),
            ("counted_minutes", record.counted_minutes == assessed.counted_minutes),
            ("points", record.points == assessed.points),
            ("reviews", record.approvals >= assessed.reviews_needed),
            ("moves", legs is None or _moved([leg for leg in legs if not _is_renewal(leg)], record, assessed)),
            ("renewed", legs is None or self._is_renewed(legs, record, assessed, today)),
            ("flags", sorted(map(str, flags)) == sorted(map(str, _flags(record, assessed.flags)))),
        ):
            if not is_so:
                self._found.note("award_wrong", seq=transaction.seq, what=what)
        answer = {"id": transaction.id, "state": "posted", "points": assessed.points}
        answer |= {"explanation": assessed.explanation}
        if deed.kind == "service":
            return answer | {"minutes": deed.minutes, "counted_minutes": assessed.counted_minutes}
        owed = sum(leg.amount for leg in legs or () if leg.debit.purpose is Purpose.DEBT)
        return answer | {"debt_points": owed, "flags": [told(flag) for flag in assessed.flags]}

    def notice_days(self, transaction: TransactionRead, record: RecordRead) -> int:
        """How many days the record had to be on notice before; 0 where none was asked for."""
        assessed = self._again(transaction, record)
        return assessed.notice_days if assessed else 0

    def _is_renewed(self, legs: list[Leg], record: RecordRead, assessed: Assessed, today: str) -> bool:
        """Whether just what was left, and could be used that day, went from earlier lots into that of the new day."""
        due: dict[str, str] = {}
        if assessed.rulebook.lapse.renews_on_award:
            losing = {_owner(record, share.to) for share in assessed.shares if share.points < 0}
            for share in assessed.shares:
                owner = _owner(record, share.to)
                if share.use == "spendable" and share.points > 0 and share.last_day and owner not in losing:
                    due[owner] = share.last_day.isoformat()
        for leg in filter(_is_renewal, legs):
            until = due.get(leg.debit.owner_id)
            if until is None or leg.credit.owner_id != leg.debit.owner_id or leg.credit.expires_on != until:
                return False
            if not today <= leg.debit.expires_on < until:
                return False
        return not any(self._standings.usable(owner, today, until) for owner, until in due.items())

    def _again(self, transaction: TransactionRead, record: RecordRead) -> Assessed | None:
        key = (transaction.rulebook_code, transaction.rulebook_version, record.inputs)
        assessed = self._assessed.get(key)
        if assessed is not None:
            return assessed
        rulebook = self.rulebooks.get(key[:2])
        if rulebook is None:
            self._found.note("rulebook_unknown", seq=transaction.seq, rulebook=f"{key[0]} {key[1]}")
            return None
        try:
            recorded = json.loads(record.inputs)
            deed, history = inputs_from(recorded)
        except (ValueError, AttributeError, TypeError, RecursionError):
            self._found.note("inputs_unreadable", seq=transaction.seq)
            return None
        if deed.served_on < rulebook.effective_from:
            self._found.note("award_wrong", seq=transaction.seq, what="rulebook")
        assessment = assess(rulebook, deed, history)
        if len(self._assessed) >= ASSESSED_MAX:
            self._assessed.clear()
        assessed = self._assessed[key] = Assessed(
            rulebook=rulebook,
            deed=deed,
            history=recorded["history"],
            rule_id=assessment.rule_id or "",
            counted_minutes=assessment.counted_minutes,
            points=assessment.points,
            detail=_detail(deed.kind, assessment.rule_id),
            shares=shares(rulebook, deed, assessment.credits),
            marks=assessment.marks,
            flags=assessment.flags,
            reviews_needed=reviewers_needed(rulebook.posting, deed),
            notice_days=rulebook.posting.route(deed).notice_days,
            explanation=assessment.explanation(),
        )
        return assessed


@cache
def _detail(kind: str, rule_id: str | None) -> str:
    """What the entry says in public of the rule."""
    if kind != "service":
        return canonical(detail_of(kind, rule_id)).decode()
    return canonical({"rule": rule_id} if rule_id else {}).decode()


def _flags(record: RecordRead, due: tuple[Flag, ...]) -> list[FlagRead]:
    """The rows that these flags are kept in."""
    return [
        FlagRead(
            *(record.seq, record.volunteer_id, flag.counter, flag.flag, flag.title.zh, flag.title.en, flag.reached),
            *(flag.first_day.isoformat(), flag.last_day.isoformat() if flag.last_day else None),
        )
        for flag in due
    ]


def _is_renewal(leg: Leg) -> bool:
    return leg.debit.purpose is leg.credit.purpose is Purpose.WALLET


def _moved(legs: list[Leg], record: RecordRead, assessed: Assessed) -> bool:
    """The hours once, every share to its account: a debt is paid first; and what penalties take, out of the wallet."""
    hours = Purpose.HONORARY if assessed.deed.capture_method in HONORARY_METHODS else Purpose.CLOCKED
    minutes = 0
    gained: Counter[tuple[str, Purpose, str]] = Counter()
    for leg in legs:
        is_gain = leg.debit.purpose is Purpose.ISSUANCE
        world, own = (leg.debit, leg.credit) if is_gain else (leg.credit, leg.debit)
        if world.purpose is not Purpose.ISSUANCE or world.owner_id != record.organisation_id:
            return False
        if leg.unit_id == MINUTES:
            if not is_gain or (own.purpose, own.owner_id) != (hours, record.volunteer_id):
                return False
            minutes += leg.amount
        elif own.unit_id == POINTS:
            gained[_account(own)] += leg.amount if is_gain else -leg.amount
    return minutes == assessed.deed.minutes and _shared(gained, record, assessed.shares)


def _account(standing: Standing) -> tuple[str, Purpose, str]:
    return standing.owner_id, standing.purpose, standing.expires_on


def _shared(gained: Counter[tuple[str, Purpose, str]], record: RecordRead, due: tuple[Share, ...]) -> bool:
    """Whether these gains are those shares. Of a wallet's share its debt may have taken some, and of a loss the lots
    any.
    """
    left = Counter(gained)
    wallets: Counter[str] = Counter()
    for share in due:
        owner = _owner(record, share.to)
        if share.use != "spendable":
            left[owner, PURPOSES[share.use], NEVER.isoformat()] -= share.points
        elif share.points < 0:
            wallets[owner] += share.points
        else:
            account = owner, Purpose.WALLET, (share.last_day or NEVER).isoformat()
            got = left.pop(account, 0)
            if not 0 <= got <= share.points:
                return False
            wallets[owner] += share.points - got
    for (owner, purpose, _), points in left.items():
        if points and purpose not in (Purpose.WALLET, Purpose.DEBT):
            return False
        if points > 0 and purpose is Purpose.WALLET:
            return False
        wallets[owner] -= points
    return not any(wallets.values())


def _owner(record: RecordRead, account: str) -> str:
    """Whose account a share goes to, as `service.crediting.owner_of` finds it."""
    if account == "household" and record.household_id:
        return record.household_id
    if account == "group" and record.group_id:
        return record.group_id
    return record.organisation_id if account == "unit" else record.volunteer_id
