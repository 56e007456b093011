"""The year itself: founded a year ago, then activities, rosters, redemption days, lapses and corrections, day by
day.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from random import Random
from uuid import UUID

from ledger import rules
from ledger.bank import Bank, By, Outcome, Request, Submission
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.demo import desks, district, gatherings, needs, notices, register, year_end
from ledger.demo.built import Built
from ledger.demo.identities import equip
from ledger.demo.rules_of_the_year import RulesOfTheYear
from ledger.demo.world import Story
from ledger.people import organisations, otp, staff, volunteers
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.prizes import catalogue, lapses, redemptions, stock
from ledger.prizes.catalogue import Desk, Prize
from ledger.reading import books
from ledger.service import records, reviews, rulebooks
from ledger.service.records import Claim
from ledger.settings import Settings
from ledger.store.founding import Charter

VOLUNTEERS = 2_400
ACTIVITIES = 91
RECORDS = 7_200
PRIZES = 5_900
DAYS = 364
BOARDS = 3
"""Communities whose notices of the last month hang out."""

Progress = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and how much there is."""


def build(settings: Settings, *, seed: int, today: date, progress: Progress) -> Built:
    """Found a bank in an empty database and live a year in it, up to the morning of `today`. The same seed, the same
    bank.
    """
    start = today - timedelta(days=DAYS)
    story = Story(seed, start)
    Bank.found(settings, Charter(name="示例区先锋银行", origin=Built.ORIGIN), world=story.world)
    with Bank.open(settings, world=story.world) as bank:
        year = _Year(bank, story, progress)
        year.found(start)
        for offset in range(DAYS):
            year.live(start + timedelta(days=offset), offset)
            progress("days lived", offset + 1, DAYS)
        story.turn_to(today, time(8))
        year.close()
        return year.built


class _Year:
    def __init__(self, bank: Bank, story: Story, progress: Progress) -> None:
        self.bank, self.story, self.progress = bank, story, progress
        self.dice: Random = story.dice
        self.built = Built()
        self.estates: list[Organisation] = []
        self.communities: list[Organisation] = []
        self.people: dict[UUID, list[Volunteer]] = {}
        self.desks: list[tuple[Desk, list[Volunteer]]] = []
        self.prizes: list[Prize] = []
        self.points: dict[UUID, int] = {}
        self.staff: dict[str, UUID] = {}
        self.schedule: dict[int, int] = {}
        self.doubtful: list[tuple[Volunteer, UUID]] = []
        """Records that will turn out wrong a few activities later, when some of their points are spent."""
        self.sold_out: set[tuple[UUID, UUID]] = set()
        """(desk, prize) until the next delivery."""
        self.visits: Counter[str] = Counter()
        self.keys = 0

    def found(self, start: date) -> None:
        """Everything that is there before the first activity."""
        nobody = self.bank.world.new_id()
        root = self._organisation(nobody, None, "district", district.DISTRICT)
        self.district = root
        for username, name, role in district.STAFF:
            hired = staff.hire(
                self.bank, None, username=username, password=district.PASSWORD, name=name, roles=[(role, root)]
            )
            self.staff[username] = hired.id
        otp.require(self.bank, By(actor=self.staff["admin"]), False)  # whoever looks at a demo has no app at hand
        rulebooks.found(self.bank, By(actor=self.staff["admin"]), rules.book("example"), organisation=root)
        self.governed = RulesOfTheYear(self.bank, self.story, root, self.staff["organiser"], start)
        self._people(root)
        self._shelves()
        self._carry_over(start)
        days = [*sorted(self.dice.sample(range(1, DAYS - 10), ACTIVITIES - 1)), DAYS - 12]
        for day in days:
            self.schedule[day] = self.schedule.get(day, 0) + 1

    def live(self, day: date, offset: int) -> None:
        """One day: a lapse run on the first of a month, activities as planned, redemptions on Saturdays."""
        self.governed.live(day, offset)
        if day.day == 1:
            self.story.turn_to(day, time(0, 30))
            run = lapses.lapse(self.bank, By(actor=self.staff["admin"]), _owner(self.district), on=day)
            self.built.lapsed_lots += run.lots
        if offset % 13 == 0:
            self._receive_stock(day)
        for _ in range(self.schedule.get(offset, 0)):
            self._activity(day)
        if day.weekday() == 5 or offset == DAYS - 1:
            self._redemption_day(day, target=PRIZES * (offset + 1) // DAYS, last=offset == DAYS - 1)
        if offset == DAYS - 1:
            self._keep_market(day)

    def close(self) -> None:
        """Count what there is."""
        self.built.busiest_no = self.visits.most_common(1)[0][0]
        known = [number for number, _ in self.visits.most_common(3)]
        self.built.identities = equip(self.bank, By(actor=self.staff["desk"]), [*known, self.built.in_debt_no])
        register.fill(self.bank, *self._hands(), self._bystanders(), self.dice)
        gatherings.plan(
            self.bank, By(actor=self.staff["organiser"]), self.estates[-1], district.IDEAS[0], self._bystanders()[-6:]
        )
        self._hang_out()
        self._answer_needs()
        self.market.morning(self.district, By(actor=self.staff["admin"]), self.desks[1][0])
        year_end.fill(self.bank, By(actor=self.staff["organiser"]), self.district, self._bystanders())
        self.built.organisations += len(year_end.UNITS)
        self.built.transactions, _ = books.trial_balance(self.bank)

    def _keep_market(self, day: date) -> None:
        """The last evening at the first desk."""
        told = {self.built.in_debt_no, *(number for number, _ in self.visits.most_common(3))}
        desk, near = self.desks[0]
        around = [one for one in near if one.volunteer_no not in told]
        hands = By(actor=self.staff["desk"]), By(actor=self.staff["desk2"])
        self.market = desks.market(self.bank, self.story, hands, desk, self.prizes, around)
        self.market.evening(day)

    def _hang_out(self) -> None:
        """The last month's notices of the first communities."""
        _, organiser, reviewer = self._hands()
        around = [one for _, near in self.desks[:BOARDS] for one in near]
        notices.hang_out(self.bank, organiser, reviewer, self.communities[:BOARDS], around, self.dice)

    def _answer_needs(self) -> None:
        """What was asked for in the year, and the wall of wishes."""
        _, organiser, reviewer = self._hands()
        hands = needs.Hands(organiser=organiser, reviewer=reviewer, desk=By(actor=self.staff["desk"]))
        around = self._bystanders()
        self.built.requests = needs.REQUESTS
        self.built.requests_closed = needs.answer_a_year(self.bank, hands, self.estates, around)
        self.built.wishes_granted = needs.grant_wishes(self.bank, hands, self.estates, around)

    def _hands(self) -> tuple[By, By, By]:
        """Whoever keeps the register."""
        admin, organiser, reviewer = (By(actor=self.staff[role]) for role in ("admin", "organiser", "reviewer"))
        return admin, organiser, reviewer

    def _bystanders(self) -> list[Volunteer]:
        """Volunteers who cannot sign in at a device, so that no story is told of one person twice."""
        told = {one.volunteer_no for one in self.built.identities}
        return [one for _, around in self.desks for one in around if one.volunteer_no not in told]

    def _organisation(self, actor: UUID, parent: Organisation | None, level: str, name: str) -> Organisation:
        self.built.organisations += 1
        return organisations.create(self.bank, By(actor=actor), parent=parent, level=level, name=name)

    def _people(self, root: Organisation) -> None:
        admin = self.staff["admin"]
        names = [district.volunteer_name(self.dice) for _ in range(VOLUNTEERS)]
        self.built.shared_names = len(names) - len(set(names))
        trees = iter(district.TREES)
        seasons = iter(district.COMMUNITIES)
        for subdistrict_name in district.SUBDISTRICTS:
            subdistrict = self._organisation(admin, root, "subdistrict", subdistrict_name)
            for _ in range(3):
                community = self._organisation(admin, subdistrict, "community", f"{next(seasons)}风示例社区")
                self.communities.append(community)
                desk = catalogue.open_desk(
                    self.bank, By(actor=admin), organisation=community, name=f"{community.name}兑换点"
                )
                around: list[Volunteer] = []
                for _ in range(3):
                    estate = self._organisation(admin, community, "estate", district.estate_name(next(trees)))
                    at = len(self.estates)
                    share = names[at * VOLUNTEERS // 27 : (at + 1) * VOLUNTEERS // 27]
                    around += volunteers.register_all(self.bank, By(actor=admin), organisation=estate, names=share)
                    self.estates.append(estate)
                    self.people[estate.id] = around
                    self.progress("volunteers registered", (at + 1) * VOLUNTEERS // 27, VOLUNTEERS)
                self.desks.append((desk, around))
        self.built.estates, self.built.volunteers = len(self.estates), VOLUNTEERS

    def _shelves(self) -> None:
        for offer in district.PRIZES:
            self.prizes.append(
                catalogue.add_prize(
                    self.bank,
                    By(actor=self.staff["admin"]),
                    organisation=self.district,
                    title=offer.title,
                    cost_points=offer.cost_points,
                )
            )

    def _receive_stock(self, day: date) -> None:
        self.story.turn_to(day, time(9))
        self.sold_out.clear()
        for desk, _ in self.desks:
            for prize, offer in zip(self.prizes, district.PRIZES, strict=True):
                stock.receive(
                    self.bank,
                    By(actor=self.staff["desk"]),
                    self._request("desk"),
                    desk=desk,
                    prize=prize,
                    quantity=max(3, offer.weight // 2) + self.dice.randrange(4),
                    source=self.dice.choice(district.DONORS),
                    best_before=day + timedelta(days=540) if "油" in offer.title or "米" in offer.title else None,
                )

    def _carry_over(self, start: date) -> None:
        """What stood in the paper passbooks before the bank was founded: valid for half a year, then lapses."""
        everybody = [volunteer for _, around in self.desks for volunteer in around]
        commands = [
            Adjust(
                id=self.bank.world.new_id(),
                actor=self.staff["admin"],
                second=self.staff["reviewer"],
                owner=volunteer.owner,
                organisation=_owner(self.district),
                amount=self.dice.randrange(2, 9),
                expires_on=start + timedelta(days=183),
                reason="旧存折结转(示例)",
            )
            for volunteer in self.dice.sample(everybody, 320)
        ]
        outcomes = self.bank.submit_all([Submission.own(command) for command in commands])
        for command, outcome in zip(commands, outcomes, strict=True):
            if outcome.posted:
                self.points[command.owner.id] = self.points.get(command.owner.id, 0) + command.amount

    def _activity(self, day: date) -> None:
        estate = self.dice.choice(self.estates)
        idea = self.dice.choices(district.IDEAS, [idea.weight for idea in district.IDEAS])[0]
        self.story.turn_to(day, time(9))
        organiser = By(actor=self.staff["organiser"])
        activity, session = gatherings.announce(self.bank, organiser, estate, idea, day)
        self.built.activities += 1
        left = ACTIVITIES - self.built.activities + 1
        size = -(-(RECORDS - self.built.records) // left) + self.dice.randrange(-6, 7) * (left > 1)
        book = rulebooks.in_force(self.bank, day, organisation_path=estate.path)
        methods = [method for method, _ in district.CAPTURE]
        weights = [weight for _, weight in district.CAPTURE]
        present = self.dice.sample(self.people[estate.id], size)
        came: Sequence[Volunteer] = ()
        if self.built.activities % gatherings.EVERY == 1:
            came = gatherings.gather(self.bank, organiser, self.story, activity, session, present)
        self.story.turn_to(day, time(19))
        by_card = gatherings.close(self.bank, organiser, activity, session) if came else []
        present = present[len(came) :]
        homes = records.homes(self.bank, [(volunteer, day) for volunteer in present])
        claims = [
            (
                self._request("organiser"),
                Claim(
                    volunteer=volunteer,
                    activity=activity,
                    minutes=self.dice.randrange(30, 245, 5),
                    served_on=day,
                    capture_method=self.dice.choices(methods, weights)[0],
                    evaluation="complaint" if self.dice.random() < 0.01 else None,
                    household=homes.get((volunteer.id, day)),
                ),
                book,
            )
            for volunteer in present
        ]
        outcomes = records.record_all(self.bank, By(actor=self.staff["organiser"]), claims)
        posted = [self._reviewed(outcome) for outcome in outcomes]
        earned = [(claim.volunteer.id, outcome) for (_, claim, _), outcome in zip(claims, posted, strict=True)]
        earned += [(each.attendance.volunteer_id, each.outcome) for each in by_card if each.outcome]
        for owner, outcome in earned:
            self.built.records += outcome.posted
            self.points[owner] = self.points.get(owner, 0) + int(outcome.answer["points"])
        self.doubtful.append((claims[0][1].volunteer, UUID(str(posted[0].answer["id"]))))
        if len(self.doubtful) > 4:
            self._correct(*self.doubtful.pop(0))

    def _reviewed(self, outcome: Outcome) -> Outcome:
        """The record as two reviewers let it be posted; as it was where it needed none."""
        for reviewer in ("reviewer", "reviewer2"):
            claim = reviews.find(self.bank, UUID(str(outcome.answer["id"])))
            if claim is None:
                return outcome
            by, request = By(actor=self.staff[reviewer]), self._request(reviewer)
            outcome = reviews.review(self.bank, by, request, claim, decision=reviews.APPROVE, reason="")
        return outcome

    def _correct(self, volunteer: Volunteer, record_id: UUID) -> None:
        """A record found wrong is undone; what was spent of it becomes a debt."""
        found = records.find(self.bank, record_id)
        if found is None:
            raise LookupError(f"the record {record_id} was just posted")
        outcome = records.reverse(
            self.bank, By(actor=self.staff["reviewer"]), self._request("reviewer"), found, "签到与名册不符(示例)"
        )
        self.built.reversed += outcome.posted
        self.points[volunteer.id] += int(outcome.answer["points"])
        if int(outcome.answer["debt_points"]):
            self.built.debts += 1
            self.built.in_debt_no = volunteer.volunteer_no

    def _redemption_day(self, day: date, *, target: int, last: bool) -> None:
        """Desks hand out until the year's share is reached; the last day, until nothing is missing."""
        self.story.turn_to(day, time(14))
        rounds = 0
        while self.built.prizes_redeemed < target and rounds < (200 if last else 3):
            rounds += 1
            for desk, around in self.desks:
                missing = target - self.built.prizes_redeemed
                if missing <= 0:
                    return
                self._queue(desk, around, missing)

    def _queue(self, desk: Desk, around: list[Volunteer], missing: int) -> None:
        """The people at one desk, served as one batch; a few ask for more than they have."""
        waiting = [volunteer for volunteer in around if self.points.get(volunteer.id, 0) > 0]
        basket: list[tuple[Submission, Volunteer, int, int]] = []
        for volunteer in self.dice.sample(waiting, min(len(waiting), 24)):
            if missing <= 0:
                break
            prize = self.dice.choices(self.prizes, [offer.weight for offer in district.PRIZES])[0]
            if (desk.id, prize.id) in self.sold_out:
                continue
            held = self.points[volunteer.id]
            quantity = min(missing, max(1, min(self.dice.choice((1, 1, 1, 2, 3)), held // prize.cost_points)))
            if prize.cost_points > held and self.dice.random() > 0.08:
                continue
            command = redemptions.command(
                self.bank, By(actor=self.staff["desk"]), volunteer=volunteer, desk=desk, items=[(prize, quantity)]
            )
            basket.append(
                (Submission(command, *self._request("desk")), volunteer, quantity, prize.cost_points * quantity)
            )
            missing -= quantity
        outcomes = self.bank.submit_all([submission for submission, *_ in basket])
        for (_, volunteer, quantity, cost), outcome in zip(basket, outcomes, strict=True):
            if outcome.posted:
                self.built.redemptions += 1
                self.built.prizes_redeemed += quantity
                self.points[volunteer.id] -= cost
                self.visits[volunteer.volunteer_no] += 1
                if self.built.redemptions % 150 == 0:
                    self._refund(UUID(str(outcome.answer["id"])), volunteer, cost)
            else:
                self.built.refused += 1
                if outcome.answer["code"] == "insufficient_stock":
                    self.sold_out |= {
                        (desk.id, prize.id)
                        for prize in self.prizes
                        if str(prize.id) == outcome.answer["facts"]["prize"]
                    }
                if outcome.answer["code"] == "insufficient_points":
                    self.points[volunteer.id] = int(outcome.answer["facts"]["held"])

    def _refund(self, redemption_id: UUID, volunteer: Volunteer, cost: int) -> None:
        """Somebody brings it back unopened: points and goods return."""
        found = redemptions.find(self.bank, redemption_id)
        if found is None:
            raise LookupError(f"the redemption {redemption_id} was just posted")
        outcome = redemptions.reverse(
            self.bank, By(actor=self.staff["desk2"]), self._request("desk2"), found, "未拆封退回(示例)"
        )
        self.built.refunded += outcome.posted
        self.points[volunteer.id] += cost

    def _request(self, role: str) -> Request:
        """A key as a client would make one."""
        self.keys += 1
        key = f"demo-{self.keys:012d}"
        return Request(str(self.staff[role]), key, hashlib.sha256(key.encode()).digest())


def _owner(organisation: Organisation) -> Owner:
    return Owner(OwnerKind.ORGANISATION, organisation.id)
