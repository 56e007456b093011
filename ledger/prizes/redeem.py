"""Redeem: points and goods move in one transaction, so the last bag of rice cannot go twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from stdnum import damm

from ledger.core.accounts import MINUTES, POINTS, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.books import Books, draw, take_points
from ledger.core.entries import Kind
from ledger.core.posting import AMOUNT_MAX, Move, Needs, Plan, Record
from ledger.core.refusals.postings import AmountOutOfRange, InsufficientPoints, InsufficientStock
from ledger.core.refusals.prizes import DeskClosed, NotRedeemable, PrizeNotOffered
from ledger.core.refusals.refusal import Refusal
from ledger.prizes import day_books, prize_terms, resets, standing_in
from ledger.prizes.policy import Line, Terms, marks_of, told
from ledger.prizes.prize_terms import Asked
from ledger.prizes.resets import Reset
from ledger.prizes.standing_in import Payer
from ledger.rules import Kept, Reason

QUANTITY_MAX = 1_000_000


def receipt_number(seq: int) -> str:
    """What stands on the slip: the transaction's seq and a check digit after Damm (2004)."""
    body = f"{seq:09d}"
    return body + str(damm.calc_check_digit(body))


class Item(NamedTuple):
    """So many of one prize at the price of the moment."""

    prize: UUID
    unit: int
    title: str
    quantity: int
    cost_points: int
    """Of one, in the smallest unit of points."""
    on_shelf: bool
    prize_class: str = ""
    """What limits and tiers of the rulebook call it; empty if nothing."""
    asked: Asked | None = None
    """What the prize itself asks of the person; None: nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeem:
    """Hand over prizes for points, as the redemption policy allows. Points come from the lots that lapse first, goods
    from the batches that expire first.

    A household or group that pays gives its own lots; the policy looks at its balance, at the member's hours, stars
    and flags, and counts the redemption for the member.

    Refuses, in this order: AmountOutOfRange, DeskClosed, PrizeNotOffered, what `standing_in` refuses, NotRedeemable
    (with every reason at once), InsufficientPoints, InsufficientStock.
    """

    id: UUID
    actor: UUID
    volunteer: Owner
    desk: Owner
    items: tuple[Item, ...]
    terms: Terms | None = field(default=None, repr=False)
    """The policy in force; None where there is no rulebook."""
    payer: Payer | None = None
    """The household or group whose points are spent; None: the volunteer's own."""
    agency: UUID | None = None
    """The authorisation of whoever stands there for the volunteer; None: the volunteer does."""
    beneficiary: str | None = None
    """Where no policy is asked: for whom it was reserved, and from which household."""
    household: UUID | None = None
    reset: Reset | None = None
    """What becomes of what is left; None: it stays."""
    session: UUID | None = None
    """The desk's latest day, which must not be signed; None where the desk never opened one."""
    owes: bool = False
    """Whether what the wallet does not hold is owed: a second person accepted it for what was given on paper."""

    @property
    def wallet(self) -> Owner:
        """Whose points are spent."""
        return self.payer.owner if self.payer else self.volunteer

    def needs(self) -> Needs:
        units = [(self.desk, item.unit) for item in self.items]
        rows = (*day_books.rows_of(self.session), *standing_in.rows_of(self.volunteer, self.agency, self.payer))
        sinks = [self.reset.organisation] if self.reset else []
        points = [(owner, POINTS) for owner in dict.fromkeys((self.wallet, self.volunteer, self.desk, *sinks))]
        person = self.volunteer.id
        history = prize_terms.keys(self.items, person)
        rows = (*rows, *prize_terms.rows(self.items, person))
        if self.terms is None:
            hours = prize_terms.holdings(self.items, self.volunteer)
            return Needs(holdings=(*points, *hours, *units), history=history, rows=rows)
        asked = self.terms.keys(person, self._wanted())
        return Needs(
            holdings=(*points, (self.volunteer, MINUTES), *units),
            history=[*(key for keys in asked.values() for key in keys), *history],
            rows=tuple(dict.fromkeys((*rows, *self.terms.rows(person)))),
        )

    def decide(self, facts: Books) -> Plan | Refusal:
        if not self.items:
            return AmountOutOfRange(amount=0, lowest=1, highest=QUANTITY_MAX)
        for item in self.items:
            if not 0 < item.quantity <= QUANTITY_MAX:
                return AmountOutOfRange(amount=item.quantity, lowest=1, highest=QUANTITY_MAX)
        cost = sum(item.quantity * item.cost_points for item in self.items)
        if cost > AMOUNT_MAX:
            return AmountOutOfRange(amount=cost, lowest=0, highest=AMOUNT_MAX)
        if day_books.is_signed(facts, self.session):
            return DeskClosed()
        for item in self.items:
            if not item.on_shelf:
                return PrizeNotOffered(prize=str(item.prize))
        refused = self.stand_in_refused(facts)
        if refused is not None:
            return refused
        reasons = self.policy_reasons(facts)
        against = [reason for reason in reasons if reason.refuses]
        if any(reason.code != InsufficientPoints.code for reason in against):
            return NotRedeemable(
                codes=" ".join(reason.code for reason in against),
                reasons_zh="; ".join(reason.text.zh for reason in against),
                reasons_en="; ".join(reason.text.en for reason in against),
            )
        lots = facts.usable(self.wallet, Purpose.WALLET, POINTS)
        held = sum(balance for _, balance in lots)
        if against and self.terms is not None:
            held = self.terms.rulebook.redeeming.redeemable(held)
        if held < cost and not self.owes:
            return InsufficientPoints(held=held, asked=cost)
        wanted: Counter[int] = Counter()
        for item in self.items:
            wanted[item.unit] += item.quantity
        for item in self.items:
            stocked = sum(balance for _, balance in facts.usable(self.desk, Purpose.STOCK, item.unit))
            if stocked < wanted[item.unit]:
                return InsufficientStock(prize=str(item.prize), held=stocked, asked=wanted[item.unit])
        return self._plan(facts, wanted, cost, [reason for reason in reasons if not reason.refuses])

    def stand_in_refused(self, facts: Books) -> Refusal | None:
        """Why an agent may not stand here, or who pays may not pay, if so."""
        refused = standing_in.agent_refused(facts, self.volunteer, self.agency) if self.agency else None
        if refused is None and self.payer:
            refused = standing_in.payer_refused(facts, self.volunteer, self.payer)
        return refused

    def policy_reasons(self, facts: Books) -> tuple[Reason, ...]:
        """What policy and prizes say to it: reasons for a no, and what people are to be asked about."""
        said = self.terms.reasons(facts, self.volunteer, self.wallet, self._wanted()) if self.terms else ()
        return (*said, *prize_terms.reasons(facts, self.items, self.volunteer, self.wallet))

    def foretold(self, facts: Books, cost: int) -> tuple[Reason, ...]:
        """What people must know beside it before they confirm: how many points are reset."""
        if self.reset is None:
            return ()
        left = sum(held for _, held in facts.usable(self.wallet, Purpose.WALLET, POINTS)) - cost
        return (self.reset.foretold(left),) if left > 0 else ()

    def _wanted(self) -> list[Line]:
        return [
            Line(item.prize, item.prize_class, item.quantity, item.quantity * item.cost_points) for item in self.items
        ]

    def _plan(
        self,
        facts: Books,
        wanted: Counter[int],
        cost: int,
        notices: list[Reason],
    ) -> Plan:
        spent = AccountKey(self.desk, Purpose.REDEEMED, POINTS)
        moves = take_points(facts, self.wallet, spent, cost)
        for unit, quantity in wanted.items():
            gone = AccountKey(self.desk, Purpose.HANDED_OUT, unit)
            shelf = facts.usable(self.desk, Purpose.STOCK, unit)
            moves += [Move(batch, gone, part) for batch, part in draw(shelf, quantity)]
        marks = marks_of(self.volunteer.id, self._household, self.desk.id, facts.today, self._wanted())
        notices = [*notices, *self.foretold(facts, cost)]
        plan = self.handed_over(facts, moves, cost, marks=marks)
        return replace(plan, answer={**plan.answer, **({"notices": told(notices)} if notices else {})})

    def handed_over(
        self, facts: Books, moves: Sequence[Move], cost: int, *, marks: Sequence[Kept] = (), of: UUID | None = None
    ) -> Plan:
        """The redemption that these moves are, and the reset of what is left; `of` is the reservation that is collected
        with it.
        """
        left = self.reset.moves(facts, self.wallet, moves) if self.reset else []
        items = [
            {
                "prize_id": str(item.prize),
                "title": item.title,
                "quantity": item.quantity,
                "cost_points": item.cost_points,
            }
            for item in self.items
        ]
        listed = "、".join(f"{item.title}×{item.quantity}" for item in self.items)
        told_of = [{"zh": f"兑换 {listed}", "en": f"Redeemed {listed}", "points": -cost}]
        explanation = [*told_of, *([self.reset.line(resets.total(left))] if self.reset and left else ())]
        return Plan(
            kind=Kind.REDEMPTION,
            effective_on=facts.today,
            moves=[*moves, *left],
            rulebook=self.reset.rulebook if self.reset else None,
            why={"explanation": explanation, "redemption": self.id.hex},
            marks=marks,
            records=(self._record(cost, facts.today, of), *self._lines()),
            answer={
                "id": str(self.id),
                "points": cost,
                "items": items,
                "receipt": {"number": receipt_number(facts.next_seq), "on": facts.today.isoformat()},
                **({f"{self.payer.owner.kind}_id": str(self.payer.owner.id)} if self.payer else {}),
                **({"collected_by": str(self.agency)} if self.agency else {}),
                **({"reservation_id": str(of)} if of else {}),
                **({"reset_points": resets.total(left), "explanation": explanation} if left else {}),
            },
        )

    @property
    def _household(self) -> UUID | None:
        if self.payer and self.payer.owner.kind is OwnerKind.HOUSEHOLD:
            return self.payer.owner.id
        return self.terms.household if self.terms else self.household

    def _record(self, cost: int, on: date, reservation: UUID | None) -> Record:
        return Record(
            "redemption",
            {
                "id": self.id,
                "seq": None,
                "volunteer_id": self.volunteer.id,
                "desk_id": self.desk.id,
                "household_id": self._household,
                "collective_id": self.payer.owner.id if self.payer else None,
                "collected_by": self.agency,
                "redeemed_on": on,
                "reservation_id": reservation,
                "beneficiary": self.terms.beneficiary if self.terms else self.beneficiary,
                "points": cost,
                "recorded_by": self.actor,
            },
        )

    def _lines(self) -> list[Record]:
        return [
            Record(
                "redemption_item",
                {
                    "redemption_id": self.id,
                    "line": line,
                    "prize_id": item.prize,
                    "quantity": item.quantity,
                    "cost_points": item.cost_points,
                    "prize_class": item.prize_class,
                },
            )
            for line, item in enumerate(self.items, 1)
        ]
