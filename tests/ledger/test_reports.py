"""Reports: every figure is the ledger's at the seq it names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import event

from ledger.bank import Bank, By
from ledger.people import consents, organisations, party, volunteers
from ledger.people.organisations import Organisation
from ledger.reading import figures, reports
from ledger.reading.export import export
from ledger.reading.figures import Figures
from ledger.reading.spans import spans
from ledger.service import request_reports, request_steps, requests, wishes
from ledger.service.requests import NewRequest, ResidentRequest
from tests.banks import STAFF, Clock
from tests.reading.figuring import plain, told_again
from tests.towns import Town

BY = By(actor=STAFF)
FEBRUARY, APRIL = date(2026, 2, 1), date(2026, 4, 30)


def two_communities(bank: Bank, clock: Clock) -> tuple[Organisation, Town, Town]:
    """Service, prizes and a move in two communities of one district."""
    clock.set(FEBRUARY)
    district = Town(bank).district
    towns = []
    for name in ("示例东", "示例西"):
        made = organisations.create(bank, BY, parent=district, level="community", name=name)
        towns.append(Town(bank, None, district=made))
    here, there = towns
    clock.set(date(2026, 3, 3))
    here.award("甲", 120)
    here.award("甲", 60, activity="visiting")
    assert there.award("乙", 90, key="another-town-key-1").posted
    # Somebody of the one community serves in the other: their points are at home, their hours where they were given.
    there.replace_volunteer("丙", here.volunteer("甲"))
    assert there.award("丙", 30, activity="patrol", begins=600, key="another-town-key-2").posted
    here.receive("杯", 5)
    here.prize("杯", 5)
    clock.set(date(2026, 4, 1))
    assert here.redeem("甲", ("杯", 1)).posted
    return district, here, there


def of(bank: Bank, within: str, **more: Any) -> list[Figures]:
    asked: dict[str, Any] = {"since": FEBRUARY, "until": APRIL, "every": "whole"} | more
    return list(reports.report(bank, within=[within], **asked).rows)


def test_an_organisation_holds_all_below_it_and_people_count_once(bank: Bank, clock: Clock, tmp_path: Path) -> None:
    district, here, there = two_communities(bank, clock)
    [whole] = of(bank, district.path)
    parts = {one.organisation.id: one for one in of(bank, district.path, level="community")}
    assert [parts[town.district.id].minutes for town in (here, there)] == [180, 120]
    assert [parts[town.district.id].active for town in (here, there)] == [1, 2]
    assert (whole.minutes, whole.active, whole.volunteers) == (300, 2, 2)
    assert whole.points.issued == sum(one.points.issued for one in parts.values())
    assert parts[there.district.id].points.issued == 15  # 乙's 90 minutes alone
    seq = reports.report(bank, since=FEBRUARY, until=APRIL, every="whole", within=[district.path]).as_of_seq
    made = export(bank.store, bank.charter, "csv", tmp_path / "books")
    for one in [whole, *parts.values()]:
        assert plain(one) == told_again(one, made.directory, seq)


def test_points_before_and_all_moves_make_the_points_after(bank: Bank, clock: Clock) -> None:
    district, _, _ = two_communities(bank, clock)
    months = of(bank, district.path, every="month")
    assert [one.span.label for one in months] == ["2026-02", "2026-03", "2026-04"]
    for before, after in pairwise(months):
        assert before.points.outstanding == after.points.opening
    for one in months:
        moved = sum(getattr(one.points, move) for move in (*figures.MOVES, "moved"))
        assert one.points.opening + moved == one.points.outstanding


def test_an_earlier_seq_is_told_as_it_was(bank: Bank, clock: Clock) -> None:
    district, here, _ = two_communities(bank, clock)
    before = reports.report(bank, since=FEBRUARY, until=APRIL, every="month", within=[district.path])
    here.award("甲", 45, activity="later")
    again = reports.report(
        bank, since=FEBRUARY, until=APRIL, every="month", within=[district.path], as_of_seq=before.as_of_seq
    )
    assert [plain(one) for one in again.rows] == [plain(one) for one in before.rows]
    assert {one.overdue for one in again.rows} == {None}
    [now] = of(bank, district.path)
    assert now.minutes == 345


def test_what_was_recorded_after_ten_working_days_is_late(bank: Bank, clock: Clock) -> None:
    """Of Monday the 2nd of March the tenth working day is Monday the 16th, whose last instant counts."""
    town = Town(bank)
    clock.set(date(2026, 3, 16), "23:59:59")
    town.award("甲", 60, on=date(2026, 3, 2))
    clock.set(date(2026, 3, 17), "00:00:00")
    town.award("甲", 60, on=date(2026, 3, 2), activity="late")
    [one] = of(bank, town.district.path)
    assert (one.records_in_time, one.records_late) == (1, 1)


def test_party_members_and_lists_are_told_of_each_month(bank: Bank, clock: Clock) -> None:
    clock.set(FEBRUARY)
    town = Town(bank)
    home = organisations.create(bank, BY, parent=town.district, level="community", name="示例社区")
    unit = organisations.create(bank, BY, parent=town.district, level="unit", name="示例单位")
    who = volunteers.register(bank, BY, organisation=home, name="示例党员")
    consents.record(bank, BY, who, purpose=consents.SENSITIVE_DATA, given=True, captured="paper")
    reported = party.tie(bank, BY, who, kind="home", organisation=home, from_on=bank.today())
    clock.set(date(2026, 3, 5))
    party.confirm(bank, BY, reported)
    at_work = party.tie(bank, BY, who, kind="unit", organisation=unit, from_on=bank.today())
    clock.set(date(2026, 4, 5))
    party.confirm(bank, BY, at_work)
    months = of(bank, town.district.path, every="month")
    assert [(one.party.members, one.party.home, one.party.both) for one in months] == [(1, 0, 0), (1, 1, 0), (1, 1, 1)]
    [there] = of(bank, unit.path)
    assert (there.party.members, there.party.home, there.party.both) == (1, 1, 1)


def test_a_report_costs_as_many_statements_for_one_month_as_for_a_year(bank: Bank, clock: Clock) -> None:
    district, _, _ = two_communities(bank, clock)
    with counting(bank) as few:
        of(bank, district.path, since=date(2026, 3, 1), until=date(2026, 3, 31))
    with counting(bank) as many:
        of(bank, district.path, since=date(2025, 4, 1), every="month", level="community")
    assert len(few) == len(many)


@contextmanager
def counting(bank: Bank) -> Iterator[list[str]]:
    said: list[str] = []

    def listen(*given: Any) -> None:
        said.append(given[2])

    event.listen(bank.store._reading, "before_cursor_execute", listen)
    yield said
    event.remove(bank.store._reading, "before_cursor_execute", listen)


def test_spans_are_cut_to_the_days_asked_for_and_leave_no_gap() -> None:
    cut = spans(date(2025, 11, 20), date(2026, 2, 3), "quarter")
    assert [(one.label, one.first_day.isoformat(), one.last_day.isoformat()) for one in cut] == [
        ("2025-Q4", "2025-11-20", "2025-12-31"),
        ("2026-Q1", "2026-01-01", "2026-02-03"),
    ]
    assert [one.label for one in spans(date(2025, 6, 30), date(2026, 1, 1), "half_year")] == [
        *("2025-H1", "2025-H2", "2026-H1"),
    ]
    assert len(spans(date(2026, 1, 1), date(2026, 12, 31), "month")) == 12


def test_requests_are_told_with_both_clocks_and_wishes_as_they_came_in(bank: Bank, clock: Clock) -> None:
    town = Town(bank)
    clock.set(date(2026, 3, 30))
    made = [_requested(town, priority) for priority in ("danger", "normal")]
    wishes.collect(
        *(bank, BY),
        wishes.NewWish(
            organisation=town.district, kind="thing", channel="wall", words="示例书包", volunteer=town.volunteer("甲")
        ),
    )
    clock.set(date(2026, 4, 2))
    for one in made:
        request_steps.close(bank, BY, request_steps.accept(bank, BY, one), "示例办结")
    march, april = of(bank, town.district.path, since=date(2026, 3, 1), every="month")
    assert (march.wishes, march.requests, march.requests_closed) == (1, 2, 0)
    assert (april.wishes, april.requests, april.requests_closed) == (0, 0, 2)
    live = request_reports.report(
        bank, within=[town.district.path], by="kind", since=date(2026, 3, 1), until=bank.today()
    )
    assert april.requests_closed_late == sum(line.closed_late for line in live) == 1
    assert april.requests_accepted_late == 2
    assert april.requests_minutes == sum(one.taken_minutes for one in map(_again, [bank, bank], made))


def _requested(town: Town, priority: str) -> ResidentRequest:
    new = NewRequest(
        organisation=town.district,
        kind="lighting",
        channel="kiosk",
        words="示例路灯",
        place="示例楼道",
        priority=priority,
        volunteer=town.volunteer("甲"),
        asker=None,
    )
    return requests.receive(town.bank, BY, new)


def _again(bank: Bank, one: ResidentRequest) -> ResidentRequest:
    found = requests.find(bank, one.id)
    assert found is not None
    return found
