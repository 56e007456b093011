"""How long a day takes to close."""

from __future__ import annotations

import time
from uuid import UUID

from ledger.bank import Bank, By, Submission
from ledger.prizes import desk_sessions, redemptions, stock_reports
from ledger.prizes.shelves import Counted
from tests.banks import SECOND, STAFF
from tests.towns import Town

SECONDS_MAX = 1.0


def test_a_day_of_five_hundred_redemptions_closes_in_a_second(bank: Bank) -> None:
    town = Town(bank)
    names = [f"奖{number}" for number in range(20)]
    for name in names:
        town.prize(name, 1)
        town.receive(name, 100)
    town.adjust("甲", 1_000)
    opened = desk_sessions.open_session(bank, By(actor=STAFF), town.request("open"), desk=town.desk)
    assert opened.posted
    by, person = By(actor=STAFF), town.volunteer("甲")
    for start in range(0, 500, 100):
        commands = [
            redemptions.command(bank, by, volunteer=person, desk=town.desk, items=[(town.prize(names[n % 20]), 1)])
            for n in range(start, start + 100)
        ]
        assert all(outcome.posted for outcome in bank.submit_all([Submission.own(one) for one in commands]))
    latest = desk_sessions.latest_id(bank, town.desk)
    session = desk_sessions.find(bank, latest) if latest else None
    assert session is not None
    counts = [Counted(town.prize(name).id, town.prize(name).unit_id, 75) for name in names]
    began = time.perf_counter()
    said = desk_sessions.close(bank, by, town.request("close"), session, town.desk, counts)
    report = stock_reports.find(bank, UUID(str(said.answer["id"])))
    assert report is not None
    assert stock_reports.settle(bank, By(actor=SECOND), town.request("sign"), report).posted
    closed = desk_sessions.find(bank, session.id)
    assert closed is not None
    sheet = desk_sessions.sheet(bank, closed)
    assert time.perf_counter() - began <= SECONDS_MAX
    assert (sheet.points.redeemed, sheet.points.redemptions) == (500, 500)
    assert {(line.handed_out, line.expected, line.counted) for line in sheet.lines} == {(-25, 75, 75)}
