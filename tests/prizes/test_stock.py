"""What stands in every place is what came, less what was handed out and written off, and what was counted differently;
whatever happened to it, in whatever order.
"""

from __future__ import annotations

import random
from collections import Counter
from uuid import UUID

import pytest

from ledger.bank import Bank, By
from ledger.core.accounts import Purpose
from ledger.prizes import (
    desk_sessions,
    paper_redemptions,
    redemptions,
    reservations,
    slip_books,
    stock,
    stock_reports,
)
from ledger.prizes.refund import Goods
from ledger.prizes.shelves import Counted, Gone
from ledger.store import shelves
from tests.banks import LONG, SECOND, STAFF, Clock
from tests.towns import Town

DEEDS = 2_000 if LONG else 120
DESKS = ("first", "east", "west")


class Keeper:
    """Does things at three desks, and keeps a tally beside the bank."""

    def __init__(self, bank: Bank, seed: int) -> None:
        self.bank, self.town, self.dice = bank, Town(bank), random.Random(seed)
        self.mug = self.town.prize("mug", 1)
        self.town.adjust("甲", 100_000)
        self.right: Counter[str] = Counter()
        self.held: list[tuple[str, UUID]] = []
        self.redeemed: list[tuple[str, UUID]] = []

    def there(self, desk: str) -> int:
        """In the bank's books, set aside or not."""
        with self.bank.store.reading() as connection:
            purposes = (Purpose.STOCK, Purpose.HELD)
            id = self.town.desk_called(desk).id
            return sum(one.quantity for each in purposes for one in shelves.batches(connection, id, purpose=each))

    def do(self) -> None:
        desk = self.dice.choice(DESKS)
        self.town.stand_at(desk)
        deeds = (
            *(self.receive, self.redeem, self.refund, self.transfer, self.spoil, self.count),
            *(self.book, self.end, self.slip),
        )
        self.dice.choice(deeds)(desk, self.dice.randint(1, 4))

    def receive(self, desk: str, many: int) -> None:
        assert self.town.receive("mug", many).posted
        self.right[desk] += many

    def redeem(self, desk: str, many: int) -> None:
        done = self.town.redeem("甲", ("mug", many))
        if done.posted:
            self.right[desk] -= many
            self.redeemed.append((desk, UUID(str(done.answer["id"]))))

    def refund(self, desk: str, many: int) -> None:
        for at, (where, id) in enumerate(self.redeemed):
            if where == desk:
                del self.redeemed[at]
                found = redemptions.find(self.bank, id)
                assert found is not None
                goods: Goods = "damaged" if many == 1 else "sellable"
                assert self.town.refund(id, goods=goods).posted
                self.right[desk] += found.points if goods == "sellable" else 0  # a mug costs a point
                return

    def transfer(self, desk: str, many: int) -> None:
        other = self.dice.choice(DESKS)
        town = self.town
        goods = [(self.mug, many)]
        request = town.request("transfer")
        if stock.transfer(
            self.bank, By(actor=STAFF), request, giver=town.desk, receiver=town.desk_called(other), goods=goods
        ).posted:
            self.right[desk] -= many
            self.right[other] += many

    def spoil(self, desk: str, many: int) -> None:
        gone = [Gone(self.mug.id, self.mug.unit_id, many, "damaged")]
        town = self.town
        said = stock_reports.propose_write_off(
            self.bank, By(actor=STAFF), town.request("spoil"), desk=town.desk, goods=gone
        )
        if said.posted and self.settle(said.answer["id"]):
            self.right[desk] -= many

    def count(self, desk: str, many: int) -> None:
        town, counted = self.town, max(0, self.right[desk] + many - 2)
        reason = "found" if counted > self.right[desk] else "lost"
        counts = [Counted(self.mug.id, self.mug.unit_id, counted, reason)]
        said = stock_reports.take_stock(
            self.bank, By(actor=STAFF), town.request("count"), desk=town.desk, counts=counts
        )
        assert said.posted
        if self.settle(said.answer["id"]):
            self.right[desk] = counted

    def book(self, desk: str, many: int) -> None:
        town = self.town
        made = reservations.reserve(
            *(self.bank, By(actor=STAFF), town.request("book")),
            volunteer=town.volunteer("甲"),
            desk=town.desk,
            items=[(self.mug, many)],
        )
        if made.posted:
            self.held.append((desk, UUID(str(made.answer["id"]))))

    def end(self, desk: str, many: int) -> None:
        for at, (where, id) in enumerate(self.held):
            if where == desk:
                del self.held[at]
                one = reservations.find(self.bank, id)
                assert one is not None
                by, request = By(actor=STAFF), self.town.request("end")
                if many % 2:
                    assert reservations.cancel(self.bank, by, request, one).posted
                else:
                    assert reservations.collect(self.bank, by, request, one, self.town.desk).posted
                    self.right[desk] -= one.points
                return

    def slip(self, desk: str, many: int) -> None:
        """Handed out on paper: posted, or put aside and then a loss, of which nothing moves before it is settled."""
        town, by = self.town, By(actor=STAFF)
        book = slip_books.prepare(self.bank, by, desk=town.desk, slips=1)
        keyed = paper_redemptions.key_in(
            *(self.bank, by, town.request("slip")),
            book=book,
            slip_no=book.first_no,
            volunteer=town.volunteer("甲"),
            items=[(self.mug, many)],
            given_on=self.bank.today(),
        )
        assert keyed.entry is not None
        if keyed.entry.state == "posted":
            self.right[desk] -= many
            return
        request, second = town.request("loss"), By(actor=SECOND)
        lost = paper_redemptions.settle(self.bank, second, request, keyed.entry, "loss", "示例")
        assert lost.refusal is not None, "there was too little"
        assert lost.refusal.code == "insufficient_stock"

    def settle(self, id: str) -> bool:
        report = stock_reports.find(self.bank, UUID(id))
        assert report is not None
        return stock_reports.settle(self.bank, By(actor=SECOND), self.town.request("settle"), report).posted


@pytest.mark.parametrize("seed", range(2))
def test_what_stands_in_every_place_is_what_came_and_went(bank: Bank, seed: int) -> None:
    keeper = Keeper(bank, seed)
    for _ in range(DEEDS):
        keeper.do()
        assert {desk: keeper.there(desk) for desk in DESKS} == {desk: keeper.right[desk] for desk in DESKS}


def test_every_movement_lies_in_exactly_one_day_and_closed_days_stay_as_they_are(bank: Bank, clock: Clock) -> None:
    keeper = Keeper(bank, 3)
    closed: list[tuple[desk_sessions.DeskSession, desk_sessions.Sheet]] = []
    for _ in range(4):
        for desk in DESKS:
            keeper.town.stand_at(desk)
            opened = desk_sessions.open_session(
                bank, By(actor=STAFF), keeper.town.request("open"), desk=keeper.town.desk
            )
            assert opened.posted
        for _ in range(25):
            keeper.do()
        for desk in DESKS:
            keeper.town.stand_at(desk)
            latest = desk_sessions.latest_id(bank, keeper.town.desk)
            session = desk_sessions.find(bank, latest) if latest else None
            assert session is not None
            counts = [Counted(keeper.mug.id, keeper.mug.unit_id, keeper.right[desk])]
            said = desk_sessions.close(
                bank, By(actor=STAFF), keeper.town.request("close"), session, keeper.town.desk, counts
            )
            assert keeper.settle(said.answer["id"])
            session = desk_sessions.find(bank, session.id)
            assert session is not None
            closed.append((session, desk_sessions.sheet(bank, session)))
        clock.forward(days=1)
    counted: Counter[UUID] = Counter()
    for session, sheet in closed:
        assert desk_sessions.sheet(bank, session) == sheet
        for line in sheet.lines:
            moved = line.received + line.transferred + line.handed_out + line.returned
            assert line.opening == counted[session.desk_id]
            assert line.opening + moved + line.written_off + line.adjusted == line.expected == line.counted
            counted[session.desk_id] = line.counted or 0
