"""kill -9 at each step of opening a day, redeeming, reserving, collecting, cancelling, refunding and closing: what was
asked is there once or not at all, and asked again under the same key it is there once.
"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from typing import Literal, TypeVar
from uuid import UUID

import pytest

from ledger.bank import Bank, By, Outcome, Request, World
from ledger.people import volunteers
from ledger.prizes import catalogue, desk_sessions, redemptions, reservations, stock_reports
from ledger.prizes.shelves import Counted
from ledger.settings import Settings
from tests.banks import SEALING_KEY, SECOND, STAFF, PlayedWorld
from tests.ledger.crowd import processes
from tests.ledger.faults import Troubled, troubled_bank
from tests.towns import Town

Step = Literal["before_write", "before_commit", "after_commit"]
STEPS: tuple[Step, ...] = ("before_write", "before_commit", "after_commit")
DEEDS = ("open", "reserve", "redeem", "collect", "cancel", "refund", "close", "sign")

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    assert thing is not None
    return thing


@dataclass(frozen=True, slots=True)
class Wish:
    """One deed at the desk, under one key; whoever does it finds what it is about by its id."""

    url: str
    deed: str
    volunteer_no: str
    desk: UUID
    prize: UUID
    about: UUID

    def do(self, bank: Bank) -> Outcome:
        by, request = By(actor=STAFF), Request("desk", self.deed, b"the same")
        desk, prize = found(catalogue.find_desk(bank, self.desk)), found(catalogue.find_prize(bank, self.prize))
        if self.deed == "open":
            return desk_sessions.open_session(bank, by, request, desk=desk)
        if self.deed in ("reserve", "redeem"):
            volunteer = found(volunteers.find(bank, self.volunteer_no))
            if self.deed == "redeem":
                return redemptions.redeem(bank, by, request, volunteer=volunteer, desk=desk, items=[(prize, 1)])
            return reservations.reserve(bank, by, request, volunteer=volunteer, desk=desk, items=[(prize, 1)])
        if self.deed == "collect":
            return reservations.collect(bank, by, request, found(reservations.find(bank, self.about)), desk)
        if self.deed == "cancel":
            return reservations.cancel(bank, by, request, found(reservations.find(bank, self.about)))
        if self.deed == "refund":
            second = By(actor=SECOND)
            return redemptions.reverse(bank, second, request, found(redemptions.find(bank, self.about)), "示例")
        if self.deed == "close":
            session = found(desk_sessions.find(bank, self.about))
            return desk_sessions.close(bank, by, request, session, desk, [Counted(prize.id, prize.unit_id, 3, "lost")])
        report = found(stock_reports.find(bank, self.about))
        return stock_reports.settle(bank, By(actor=SECOND), request, report)


def set_up(url: str, play: PlayedWorld, deed: str) -> Wish:
    """A desk with five mugs and an open day, somebody with points, and what the deed is about."""
    with Bank.open(Settings(database_url=url, sealing_keys=SEALING_KEY), world=play.world) as bank:
        town = Town(bank)
        by, prize = By(actor=STAFF), town.prize("mug", 5)
        town.receive("mug", 5)
        town.adjust("甲", 40)
        if deed == "open":
            return Wish(url, deed, town.volunteer("甲").volunteer_no, town.desk.id, prize.id, prize.id)
        session = UUID(str(desk_sessions.open_session(bank, by, town.request("open"), desk=town.desk).answer["id"]))
        about = session
        if deed in ("collect", "cancel"):
            volunteer, items = town.volunteer("甲"), [(prize, 1)]
            made = reservations.reserve(
                *(bank, by, town.request("reserve")), volunteer=volunteer, desk=town.desk, items=items
            )
            about = UUID(str(made.answer["id"]))
        elif deed == "refund":
            about = UUID(str(town.redeem("甲", ("mug", 1)).answer["id"]))
        elif deed == "sign":
            counts, day = [Counted(prize.id, prize.unit_id, 4, "lost")], found(desk_sessions.find(bank, session))
            closed = desk_sessions.close(bank, by, town.request("close"), day, town.desk, counts)
            about = UUID(str(closed.answer["id"]))
        return Wish(url, deed, town.volunteer("甲").volunteer_no, town.desk.id, prize.id, about)


def die(_: Troubled) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def live(wish: Wish, step: str, now: int) -> None:
    """What runs in the other process, at the same moment."""
    with troubled_bank(wish.url, World(clock=lambda: now)) as (bank, troubles):
        getattr(troubles, step).append(die)
        wish.do(bank)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("deed", DEEDS)
def test_what_was_killed_is_there_once_or_not_at_all(bank_url: str, play: PlayedWorld, deed: str, step: Step) -> None:
    wish = set_up(bank_url, play, deed)
    process = processes().Process(target=live, args=(wish, step, play.clock()))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY), world=play.world) as bank:
        first, second = wish.do(bank), wish.do(bank)
    assert first.posted, first.answer
    assert first.replayed is (step == "after_commit")
    assert (second.seq, second.replayed) == (first.seq, True)
