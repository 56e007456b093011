"""The duty to record within ten working days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from ledger.bank import Bank, By
from ledger.service import activities, activity_sessions, duty, hand_in, record_settings
from ledger.service.activity_sessions import Timetable
from ledger.service.duty import Due
from tests.banks import SHANGHAI, STAFF, Clock
from tests.towns import Town

BY = By(actor=STAFF)


@pytest.fixture
def town(bank: Bank) -> Town:
    return Town(bank, "dongting")


def one(bank: Bank) -> Due:
    [found] = duty.due(bank)
    return found


def test_what_was_held_is_due_after_ten_working_days(town: Town, clock: Clock) -> None:
    town.activity("cleaning", date(2026, 9, 23))
    clock.set("2026-09-23")
    assert duty.due(town.bank) == []  # its day is not over
    clock.set("2026-09-24")
    found = one(town.bank)
    # 24, 28, 29, 30 September, 8, 9, 10 (a Saturday), 12, 13, 14 October
    assert (found.due_on, found.days_left, found.is_overdue) == (date(2026, 10, 14), 9, False)
    assert (found.state, found.unannounced) == ("not_recorded", ())
    clock.set("2026-10-14")
    assert (one(town.bank).days_left, one(town.bank).is_overdue) == (0, False)
    clock.set("2026-10-16")
    assert (one(town.bank).days_left, one(town.bank).is_overdue) == (-2, True)


def test_a_date_that_rests_on_a_year_not_announced_says_so(town: Town, clock: Clock) -> None:
    town.activity("cleaning", date(2026, 12, 28))
    clock.set("2026-12-29")
    assert one(town.bank).unannounced == (2027,)


def test_it_is_settled_when_all_that_was_handed_in_is_posted(town: Town, clock: Clock) -> None:
    town.activity("cleaning", date(2026, 3, 2))
    clock.set("2026-03-03")
    waits = town.award("ana", 60, on=date(2026, 3, 2)).answer["id"]
    assert (one(town.bank).state, one(town.bank).waiting) == ("waiting", 1)
    for reviewer in ("bo", "chen"):
        town.review(UUID(str(waits)), reviewer, "approve")
    assert duty.due(town.bank) == []


def test_what_was_called_off_or_is_no_volunteer_service_is_not_due(town: Town, clock: Clock) -> None:
    off = town.activity("cleaning", date(2026, 3, 2))
    town.activity("meeting", date(2026, 3, 2), is_volunteer_service=False)
    activities.cancel(town.bank, BY, off, "示例理由")
    clock.set("2026-03-03")
    assert duty.due(town.bank) == []


def test_each_session_is_due_by_itself_and_closing_one_where_nobody_came_settles_it(town: Town, clock: Clock) -> None:
    first = datetime(2026, 3, 3, 9, tzinfo=SHANGHAI)
    times = [(first + timedelta(days=n), first + timedelta(days=n, hours=2)) for n in (0, 1)]
    tables = [Timetable(starts_at=_micro(begin), ends_at=_micro(end)) for begin, end in times]
    activity = town.activity("patrol", date(2026, 3, 3))
    sessions = [activity_sessions.add(town.bank, BY, activity, each) for each in tables]
    clock.set("2026-03-04", "08:00:00")
    assert [found.session_id for found in duty.due(town.bank)] == [sessions[0].id]
    clock.set("2026-03-05", "08:00:00")
    assert [found.held_on for found in duty.due(town.bank)] == [date(2026, 3, 3), date(2026, 3, 4)]
    hand_in.close(town.bank, BY, sessions[0])
    town.award("ana", 60, activity="patrol", on=date(2026, 3, 4))
    [left] = duty.due(town.bank)
    assert (left.session_id, left.state) == (sessions[1].id, "waiting")


def test_how_many_days_is_a_setting(town: Town, clock: Clock) -> None:
    town.activity("cleaning", date(2026, 3, 2))
    clock.set("2026-03-03")
    record_settings.change_settings(town.bank, BY, {"duty_working_days": 3})
    assert one(town.bank).due_on == date(2026, 3, 5)


def test_the_report_counts_by_organisation(town: Town, clock: Clock) -> None:
    for name, day in (("cleaning", 2), ("visiting", 20)):
        town.activity(name, date(2026, 3, day))
    clock.set("2026-03-25")
    [told] = duty.report(town.bank)
    assert (told.organisation_id, told.due, told.overdue) == (town.district.id, 2, 1)
    assert told.oldest_due_on == date(2026, 3, 16)
    [first] = duty.page(town.bank, within=[town.district.path], overdue_only=False, after=None, limit=1).items
    after = duty.page(town.bank, within=[town.district.path], overdue_only=False, after=None, limit=1).after
    assert after is not None
    [second] = duty.page(town.bank, within=[town.district.path], overdue_only=False, after=after, limit=1).items
    assert [first.title, second.title] == ["示例cleaning", "示例visiting"]


def _micro(instant: datetime) -> int:
    return int(instant.timestamp()) * 1_000_000
