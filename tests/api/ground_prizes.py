"""Prizes in each place of the matrix, the desks that give them out, and what was bought, set aside and redeemed."""

from __future__ import annotations

from functools import cached_property
from uuid import UUID

from ledger.bank import By
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.prizes import (
    catalogue,
    desk_sessions,
    paper_redemptions,
    past_redemptions,
    purchases,
    redemptions,
    refund_requests,
    reservations,
    slip_books,
    stock,
    stock_reports,
)
from ledger.prizes.shelves import Gone
from tests.api.ground_people import SECOND, People

PLENTY = 10_000


class Prizes(People):
    """Its prizes and desks: part of a place."""

    @cached_property
    def prize(self) -> catalogue.Prize:
        return catalogue.add_prize(self.bank, self.by, organisation=self.organisation, title="示例杯", cost_points=1)

    @property
    def prize_id(self) -> str:
        return str(self.prize.id)

    @cached_property
    def desk(self) -> catalogue.Desk:
        return catalogue.open_desk(self.bank, self.by, organisation=self.organisation, name="示例台")

    @property
    def desk_id(self) -> str:
        return str(self.desk.id)

    @property
    def purchase_id(self) -> str:
        """Something that was ordered."""
        made = purchases.order(
            self.bank, self.by, organisation=self.organisation, prize=self.prize, quantity=1, supplier="示例店"
        )
        return str(made.id)

    @property
    def new_desk(self) -> catalogue.Desk:
        return catalogue.open_desk(self.bank, self.by, organisation=self.organisation, name=f"示例{self.new_name}")

    @property
    def new_desk_id(self) -> str:
        return str(self.new_desk.id)

    @cached_property
    def other_desk_id(self) -> str:
        return self.new_desk_id

    @property
    def stocked_desk_id(self) -> str:
        assert self.stocked
        return self.desk_id

    @property
    def new_report_of_stock_id(self) -> str:
        """What is to be written off, once a second person agrees."""
        assert self.stocked
        gone = [Gone(self.prize.id, self.prize.unit_id, 1, "damaged")]
        made = stock_reports.propose_write_off(self.bank, self.by, self.new_key, desk=self.desk, goods=gone)
        return str(made.answer["id"])

    @cached_property
    def report_id(self) -> str:
        return self.new_report_of_stock_id

    @cached_property
    def session_id(self) -> str:
        return self.new_session_id

    @property
    def new_reservation_id(self) -> str:
        """Something set aside for the volunteer."""
        assert self.stocked
        made = reservations.reserve(
            self.bank, self.by, self.new_key, volunteer=self.volunteer, desk=self.desk, items=[(self.prize, 1)]
        )
        return str(made.answer["id"])

    @cached_property
    def reservation_id(self) -> str:
        return self.new_reservation_id

    @property
    def new_slip_no(self) -> str:
        """A slip that nothing was written on."""
        return slip_books.prepare(self.bank, self.by, desk=self.desk, slips=1).first_no

    @property
    def book_id(self) -> str:
        return str(slip_books.prepare(self.bank, self.by, desk=self.desk, slips=1).id)

    @property
    def new_paper_id(self) -> str:
        """A slip that says more than is there."""
        book = slip_books.prepare(self.bank, self.by, desk=self.desk, slips=1)
        keyed = paper_redemptions.key_in(
            *(self.bank, self.by, self.new_key),
            book=book,
            slip_no=book.first_no,
            volunteer=self.volunteer,
            items=[(self.prize, 900_000)],
            given_on=self.bank.today(),
        )
        assert keyed.entry is not None
        return str(keyed.entry.id)

    @cached_property
    def paper_id(self) -> str:
        return self.new_paper_id

    @property
    def new_session_id(self) -> str:
        """The day of a desk that has nothing."""
        return str(desk_sessions.open_session(self.bank, self.by, self.new_key, desk=self.new_desk).answer["id"])

    @property
    def new_redemption_id(self) -> str:
        assert self.stocked
        done = redemptions.redeem(
            self.bank, self.by, self.new_key, volunteer=self.volunteer, desk=self.desk, items=[(self.prize, 1)]
        )
        return str(done.answer["id"])

    @property
    def new_refund_request_id(self) -> str:
        redemption = past_redemptions.find(self.bank, UUID(self.new_redemption_id))
        assert redemption is not None
        somebody = By(actor=SECOND)
        asked = refund_requests.prepare(self.bank, somebody, redemption, goods="sellable", reason="示例更正")
        return str(asked.id)

    @cached_property
    def stocked(self) -> bool:
        """The desk has plenty of the prize, and the volunteer points for it."""
        received = stock.receive(
            self.bank, self.by, self.new_key, desk=self.desk, prize=self.prize, quantity=PLENTY, source="示例捐赠"
        )
        given = self.bank.submit(
            Adjust(
                id=self.bank.world.new_id(),
                actor=self.by.actor,
                second=SECOND,
                owner=self.volunteer.owner,
                organisation=Owner(OwnerKind.ORGANISATION, self.organisation.id),
                amount=PLENTY,
                reason="示例更正",
            )
        )
        return received.posted and given.posted
