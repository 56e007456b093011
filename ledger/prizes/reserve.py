"""Reserve, collect, release: points and goods are set aside for somebody at a desk, and go over or go back.

What is held stands in an account of its own beside each lot and each batch, so a reservation is a transaction,
collecting it another, and whatever is given up goes back to exactly where it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from ledger.core.accounts import POINTS, AccountKey, Owner, Purpose
from ledger.core.books import Books, credit_wallet
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan, PostedMove, Record
from ledger.core.refusals.people import CollectsOnly
from ledger.core.refusals.postings import UnknownTransaction
from ledger.core.refusals.prizes import DeskClosed, ReservationEnded, ReservationNotDue, ReservationOverdue
from ledger.core.refusals.refusal import Refusal
from ledger.prizes import day_books, standing_in
from ledger.prizes.policy import told
from ledger.prizes.redeem import Redeem
from ledger.prizes.resets import AT_COLLECTING

Ending = Literal["cancelled", "expired", "forfeited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Set aside what this redemption would hand over, at the price of the moment. Its last day is so many days ahead,
    and never later than that of the goods. Refuses what `Redeem` refuses.
    """

    redeem: Redeem
    days: int

    @property
    def id(self) -> UUID:
        return self.redeem.id

    @property
    def actor(self) -> UUID:
        return self.redeem.actor

    def needs(self) -> Needs:
        return self.redeem.needs()

    def decide(self, facts: Books) -> Plan | Refusal:
        plan = replace(self.redeem, reset=None).decide(facts)
        if isinstance(plan, Refusal):
            return plan
        goods = [move.debit.expires_on for move in plan.moves if move.debit.unit != POINTS]
        due_on = min(facts.today + timedelta(days=self.days), *goods)
        redemption, *items = plan.records
        row = {name: redemption.row[name] for name in _KEPT} | {"reserved_on": facts.today, "due_on": due_on}
        listed = "、".join(f"{item.title}×{item.quantity}" for item in self.redeem.items)
        answer = {name: said for name, said in plan.answer.items() if name != "receipt"}
        if self.redeem.reset:
            answer["notices"] = [*answer.get("notices", ()), *told([AT_COLLECTING])]
        return Plan(
            kind=Kind.RESERVATION,
            effective_on=facts.today,
            moves=[Move(move.debit, _held(move.debit), move.amount) for move in plan.moves],
            detail={"due_on": due_on.isoformat()},
            why={
                "explanation": [{"zh": f"预订 {listed}", "en": f"Reserved {listed}", "points": 0}],
                "reservation": self.id.hex,
            },
            marks=plan.marks,
            records=(Record("reservation", row), *map(_item, items)),
            answer=answer | {"desk_id": str(self.redeem.desk.id), "due_on": due_on.isoformat()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Hand over what was reserved, at its price of then; what is left is reset if the rulebook of then says so.
    `redeem` names the person, the desk and the items.

    Refuses UnknownTransaction, DeskClosed, what `standing_in` refuses an agent (one who may only collect is let),
    ReservationEnded, ReservationOverdue.
    """

    redeem: Redeem
    reservation: UUID
    reservation_seq: int
    due_on: date

    @property
    def id(self) -> UUID:
        return self.redeem.id

    @property
    def actor(self) -> UUID:
        return self.redeem.actor

    def needs(self) -> Needs:
        rows = (*_rows(self.reservation), *day_books.rows_of(self.redeem.session))
        agent = standing_in.rows_of(self.redeem.volunteer, self.redeem.agency, None)
        desk, reset = self.redeem.desk, self.redeem.reset
        sinks = ((reset.organisation, POINTS),) if reset else ()
        return Needs(
            holdings=((desk, POINTS), *sinks, *((desk, item.unit) for item in self.redeem.items)),
            reverses=(self.reservation_seq,),
            rows=(*rows, *agent),
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        reserved = facts.transaction(self.reservation_seq)
        if reserved is None:
            return UnknownTransaction(seq=self.reservation_seq)
        if day_books.is_signed(facts, self.redeem.session):
            return DeskClosed()
        agency = self.redeem.agency
        refused = standing_in.agent_refused(facts, self.redeem.volunteer, agency) if agency else None
        if refused is not None and not isinstance(refused, CollectsOnly):
            return refused
        if _has_ended(facts, self.reservation):
            return ReservationEnded()
        if self.due_on < facts.today:
            return ReservationOverdue(due_on=self.due_on.isoformat())
        moves = [Move(move.credit, self._taker(move.credit), move.amount) for move in reserved.moves]
        cost = sum(item.quantity * item.cost_points for item in self.redeem.items)
        return self.redeem.handed_over(facts, moves, cost, of=self.reservation)

    def _taker(self, held: AccountKey) -> AccountKey:
        purpose = Purpose.REDEEMED if held.unit == POINTS else Purpose.HANDED_OUT
        return AccountKey(self.redeem.desk, purpose, held.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Give a reservation up: goods go back to their batches, points to their lots, where those past their day lapse
    next; forfeited points go to the organisation. Points that come back pay a debt first.

    Refuses UnknownTransaction, ReservationEnded, ReservationNotDue (all but cancelling waits for the last day to pass).
    """

    id: UUID
    actor: UUID
    reservation: UUID
    reservation_seq: int
    due_on: date
    organisation: Owner
    """Whose `forfeited` account takes what is not given back."""
    ending: Ending

    def needs(self) -> Needs:
        return Needs(
            holdings=((self.organisation, POINTS),),
            reverses=(self.reservation_seq,),
            rows=_rows(self.reservation),
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        reserved = facts.transaction(self.reservation_seq)
        if reserved is None:
            return UnknownTransaction(seq=self.reservation_seq)
        if _has_ended(facts, self.reservation):
            return ReservationEnded()
        if self.ending != "cancelled" and self.due_on >= facts.today:
            return ReservationNotDue(due_on=self.due_on.isoformat())
        points = sum(move.amount for move in reserved.moves if move.debit.unit == POINTS)
        zh, en = _SAID[self.ending]
        row = {
            "id": self.id,
            "seq": None,
            "reservation_id": self.reservation,
            "ending": self.ending,
            "released_by": self.actor,
        }
        is_back = self.ending != "forfeited"
        return Plan(
            kind=Kind.RESERVATION_RELEASE,
            effective_on=facts.today,
            moves=self._moves(facts, reserved.moves),
            detail={"ending": self.ending, "reservation_seq": self.reservation_seq},
            why={"explanation": [{"zh": zh, "en": en, "points": 0 if is_back else -points}]},
            marks=tuple(mark.undone() for mark in reserved.marks) if is_back else (),
            records=(Record("reservation_release", row),),
            answer={"id": str(self.reservation), "state": self.ending, "points": points if is_back else 0},
        )

    def _moves(self, facts: Books, reserved: Iterable[PostedMove]) -> list[Move]:
        moves: list[Move] = []
        repaid = 0
        for move in reserved:
            if move.debit.unit != POINTS:
                moves.append(Move(move.credit, move.debit, move.amount))
            elif self.ending == "forfeited":
                forfeited = AccountKey(self.organisation, Purpose.FORFEITED, POINTS)
                moves.append(Move(move.credit, forfeited, move.amount))
            else:
                back = credit_wallet(facts, move.credit, move.debit, move.amount, repaid=repaid)
                repaid += sum(one.amount for one in back if one.credit.purpose is Purpose.DEBT)
                moves += back
        return moves


_KEPT = (
    "id",
    "seq",
    "volunteer_id",
    "desk_id",
    "household_id",
    "collective_id",
    "beneficiary",
    "points",
    "recorded_by",
)
_SAID = {
    "cancelled": ("取消预订", "A reservation was cancelled"),
    "expired": ("预订逾期未领,积分退回", "A reservation ran out; the points came back"),
    "forfeited": ("预订逾期未领,积分不退", "A reservation ran out; the points are forfeited"),
}


def _held(key: AccountKey) -> AccountKey:
    return key._replace(purpose=Purpose.HELD)


def _item(record: Record) -> Record:
    row = {name: value for name, value in record.row.items() if name != "redemption_id"}
    return Record("reservation_item", {"reservation_id": record.row["redemption_id"]} | row)


def _rows(reservation: UUID) -> tuple[tuple[str, str, UUID], ...]:
    return (
        ("redemption", "reservation_id", reservation),
        ("reservation_release", "reservation_id", reservation),
    )


def _has_ended(facts: Books, reservation: UUID) -> bool:
    return any(facts.rows(table, column, id) for table, column, id in _rows(reservation))
