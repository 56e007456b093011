"""What was served in each place of the matrix: records, claims, deeds, stars, notices, certificates."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from ledger.bank import By
from ledger.core.accounts import MINUTES, Owner, OwnerKind, Purpose
from ledger.core.adjustment import Adjust
from ledger.governance import appraisals
from ledger.people import (
    staff,
    volunteers,
)
from ledger.rules import Rulebook, book, load
from ledger.service import (
    certificates,
    deeds,
    disputes,
    dossiers,
    notice_lines,
    notices,
    objections,
    records,
    reviews,
    roster_imports,
    rulebooks,
    seals,
    stars,
)
from ledger.service.records import Claim
from tests.api.ground_activities import Activities
from tests.api.ground_people import SECOND
from tests.pictures import drawn


class Service(Activities):
    """What was served there, and what came of it: part of a place."""

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

    @cached_property
    def objection_id(self) -> str:
        return self.new_objection_id

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
    def new_roster_id(self) -> str:
        """A roster of service that was uploaded and not committed yet."""
        within = [self.organisation.path]
        roster = f"姓名,小时\n示例{uuid4().hex[:6]},1\n".encode()
        return str(roster_imports.check(self.bank, self.by, self.organisation, roster, within=within).id)
