"""The public entry of a posted transaction, made again from its rows: the bytes whose hash is its leaf in the tree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from ledger.core.entries import Kind, PublicMove, entry_of
from ledger.reading.proofs.standings import Leg, day_of
from ledger.store.reads import TransactionRead

KINDS = frozenset(kind.value for kind in Kind)


def entry_from(transaction: TransactionRead, legs: Iterable[Leg]) -> bytes:
    """ValueError where a row holds what no entry may say."""
    code, version = transaction.rulebook_code, transaction.rulebook_version
    if (code is None) != (version is None):
        raise ValueError("half a rulebook")
    if transaction.kind not in KINDS:
        raise ValueError(f"there is no kind {transaction.kind}")
    return entry_of(
        seq=transaction.seq,
        kind=transaction.kind,
        effective_on=day_of(transaction.effective_on),
        moves=[PublicMove(leg.debit.name, leg.credit.name, leg.unit_id, leg.amount) for leg in legs],
        detail=detail_of(transaction.detail),
        rulebook=None if code is None or version is None else (code, version),
        reverses=transaction.reverses,
        commitment_hash=transaction.commitment,
    )


@lru_cache(maxsize=1024)  # they are rules and days, the same few again and again
def detail_of(written: str) -> dict[str, str | int]:
    """The public facts beside the moves. ValueError where they are no object."""
    try:
        detail = json.loads(written)
    except RecursionError as error:
        raise ValueError("detail is nested too deeply") from error
    if not isinstance(detail, dict):
        raise ValueError("detail is no object")
    return detail
