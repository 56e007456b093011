"""A bank that is lived in: one of everything that the ledger writes, so that every table has rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from ledger import rules
from ledger.bank import Bank, By, Outcome, Request, Submission
from ledger.core.accounts import MINUTES, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.core.opening import OpenAccounts
from ledger.people import closings, consents, organisations, privacy, viewings, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.prizes import (
    catalogue,
)
from ledger.rules.reviews import Route
from ledger.service import (
    activities,
    certificates,
    corrections,
    deeds,
    disputes,
    flags,
    fulfilling,
    need_settings,
    notices,
    objections,
    record_settings,
    records,
    reviews,
    rulebooks,
    stars,
    wish_claims,
    wishes,
    working_days,
)
from ledger.service.activities import Activity
from ledger.service.attended import Attended
from ledger.service.deeds import Doing
from ledger.service.records import Claim
from ledger.service.wishes import NewWish, Published
from ledger.store import log
from ledger.store.schema import log as schema
from tests.proposals import carried
from tests.store.lived_desks import Desks

COUNTERS = """
counters:
  - id: no_shows
    title: {zh: 爽约, en: no-shows}
    deeds: [no_show]
    per: year
    raises:
      - {at: 1, flag: warning, title: {zh: 提醒, en: a warning}}
      - {at: 2, flag: suspension, title: {zh: 暂停, en: a suspension}, ends: years, count: 1}
"""
"""What is added to the example, so that flags are raised too."""


def use(bank: Bank) -> None:
    """One of everything that the bank writes."""
    life = Life(bank)
    life.serve()
    life.hand_in_and_certify()
    desks = Desks(bank, life.by, life.root, life.people, life.requests)
    desks.give_out()
    life.correct()
    life.decide(desks.mug)
    life.do_other_deeds()
    life.rise_and_settle()
    assert all(outcome.posted for outcome in [*life.done, *desks.done])
    publish(bank)


class Life:
    """Its people, one activity of yesterday, and what is done with them."""

    def __init__(self, bank: Bank) -> None:
        self.bank, self.by = bank, By(actor=bank.world.new_id())
        self.requests = (Request("test", str(at), bytes([at])) for at in range(100))
        self.root = organisations.create(bank, self.by, parent=None, level="district", name="示例区")
        book = rules.book("example") + COUNTERS
        self.book = rulebooks.found(bank, self.by, book, organisation=self.root).rulebook
        self.people = volunteers.register_all(bank, self.by, organisation=self.root, names=["王小明", "李红"])
        self.yesterday = bank.today() - timedelta(days=1)
        self.activity = activities.create(
            bank,
            self.by,
            organisation=self.root,
            title="清洁",
            activity_type="cleaning",
            held_on=self.yesterday,
            place="广场",
            content="打扫",
            person_in_charge="张三",
        )
        self.done: list[Outcome] = []
        """What must have been posted."""

    def said(self, person: Volunteer, minutes: int, method: str = "roster") -> Claim:
        """That somebody served yesterday."""
        return Claim(
            volunteer=person,
            activity=self.activity,
            minutes=minutes,
            served_on=self.yesterday,
            capture_method=method,
            household=None,
            attended=Attended(attendance_id=self.bank.world.new_id()),
        )

    def serve(self) -> None:
        """Two awards."""
        self.done += [
            records.record(self.bank, self.by, next(self.requests), self.said(person, 120), self.book)
            for person in self.people
        ]

    def hand_in_and_certify(self) -> None:
        """Hours that wait for their reviewers, one held; certificates, issued and revoked."""
        bank, requests = self.bank, self.requests
        for person in self.people:
            said = self.said(person, 60, "backfilled")
            handed_in = records.record(bank, self.by, next(requests), said, self.book)
            claim = reviews.find(bank, UUID(str(handed_in.answer["id"])))
            assert claim is not None
            reviewer = By(actor=bank.world.new_id())
            reviews.review(bank, reviewer, next(requests), claim, decision=reviews.APPROVE, reason="")
            reviews.take_step(bank, reviewer, next(requests), claim, reviews.HOLD, "示例理由")
        for person in self.people:
            issued = certificates.issue(bank, self.by, next(requests), person)
            certified = certificates.find(bank, UUID(str(issued.answer["id"])))
            assert certified is not None
            certificates.revoke(bank, self.by, next(requests), certified, "mistake")

    def correct(self) -> None:
        """One record is corrected, the other reversed."""
        bank, (first, other) = self.bank, self.done[:2]
        undone = records.find(bank, UUID(str(other.answer["id"])))
        said_wrong = records.find(bank, UUID(str(first.answer["id"])))
        assert undone is not None
        assert said_wrong is not None
        shorter = self.said(self.people[0], 90)
        with_reason = {"reason": "录入有误", "may_undo": True}
        clerk, more = By(actor=bank.world.new_id()), next(self.requests)
        corrected = corrections.correct(bank, clerk, more, said_wrong, shorter, self.book, **with_reason)  # type: ignore[arg-type]
        released = reviews.find(bank, UUID(str(corrected.answer["id"])))
        assert released is not None
        other_clerk = By(actor=bank.world.new_id())
        reviews.take_step(bank, other_clerk, next(self.requests), released, reviews.RELEASE, "已核对")
        self.done.append(records.reverse(bank, self.by, next(self.requests), undone, "录入有误"))

    def decide(self, mug: catalogue.Prize) -> None:
        """A price list, through all its stages."""
        tomorrow = self.bank.today() + timedelta(days=1)
        prices = (
            f"title: {{zh: 价目, en: prices}}\neffective_from: {tomorrow}\nprices: [{{prize: {mug.id}, points: 2}}]\n"
        )
        carried(self.bank, self.root, prices, kind="price_list")

    def do_other_deeds(self) -> None:
        """Somebody did not come, by two rulebooks."""
        absent = Doing(
            volunteer=self.people[0],
            organisation=self.root,
            kind="no_show",
            deed_type="meeting",
            done_on=self.yesterday,
            key="first",
            household=None,
        )
        for _ in range(2):
            other = rules.load(rules.book("dongting"), points_scale=0)
            deeds.post(self.bank, self.by, next(self.requests), absent, other)
        self.done += [deeds.post(self.bank, self.by, next(self.requests), absent, self.book) for _ in range(2)]

    def rise_and_settle(self) -> None:
        """Stars, flags, notices, wishes, disputes and settings; and in the end everybody leaves."""
        bank, people = self.bank, self.people
        for person in people:
            self._nominate(person)
        for flag in flags.standing(bank, people[0].id):
            flags.lift(bank, self.by, flag, "已说明")
        self.done += put_on_notice(bank, self.by, self.root, people, self.activity)
        self.done += fulfil_a_wish(bank, self.by, self.root, *people)
        self.done += say_what_is_wrong(bank, people[0])
        privacy.set_rules(bank, self.by, kept=[], on_leaving="forfeit", on_death="forfeit")
        record_settings.change_settings(bank, self.by, {"period_days": 31})
        works = working_days.Override(day=self.yesterday, works=True)
        working_days.override(bank, self.by, self.yesterday.year, [works], source="示例通知", announced=True)
        consents.record(bank, self.by, people[0], purpose=consents.SMS, given=True, captured="paper")
        for _ in range(2):
            viewings.viewed(bank, self.by, viewings.PROFILE, people[0])
        self.done += [closings.close(bank, self.by, next(self.requests), person, reason="left") for person in people]
        # A node of the tree is kept for every 256 entries.
        opened = [OpenAccounts(id=bank.world.new_id(), actor=self.by.actor, accounts=()) for _ in range(256)]
        bank.submit_all([Submission.own(one) for one in opened])

    def _nominate(self, person: Volunteer) -> None:
        """For a star, which is refused."""
        bank = self.bank
        command = Adjust(
            id=bank.world.new_id(),
            actor=self.by.actor,
            second=bank.world.new_id(),
            owner=person.owner,
            organisation=Owner(OwnerKind.ORGANISATION, self.root.id),
            unit=MINUTES,
            purpose=Purpose.CLOCKED,
            amount=6_000,
            reason="补登",
        )
        assert bank.submit(command).posted
        assert stars.propose(bank, self.by, next(self.requests), person).posted
        [change] = stars.history(bank, person.id)
        stars.decide(bank, self.by, next(self.requests), change, decision=stars.REJECT, reason="有误", reach=None)


def say_what_is_wrong(bank: Bank, volunteer: Volunteer) -> list[Outcome]:
    """Two days of which something is missing, and the answers."""
    done, requests = [], (Request("disputes", str(at), bytes([at])) for at in range(100))
    for day in (bank.today(), bank.today() - timedelta(days=1)):
        lack = disputes.missing(bank, volunteer.id, activity=None, day=day)
        made = disputes.dispute(bank, By(actor=volunteer.id), next(requests), lack, reason_code="missing", words="示例")
        found = disputes.find(bank, UUID(str(made.answer["id"])))
        assert found is not None
        by = By(actor=bank.world.new_id())
        done += [made, disputes.answer(bank, by, next(requests), found, outcome="corrected", reason="示例")]
    return done


def fulfil_a_wish(bank: Bank, by: By, root: Organisation, wisher: Volunteer, helper: Volunteer) -> list[Outcome]:
    """A wish that somebody fulfilled and two others looked over and confirmed."""
    need_settings.change_settings(bank, by, {"claim_days": 10})
    new = NewWish(organisation=root, kind="thing", channel="wall", words="示例", volunteer=wisher)
    wish = wishes.collect(bank, by, new)
    shown = Published(text="示例", points=1, cost_fen=1, person_in_charge="李明")
    wish = wishes.publish(bank, By(actor=bank.world.new_id()), wish, shown)
    wish_claims.claim(bank, by, wish, helper)
    fulfilling.fulfil(bank, by, wish, proof="示例", done_on=bank.today())
    witness = By(actor=bank.world.new_id())
    _, credited = fulfilling.confirm(bank, witness, Request("wishes", "1", b"1"), wish, "in_person")
    return [each.outcome for each in credited]


def put_on_notice(
    bank: Bank, by: By, root: Organisation, people: Sequence[Volunteer], activity: Activity
) -> list[Outcome]:
    """Two records that wait for a notice, the notice, and an objection to each line; both are answered."""
    requests = (Request("notices", str(at), bytes([at])) for at in range(100))
    route = Route(policy="notice", notice_days=3)
    said = [
        Claim(
            volunteer=person,
            activity=activity,
            minutes=30,
            served_on=activity.held_on - timedelta(days=3),
            capture_method="roster",
            household=None,
        )
        for person in people
    ]
    books = rulebooks.in_force(bank, activity.held_on)
    done = [
        bank.submit(
            reviews.hand_in(records.award(bank, by, one, books), id=bank.world.new_id(), reviews_needed=0, route=route)
        )
        for one in said
    ]
    done.append(notices.publish_due(bank, by, root))
    notice = notices.find(bank, UUID(str(done[-1].answer["id"])))
    assert notice is not None
    for line in notices.lines_of(bank, notice, after=None, limit=10).items:
        made = objections.object_to(bank, by, next(requests), notice, line, reason="没有来", contact=None)
        found = objections.with_receipt(bank, str(made.answer["receipt_no"]))
        assert found is not None
        other = By(actor=bank.world.new_id())
        answer = objections.resolve(bank, other, next(requests), found, outcome="upheld", reason="已核实")
        done += [made, answer]
    return done


def publish(bank: Bank) -> None:
    """Rows of the signed log; nobody verifies them here."""
    log.publish(bank.store, "pioneer.example", log.Published(1, "示例", 0))
    log.add_cosignature(bank.store, origin="pioneer.example", size=1, witness="witness.example", line="示例")
    with bank.store.changing() as connection:
        connection.execute(
            schema.epoch.insert().values(
                number=2, origin="pioneer.example/2", kept_size=1, lost_size=2, lost_root=b"\0" * 32, began_at=0
            )
        )
