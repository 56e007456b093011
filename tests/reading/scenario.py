"""A small bank in which everything happened once: every posting goes through the bank, the clock is ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import update

from ledger.core.accounts import MINUTES, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.lapse import Lapse
from ledger.core.opening import OpenAccounts
from ledger.governance import proposals
from ledger.log.announcements import EpochChange, KeyChange
from ledger.people.close import Close
from ledger.people.giving import Donate, Pool
from ledger.people.merge import Merge
from ledger.people.organisations import Organisation
from ledger.rules import Text, book
from ledger.rules.rulebook import AccountPolicy
from ledger.service.star_changes import APPROVE
from ledger.store.schema import books
from tests.proposals import carried
from tests.reading import disputing, noticing
from tests.reading.serving import Serving
from tests.reading.shelving import Shelving


class Scenario(Serving, Shelving):
    """Short verbs to post with, and a day on which all of them were."""

    def play(self) -> None:
        """Everything once. Amounts are in tenths of a point."""
        self._open()
        self._earn_and_spend()
        self._do_deeds()
        self._come_and_go()
        self._give()
        self.keep_shelves()
        self.reserve_things()
        self.fill_slips_in()
        self._rise()
        noticing.play(self)
        disputing.play(self)
        self.propose()
        self.seqs["last"] = self.award("chen", 60, kind="teaching")
        self.seqs["next"] = self.seqs["last"] + 1
        self.erase(self.seqs["award_honorary"])

    def _open(self) -> None:
        """An account, and what operators announce."""
        seqs = self.seqs
        wallet = AccountKey(self.volunteers["chen"], Purpose.WALLET, 1)
        seqs["opening"] = self.post(OpenAccounts(id=uuid4(), actor=self.staff, accounts=(wallet,)))
        vkey = "pioneer.example+01234567+AQID"
        seqs["key_change"] = self.post(KeyChange(id=uuid4(), actor=self.staff, change="added", vkey=vkey))
        seqs["epoch_change"] = self.post(
            EpochChange(
                id=uuid4(),
                actor=self.staff,
                number=2,
                origin="pioneer.example/2",
                lost_origin="pioneer.example",
                lost_size=9_999,
                lost_root=bytes(32),
            )
        )

    def _earn_and_spend(self) -> None:
        """Service by every route, what it buys, and what is undone of both."""
        seqs, today = self.seqs, self.bank.today()
        seqs["receipt"] = self.receive("mug", 5)
        seqs["receipt_rice"] = self.receive("rice", 3, best_before=date(2026, 12, 31))
        seqs["award"] = self.award("ana", 95)
        seqs["award_capped"] = self.award("ana", 180)
        for _ in range(3):
            seqs["award_teaching"] = self.award("ana", 60, kind="teaching", on=today - timedelta(days=40))
        seqs["award_honorary"] = self.reviewed("bo", 45)
        seqs["award_released"] = self.released("bo", 50)
        seqs["award_unruled"] = self.award("bo", 45, kind="unheard_of")
        self.submit(self.award_of("bo", 0))  # refused: remembered, nothing posted
        seqs["redemption"] = self.redeem("ana", "mug", "mug", "rice")
        seqs["award_to_undo"] = self.award("bo", 60, kind="teaching")
        seqs["redemption_bo"] = self.redeem("bo", "mug")
        seqs["debt"] = self.reverse(seqs["award_to_undo"])  # 30 left of 50: 20 become a debt
        self.adjust("bo", 15)
        seqs["award_to_debt"] = self.award("bo", 60, kind="teaching")  # pays the last 5, then fills the wallet
        seqs["refund"] = self.refund(seqs["redemption"], "damaged")
        seqs["receipt_undone"] = self.reverse(self.receive("rice", 2))

    def _do_deeds(self) -> None:
        """A deed, again too soon, and approved by another; points set right by two."""
        seqs = self.seqs
        seqs["deed"] = self.deed("chen")
        seqs["deed_repeated"] = self.deed("chen")
        seqs["deed_undone"] = self.reverse(seqs["deed_repeated"])
        seqs["deed_reviewed"] = self.deed_reviewed("chen")
        seqs["adjustment"] = self.adjust("chen", 30, expires_on=date(2026, 6, 30))
        self.adjust("chen", -10)

    def _come_and_go(self) -> None:
        """Two who are one, and one who leaves."""
        seqs = self.seqs
        self.volunteer("dan")
        self.volunteer("eve")
        self.award("dan", 60, kind="teaching")
        self.adjust("eve", 20, expires_on=date(2027, 6, 30))
        seqs["merge_undone"] = self.merge("dan", "chen")
        self.reverse(seqs["merge_undone"])
        seqs["merge"] = self.merge("dan", "chen")
        seqs["closing"] = self.close("eve", heir="bo")

    def _give(self) -> None:
        """Hours certified, points given away, and spent at home and by an agent."""
        seqs = self.seqs
        seqs["certificate"] = self.certify("ana", 95, 180)
        seqs["certificate_end"] = self.revoke(seqs["certificate"])
        seqs["pooling"] = self.pool("bo", 20)
        seqs["donation"] = self.donate("ana", 15)
        seqs["redemption_at_home"], seqs["redemption_by_agent"] = self.redeem_at_home("bo", "mug", by="ana")

    def _rise(self) -> None:
        """Stars are proposed; points lapse before they are decided."""
        seqs = self.seqs
        for name in ("stocktake", "write_off", "day_close"):
            seqs[f"{name}_settled"] = seqs[name] + 1
        self.volunteer("fan")
        seqs["star_award"] = self.award("fan", 60, kind="teaching")
        seqs["star_hours"] = self.adjust("fan", 18_000, unit=MINUTES, purpose=Purpose.CLOCKED)
        seqs["star_change"] = self.nominate("fan")
        self.clock.set(date(2026, 7, 2))
        seqs["lapse"] = self.lapse("chen", date(2026, 6, 30))
        seqs["lapse_undone"] = self.reverse(seqs["adjustment"])
        seqs["star_decision"] = self.decide_stars(APPROVE)

    def lapse(self, name: str, expires_on: date) -> int:
        command = Lapse(
            id=uuid4(),
            actor=self.staff,
            owner=self.volunteers[name],
            organisation=self.community,
            expires_on=expires_on,
        )
        return self.post(command)

    def pool(self, name: str, points: int) -> int:
        account = AccountPolicy(account="household", title=Text(zh="家庭账户", en="household"), pools=True)
        command = Pool(
            id=uuid4(),
            actor=self.staff,
            member=self.volunteers[name],
            into=Owner(OwnerKind.HOUSEHOLD, uuid4()),
            points=points,
            rulebook=replace(self.rulebook, accounts=(account,)),
        )
        return self.post(command)

    def donate(self, name: str, points: int) -> int:
        """To the common cause of the community."""
        command = Donate(
            id=uuid4(),
            actor=self.staff,
            giver=self.volunteers[name],
            receiver=self.community,
            points=points,
            may_spend=True,
        )
        return self.post(command)

    def merge(self, merged: str, survivor: str) -> int:
        people = self.volunteers[merged], self.volunteers[survivor]
        return self.post(Merge(id=uuid4(), actor=self.staff, merged=people[0], survivor=people[1]))

    def close(self, name: str, *, heir: str) -> int:
        command = Close(
            id=uuid4(),
            actor=self.staff,
            volunteer=self.volunteers[name],
            organisation=self.community,
            reason="died",
            is_transferred=True,
            heir=self.volunteers[heir],
        )
        return self.post(command)

    def erase(self, seq: int) -> None:
        """Null the private part of one transaction, the one change that the ledger allows."""
        with self.bank.store.changing() as connection:
            connection.execute(update(books.private).where(books.private.c.seq == seq).values(salt=None, opening=None))

    def propose(self) -> None:
        """A rulebook, a price list and a resolution, each through all its stages."""
        document = book("example").replace("version: 1", "version: 2").replace("2020-01-01", "2026-07-10")
        self.carry("rulebook", document)
        prices = "title: {zh: 价目, en: prices}\neffective_from: 2026-07-11\nprices:\n"
        prices += f"  - {{prize: {self.items['mug'].prize}, points: 19}}\n"
        self.carry("price_list", prices)
        self.carry("resolution", "大家每周六打扫庭院(示例)", template="five_deliberations")

    def carry(self, kind: str, document: str, *, template: str = "three_reviews") -> None:
        zone = self.community.id
        organisation = Organisation(id=zone, parent_id=None, level="community", name="幸福社区", path=f"{zone}/")
        found = proposals.find(self.bank, carried(self.bank, organisation, document, kind=kind, template=template))
        assert found is not None
        for taken in found.taken:
            self.seqs[f"{kind}_{taken.step.stage}"] = taken.seq
        self.seqs[kind] = found.taken[-1].seq
