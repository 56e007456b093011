"""Poolings and donations: points that change hands without being spent, and keep their last day."""

from __future__ import annotations

from typing import Any

from ledger.core.accounts import PERSONAL, OwnerKind, Purpose
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg
from ledger.store.reads import TransactionRead

_COLLECTIVES = frozenset({OwnerKind.HOUSEHOLD, OwnerKind.GROUP})
_GIVEN_UP = frozenset({Purpose.DONATE_ONLY, Purpose.WALLET})
_WALLET = frozenset({Purpose.WALLET, Purpose.DEBT})


class Gifts:
    def __init__(self, found: Findings) -> None:
        self._found = found

    def pooling(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        if legs is None:
            return {"id": transaction.id}
        fits = (
            _is_between_two(legs)
            and all(leg.debit.owner_kind == OwnerKind.VOLUNTEER for leg in legs)
            and all(leg.debit.purpose is Purpose.WALLET for leg in legs)
            and all(leg.credit.owner_kind in _COLLECTIVES and _keeps_its_day(leg) for leg in legs)
        )
        if not fits:
            self._found.note("pooling_wrong", seq=transaction.seq, what="moves")
        return {"id": transaction.id, "points": sum(leg.amount for leg in legs)}

    def donation(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        if legs is None:
            return {"id": transaction.id}
        fits = (
            _is_between_two(legs)
            and all(leg.debit.owner_kind in PERSONAL for leg in legs)
            and (_is_to_a_cause(legs) or _is_to_somebody(legs))
        )
        if not fits:
            self._found.note("donation_wrong", seq=transaction.seq, what="moves")
        return {"id": transaction.id, "points": sum(leg.amount for leg in legs)}


def _is_between_two(legs: list[Leg]) -> bool:
    givers, receivers = {leg.debit.owner_id for leg in legs}, {leg.credit.owner_id for leg in legs}
    return len(givers) == len(receivers) == 1 and givers != receivers


def _is_to_a_cause(legs: list[Leg]) -> bool:
    return all(
        leg.credit.owner_kind == OwnerKind.ORGANISATION
        and leg.credit.purpose is Purpose.DONATED
        and leg.debit.purpose in _GIVEN_UP
        for leg in legs
    )


def _is_to_somebody(legs: list[Leg]) -> bool:
    return all(
        leg.credit.owner_kind in PERSONAL and leg.debit.purpose is Purpose.DONATE_ONLY and _keeps_its_day(leg)
        for leg in legs
    )


def _keeps_its_day(leg: Leg) -> bool:
    if leg.credit.purpose is Purpose.WALLET:
        return leg.credit.expires_on == leg.debit.expires_on
    return leg.credit.purpose is Purpose.DEBT
