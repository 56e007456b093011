"""The ground of the matrix: one bank with an organisation in each place, as seen by somebody whose role holds in `own`,
and something of every kind in each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID, uuid4

from flask.testing import FlaskClient

from api import Keys, create_app
from api.callers import Kind
from api.scopes import DEVICE_SCOPES, SCOPES_OF, Scope
from ledger.bank import Bank, By, Request
from ledger.core.accounts import MINUTES, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.governance import appraisals, drafts
from ledger.governance.templates import TEMPLATES
from ledger.people import (
    agents,
    cards,
    closings,
    devices,
    guardians,
    households,
    keys,
    organisations,
    pairing,
    posts,
    sessions,
    sign_ins,
    staff,
    volunteer_imports,
    volunteers,
)
from ledger.people.organisations import Organisation
from ledger.people.sign_ins import Holder
from ledger.prizes import (
    catalogue,
    desk_sessions,
    paper_redemptions,
    purchases,
    redemptions,
    reservations,
    slip_books,
    stock,
    stock_reports,
)
from ledger.prizes.shelves import Gone
from ledger.prizes.slip_numbers import SERIAL_MAX, number_of
from ledger.rules import Rulebook, book, load
from ledger.service import (
    activities,
    activity_sessions,
    attendances,
    certificates,
    deeds,
    disputes,
    dossiers,
    hand_in,
    no_shows,
    notice_lines,
    notices,
    objections,
    records,
    reviews,
    roster_imports,
    rulebooks,
    seals,
    sign_ups,
    stars,
)
from ledger.service.activity_sessions import Timetable
from ledger.service.attendances import Shown
from ledger.service.records import Claim
from ledger.settings import Settings
from ledger.store import rows
from tests.api.conftest import PASSWORD, Client
from tests.api.ground_needs import Needs
from tests.pictures import drawn

SECOND = UUID("0190a000-0000-7000-8000-00000000ab1f")
PLENTY = 10_000
NOWHERE_ID = "0190a000-0000-7000-8000-00000000dead"
NOWHERE_NO = "1234567897"
NOWHERE_SEQ = 999_999_999
NOWHERE_CARD = "0" * 16


OF_NO_PLACE = frozenset(
    {
        "today",
        "new_name",
        "some_seq",
        "new_user_code",
        "some_id",
        "some_digest",
        "some_number",
        "some_notice_id",
        "some_token",
        "tile_level",
        "tile_name",
        "a_card",
        "card_of_who_came",
    }
)
"""What a request may need that belongs to nobody."""


class Place(Needs):
    """Something of every kind in one organisation, made by the use cases when it is first named; what is called `new_…`
    is another one each time.
    """

    def __init__(self, bank: Bank, by: By, organisation: Organisation) -> None:
        self.bank, self.by, self.organisation = bank, by, organisation
        self.organisation_id = str(organisation.id)
        self._days = 0

    @property
    def today(self) -> str:
        return self.bank.today().isoformat()

    @property
    def new_name(self) -> str:
        """A username that nobody has."""
        return f"x{uuid4().hex}"

    @property
    def some_seq(self) -> int:
        """A transaction or an account that is there."""
        return 1

    @property
    def some_id(self) -> str:
        """Of what is public: nothing of this id is there."""
        return NOWHERE_ID

    @property
    def some_digest(self) -> str:
        return "0" * 64

    some_token = "a" * 32
    some_number = NOWHERE_NO
    tile_level = 0
    tile_name = "000"

    @cached_property
    def draft_id(self) -> str:
        """A rulebook that somebody means to propose."""
        made = drafts.draft(
            self.bank,
            self.by,
            organisation=self.organisation,
            kind="rulebook",
            template=TEMPLATES[0],
            title="示例细则",
            reasons="示例",
            document=book("example"),
        )
        return str(made.id)

    @property
    def new_user_code(self) -> str:
        """What a device shows that asks to be paired."""
        return pairing.ask(self.bank, kind="kiosk", name="示例机", address="192.0.2.1").pairing.user_code

    @property
    def new_key(self) -> Request:
        return Request("matrix", uuid4().hex, uuid4().bytes)

    @property
    def new_team_id(self) -> str:
        team = organisations.create(self.bank, self.by, parent=self.organisation, level="team", name="示例队")
        return str(team.id)

    @cached_property
    def volunteer(self) -> volunteers.Volunteer:
        return volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例甲")

    @property
    def new_volunteer_no(self) -> str:
        return volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例辛").volunteer_no

    @cached_property
    def closed(self) -> volunteers.Volunteer:
        """Somebody whose account was closed."""
        left = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例壬")
        assert closings.close(self.bank, self.by, self.new_key, left, reason="left").posted
        return left

    @property
    def closed_no(self) -> str:
        return self.closed.volunteer_no

    @cached_property
    def closing_id(self) -> str:
        with self.bank.store.reading() as connection:
            return str(rows.find_all(connection, "closing", [self.closed.id], by="volunteer_id")[self.closed.id]["id"])

    @property
    def new_guardian_id(self) -> str:
        spoken_for = guardians.NewGuardian(name="示例庚", phone="13800138000", relation="mother")
        return str(guardians.record(self.bank, self.by, self.volunteer, spoken_for).id)

    @property
    def new_pair_id(self) -> str:
        """Two who may be one."""
        found = self.bank.world.new_id()
        newer = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例癸")
        pair = {
            "id": found,
            "volunteer_id": newer.id,
            "other_id": self.volunteer.id,
            "reasons": "same_name_and_phone_tail",
        }
        with self.bank.changing(self.by) as change:
            change.add("possible_duplicate", pair | {"found_at": change.now})
        return str(found)

    def _tie(self, kind: str) -> str:
        """What somebody tied themselves to here; nobody has confirmed it."""
        member = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例党员")
        with self.bank.changing(self.by) as change:
            id = change.new_id()
            row = {
                "id": id,
                "volunteer_id": member.id,
                "kind": kind,
                "organisation_id": self.organisation.id,
                "status": "reported",
                "from_on": self.bank.today(),
                "recorded_at": change.now,
                "recorded_by": self.by.actor,
                "open_as": str(id),
            }
            change.add("party_tie", row)
        return str(id)

    @property
    def new_report_id(self) -> str:
        return self._tie("home")

    @property
    def new_commitment_id(self) -> str:
        return self._tie("area")

    @property
    def new_post(self) -> posts.Post:
        return posts.create(self.bank, self.by, organisation=self.organisation, kind=self.new_name, title="示例岗")

    @property
    def new_post_id(self) -> str:
        return str(self.new_post.id)

    @cached_property
    def post_id(self) -> str:
        return self.new_post_id

    @property
    def held_post_id(self) -> str:
        """A post that the volunteer holds."""
        post = self.new_post
        posts.appoint(self.bank, self.by, post, self.volunteer, from_on=self.bank.today())
        return str(post.id)

    @property
    def new_agency_id(self) -> str:
        made = agents.authorise(
            self.bank,
            self.by,
            self.volunteer,
            agent="示例代办人",
            scope="collect",
            captured="paper",
            from_on=self.bank.today(),
        )
        return str(made.id)

    @property
    def new_deed_id(self) -> str:
        return self._done(rulebooks.in_force(self.bank, self.bank.today()))

    @property
    def new_deed_claim_id(self) -> str:
        """A deed that waits for two reviewers."""
        return self._done(load(book("dongting"), points_scale=0))

    @property
    def held_deed_claim_id(self) -> str:
        """One that somebody holds."""
        id = self.new_deed_claim_id
        claim = reviews.find(self.bank, UUID(id))
        assert claim is not None
        reviews.take_step(self.bank, self.by, self.new_key, claim, reviews.HOLD, "示例")
        return id

    def _done(self, in_force: Rulebook | None) -> str:
        doing = deeds.Doing(
            volunteer=self.volunteer,
            organisation=self.organisation,
            kind="good_deed",
            deed_type="tidy_courtyard",
            done_on=self.bank.today(),
            household=None,
        )
        return str(deeds.post(self.bank, self.by, self.new_key, doing, in_force).answer["id"])

    @property
    def new_star_no(self) -> str:
        """Somebody who is due for a star."""
        return self._due.volunteer_no

    @property
    def new_star_change_id(self) -> str:
        """A promotion on public notice."""
        return str(stars.propose(self.bank, self.by, self.new_key, self._due).answer["id"])

    @cached_property
    def is_starred(self) -> bool:
        """The volunteer of this place is due for a star, and on notice for it."""
        return stars.propose(self.bank, self.by, self.new_key, self._with_hours(self.volunteer)).posted

    @property
    def _due(self) -> volunteers.Volunteer:
        new = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例新星")
        return self._with_hours(new)

    def _with_hours(self, volunteer: volunteers.Volunteer) -> volunteers.Volunteer:
        given = self.bank.submit(
            Adjust(
                id=self.bank.world.new_id(),
                actor=self.by.actor,
                second=SECOND,
                owner=volunteer.owner,
                organisation=Owner(OwnerKind.ORGANISATION, self.organisation.id),
                unit=MINUTES,
                purpose=Purpose.CLOCKED,
                amount=6_000,
                reason="示例",
            )
        )
        assert given.posted
        return volunteer

    @cached_property
    def some_notice_id(self) -> str:
        """A notice, which is everybody's."""
        return self._new_notice_id()

    def _new_notice_id(self) -> str:
        line = notice_lines.Line(
            id=self.bank.world.new_id(), once=uuid4().hex, shown={"tail": "4821"}, salt=uuid4().bytes
        )
        made = notices.publish(
            self.bank,
            self.by,
            self.organisation,
            kind=notices.OTHER,
            stage=notices.AFTER,
            lines=[line],
            days=1,
            in_working_days=False,
        )
        return str(made.answer["id"])

    @property
    def new_objection_id(self) -> str:
        """What a stranger said against a line of a notice here."""
        notice = notices.find(self.bank, UUID(self._new_notice_id()))
        assert notice is not None
        (shown,) = notices.lines_of(self.bank, notice, after=None, limit=1).items
        said = objections.object_to(
            self.bank, By(actor=staff.NOBODY), self.new_key, notice, shown, reason="示例", contact="示例电话"
        )
        found = objections.with_receipt(self.bank, str(said.answer["receipt_no"]))
        assert found is not None
        return str(found.id)

    @property
    def new_listing_id(self) -> str:
        """Somebody on a list, without an end."""
        with self.bank.changing(self.by) as change:
            row = {
                "id": change.new_id(),
                "volunteer_id": self.volunteer.id,
                "tag": "barred",
                "from_on": self.bank.today(),
                "until_on": None,
                "reason": "示例",
                "recorded_at": change.now,
                "recorded_by": self.by.actor,
            }
            change.add("listing", row)
        return str(row["id"])

    @property
    def new_flag_id(self) -> str:
        """What a counter reached."""
        volunteer = self.volunteer
        with self.bank.changing(self.by) as change:
            row = {
                "id": change.new_id(),
                "seq": 1,
                "volunteer_id": volunteer.id,
                "counter": "no_shows",
                "flag": "suspension",
                "title_zh": "示例",
                "title_en": "example",
                "reached": 3,
                "first_day": self.bank.today(),
            }
            change.add("flag", row)
        return str(row["id"])

    @property
    def volunteer_no(self) -> str:
        return self.volunteer.volunteer_no

    @cached_property
    def activity(self) -> activities.Activity:
        return self._activity_on(self.bank.today())

    @cached_property
    def unrecorded_id(self) -> str:
        """An activity of yesterday of which nothing was recorded yet."""
        return str(self._activity_on(self.bank.today() - timedelta(days=1)).id)

    def _activity_on(self, held_on: date) -> activities.Activity:
        return activities.create(
            self.bank,
            self.by,
            organisation=self.organisation,
            title="清洁日",
            activity_type="cleaning",
            held_on=held_on,
            place="示例广场",
            content="示例",
            person_in_charge="示例乙",
        )

    @property
    def activity_id(self) -> str:
        return str(self.activity.id)

    @property
    def new_activity_id(self) -> str:
        """An activity with a session, which nobody has published."""
        starts_at = self.bank.world.clock() + 3_600_000_000
        made, _ = activity_sessions.announce(
            self.bank,
            self.by,
            organisation=self.organisation,
            timetables=[Timetable(starts_at=starts_at, ends_at=starts_at + 3_600_000_000)],
            fields={
                "title": "清洁日",
                "activity_type": "cleaning",
                "held_on": self.bank.today(),
                "place": "示例广场",
                "content": "示例",
                "person_in_charge": "示例乙",
            },
        )
        return str(made.id)

    @cached_property
    def activity_session_id(self) -> str:
        id = UUID(self.new_activity_id)
        return str(activity_sessions.of(self.bank, [id])[id][0].id)

    @cached_property
    def published_id(self) -> str:
        """An activity that takes everybody in its one session."""
        id = self.new_activity_id
        found = activities.find(self.bank, UUID(id))
        assert found is not None
        activities.publish(self.bank, self.by, found)
        return id

    @cached_property
    def published_session_id(self) -> str:
        id = UUID(self.published_id)
        return str(activity_sessions.of(self.bank, [id])[id][0].id)

    @cached_property
    def running_id(self) -> str:
        """An activity that takes place now."""
        return self.new_begun_id

    @property
    def new_begun_id(self) -> str:
        id = UUID(self.new_activity_id)
        [session] = activity_sessions.of(self.bank, [id])[id]
        now = self.bank.world.clock()
        times = {"starts_at": now - 3_600_000_000, "ends_at": now + 3_600_000_000}
        activity_sessions.change_session(self.bank, self.by, session, times)
        return str(id)

    @cached_property
    def running_session_id(self) -> str:
        id = UUID(self.running_id)
        return str(activity_sessions.of(self.bank, [id])[id][0].id)

    @property
    def new_begun_session_id(self) -> str:
        id = UUID(self.new_begun_id)
        return str(activity_sessions.of(self.bank, [id])[id][0].id)

    @property
    def new_missed_id(self) -> str:
        """A sign-up of somebody who did not come."""
        missed = sign_ups.find(self.bank, UUID(self.new_sign_up_id))
        assert missed is not None
        session = activity_sessions.find(self.bank, missed.session_id)
        assert session is not None
        now = self.bank.world.clock()
        times = {"starts_at": now - 3_600_000_000, "ends_at": now}
        begun = activity_sessions.change_session(self.bank, self.by, session, times)
        hand_in.close(self.bank, self.by, begun)
        return str(missed.id)

    @property
    def new_no_show_id(self) -> str:
        missed = sign_ups.find(self.bank, UUID(self.new_missed_id))
        assert missed is not None
        no_shows.record(self.bank, self.by, missed, "excused")
        return str(missed.id)

    @property
    def a_card(self) -> str:
        """Somebody's card, from here."""
        who = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例寅")
        return cards.issue(self.bank, self.by, who).card_no

    @property
    def card_of_who_came(self) -> str:
        """The card of somebody who was checked in."""
        who = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例卯")
        self._came(who)
        return cards.issue(self.bank, self.by, who).card_no

    @property
    def new_attendance_id(self) -> str:
        return self._came(volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例辰"))

    def _came(self, who: volunteers.Volunteer) -> str:
        session = activity_sessions.find(self.bank, UUID(self.running_session_id))
        assert session is not None
        return str(attendances.check_in(self.bank, self.by, session, who, Shown(way="hand")).id)

    @property
    def new_sign_up_id(self) -> str:
        """That of the volunteer, for an activity of its own."""
        return self._signed_up(self.volunteer, None)

    @property
    def new_waiting_id(self) -> str:
        """Of somebody for whom there is no place."""
        return self._signed_up(
            volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例子"), 1
        )

    def _signed_up(self, who: volunteers.Volunteer, places: int | None) -> str:
        id = UUID(self.new_activity_id)
        found = activities.find(self.bank, id)
        assert found is not None
        found = activities.change_activity(self.bank, self.by, found, {"capacity": places, "overlap": "warn"})
        activities.publish(self.bank, self.by, found)
        [session] = activity_sessions.of(self.bank, [id])[id]
        if places:
            first = volunteers.register(self.bank, self.by, organisation=self.organisation, name="示例丑")
            sign_ups.sign_up(self.bank, self.by, found, session, first)
        return str(sign_ups.sign_up(self.bank, self.by, found, session, who).id)

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
    def new_record_id(self) -> str:
        return self._recorded("clocked", self._day())

    @property
    def new_certificate_id(self) -> str:
        assert self.new_record_id
        return str(certificates.issue(self.bank, self.by, self.new_key, self.volunteer).answer["id"])

    @property
    def sealed_organisation_id(self) -> str:
        """The organisation, which has put its seal in."""
        seals.put(self.bank, self.by, self.organisation, drawn("png"))
        return self.organisation_id

    @property
    def new_appraisal_id(self) -> str:
        """An open form for everybody of the organisation."""
        today = self.bank.today()
        said: Any = {"kind": "other", "title": "示例评议", "questions": ["示例"], "from_on": today, "until_on": today}
        return str(appraisals.put_out(self.bank, self.by, self.organisation, **said).id)

    @property
    def new_entry_id(self) -> str:
        """A training in the volunteer's dossier."""
        said: Any = {"kind": "training", "on_day": self.bank.today(), "title": "示例培训", "given_by": "示例单位"}
        return str(dossiers.keep(self.bank, self.by, self.volunteer, **said).id)

    @cached_property
    def certificate_id(self) -> str:
        return self.new_certificate_id

    @property
    def new_claim_id(self) -> str:
        """A record that waits for reviewers."""
        return self._recorded("backfilled", self._day())

    @property
    def declared_id(self) -> str:
        """Hours that somebody declared, and that wait."""
        return self._recorded("declared", self._day())

    @property
    def disputable_id(self) -> str:
        """A record of which nobody has said yet that it is wrong."""
        return self._recorded("clocked", self._day())

    @property
    def new_dispute_id(self) -> str:
        """What the volunteer misses on a day."""
        lack = disputes.missing(self.bank, self.volunteer.id, activity=self.activity, day=self._day())
        said = disputes.dispute(self.bank, self.by, self.new_key, lack, reason_code="missing", words="示例")
        return str(said.answer["id"])

    @cached_property
    def dispute_id(self) -> str:
        return self.new_dispute_id

    @property
    def held_claim_id(self) -> str:
        """A record that overlaps another, and is held."""
        day = self._day()
        self._recorded("clocked", day)
        return self._recorded("clocked", day)

    def _day(self) -> date:
        """A day on which nothing was recorded yet."""
        self._days += 1
        return self.bank.today() - timedelta(days=self._days)

    def _recorded(self, method: str, day: date) -> str:
        claim = Claim(
            volunteer=self.volunteer,
            activity=self.activity,
            minutes=120,
            served_on=day,
            capture_method=method,
            household=None,
        )
        book = rulebooks.in_force(self.bank, self.bank.today())
        return str(records.record(self.bank, self.by, self.new_key, claim, book).answer["id"])

    @property
    def new_redemption_id(self) -> str:
        assert self.stocked
        done = redemptions.redeem(
            self.bank, self.by, self.new_key, volunteer=self.volunteer, desk=self.desk, items=[(self.prize, 1)]
        )
        return str(done.answer["id"])

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

    @cached_property
    def device(self) -> devices.Device:
        """A kiosk of this organisation."""
        return self.new_device

    @property
    def new_device(self) -> devices.Device:
        code = self.new_user_code
        made = pairing.approve(
            self.bank, self.by, code, kind="kiosk", name=None, organisation=self.organisation, desk_id=None
        )
        assert made is not None
        return made

    @property
    def new_device_id(self) -> str:
        return str(self.new_device.id)

    @property
    def device_id(self) -> str:
        return str(self.device.id)

    @property
    def new_staff_id(self) -> str:
        """Somebody of the desk of this organisation."""
        hired = staff.hire(
            self.bank,
            self.by,
            username=self.new_name,
            password=PASSWORD,
            name="示例戊",
            roles=[("desk", self.organisation)],
        )
        return str(hired.id)

    @cached_property
    def staff_id(self) -> str:
        return self.new_staff_id

    @property
    def new_card(self) -> cards.Card:
        return cards.issue(self.bank, self.by, self.volunteer)

    @property
    def card_id(self) -> str:
        return str(self.card.id)

    @property
    def new_card_no(self) -> str:
        """A card of this volunteer, to be shown."""
        return self.new_card.card_no

    def _collective(self, kind: OwnerKind) -> households.Collective:
        made = households.create(self.bank, self.by, kind=kind, organisation=self.organisation, name="示例家")
        households.join(
            self.bank,
            self.by,
            made,
            self.volunteer,
            from_on=self.bank.today(),
            role=households.HEAD,
            members_at_most=None,
        )
        return made

    @cached_property
    def household_id(self) -> str:
        return str(self._collective(OwnerKind.HOUSEHOLD).id)

    @cached_property
    def group_id(self) -> str:
        return str(self._collective(OwnerKind.GROUP).id)

    @property
    def new_import_id(self) -> str:
        """A roster that was uploaded and not committed yet."""
        roster = f"姓名\n示例{uuid4().hex[:6]}\n".encode()
        return str(volunteer_imports.check(self.bank, self.by, self.organisation, roster).id)

    @property
    def new_roster_id(self) -> str:
        """A roster of service that was uploaded and not committed yet."""
        within = [self.organisation.path]
        roster = f"姓名,小时\n示例{uuid4().hex[:6]},1\n".encode()
        return str(roster_imports.check(self.bank, self.by, self.organisation, roster, within=within).id)

    @cached_property
    def card(self) -> cards.Card:
        return self.new_card

    @cached_property
    def objection_id(self) -> str:
        return self.new_objection_id

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What betrays this place wherever it is told."""
        named = (self.organisation_id, self.volunteer_no, self.activity_id, self.prize_id, self.desk_id)
        people = (
            self.device_id,
            self.card_id,
            self.staff_id,
            self.household_id,
            self.group_id,
            self.post_id,
            self.objection_id,
            self.dispute_id,
        )
        return (*named, *people, self.report_id, self.session_id, self.reservation_id)


class Nowhere:
    """Ids of every kind that nobody has."""

    marks: tuple[str, ...] = ()

    def __init__(self, place: Place) -> None:
        self._place = place

    def __getattr__(self, name: str) -> Any:
        if name in OF_NO_PLACE:
            return getattr(self._place, name)
        if name == "new_slip_no":
            return number_of(SERIAL_MAX)
        if name == "new_card_no":
            return NOWHERE_CARD
        if name.endswith("_no"):
            return NOWHERE_NO
        return NOWHERE_SEQ if name.endswith("_seq") else NOWHERE_ID


class About:
    """What one request is about: a place, but for one thing that is of another. Remembers what it was asked for; where
    nothing will come of it, what is new each time is made once.
    """

    kept: ClassVar[dict[tuple[int, str], Any]] = {}

    def __init__(self, place: Any, name: str = "", other: Any = None, *, in_vain: bool = False) -> None:
        self._place, self._name, self._other, self._in_vain = place, name, other, in_vain
        self._own: dict[tuple[int, str], Any] = {}
        self.named: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        place = self._other if name == self._name else self._place
        if name not in OF_NO_PLACE:
            self.named.add(name)
        known, key = (self.kept, (id(place), name)) if self._in_vain else (self._own, (0, name))
        if key not in known:
            known[key] = getattr(place, name)
        return known[key]


class Ground:
    """The bank, its places, and a client for each caller; their tokens are minted with the bank's own keys."""

    def __init__(self, bank: Bank, settings: Settings, district: Organisation, here: Organisation, there: Organisation):
        self.bank = bank
        self.keys = Keys(keys.load(settings.data_dir), issuer="bank.example", clock=bank.world.clock)
        self.app = create_app(bank, self.keys)
        self.app.testing = False
        by = By(actor=self._hired("admin", district, "hand").id)
        estate = organisations.create(bank, by, parent=here, level="estate", name="示例小区")
        self.places: dict[str, Any] = {
            "own": Place(bank, by, here),
            "neighbour": Place(bank, by, here),
            "child": Place(bank, by, estate),
            "sibling": Place(bank, by, there),
            "above": Place(bank, by, district),
        }
        for place in self.places.values():
            assert place.stocked
            assert place.new_claim_id
            assert place.new_deed_claim_id
            assert place.unrecorded_id
            assert place.new_paper_id
            assert place.is_starred
            assert place.new_pair_id
            assert place.new_flag_id
            assert place.purchase_id
            assert place.new_collected_wish_id
            assert place.new_task_id
            assert place.new_companionship_id
            assert place.new_appraisal_id
            assert place.marks
        self.places["unknown"] = Nowhere(self.places["own"])
        self.kiosk = self.places["own"].device
        self.callers: dict[str, Client] = {"nobody": Client(self.flask)}
        for role in SCOPES_OF:
            self.callers[role] = self._staff(role, here)
        self.callers["whole auditor"] = self._staff("auditor", district, "whole-auditor")
        signed_in = sign_ins.begin(self.bank, Holder(None, self.kiosk.id))
        self.callers["device"] = self._client(
            self.kiosk.id, sorted(DEVICE_SCOPES), client=Kind.DEVICE, session_id=signed_in.id
        )
        self.let_volunteer_in()

    def let_volunteer_in(self) -> None:
        """The volunteer of `own` signs in at the kiosk."""
        volunteer = self.places["own"].volunteer
        session = sessions.identify(self.bank, self.kiosk, volunteer, "number")
        self.callers["volunteer"] = self._client(
            volunteer.id, [Scope.OWN], client=Kind.VOLUNTEER, session_id=session.id
        )

    @property
    def flask(self) -> FlaskClient:
        return self.app.test_client()

    def _hired(self, role: str, place: Organisation, username: str) -> staff.Person:
        return staff.hire(self.bank, None, username=username, password=PASSWORD, name="示例丙", roles=[(role, place)])

    def _staff(self, role: str, place: Organisation, username: str | None = None) -> Client:
        person = self._hired(role, place, username or f"{role}-matrix")
        signed_in = sign_ins.begin(self.bank, Holder(person.id, None))
        return self._client(person.id, sorted(SCOPES_OF[role]), session_id=signed_in.id)

    def _client(self, subject: UUID, scope: Sequence[str], **more: Any) -> Client:
        return Client(self.flask, self.keys.mint(subject, scope, self.bank.world.new_id(), **more))
