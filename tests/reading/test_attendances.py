"""Records that are made of attendances: whatever an insider changes in either is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from ledger.bank import Bank, By, Charter
from ledger.people import organisations, volunteers
from ledger.reading.check import check
from ledger.rules import book
from ledger.service import activity_sessions, attendances, hand_in, rulebooks
from ledger.service.activity_sessions import Timetable
from ledger.service.attendances import Shown
from ledger.settings import Settings
from tests.banks import PlayedWorld
from tests.reading.tamper import tamper

BY = By(actor=UUID("00000000-0000-7000-8000-00000000c1e4"))
HOUR = 3_600_000_000

CHANGES = {
    "gone": ("DELETE FROM attendance", {"attendance", "activity", "volunteer", "times", "capture_method"}),
    "taken_back": ("UPDATE attendance SET voided_at = 1", {"attendance"}),
    "longer": ("UPDATE service_record SET ended_at = ended_at + 60000000", {"times"}),
    "later": ("UPDATE service_record SET began_at = began_at - 120000000, ended_at = ended_at - 120000000", {"times"}),
    "left_earlier": ("UPDATE attendance SET out_at = out_at - 60000000", {"times"}),
    "without_times": ("UPDATE service_record SET began_at = NULL", {"times"}),
    "somebody_else": (
        "UPDATE attendance SET volunteer_id = (SELECT id FROM volunteer WHERE name = '示例乙')",
        {"volunteer"},
    ),
    "another_session": ("UPDATE service_record SET session_id = activity_id", {"activity", "session", "times"}),
    "reopened": ("UPDATE activity_session SET closed_at = NULL", {"session"}),
    "clocked": ("UPDATE attendance SET capture_method = 'roster'", {"capture_method"}),
}
"""What is done, and which of the record's words are then no longer true."""


@pytest.fixture
def handed_in(database_url: str) -> Iterator[Bank]:
    """A bank in which one attendance, clocked at both ends, became one record."""
    play = PlayedWorld()
    settings = Settings(database_url=database_url)
    Bank.found(settings, Charter(name="先锋银行", origin="pioneer.example"), world=play.world)
    with Bank.open(settings, world=play.world) as bank:
        district = organisations.create(bank, BY, parent=None, level="district", name="示例区")
        rulebooks.found(bank, BY, book("kunshan"), organisation=district)
        came, _ = volunteers.register_all(bank, BY, organisation=district, names=["示例甲", "示例乙"])
        begins = play.clock()
        _, [session] = activity_sessions.announce(
            bank,
            BY,
            organisation=district,
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
        attendances.check_in(bank, BY, session, came, Shown(way="card"))
        play.clock.forward(hours=2)
        attendances.check_out(bank, BY, session, came, Shown(way="card"))
        closed = hand_in.close(bank, BY, session)
        assert all(each.outcome and each.outcome.posted for each in hand_in.hand_in(bank, BY, closed))
        yield bank


def wrong(bank: Bank) -> set[str]:
    found = check(bank.store, charter=bank.charter)
    return {str(finding.facts["what"]) for finding in found if finding.code == "attendance_wrong"}


def test_a_record_made_of_an_attendance_is_proven(handed_in: Bank) -> None:
    assert list(check(handed_in.store, charter=handed_in.charter)) == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_record_that_no_longer_fits_its_attendance_is_found(handed_in: Bank, database_url: str, name: str) -> None:
    statements, what = CHANGES[name]
    tamper(database_url, *statements.split("; "))
    assert wrong(handed_in) == what
