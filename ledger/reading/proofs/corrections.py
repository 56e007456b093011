"""Corrections and lapses: what a reversal, an adjustment, a lapse and an opening may be."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ledger.core.accounts import PERSONAL, Purpose
from ledger.core.reversal import REVERSIBLE
from ledger.reading.entries import detail_of
from ledger.reading.findings import Findings
from ledger.reading.proofs.standings import Leg, Standing, Standings
from ledger.store.reads import TransactionRead, UndoneRead
from ledger.store.streams import View

_PERSONS_POINTS = frozenset({Purpose.WALLET, Purpose.HELD, Purpose.DEBT})
_ADJUSTABLE = frozenset({Purpose.WALLET, Purpose.DONATE_ONLY, Purpose.DEBT, Purpose.CLOCKED, Purpose.HONORARY})
_GOODS = frozenset({Purpose.STOCK, Purpose.WRITTEN_OFF})


class Corrections:
    def __init__(self, standings: Standings, found: Findings) -> None:
        self._standings = standings
        self._found = found

    def reversal(
        self, transaction: TransactionRead, legs: list[Leg] | None, undone: list[UndoneRead]
    ) -> dict[str, Any]:
        """What the client must have been told."""
        seq, target = transaction.seq, transaction.reverses
        if target is None or transaction.undone_kind is None or target >= seq:
            self._found.note("reversal_wrong", seq=seq, what="reverses")
            return {}
        if transaction.undone_kind not in REVERSIBLE:
            self._found.note("reversal_wrong", seq=seq, what="kind")
        if legs is None:
            return {"reverses_seq": target}
        if not self._is_opposite(legs, undone):
            self._found.note("reversal_not_opposite", seq=seq, undone=target)
        owed = sum(leg.amount for leg in legs if leg.debit.purpose is Purpose.DEBT)
        return {"reverses_seq": target, "debt_points": owed}

    def _is_opposite(self, legs: list[Leg], undone: list[UndoneRead]) -> bool:
        """Undone together with its reversal moves nothing, but between the same person's lots, debt and what lapsed,
        and between a desk's shelf and what it wrote off.
        """
        left: Counter[Any] = Counter()
        persons_now, persons_then = set(), set()
        for leg in legs:
            for side, amount in ((leg.debit, -leg.amount), (leg.credit, leg.amount)):
                if side.purpose in _PERSONS_POINTS:
                    persons_now.add(side.owner_id)
                elif side.purpose is not Purpose.LAPSED:
                    left[_place(side)] += amount
        for move in undone:
            for account, amount in ((move.debit_account_id, -move.amount), (move.credit_account_id, move.amount)):
                standing = self._standings.of(account)
                if standing is None:
                    return False
                if standing.purpose in _PERSONS_POINTS:
                    persons_then.add(standing.owner_id)
                else:
                    left[_place(standing)] += amount
        return not any(left.values()) and persons_now == persons_then

    def adjustment(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        if legs is None:
            return {"id": transaction.id}
        given = sum(leg.amount if leg.debit.purpose is Purpose.ADJUSTMENT else -leg.amount for leg in legs)
        persons = [leg.credit if given > 0 else leg.debit for leg in legs]
        worlds = [leg.debit if given > 0 else leg.credit for leg in legs]
        is_shaped = (
            bool(legs)
            and len({leg.unit_id for leg in legs}) == 1
            and len({person.owner_id for person in persons}) == 1
            and all(person.purpose in _ADJUSTABLE and person.owner_kind in PERSONAL for person in persons)
            and all(world.purpose is Purpose.ADJUSTMENT for world in worlds)
        )
        if not is_shaped:
            self._found.note("adjustment_wrong", seq=transaction.seq, what="moves")
        return {"id": transaction.id, "amount": given}

    def lapse(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        if legs is None:
            return {"id": transaction.id}
        if len(legs) != 1 or (legs[0].debit.purpose, legs[0].credit.purpose) != (Purpose.WALLET, Purpose.LAPSED):
            self._found.note("lapse_wrong", seq=transaction.seq, what="moves")
            return {"id": transaction.id}
        lot, expires_on = legs[0], legs[0].debit.expires_on
        for what, is_so in (
            ("effective_on", transaction.effective_on == expires_on),
            ("detail", transaction.detail == f'{{"expires_on":"{expires_on}"}}'),
            ("amount", lot.row.debit_balance == 0),
        ):
            if not is_so:
                self._found.note("lapse_wrong", seq=transaction.seq, what=what)
        return {"id": transaction.id, "points": lot.amount, "expires_on": expires_on}

    def opening(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the client must have been told."""
        if legs:
            self._found.note("opening_moves", seq=transaction.seq)
        return {"id": transaction.id}

    def announcement(self, transaction: TransactionRead, legs: list[Leg] | None) -> dict[str, Any]:
        """What the log says of itself moves nothing. What the client must have been told."""
        if legs:
            self._found.note("opening_moves", seq=transaction.seq)
        try:
            return dict(detail_of(transaction.detail))
        except ValueError:
            return {}  # noted with its entry

    def close(self, view: View) -> None:
        for undone, times in view.reversed_twice():
            self._found.note("reversed_twice", undone=undone, times=times)


def _place(side: Standing) -> Any:
    """What comes back to a desk is on its shelf again, or spoiled: a refund says which (proofs/shelves.py)."""
    return (side.owner_id, side.unit_id) if side.purpose in _GOODS else side.id
