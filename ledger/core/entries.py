"""The public entry of a transaction: its kind, the disclosure that kind belongs to, and its canonical bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from ledger.core.accounts import MINUTES, POINTS
from ledger.core.canonical import canonical


class Kind(StrEnum):
    """What a transaction is."""

    OPENING = "opening"
    CLAIM = "claim"
    REVIEW = "review"
    CLAIM_STEP = "claim_step"
    AWARD = "award"
    DEED = "deed"
    REDEMPTION = "redemption"
    STOCK_RECEIPT = "stock_receipt"
    ADJUSTMENT = "adjustment"
    REVERSAL = "reversal"
    LAPSE = "lapse"
    POOLING = "pooling"
    DONATION = "donation"
    CLOSING = "closing"
    MERGE = "merge"
    FOUNDING = "founding"
    PROPOSAL_STEP = "proposal_step"
    RULEBOOK = "rulebook"
    PRICE_LIST = "price_list"
    RESOLUTION = "resolution"
    CERTIFICATE = "certificate"
    CERTIFICATE_END = "certificate_end"
    STOCK_TRANSFER = "stock_transfer"
    STOCK_REPORT = "stock_report"
    STOCK_SETTLEMENT = "stock_settlement"
    DESK_SESSION = "desk_session"
    RESERVATION = "reservation"
    RESERVATION_RELEASE = "reservation_release"
    KEY_CHANGE = "key_change"
    EPOCH_CHANGE = "epoch_change"
    STAR_CHANGE = "star_change"
    STAR_DECISION = "star_decision"
    NOTICE = "notice"
    OBJECTION = "objection"
    OBJECTION_RESOLUTION = "objection_resolution"
    DISPUTE = "dispute"
    DISPUTE_ANSWER = "dispute_answer"


DISCLOSURE = {
    Kind.OPENING: "process",
    Kind.CLAIM: "process",
    Kind.REVIEW: "process",
    Kind.CLAIM_STEP: "process",
    Kind.AWARD: "result",
    Kind.DEED: "result",
    Kind.REDEMPTION: "result",
    Kind.STOCK_RECEIPT: "result",
    Kind.ADJUSTMENT: "process",
    Kind.REVERSAL: "process",
    Kind.LAPSE: "result",
    Kind.POOLING: "result",
    Kind.DONATION: "result",
    Kind.CLOSING: "process",
    Kind.MERGE: "process",
    Kind.FOUNDING: "decision",
    Kind.PROPOSAL_STEP: "process",
    Kind.RULEBOOK: "decision",
    Kind.PRICE_LIST: "decision",
    Kind.RESOLUTION: "decision",
    Kind.CERTIFICATE: "result",
    Kind.CERTIFICATE_END: "process",
    Kind.STOCK_TRANSFER: "result",
    Kind.STOCK_REPORT: "process",
    Kind.STOCK_SETTLEMENT: "result",
    Kind.DESK_SESSION: "process",
    Kind.RESERVATION: "result",
    Kind.RESERVATION_RELEASE: "result",
    Kind.KEY_CHANGE: "process",
    Kind.EPOCH_CHANGE: "process",
    Kind.STAR_CHANGE: "process",
    Kind.STAR_DECISION: "result",
    Kind.NOTICE: "process",
    Kind.OBJECTION: "process",
    Kind.OBJECTION_RESOLUTION: "process",
    Kind.DISPUTE: "process",
    Kind.DISPUTE_ANSWER: "process",
}
"""Which of the three disclosures (三公开) a kind belongs to."""
_DISCLOSED = {kind.value: f"{disclosure}.{kind}" for kind, disclosure in DISCLOSURE.items()}


class PublicMove(NamedTuple):
    debit_name: str
    credit_name: str
    unit_id: int
    amount: int


def unit_name(unit: int) -> str:
    """What strangers call a unit."""
    return "points" if unit == POINTS else "minutes" if unit == MINUTES else f"prize:{unit}"


def entry_of(
    *,
    seq: int,
    kind: str,
    effective_on: date,
    moves: Iterable[PublicMove],
    detail: Mapping[str, str | int],
    rulebook: tuple[str, int] | None,
    reverses: int | None,
    commitment_hash: bytes,
) -> bytes:
    """The public entry of one transaction: the leaf's canonical bytes. No person, no clock time, no free text."""
    entry: dict[str, Any] = {
        "detail": detail,
        "kind": _DISCLOSED[kind],
        "moves": [
            {"amount": amount, "credit": credit, "debit": debit, "unit": unit_name(unit)}
            for debit, credit, unit, amount in moves
        ],
        "on": effective_on.isoformat(),
        "private": commitment_hash.hex(),
        "seq": seq,
        "v": 1,
    }
    if rulebook is not None:
        entry["rulebook"] = {"code": rulebook[0], "version": rulebook[1]}
    if reverses is not None:
        entry["reverses"] = reverses
    return canonical(entry)
