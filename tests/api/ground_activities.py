"""Activities in each place of the matrix, their sessions, and who signed up and came."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from ledger.people import (
    cards,
    volunteers,
)
from ledger.service import (
    activities,
    activity_sessions,
    attendances,
    hand_in,
    no_shows,
    sign_ups,
)
from ledger.service.activity_sessions import Timetable
from ledger.service.attendances import Shown
from tests.api.ground_people import People


class Activities(People):
    """Its activities: part of a place."""

    @cached_property
    def activity(self) -> activities.Activity:
        return self._activity_on(self.bank.today())

    @property
    def activity_id(self) -> str:
        return str(self.activity.id)

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

    @cached_property
    def unrecorded_id(self) -> str:
        """An activity of yesterday of which nothing was recorded yet."""
        return str(self._activity_on(self.bank.today() - timedelta(days=1)).id)

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
