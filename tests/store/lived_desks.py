"""The desks of a bank that is lived in: prizes, stock, redemptions, reservations, purchases and paper slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.people import organisations
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
    slips,
    stock,
    stock_reports,
)
from ledger.prizes.reservations import Reservation
from ledger.prizes.shelves import Counted
from tests.pictures import drawn


class Desks:
    """One desk with one prize, and one of everything that is done there."""

    def __init__(
        self, bank: Bank, by: By, root: Organisation, people: Sequence[Volunteer], requests: Iterator[Request]
    ) -> None:
        self.bank, self.by, self.root, self.people, self.requests = bank, by, root, people, requests
        made = catalogue.add_prize(bank, by, organisation=root, title="杯子", cost_points=2)
        self.mug = catalogue.change_prize(bank, by, made, cost_points=1)
        self.desk = catalogue.open_desk(bank, by, organisation=root, name="一号点")
        self.done: list[Outcome] = []
        """What must have been posted."""

    def give_out(self) -> None:
        """Goods come, are redeemed, counted, bought, keyed in from paper and set aside."""
        bank, desk = self.bank, self.desk
        self.done += [self._receive(5) for _ in range(2)]
        redeemed = [
            redemptions.redeem(bank, self.by, next(self.requests), volunteer=person, desk=desk, items=[(self.mug, 1)])
            for person in self.people
        ]
        self.done += redeemed
        for kind in ("png", "jpeg"):
            self.mug = pictures.show_prize(bank, self.by, self.mug, drawn(kind))
        first = redemptions.find(bank, UUID(str(redeemed[0].answer["id"])))
        assert first is not None
        for width in (58, 80):
            slips.print_slip(bank, self.by, first, width_mm=width)
        keep_shelves(bank, desk, self.mug, self.root)
        self._receive(1)
        self._buy()
        fill_slips_in(bank, desk, self.mug, self.people[1])
        for _ in range(2):
            self._set_aside()

    def _receive(self, quantity: int) -> Outcome:
        asked = next(self.requests)
        return stock.receive(
            self.bank, self.by, asked, desk=self.desk, prize=self.mug, quantity=quantity, source="捐赠"
        )

    def _buy(self) -> None:
        for quantity in (3, 4):
            bought = purchases.order(
                self.bank, self.by, organisation=self.root, prize=self.mug, quantity=quantity, supplier="示例店"
            )
            purchases.end(self.bank, self.by, bought)
            budgets.set_apart(self.bank, self.by, organisation=self.root, year=2026, budget_fen=quantity)

    def _set_aside(self) -> None:
        """One reservation is cancelled; another is collected, and what it was comes back."""
        bank = self.bank
        assert reservations.cancel(bank, self.by, next(self.requests), self._reserved()).posted
        handed = reservations.collect(bank, self.by, next(self.requests), self._reserved(), self.desk)
        found = redemptions.find(bank, UUID(str(handed.answer["id"])))
        assert found is not None
        second = By(actor=bank.world.new_id())
        assert redemptions.reverse(bank, second, next(self.requests), found, "退回").posted

    def _reserved(self) -> Reservation:
        kept = reservations.reserve(
            *(self.bank, self.by, next(self.requests)),
            volunteer=self.people[0],
            desk=self.desk,
            items=[(self.mug, 1)],
        )
        found = reservations.find(self.bank, UUID(str(kept.answer["id"])))
        assert found is not None
        return found


def keep_shelves(bank: Bank, desk: catalogue.Desk, mug: catalogue.Prize, root: organisations.Organisation) -> None:
    """A transfer, and two days of a desk, one of them closed."""
    one, two = By(actor=bank.world.new_id()), By(actor=bank.world.new_id())
    requests = (Request("shelves", str(at), bytes([at])) for at in range(100))
    other = catalogue.open_desk(bank, one, organisation=root, name="二号点")
    for _ in range(2):
        assert stock.transfer(bank, one, next(requests), giver=desk, receiver=other, goods=[(mug, 1)]).posted
        assert desk_sessions.open_session(bank, one, next(requests), desk=other).posted
        latest = desk_sessions.latest_id(bank, other)
        session = desk_sessions.find(bank, latest) if latest else None
        assert session is not None
        counts = [Counted(mug.id, mug.unit_id, stock.on_shelf(bank, other)[mug.unit_id])]
        closed = desk_sessions.close(bank, one, next(requests), session, other, counts)
        report = stock_reports.find(bank, UUID(str(closed.answer["id"])))
        assert report is not None
        assert stock_reports.settle(bank, two, next(requests), report).posted


def fill_slips_in(bank: Bank, desk: catalogue.Desk, mug: catalogue.Prize, person: Volunteer) -> None:
    """Two books; a slip that is posted, one that is voided, and two exceptions that are settled."""
    one, two = By(actor=bank.world.new_id()), By(actor=bank.world.new_id())
    requests = (Request("slips", str(at), bytes([at])) for at in range(100))
    slip_books.prepare(bank, one, desk=desk, slips=1)
    book = slip_books.prepare(bank, one, desk=desk, slips=4)
    for at, quantity in enumerate((1, 90, 80)):
        keyed = paper_redemptions.key_in(
            *(bank, one, next(requests)),
            book=book,
            slip_no=book.numbers[at],
            volunteer=person,
            items=[(mug, quantity)],
            given_on=bank.today(),
        )
        assert keyed.entry is not None
        if keyed.entry.state == "exception":
            stock.receive(bank, one, next(requests), desk=desk, prize=mug, quantity=quantity, source="捐赠")
            assert paper_redemptions.settle(bank, two, next(requests), keyed.entry, "debt", "示例").posted
    paper_redemptions.void(bank, one, book, book.numbers[3])
