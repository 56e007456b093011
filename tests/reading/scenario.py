"""A builder of small banks: every posting goes through the bank, the clock is ours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, insert, update

from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, NEVER, AccountKey, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.core.lapse import Lapse
from ledger.core.opening import OpenAccounts
from ledger.core.posting import Command
from ledger.core.reversal import Reverse
from ledger.governance import proposals
from ledger.governance.found_rulebook import FoundRulebook
from ledger.log.announcements import EpochChange, KeyChange
from ledger.people import volunteers
from ledger.people.close import Close
from ledger.people.giving import Donate, Pool
from ledger.people.merge import Merge
from ledger.people.organisations import Organisation
from ledger.prizes import stock_reports
from ledger.prizes.key_slip import KeySlip, SettleSlip, entry_rows
from ledger.prizes.open_session import OpenSession
from ledger.prizes.receive_stock import ReceiveStock
from ledger.prizes.redeem import Item, Redeem
from ledger.prizes.refund import Goods as Returned
from ledger.prizes.refund import Refund
from ledger.prizes.report_stock import ProposeWriteOff, TakeStock
from ledger.prizes.reserve import Collect, Ending, Release, Reserve
from ledger.prizes.shelves import Counted, Gone
from ledger.prizes.slip_numbers import number_of
from ledger.prizes.standing_in import Payer
from ledger.prizes.transfer_stock import Goods, TransferStock
from ledger.rules import Deed, Text, book, load
from ledger.rules.reviews import Route
from ledger.rules.rulebook import AccountPolicy
from ledger.service import reviews, stars
from ledger.service.awards import Award
from ledger.service.certify import Certify, EndCertificate
from ledger.service.handing_in import Corrected
from ledger.service.handing_in_deeds import HandInDeed
from ledger.service.post_deed import PostDeed
from ledger.service.reviewing import PostClaim, Review, Step
from ledger.service.star_changes import APPROVE
from ledger.store import rows
from ledger.store.schema import books, community, metadata, people, prizes, service, slips
from ledger.store.writer import Outcome
from tests.proposals import carried
from tests.reading import disputing, noticing


@dataclass
class Clock:
    """Microseconds since 1970 UTC; stands still until it is set."""

    now: int = int(datetime(2026, 3, 2, 4, tzinfo=UTC).timestamp()) * 1_000_000

    def __call__(self) -> int:
        return self.now

    def set(self, day: date) -> None:
        """Noon of the day, where the bank is."""
        self.now = int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp()) * 1_000_000


@dataclass
class Scenario:
    """One bank with its catalogue, and short verbs to post with. Each verb gives the seq, or fails if refused."""

    bank: Bank
    clock: Clock
    staff: UUID = field(default_factory=uuid4)
    certificate_id: UUID = field(default_factory=uuid4)
    second: UUID = field(default_factory=uuid4)
    third: UUID = field(default_factory=uuid4)
    community: Owner = field(default_factory=lambda: Owner(OwnerKind.ORGANISATION, uuid4()))
    activity: UUID = field(init=False)
    change: UUID = field(init=False)
    """Of stars, the one that was proposed last."""
    desk: Owner = field(default_factory=lambda: Owner(OwnerKind.DESK, uuid4()))
    volunteers: dict[str, Owner] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    seqs: dict[str, int] = field(default_factory=dict)
    """seqs by what happened, for tests that go back to them."""

    def __post_init__(self) -> None:
        now, zone = self.clock.now, self.community.id
        row = {"id": zone, "parent_id": None, "level": "district", "name": "幸福社区", "path": f"{zone}/"}
        self._write(people.organisation, **row, name_pinyin="", created_at=now)
        self.activity = self.new_activity("cleaning")
        self._write(prizes.desk, id=self.desk.id, organisation_id=zone, name="服务台", created_at=now)
        document = book("example")
        self.rulebook = load(document, points_scale=self.bank.charter.points_scale)
        self.seqs["founding"] = self.post(
            FoundRulebook(
                id=uuid4(),
                actor=self.staff,
                organisation=zone,
                code=self.rulebook.code,
                version=self.rulebook.version,
                effective_from=self.rulebook.effective_from,
                document=document,
            )
        )
        for name in ("ana", "bo", "chen"):
            self.volunteer(name)
        self.prize("mug", unit=3, cost_points=20)
        self.prize("rice", unit=4, cost_points=35)

    def new_activity(self, kind: str) -> UUID:
        activity = uuid4()
        self._write(
            service.activity,
            id=activity,
            organisation_id=self.community.id,
            title="周末",
            activity_type=kind,
            held_on=date(2026, 3, 1),
            place="三号楼",
            content="清洁",
            person_in_charge="王主任",
            is_volunteer_service=1,
            tags="[]",
            is_dangerous=0,
            risk_note="",
            cancel_before_minutes=120,
            check_in_before_minutes=60,
            grace_minutes=0,
            overlap="refuse",
            no_check_out="nothing",
            created_at=self.clock.now,
        )
        return activity

    def volunteer(self, name: str) -> None:
        owner = Owner(OwnerKind.VOLUNTEER, uuid4())
        self._write(
            people.volunteer,
            id=owner.id,
            volunteer_no=f"{len(self.volunteers):06}",
            organisation_id=self.community.id,
            name=name,
            name_pinyin=name,
            name_letters=name,
            name_initials=name[0],
            registered_at=self.clock.now,
        )
        self.volunteers[name] = owner

    def prize(self, title: str, *, unit: int, cost_points: int) -> None:
        self._write(books.unit, id=unit, kind="prize", scale=0)
        item = Item(uuid4(), unit, title, 1, cost_points, on_shelf=True)
        self._write(
            prizes.prize,
            id=item.prize,
            organisation_id=self.community.id,
            unit_id=unit,
            title=title,
            prize_class="",
            cost_points=cost_points,
            on_shelf=1,
            kind="goods",
            balance_at_least=0,
            hours_at_least=0,
            star_level_at_least=0,
            local_only=0,
            created_at=self.clock.now,
        )
        self.items[title] = item

    def submit(self, command: Command, *, client: str | None = None, key: str = "") -> Outcome:
        return self.bank.submit(command, None if client is None else Request(client, key, b"request"))

    def post(self, command: Command) -> int:
        outcome = self.submit(command)
        assert outcome.seq is not None, outcome.answer
        return outcome.seq

    def award_of(
        self, name: str, minutes: int, *, on: date | None = None, kind: str = "cleaning", method: str = "clocked"
    ) -> Award:
        day = on or self.bank.today()
        activity = self.activity if kind == "cleaning" else self.new_activity(kind)
        deed = Deed(
            activity_type=kind,
            served_on=day,
            minutes=minutes,
            capture_method=method,
            person=self.volunteers[name].id,
            organisation=self.community.id,
            activity=activity,
        )
        return Award(
            id=uuid4(),
            actor=self.staff,
            volunteer=self.volunteers[name],
            organisation=self.community,
            activity=activity,
            deed=deed,
            rulebook=self.rulebook,
        )

    def award(
        self, name: str, minutes: int, *, on: date | None = None, kind: str = "cleaning", method: str = "clocked"
    ) -> int:
        return self.post(self.award_of(name, minutes, on=on, kind=kind, method=method))

    def deed(self, name: str) -> int:
        return self.post(self.deed_of(name))

    def deed_reviewed(self, name: str) -> int:
        """Such a deed, approved by another before it is posted."""
        made, seqs = self.deed_of(name), self.seqs
        route = Route(policy="one_review")
        seqs["deed_claim"] = self.post(HandInDeed(id=uuid4(), deed=made, route=route, reviews_needed=1))
        approval = Review(id=uuid4(), actor=self.second, claim_id=made.id, decision=reviews.APPROVE)
        seqs["deed_review"] = self.post(approval)
        return self.post(PostClaim(award=made))

    def deed_of(self, name: str) -> PostDeed:
        """A tidy courtyard, which counts once a month."""
        id, day = uuid4(), self.bank.today()
        deed = Deed(
            kind="good_deed",
            activity_type="tidy_courtyard",
            served_on=day,
            person=self.volunteers[name].id,
            organisation=self.community.id,
            activity=id,
        )
        return PostDeed(
            id=id,
            actor=self.staff,
            volunteer=self.volunteers[name],
            activity=None,
            deed=deed,
            rulebook=self.rulebook,
        )

    def reviewed(self, name: str, minutes: int) -> int:
        """Back-filled hours, approved by two."""
        award, seqs = self.award_of(name, minutes, method="backfilled"), self.seqs
        seqs["claim"] = self.post(reviews.hand_in(award, id=uuid4(), reviews_needed=2))
        for reviewer in ("second", "third"):
            command = Review(id=uuid4(), actor=getattr(self, reviewer), claim_id=award.id, decision=reviews.APPROVE)
            seqs[f"review_{reviewer}"] = self.post(command)
        return self.post(award)

    def released(self, name: str, minutes: int) -> int:
        """Hours recorded twice in one activity on one day, held, and released by another; and some withdrawn."""
        award, seqs = self.award_of(name, minutes), self.seqs
        handed_in = reviews.hand_in(award, id=uuid4(), reviews_needed=0)
        again = reviews.hand_in(replace(award, id=uuid4()), id=uuid4(), reviews_needed=1)
        seqs["claim_held"], seqs["claim_withdrawn"] = self.post(handed_in), self.post(again)
        seqs["hold_released"] = self.post(self.step(handed_in.claim_id, reviews.RELEASE))
        seqs["withdrawal"] = self.post(self.step(again.claim_id, reviews.WITHDRAW))
        posted = self.post(PostClaim(award=replace(award, id=handed_in.claim_id)))
        seqs["record_correction"] = self.corrected(award, Corrected(record=handed_in.claim_id, seq=posted))
        return posted

    def corrected(self, award: Award, record: Corrected) -> int:
        """The same deed five minutes shorter, approved by one."""
        shorter = replace(award, id=uuid4(), deed=replace(award.deed, minutes=award.deed.minutes - 5))
        claim = reviews.hand_in(shorter, id=uuid4(), reviews_needed=1, corrects=record, reason="示例更正")
        self.post(claim)
        approval = Review(
            id=uuid4(), actor=self.second, claim_id=claim.claim_id, decision=reviews.APPROVE, reason="示例理由"
        )
        self.seqs["review_correction"] = self.post(approval)
        self.seqs["corrected"] = self.reverse(record.seq)
        return self.post(PostClaim(award=replace(shorter, corrects=record.record), undoes=record.seq))

    def step(self, claim: UUID, step: str) -> Step:
        return Step(id=uuid4(), actor=self.second, claim_id=claim, step=step, reason="示例理由")

    def certify(self, name: str, *minutes: int) -> int:
        """A certificate over the first two awards of somebody."""
        content = '{"name":"=cmd()"}'
        return self.post(
            Certify(
                id=self.certificate_id,
                actor=self.staff,
                certificate_no="12345678901234567895",
                volunteer_id=self.volunteers[name].id,
                organisation_id=self.community.id,
                first_day=self.bank.today(),
                last_day=self.bank.today(),
                minutes=sum(minutes),
                record_seqs=(self.seqs["award"], self.seqs["award_capped"]),
                content=content,
                content_digest=digest(content.encode()),
            )
        )

    def revoke(self, certificate_seq: int) -> int:
        return self.post(
            EndCertificate(
                id=uuid4(),
                actor=self.staff,
                certificate_id=self.certificate_id,
                certificate_seq=certificate_seq,
                reason="mistake",
            )
        )

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
        self._write(prizes.desk, id=east.id, organisation_id=self.community.id, name="东台", created_at=now)
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
        self._write(
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
            self._write(metadata.tables[record.table], **record.row)
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
        self._write(
            community.collective,
            id=home.id,
            owner_kind=home.kind.value,
            organisation_id=self.community.id,
            name="示例户",
            created_at=now,
        )
        stay = {"collective_id": home.id, "role": "member", "from_on": today, "recorded_at": now}
        self._write(community.membership, id=uuid4(), volunteer_id=mine.id, **stay)
        given = {"scope": "redeem", "captured": "paper", "from_on": today, "until_on": today, "recorded_at": now}
        self._write(
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

    def reverse(self, seq: int) -> int:
        return self.post(Reverse(id=uuid4(), actor=self.second, seq=seq, reason="登记有误"))

    def refund(self, seq: int, goods: Returned) -> int:
        """What the clerk handed out comes back to the second."""
        with self.bank.store.reading() as connection:
            row = rows.find(connection, "redemption", seq=seq)
        assert row is not None
        undoing = Reverse(id=uuid4(), actor=self.second, seq=seq, reason="登记有误")
        return self.post(Refund(reverse=undoing, redemption=row["id"], redeemed_by=self.staff, goods=goods))

    def nominate(self, name: str) -> int:
        """For the stars of the bank's own ladder."""
        person = volunteers.find_by_id(self.bank, self.volunteers[name].id)
        assert person is not None
        outcome = stars.propose(self.bank, By(actor=self.staff), Request("test", f"stars {name}", b""), person)
        assert outcome.seq is not None, outcome.answer
        self.change = UUID(outcome.answer["id"])
        return outcome.seq

    def decide_stars(self, decision: str) -> int:
        """About the change that was proposed last, by somebody else."""
        change = stars.find(self.bank, self.change)
        assert change is not None
        by, request = By(actor=self.second), Request("test", f"decide {change.id}", b"")
        outcome = stars.decide(self.bank, by, request, change, decision=decision, reason="示例", reach=None)
        assert outcome.seq is not None, outcome.answer
        return outcome.seq

    def adjust(self, whose: str | Owner, amount: int, *, expires_on: date = NEVER, **more: Any) -> int:
        command = Adjust(
            id=uuid4(),
            actor=self.staff,
            second=self.second,
            owner=self.volunteers[whose] if isinstance(whose, str) else whose,
            organisation=self.community,
            amount=amount,
            expires_on=expires_on,
            reason="补发",
            **more,
        )
        return self.post(command)

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

    def play(self) -> None:
        """Everything once. Amounts are in tenths of a point."""
        seqs, today = self.seqs, self.bank.today()
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
        seqs["deed"] = self.deed("chen")
        seqs["deed_repeated"] = self.deed("chen")
        seqs["deed_undone"] = self.reverse(seqs["deed_repeated"])
        seqs["deed_reviewed"] = self.deed_reviewed("chen")
        seqs["adjustment"] = self.adjust("chen", 30, expires_on=date(2026, 6, 30))
        self.adjust("chen", -10)
        self.volunteer("dan")
        self.volunteer("eve")
        self.award("dan", 60, kind="teaching")
        self.adjust("eve", 20, expires_on=date(2027, 6, 30))
        seqs["merge_undone"] = self.merge("dan", "chen")
        self.reverse(seqs["merge_undone"])
        seqs["merge"] = self.merge("dan", "chen")
        seqs["closing"] = self.close("eve", heir="bo")
        seqs["certificate"] = self.certify("ana", 95, 180)
        seqs["certificate_end"] = self.revoke(seqs["certificate"])
        seqs["pooling"] = self.pool("bo", 20)
        seqs["donation"] = self.donate("ana", 15)
        seqs["redemption_at_home"], seqs["redemption_by_agent"] = self.redeem_at_home("bo", "mug", by="ana")
        self.keep_shelves()
        self.reserve_things()
        self.fill_slips_in()
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
        noticing.play(self)
        disputing.play(self)
        self.propose()
        seqs["last"] = self.award("chen", 60, kind="teaching")
        seqs["next"] = seqs["last"] + 1
        self.erase(seqs["award_honorary"])

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

    def _write(self, table: Table, **values: object) -> None:
        with self.bank.store.changing() as connection:
            connection.execute(insert(table).values(**values))
