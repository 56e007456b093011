"""A small town in a bank: organisations, people, prizes and desks, made by the use cases when first named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID, uuid5

from ledger.bank import Bank, By, Request
from ledger.core.accounts import Owner, OwnerKind
from ledger.core.adjustment import Adjust
from ledger.core.canonical import digest
from ledger.core.reversal import Reverse
from ledger.people import organisations, volunteers
from ledger.people.agents import Agency
from ledger.people.households import Collective
from ledger.people.organisations import Organisation
from ledger.people.volunteers import Volunteer
from ledger.prizes import catalogue, redemptions, stock
from ledger.prizes.catalogue import Desk, Prize
from ledger.prizes.lapses import LapseRun, lapse
from ledger.prizes.redemptions import Beneficiary
from ledger.prizes.refund import Goods
from ledger.reading.balances import Balance, balance_of
from ledger.rules import book
from ledger.rules.deeds import MINUTES_OF_DAY
from ledger.service import activities, attended, corrections, deeds, records, reviews, rulebooks
from ledger.service.activities import Activity
from ledger.service.deeds import Doing
from ledger.service.records import Claim
from ledger.store.writer import Outcome
from tests.banks import SECOND, STAFF

CLIENT = "town-hall"


class Town:
    """People and things by the names a test gives them. Every posting has a key; the same key asks again."""

    def __init__(self, bank: Bank, rulebook: str | None = "kunshan", *, district: Organisation | None = None) -> None:
        """`rulebook` is the name of a bundled one, or the text of another; None leaves the bank without rules. A bank
        has one district: another town in it is given that.
        """
        self.bank = bank
        self.district: Organisation = district or organisations.create(
            bank, By(actor=STAFF), parent=None, level="district", name="示例区"
        )
        self.desk: Desk = catalogue.open_desk(bank, By(actor=STAFF), organisation=self.district, name="示例兑换点")
        self.desks: dict[str, Desk] = {"first": self.desk}
        self.people: dict[str, Volunteer] = {}
        self._prizes: dict[str, Prize] = {}
        self._activities: dict[str, Activity] = {}
        self._keys = 0
        self._busy: dict[tuple[str, date], int] = {}
        if rulebook is not None:
            document = rulebook if "\n" in rulebook else book(rulebook)
            rulebooks.found(bank, By(actor=STAFF), document, organisation=self.district)

    def key(self) -> str:
        """A key that was not used yet."""
        self._keys += 1
        return f"town-key-{self._keys:08d}"

    def volunteer(self, name: str) -> Volunteer:
        if name not in self.people:
            self.people[name] = volunteers.register(
                self.bank, By(actor=STAFF), organisation=self.district, name=f"示例{name}"
            )
        return self.people[name]

    def known(self, volunteer_no: str) -> Volunteer:
        """Whoever has this number."""
        [found] = [one for one in self.people.values() if one.volunteer_no == volunteer_no]
        return found

    def prize(self, name: str, cost_points: int = 20, prize_class: str = "") -> Prize:
        if name not in self._prizes:
            self._prizes[name] = catalogue.add_prize(
                self.bank,
                By(actor=STAFF),
                organisation=self.district,
                title=f"示例{name}",
                cost_points=cost_points,
                prize_class=prize_class,
            )
        return self._prizes[name]

    def desk_called(self, name: str) -> Desk:
        """A desk of the district; `first` is the one that was there from the beginning."""
        if name not in self.desks:
            self.desks[name] = catalogue.open_desk(
                self.bank, By(actor=STAFF), organisation=self.district, name=f"示例{name}"
            )
        return self.desks[name]

    def stand_at(self, name: str) -> None:
        """From now on what is done at a desk is done at that one."""
        self.desk = self.desk_called(name)

    def who(self, name: str) -> By:
        """The recorder, or another person of the staff by a name."""
        return By(actor=STAFF if name == "recorder" else uuid5(self.district.id, name))

    def replace_volunteer(self, name: str, volunteer: Volunteer) -> None:
        """From now on that name means this person."""
        self.people[name] = volunteer

    def replace_prize(self, name: str, prize: Prize) -> None:
        """From now on that name means the prize as it was changed."""
        self._prizes[name] = prize

    def activity(self, name: str, held_on: date | None = None, **more: Any) -> Activity:
        """An activity; its name is its type too, up to a number: `cleaning-2` is another cleaning."""
        if name not in self._activities:
            self._activities[name] = activities.create(
                self.bank,
                By(actor=STAFF),
                organisation=self.district,
                title=f"示例{name}",
                activity_type=name.split("-")[0],
                held_on=held_on or self.bank.today(),
                place="示例小区",
                content="示例内容",
                person_in_charge="示例负责人",
                **more,
            )
        return self._activities[name]

    def replace_activity(self, name: str, activity: Activity) -> None:
        """From now on that name means this activity."""
        self._activities[name] = activity

    @property
    def owner(self) -> Owner:
        return Owner(OwnerKind.ORGANISATION, self.district.id)

    # -- postings ------------------------------------------------------------------------------------------------------

    def free_from(self, name: str, on: date, minutes: int) -> int | None:
        """When somebody could begin this on that day after all they did before, in minutes after midnight; None where
        the day is too short for it.
        """
        begins = self._busy.get((name, on), 0)
        if begins + minutes > MINUTES_OF_DAY:
            return None
        self._busy[name, on] = begins + minutes
        return begins if begins < MINUTES_OF_DAY else None

    def award(
        self,
        name: str,
        minutes: int,
        *,
        activity: str = "cleaning",
        on: date | None = None,
        method: str = "clocked",
        evaluation: str | None = None,
        key: str | None = None,
        group: UUID | None = None,
        begins: int | Literal["free"] | None = "free",
    ) -> Outcome:
        """Hours of service, when the person had no others to give, or begun when it says: None is not known."""
        volunteer, of, day = self.volunteer(name), self.activity(activity), on or self.bank.today()
        found = records.subjects(self.bank, volunteer_no=volunteer.volunteer_no, activity_id=of.id, served_on=day)
        claim = Claim(
            volunteer=volunteer,
            activity=of,
            minutes=minutes,
            served_on=day,
            capture_method=method,
            evaluation=evaluation,
            attended=attended.from_time(
                day, self.free_from(name, day, minutes) if begins == "free" else begins, minutes, self.bank.zone
            ),
            household=found.household,
            ended=found.ended,
            group=group,
            is_member=group is None
            or group in records.members(self.bank, [(volunteer, day)]).get((volunteer.id, day), ()),
        )
        asked = f"award {name} {activity} {minutes} {on} {method} {evaluation} {group}"
        in_force = rulebooks.in_force(self.bank, claim.served_on, organisation_path=claim.activity.organisation_path)
        return records.record(self.bank, By(actor=STAFF), self.request(asked, key), claim, in_force)

    def deed(
        self,
        name: str,
        deed_type: str,
        *,
        kind: str = "good_deed",
        on: date | None = None,
        request_key: str | None = None,
        **more: Any,
    ) -> Outcome:
        """A deed other than service. `more` as in `deeds.Doing`."""
        volunteer, day = self.volunteer(name), on or self.bank.today()
        doing = Doing(
            volunteer=volunteer,
            organisation=self.district,
            kind=kind,
            deed_type=deed_type,
            done_on=day,
            household=records.homes(self.bank, [(volunteer, day)]).get((volunteer.id, day)),
            **more,
        )
        asked = f"deed {name} {deed_type} {kind} {on} {more}"
        in_force = rulebooks.in_force(self.bank, doing.done_on)
        return deeds.post(self.bank, By(actor=STAFF), self.request(asked, request_key), doing, in_force)

    def review(self, claim_id: UUID, who: str, decision: str, *, reason: str = "", key: str | None = None) -> Outcome:
        """One reviewer's word. `recorder` is who recorded it; other names are other persons."""
        by = self.who(who)
        claim = reviews.find(self.bank, claim_id)
        if claim is None:
            raise LookupError(f"there is no claim {claim_id}")
        asked = f"review {claim_id} {who} {decision} {reason}"
        return reviews.review(self.bank, by, self.request(asked, key), claim, decision=decision, reason=reason)

    def step(self, claim_id: UUID, who: str, step: str, *, reason: str = "示例理由", key: str | None = None) -> Outcome:
        """A claim is held, released or withdrawn; `who` as in a review."""
        by = By(actor=STAFF if who == "recorder" else uuid5(self.district.id, who))
        claim = reviews.find(self.bank, claim_id)
        if claim is None:
            raise LookupError(f"there is no claim {claim_id}")
        asked = f"{step} {claim_id} {who} {reason}"
        return reviews.take_step(self.bank, by, self.request(asked, key), claim, step, reason)

    def correct(
        self, record_id: UUID, who: str, said: Mapping[str, Any], *, reason: str = "示例理由", key: str | None = None
    ) -> Outcome:
        """A posted record was otherwise than recorded, says somebody who could undo it."""
        by = By(actor=STAFF if who == "recorder" else uuid5(self.district.id, who))
        record = records.find(self.bank, record_id)
        if record is None:
            raise LookupError(f"there is no record {record_id}")
        [volunteer] = [one for one in self.people.values() if one.id == record.volunteer_id]
        [activity] = [one for one in self._activities.values() if one.id == record.activity_id]
        kept = {name: getattr(record, name) for name in ("minutes", "served_on", "capture_method")}
        claim = Claim(volunteer=volunteer, activity=activity, household=None, **{**kept, **said})
        asked = f"correct {record_id} {who} {said} {reason}"
        in_force = rulebooks.in_force(self.bank, claim.served_on)
        request = self.request(asked, key)
        return corrections.correct(self.bank, by, request, record, claim, in_force, reason=reason, may_undo=True)

    def redeem(
        self,
        name: str,
        *wanted: tuple[str, int],
        key: str | None = None,
        beneficiary: Beneficiary | None = None,
        payer: Collective | None = None,
        agency: Agency | None = None,
    ) -> Outcome:
        return redemptions.redeem(
            self.bank,
            By(actor=STAFF),
            self.request(f"redeem {name} {wanted} {beneficiary} {payer and payer.id} {agency and agency.id}", key),
            volunteer=self.volunteer(name),
            desk=self.desk,
            items=[(self.prize(prize), quantity) for prize, quantity in wanted],
            beneficiary=beneficiary,
            payer=payer,
            agency=agency,
        )

    def receive(self, prize: str, quantity: int, *, best_before: date | None = None, key: str | None = None) -> Outcome:
        return stock.receive(
            self.bank,
            By(actor=STAFF),
            self.request(f"receive {prize} {quantity} {best_before}", key),
            desk=self.desk,
            prize=self.prize(prize),
            quantity=quantity,
            source="示例物业捐赠",
            best_before=best_before,
        )

    def adjust(
        self, name: str, amount: int, *, reason: str = "示例更正", key: str | None = None, **more: object
    ) -> Outcome:
        fields: dict[str, object] = {"actor": STAFF, "second": SECOND, "organisation": self.owner} | more
        if "owner" not in fields:
            fields["owner"] = self.volunteer(name).owner
        command = Adjust(
            id=self.bank.world.new_id(),
            amount=amount,
            reason=reason,
            **fields,  # type: ignore[arg-type]
        )
        return self.bank.submit(command, self.request(f"adjust {name} {amount} {reason} {more}", key))

    def reverse(self, seq: int, *, reason: str = "示例撤销", key: str | None = None) -> Outcome:
        command = Reverse(id=self.bank.world.new_id(), actor=STAFF, seq=seq, reason=reason)
        return self.bank.submit(command, self.request(f"reverse {seq} {reason}", key))

    def refund(
        self,
        id: UUID,
        *,
        reason: str = "示例撤销",
        key: str | None = None,
        goods: Goods = "sellable",
        who: UUID = SECOND,
    ) -> Outcome:
        """A redemption given back to another clerk, if its rulebook takes it."""
        redemption = redemptions.find(self.bank, id)
        if redemption is None:
            raise LookupError(f"there is no redemption {id}")
        request = self.request(f"refund {id} {reason} {goods} {who}", key)
        return redemptions.reverse(self.bank, By(actor=who), request, redemption, reason, goods=goods)

    def lapse(self, on: date | None = None) -> LapseRun:
        return lapse(self.bank, By(actor=STAFF), self.owner, on=on or self.bank.today())

    def request(self, asked: str, key: str | None = None) -> Request:
        """What is asked, under a key."""
        return Request(CLIENT, key or self.key(), digest(asked.encode()))

    # -- questions -----------------------------------------------------------------------------------------------------

    def balance(self, name: str) -> Balance:
        return balance_of(self.bank, self.volunteer(name).owner)

    def points(self, name: str) -> int:
        return self.balance(name).points

    def stocked(self, prize: str) -> int:
        return stock.on_shelf(self.bank, self.desk).get(self.prize(prize).unit_id, 0)
