"""What is given out in the scenario: goods received, counted, set aside, redeemed and brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from ledger.bank import By, Request
from ledger.core.accounts import NEVER, Owner, OwnerKind
from ledger.core.reversal import Reverse
from ledger.prizes import stock_reports
from ledger.prizes.key_slip import KeySlip, SettleSlip, entry_rows
from ledger.prizes.open_session import OpenSession
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.redeem import Redeem
from ledger.prizes.refund import Goods as Returned
from ledger.prizes.refund import Refund
from ledger.prizes.report_stock import ProposeWriteOff, TakeStock
from ledger.prizes.reserve import Collect, Ending, Release, Reserve
from ledger.prizes.shelves import Counted, Gone
from ledger.prizes.slip_numbers import number_of
from ledger.prizes.standing_in import Payer
from ledger.prizes.transfer_stock import Goods, TransferStock
from ledger.store import rows
from ledger.store.schema import community, metadata, prizes, slips
from tests.reading.beginning import Beginning


class Shelving(Beginning):
    """Short verbs for goods and desks."""

    def receive(self, title: str, quantity: int, *, best_before: date = NEVER) -> int:
        item = self.items[title]
        return self.post(
            ReceiveStock(
                id=uuid4(),
                actor=self.staff,
                desk=self.desk,
                prize=item.prize,
                unit=item.unit,
                quantity=quantity,
                source="=cmd()",
                best_before=best_before,
            )
        )

    def transfer(self, title: str, quantity: int, to: Owner) -> int:
        item = self.items[title]
        goods = (Goods(item.prize, item.unit, quantity),)
        return self.post(TransferStock(id=uuid4(), actor=self.staff, giver=self.desk, receiver=to, goods=goods))

    def report(self, command: ProposeWriteOff | TakeStock, *, settled: str = "confirm") -> int:
        """A report by one, and the word of another; the seq of the report."""
        seq = self.post(command)
        report = stock_reports.find(self.bank, command.id)
        assert report is not None
        again = Request("second", uuid4().hex, b"request")
        outcome = stock_reports.settle(
            self.bank, By(actor=self.second), again, report, decision=settled, reason="示例理由"
        )
        assert outcome.seq == seq + 1, outcome.answer
        return seq

    def count(self, title: str, counted: int, reason: str | None = None) -> Counted:
        return Counted(self.items[title].prize, self.items[title].unit, counted, reason)

    def keep_shelves(self) -> None:
        """Goods go to another desk, which has a day, and counts, and writes off."""
        seqs, east = self.seqs, Owner(OwnerKind.DESK, uuid4())
        now = self.clock.now
        ours: dict[str, Any] = {"actor": self.staff, "desk": east}
        self.write(prizes.desk, id=east.id, organisation_id=self.community.id, name="东台", created_at=now)
        self.receive("mug", 9)
        seqs["transfer"] = self.transfer("mug", 6, east)
        opening = OpenSession(id=uuid4(), last=None, **ours)
        seqs["session"] = self.post(opening)
        seqs["stocktake"] = self.report(TakeStock(id=uuid4(), counts=(self.count("mug", 7, "found"),), **ours))
        gone = (Gone(self.items["mug"].prize, self.items["mug"].unit, 2, "damaged"),)
        seqs["write_off"] = self.report(ProposeWriteOff(id=uuid4(), goods=gone, **ours))
        self.report(ProposeWriteOff(id=uuid4(), goods=gone, **ours), settled="reject")
        chosen = (self.items["mug"],)
        self.adjust("bo", 20)
        redeeming = Redeem(id=uuid4(), volunteer=self.volunteers["bo"], items=chosen, session=opening.id, **ours)
        seqs["redemption_in_day"] = self.post(redeeming)
        stocked = {self.items["mug"].unit: self.items["mug"].prize}
        counts = (self.count("mug", 3, "lost"),)
        closing = TakeStock(id=uuid4(), counts=counts, session=opening.id, stocked=stocked, **ours)
        seqs["day_close"] = self.report(closing)
        seqs["session_next"] = self.post(OpenSession(id=uuid4(), last=opening.id, **ours))

    def reserve_things(self) -> None:
        """Three are set aside: one is collected and comes back, one is cancelled, one is forfeited and one stands."""
        seqs, ana = self.seqs, self.volunteers["ana"]
        self.receive("mug", 4, best_before=date(2026, 12, 31))
        self.adjust("ana", 100)
        made: list[Reserve] = []
        for name in ("collected", "cancelled", "forfeited", "standing"):
            asked = Redeem(id=uuid4(), actor=self.staff, volunteer=ana, desk=self.desk, items=(self.items["mug"],))
            made.append(Reserve(redeem=asked, days=3))
            seqs[f"reservation_{name}"] = self.post(made[-1])
        due_on = self.bank.today() + timedelta(days=3)
        told: dict[str, Any] = {
            "reservation": made[0].id,
            "reservation_seq": seqs["reservation_collected"],
            "due_on": due_on,
        }
        seqs["collection"] = self.post(Collect(redeem=replace(made[0].redeem, id=uuid4()), **told))
        self.refund(seqs["collection"], "sellable")
        seqs["release"] = self.release(made[1].id, seqs["reservation_cancelled"], due_on, "cancelled")
        self.clock.set(due_on + timedelta(days=1))
        seqs["forfeit"] = self.release(made[2].id, seqs["reservation_forfeited"], due_on, "forfeited")

    def fill_slips_in(self) -> None:
        """One slip is posted; what another one says is owed, by a second person's word."""
        book, entry, day = uuid4(), uuid4(), self.bank.today()
        self.receive("mug", 2, best_before=date(2026, 12, 31))
        self.adjust("ana", 100)
        self.volunteer("gus")
        self.write(
            slips.slip_book,
            id=book,
            desk_id=self.desk.id,
            first_serial=1,
            slips=2,
            printed_on=day,
            printed_by=self.staff,
        )
        given = Redeem(
            id=uuid4(), actor=self.staff, volunteer=self.volunteers["ana"], desk=self.desk, items=(self.items["mug"],)
        )
        self.seqs["slip"] = self.post(KeySlip(redeem=given, slip_no=number_of(1), book=book, given_on=day))
        owing = replace(given, id=uuid4(), actor=self.second, volunteer=self.volunteers["gus"], owes=True)
        kept = entry_rows(
            id=entry,
            slip_no=number_of(2),
            book=book,
            state="exception",
            volunteer=owing.volunteer.id,
            given_on=day,
            items=[(self.items["mug"].prize, self.items["mug"].quantity)],
            refusal="insufficient_points",
            after_seq=self.seqs["slip"],
            keyed_on=day,
            keyed_by=self.staff,
        )
        for record in kept:
            self.write(metadata.tables[record.table], **record.row)
        told: dict[str, Any] = {"entry": entry, "slip_no": number_of(2), "keyed_by": self.staff}
        self.seqs["slip_debt"] = self.post(SettleSlip(posting=owing, outcome="debt", reason="示例", **told))

    def release(self, reservation: UUID, seq: int, due_on: date, ending: Ending) -> int:
        told: dict[str, Any] = {"reservation": reservation, "reservation_seq": seq, "due_on": due_on}
        return self.post(Release(id=uuid4(), actor=self.staff, organisation=self.community, ending=ending, **told))

    def redeem(self, name: str, *titles: str) -> int:
        chosen = tuple(self.items[title]._replace(quantity=titles.count(title)) for title in dict.fromkeys(titles))
        command = Redeem(id=uuid4(), actor=self.staff, volunteer=self.volunteers[name], desk=self.desk, items=chosen)
        return self.post(command)

    def redeem_at_home(self, name: str, title: str, *, by: str) -> tuple[int, int]:
        """Of the points of a household, and by an agent of the volunteer."""
        home, agency, mine = Owner(OwnerKind.HOUSEHOLD, uuid4()), uuid4(), self.volunteers[name]
        now, today = self.clock.now, self.bank.today()
        self.write(
            community.collective,
            id=home.id,
            owner_kind=home.kind.value,
            organisation_id=self.community.id,
            name="示例户",
            created_at=now,
        )
        stay = {"collective_id": home.id, "role": "member", "from_on": today, "recorded_at": now}
        self.write(community.membership, id=uuid4(), volunteer_id=mine.id, **stay)
        given = {"scope": "redeem", "captured": "paper", "from_on": today, "until_on": today, "recorded_at": now}
        self.write(
            community.agency,
            id=agency,
            volunteer_id=mine.id,
            agent_id=self.volunteers[by].id,
            recorded_by=self.staff,
            **given,
        )
        self.adjust(home, 20)
        items = (self.items[title],)
        command = Redeem(id=uuid4(), actor=self.staff, volunteer=mine, desk=self.desk, items=items)
        at_home = replace(command, payer=Payer(owner=home, spends="anyone"))
        return self.post(at_home), self.post(replace(command, id=uuid4(), agency=agency))

    def refund(self, seq: int, goods: Returned) -> int:
        """What the clerk handed out comes back to the second."""
        with self.bank.store.reading() as connection:
            row = rows.find(connection, "redemption", seq=seq)
        assert row is not None
        undoing = Reverse(id=uuid4(), actor=self.second, seq=seq, reason="登记有误")
        return self.post(Refund(reverse=undoing, redemption=row["id"], redeemed_by=self.staff, goods=goods))
