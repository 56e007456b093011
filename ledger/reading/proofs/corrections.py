"""Corrections and lapses: what a reversal, an adjustment, a lapse and an opening may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from ledger.core.accounts import PERSONAL, POINTS, Purpose
from ledger.core.reversal import REVERSIBLE
from ledger.prizes.carry_over import carried_key, carried_mark
from ledger.reading.entries import detail_of
from ledger.reading.findings import Findings
from ledger.reading.proofs.histories import expected
from ledger.reading.proofs.standings import Leg, Standing, Standings
from ledger.rules import Rulebook
from ledger.store.reads import TransactionRead, UndoneRead
from ledger.store.streams import View

_PERSONS_POINTS = frozenset({Purpose.WALLET, Purpose.HELD, Purpose.DEBT})
_INTO_A_WALLET = frozenset({Purpose.WALLET, Purpose.DEBT})
Named = tuple[str | None, int | None]
"""Code and version of a rulebook."""
_ADJUSTABLE = frozenset({Purpose.WALLET, Purpose.DONATE_ONLY, Purpose.DEBT, Purpose.CLOCKED, Purpose.HONORARY})
_GOODS = frozenset({Purpose.STOCK, Purpose.HELD, Purpose.WRITTEN_OFF})


class Corrections:
    def __init__(self, view: View, standings: Standings, books: Mapping[Named, Rulebook], found: Findings) -> None:
        self._view, self._books = view, books
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
                if side.purpose in _PERSONS_POINTS and side.unit_id == POINTS:
                    persons_now.add(side.owner_id)
                elif side.purpose is not Purpose.LAPSED:
                    left[_place(side)] += amount
        for move in undone:
            for account, amount in ((move.debit_account_id, -move.amount), (move.credit_account_id, move.amount)):
                standing = self._standings.of(account)
                if standing is None:
                    return False
                if standing.purpose in _PERSONS_POINTS and standing.unit_id == POINTS:
                    persons_then.add(standing.owner_id)
                elif standing.purpose is not Purpose.LAPSED:
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
        if transaction.rulebook_code is not None:
            return self._carried(transaction, legs)
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

    def carried_marks(self, transaction: TransactionRead, legs: list[Leg] | None) -> list[tuple[Any, ...]]:
        """The marks that a lapse must have left, as they stand in their rows."""
        if not legs or transaction.rulebook_code is None:
            return []
        lot = legs[0].debit
        carried = sum(leg.amount for leg in legs if leg.credit.purpose in _INTO_A_WALLET)
        kept = carried_mark(UUID(lot.owner_id), date.fromisoformat(lot.expires_on), carried)
        return [(lot.owner_id, None, lot.owner_id, None, *expected(kept.mark))]

    def _carried(self, transaction: TransactionRead, legs: list[Leg]) -> dict[str, Any]:
        """A lapse under a book that carries over: that much went on, until that day, and only the rest lapsed."""
        book = self._books.get((transaction.rulebook_code, transaction.rulebook_version))
        over = [leg for leg in legs if leg.credit.purpose in _INTO_A_WALLET]
        rest = [leg for leg in legs if leg.credit.purpose is Purpose.LAPSED]
        lots = {leg.debit.id for leg in legs}
        if book is None or not over or len(lots) != 1 or [*over, *rest] != legs or len(rest) > 1:
            self._found.note("lapse_wrong", seq=transaction.seq, what="moves")
            return {"id": transaction.id}
        lot, expires_on = legs[-1].debit, legs[0].debit.expires_on
        carried, lapsed = sum(leg.amount for leg in over), sum(leg.amount for leg in rest)
        until = book.lapse.next_day(date.fromisoformat(expires_on), book.year_begins).isoformat()
        key = carried_key(UUID(lot.owner_id), date.fromisoformat(expires_on))
        [before] = self._view.tallies([(key, transaction.seq)])
        due = book.lapse.carried_over(carried + lapsed, before=before.taken)
        for what, is_so in (
            ("effective_on", transaction.effective_on == expires_on),
            ("detail", transaction.detail == f'{{"carried_until":"{until}","expires_on":"{expires_on}"}}'),
            ("amount", legs[-1].row.debit_balance == 0 and lot.purpose is Purpose.WALLET),
            ("carried", carried == due),
            ("owner", {leg.credit.owner_id for leg in over} == {lot.owner_id}),
            ("until", {leg.credit.expires_on for leg in over if leg.credit.purpose is Purpose.WALLET} <= {until}),
        ):
            if not is_so:
                self._found.note("lapse_wrong", seq=transaction.seq, what=what)
        return {
            "id": transaction.id,
            "points": lapsed,
            "expires_on": expires_on,
            "carried_over": carried,
            "carried_until": until,
        }

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
