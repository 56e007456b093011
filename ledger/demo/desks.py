"""The desk of the first community on the last evening and the morning after: a closed day, slips from an hour without
power, a write-off, a stocktake, what waits to be fetched, what is ordered, and pictures of what there is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TypeVar
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.demo.labels import label
from ledger.demo.world import Story
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.prizes import (
    budgets,
    catalogue,
    desk_sessions,
    paper_redemptions,
    pictures,
    purchases,
    redemptions,
    reservations,
    slip_books,
    stock,
    stock_reports,
)
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.shelves import Counted, Gone
from ledger.reading import balances

Thing = TypeVar("Thing")
SERVED, SLIPS, RESERVED, LEAST = 4, 6, 3, 3
BUDGET_FEN = 3_000_000


def market(
    bank: Bank, story: Story, hands: tuple[By, By], desk: Desk, prizes: Sequence[Prize], around: Sequence[Volunteer]
) -> Market:
    """The market at a desk: those of `around` come who have points to spend."""
    held = [(one, balances.balance_of(bank, one.owner)) for one in around]
    people = [one for one, balance in held if balance.available >= LEAST][: SERVED + RESERVED + 1]
    poor = next(one for one, balance in held if not balance.available and not balance.debt)
    return Market(bank, story, *hands, desk, prizes, people, poor)


@dataclass(slots=True)
class Market:
    """One desk, its two clerks, what can be had there and who comes."""

    bank: Bank
    story: Story
    one: By
    other: By
    desk: Desk
    prizes: Sequence[Prize]
    people: Sequence[Volunteer]
    """With points for one of the first prize at least, none of them told of elsewhere."""
    poor: Volunteer
    """Without."""
    keys: int = field(default=0)

    def evening(self, day: date) -> None:
        """The last day of the year: opened late, an hour of it on paper, counted by one and signed by the other."""
        bank, story = self.bank, self.story
        story.turn_to(day, time(16))
        opened = desk_sessions.open_session(bank, self.one, self._request(), desk=self.desk)
        for person in self.people[:SERVED]:
            items = [(self.prizes[0], 1)]
            redemptions.redeem(bank, self.one, self._request(), volunteer=person, desk=self.desk, items=items)
        self._an_hour_on_paper()
        story.turn_to(day, time(18))
        broken = self._spoiled("damaged")
        stock_reports.settle(bank, self.other, self._request(), _report(bank, broken))
        session = _found(desk_sessions.find(bank, UUID(str(opened.answer["id"]))))
        counts = [Counted(prize.id, prize.unit_id, many) for prize, many in self._shelf()]
        counts[0] = counts[0]._replace(counted=counts[0].counted - 1, reason="lost")
        close = desk_sessions.close(bank, self.one, self._request(), session, self.desk, counts)
        story.turn_to(day, time(18, 20))
        stock_reports.settle(bank, self.other, self._request(), _report(bank, close))

    def morning(self, root: Organisation, admin: By, second: Desk) -> None:
        """The next day is open; some of it waits for somebody."""
        bank = self.bank
        desk_sessions.open_session(bank, self.one, self._request(), desk=self.desk)
        for person in self.people[-RESERVED:]:
            items = [(self.prizes[0], 1)]
            reservations.reserve(bank, self.one, self._request(), volunteer=person, desk=self.desk, items=items)
        self._spoiled("expired")
        held = stock.on_shelf(bank, second).get(self.prizes[1].unit_id, 0)
        counts = [Counted(self.prizes[1].id, self.prizes[1].unit_id, held + 2, "found")]
        stock_reports.take_stock(bank, self.one, self._request(), desk=second, counts=counts)
        for at, prize in enumerate(self.prizes):
            changed = catalogue.change_prize(bank, admin, prize, low_at=2, reference_fen=300 * prize.cost_points)
            pictures.show_prize(bank, admin, changed, label(at))
        budgets.set_apart(bank, admin, organisation=root, year=bank.today().year, budget_fen=BUDGET_FEN)
        for prize, many in ((self.prizes[6], 40), (self.prizes[7], 20)):
            expected = bank.today() + timedelta(days=7)
            fen = 280 * prize.cost_points * many
            ordered = {"organisation": root, "prize": prize, "quantity": many, "supplier": "示例粮油店"}
            purchases.order(bank, admin, **ordered, cost_fen=fen, expected_on=expected)  # type: ignore[arg-type]

    def _an_hour_on_paper(self) -> None:
        """One slip is posted, one is more than there is and becomes a debt, one waits for a person, one is spoilt."""
        bank = self.bank
        book = slip_books.prepare(bank, self.one, desk=self.desk, slips=SLIPS)
        wanted = ((self.people[SERVED], 1), (self.poor, 1), (self.poor, 2))
        keyed = [
            paper_redemptions.key_in(
                *(bank, self.one, self._request()),
                book=book,
                slip_no=number,
                volunteer=person,
                items=[(self.prizes[0], many)],
                given_on=bank.today(),
            )
            for number, (person, many) in zip(book.numbers, wanted, strict=False)
        ]
        entry = _found(keyed[1].entry)
        paper_redemptions.settle(bank, self.other, self._request(), entry, "debt", "停电期间已领取(示例)")
        paper_redemptions.void(bank, self.one, book, book.numbers[len(wanted)])

    def _spoiled(self, reason: str) -> Outcome:
        goods = [Gone(self.prizes[0].id, self.prizes[0].unit_id, 1, reason)]
        return stock_reports.propose_write_off(self.bank, self.one, self._request(), desk=self.desk, goods=goods)

    def _shelf(self) -> list[tuple[Prize, int]]:
        """What stands there, all batches of a prize together."""
        stands = stock.on_shelf(self.bank, self.desk)
        return [(prize, stands.get(prize.unit_id, 0)) for prize in self.prizes]

    def _request(self) -> Request:
        self.keys += 1
        key = f"demo-desk-{self.keys:06d}"
        return Request("demo-desk", key, hashlib.sha256(key.encode()).digest())


def _report(bank: Bank, said: Outcome) -> stock_reports.StockReport:
    return _found(stock_reports.find(bank, UUID(str(said.answer["id"]))))


def _found(thing: Thing | None) -> Thing:
    if thing is None:
        raise LookupError("it was just made")
    return thing
