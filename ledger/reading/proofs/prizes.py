"""Prizes: a redemption and a stock receipt moved what their records say, and the shelves hold what is left."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from ledger.core.accounts import NEVER, POINTS, Purpose
from ledger.prizes.policy import Line, marks_of
from ledger.reading.findings import Findings
from ledger.reading.proofs.governance import Resetting
from ledger.reading.proofs.histories import expected
from ledger.reading.proofs.standings import Leg, Standings, day_of
from ledger.store import prize_streams
from ledger.store.prize_streams import ReceiptRead, RedemptionItemRead, RedemptionRead
from ledger.store.reads import TransactionRead
from ledger.store.streams import View


class Prizes:
    def __init__(self, standings: Standings, found: Findings) -> None:
        self._standings, self._found = standings, found

    def redemption(
        self,
        transaction: TransactionRead,
        legs: list[Leg] | None,
        record: RedemptionRead,
        items: list[RedemptionItemRead],
        resetting: Resetting | None,
    ) -> dict[str, Any]:
        """What the client must have been told. `resetting` is the rulebook under which what is left is reset."""
        over = [leg for leg in legs or () if leg.credit.purpose is not Purpose.LAPSED]
        reset = [leg for leg in legs or () if leg.credit.purpose is Purpose.LAPSED]
        spent, goods, is_shaped = _handed_over(over, record)
        named = transaction.rulebook_code, transaction.rulebook_version
        wanted: Counter[int | None] = Counter()
        for item in items:
            wanted[item.unit_id] += item.quantity
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("redeemed_on", record.redeemed_on == transaction.effective_on),
            ("reservation", record.reservation_id is None or bool(record.is_reserved)),
            ("collected_by", record.collected_by is None or bool(record.is_authorised)),
            ("household_id", record.collective_kind != "household" or record.household_id == record.collective_id),
            ("items", [item.line for item in items] == list(range(1, len(items) + 1))),
            ("points", record.points == sum(item.quantity * item.cost_points for item in items)),
            ("moves", legs is None or is_shaped),
            ("points", legs is None or record.points == spent),
            ("goods", legs is None or wanted == goods),
            ("rulebook", named == (resetting.rulebook if resetting else (None, None))),
            ("reset", legs is None or self._is_reset(reset, record, resetting)),
        ):
            if not is_so:
                self._found.note("redemption_wrong", seq=transaction.seq, what=what)
        paid_by = {record.collective_kind: record.collective_id}
        return {
            "household_id": paid_by.get("household"),
            "group_id": paid_by.get("group"),
            "collected_by": record.collected_by,
            "reservation_id": record.reservation_id,
            "reset_points": sum(leg.amount for leg in reset) or None,
            "id": transaction.id,
            "points": record.points,
            "items": [
                {"prize_id": item.prize_id, "quantity": item.quantity, "cost_points": item.cost_points}
                for item in items
            ],
        }

    def _is_reset(self, legs: list[Leg], record: RedemptionRead, resetting: Resetting | None) -> bool:
        """Whether all that could still be used of whoever paid is gone, to whom it belongs; nothing where it stays."""
        if resetting is None:
            return not legs
        paid_by = record.collective_id or record.volunteer_id
        return self._standings.usable(paid_by, record.redeemed_on) == 0 and all(
            (leg.debit.purpose, leg.debit.owner_id, leg.credit.owner_id)
            == (Purpose.WALLET, paid_by, resetting.organisation_id)
            and leg.debit.expires_on >= record.redeemed_on
            for leg in legs
        )

    def marks(self, record: RedemptionRead, items: list[RedemptionItemRead]) -> list[tuple[Any, ...]]:
        """What it had to leave for later redemptions to know; what was reserved left it then."""
        if record.reservation_id is not None:
            return []
        lines = [
            Line(UUID(item.prize_id), item.prize_class, item.quantity, item.quantity * item.cost_points)
            for item in items
        ]
        person, desk = UUID(record.volunteer_id), UUID(record.desk_id)
        return [
            (*(record.volunteer_id, record.household_id, record.desk_id, None), *expected(kept.mark))
            for kept in marks_of(person, None, desk, day_of(record.redeemed_on), lines)
        ]

    def receipt(self, transaction: TransactionRead, legs: list[Leg] | None, record: ReceiptRead) -> dict[str, Any]:
        """What the client must have been told."""
        for what, is_so in (
            ("id", record.id == transaction.id),
            ("recorded_by", record.recorded_by == transaction.actor_id),
            ("moves", legs is None or _received(legs, record)),
        ):
            if not is_so:
                self._found.note("receipt_wrong", seq=transaction.seq, what=what)
        return {"id": transaction.id, "prize_id": record.prize_id, "quantity": record.quantity}

    def close(self, view: View, standings: Standings) -> None:
        """Each shelf: received, less handed out, without what was reversed."""
        stock = standings.stock()
        expected = {(desk, unit): quantity for desk, unit, quantity in prize_streams.stock_expected(view)}
        for desk, unit in sorted(stock.keys() | expected.keys(), key=str):
            stored, right = stock.get((desk, unit), 0), expected.get((desk, unit), 0)
            if stored != right:
                self._found.note("stock_wrong", desk=desk, unit=unit or 0, stored=stored, expected=right)


def _handed_over(legs: list[Leg], record: RedemptionRead) -> tuple[int, Counter[int | None], bool]:
    """Points spent, goods by unit, and whether each leg is one or the other."""
    spent, is_shaped = 0, True
    goods: Counter[int | None] = Counter()
    for leg in legs:
        debit, credit = leg.debit, leg.credit
        at_desk = credit.owner_id == record.desk_id
        wallet, shelf = (
            (Purpose.HELD, Purpose.HELD) if record.reservation_id is not None else (Purpose.WALLET, Purpose.STOCK)
        )
        if leg.unit_id == POINTS:
            spent += leg.amount
            paid_by = record.collective_id or record.volunteer_id
            payable = (wallet, Purpose.DEBT) if record.may_owe else (wallet,)
            way = debit.purpose in payable and credit.purpose is Purpose.REDEEMED
            is_shaped &= at_desk and way and debit.owner_id == paid_by
        else:
            goods[leg.unit_id] += leg.amount
            way = (debit.purpose, credit.purpose) == (shelf, Purpose.HANDED_OUT)
            is_shaped &= at_desk and way and debit.owner_id == record.desk_id
    return spent, goods, is_shaped


def _received(legs: list[Leg], record: ReceiptRead) -> bool:
    if len(legs) != 1:
        return False
    leg = legs[0]
    return (
        (leg.debit.purpose, leg.credit.purpose) == (Purpose.RECEIVED, Purpose.STOCK)
        and leg.debit.owner_id == leg.credit.owner_id == record.desk_id
        and (leg.unit_id, leg.amount) == (record.unit_id, record.quantity)
        and leg.credit.expires_on == (record.best_before or NEVER.isoformat())
    )
