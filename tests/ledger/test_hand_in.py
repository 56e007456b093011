"""Handing in: whatever stops it in the middle, every day of everybody becomes one record and no more."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from ledger.bank import Bank, By
from ledger.people import volunteers
from ledger.service import activity_sessions, attendances, hand_in
from ledger.service.activity_sessions import ActivitySession, Timetable
from ledger.settings import Settings
from ledger.store.schema.service import service_record
from tests.banks import STAFF, Clock, PlayedWorld, examine
from tests.ledger.crowd import processes
from tests.towns import Town

BY = By(actor=STAFF)
HOUR = 3_600_000_000
PEOPLE = 400


def attended(bank: Bank, clock: Clock, people: int) -> ActivitySession:
    """A session of two hours that all of them came to, closed."""
    town = Town(bank)
    begins = clock()
    _, [session] = activity_sessions.announce(
        bank,
        BY,
        organisation=town.district,
        timetables=[Timetable(starts_at=begins, ends_at=begins + 2 * HOUR)],
        fields={
            "title": "示例活动",
            "activity_type": "cleaning",
            "held_on": date(2026, 3, 2),
            "place": "示例小区",
            "content": "示例内容",
            "person_in_charge": "示例负责人",
        },
    )
    names = [f"示例{at}" for at in range(people)]
    everybody = volunteers.register_all(bank, BY, organisation=town.district, names=names)
    clock.forward(hours=2)
    attendances.write_down(bank, BY, session, [(who, None, None) for who in everybody])
    return hand_in.close(bank, BY, session)


def recorded(bank: Bank) -> int:
    with bank.store.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(service_record)) or 0)


def hand_in_elsewhere(url: str, session_id: UUID, now: int) -> None:
    """In a process of its own, which somebody will kill."""
    clock = Clock()
    clock.forward(microseconds=now - clock())
    with Bank.open(Settings(database_url=url, batch_max=5), world=PlayedWorld(clock=clock, seed=7).world) as bank:
        session = activity_sessions.find(bank, session_id)
        assert session is not None
        hand_in.hand_in(bank, BY, session)


@pytest.mark.timeout(120)
def test_a_hand_in_that_is_killed_is_finished_by_the_next_one(bank_url: str, play: PlayedWorld) -> None:
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        session = attended(bank, play.clock, PEOPLE)
        other = processes().Process(target=hand_in_elsewhere, args=(bank_url, session.id, play.clock()), daemon=True)
        other.start()
        deadline = time.monotonic() + 60
        while recorded(bank) < PEOPLE // 20:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        other.kill()
        other.join()
        assert 0 < recorded(bank) < PEOPLE
        outcomes = [each.outcome for each in hand_in.hand_in(bank, BY, session)]
        assert recorded(bank) == PEOPLE
        assert all(one is not None and one.posted for one in outcomes)
        assert {one.replayed for one in outcomes if one is not None} == {True, False}
        assert all(each.outcome and each.outcome.replayed for each in hand_in.hand_in(bank, BY, session))
        assert recorded(bank) == PEOPLE
        assert examine(bank.store) == []


def test_of_eight_who_hand_in_at_once_each_gets_the_same_records(bank: Bank, clock: Clock) -> None:
    session = attended(bank, clock, 20)
    with ThreadPoolExecutor(8) as crowd:
        told = list(crowd.map(lambda _: hand_in.hand_in(bank, BY, session), range(8)))
    ids = [[each.outcome.answer["id"] for each in one if each.outcome] for one in told]
    assert ids == [ids[0]] * 8
    assert recorded(bank) == 20


def test_records_name_the_attendance_they_are_made_of(bank: Bank, clock: Clock) -> None:
    session = attended(bank, clock, 2)
    handed_in = hand_in.hand_in(bank, BY, session)
    with bank.store.reading() as connection:
        made = service_record.c
        rows = connection.execute(
            select(made.attendance_id, made.session_id, made.began_at, made.ended_at, made.minutes)
        ).all()
    assert sorted(rows) == sorted(
        (each.attendance.id, session.id, session.starts_at, session.ends_at, 120) for each in handed_in
    )
