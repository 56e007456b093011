"""When the database fails, is cut off, full or away: nobody is told what is not so, and it goes on after."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from ledger.bank import Bank, By, Request
from ledger.core.adjustment import Adjust
from ledger.core.books import Books
from ledger.core.canonical import digest
from ledger.core.entries import Kind
from ledger.core.posting import Move, Needs, Plan
from ledger.core.refusals.refusal import Refusal
from ledger.core.reversal import Reverse
from ledger.prizes import redemptions
from ledger.rules import Tallies
from ledger.settings import Settings
from ledger.store import founding
from ledger.store.engines import Unavailable
from ledger.store.writer import WRITTEN_AT_ONCE, Outcome, Submission
from tests.banks import SECOND, STAFF, PlayedWorld, examine
from tests.ledger import faults
from tests.ledger.faults import AwayStore, Nth, troubled_bank
from tests.towns import Town

QUICKLY = 5.0
"""Seconds in which everybody must have an answer."""


def gifts(town: Town, count: int, *, first: int = 0) -> list[Submission]:
    return [
        Submission(
            Adjust(
                id=town.bank.world.new_id(),
                actor=STAFF,
                second=SECOND,
                owner=town.volunteer("甲").owner,
                organisation=town.owner,
                amount=1,
                reason="示例",
            ),
            "outage",
            f"gift-{n:012d}",
            digest(b"one point"),
        )
        for n in range(first, first + count)
    ]


def asked(bank: Bank, submissions: list[Submission]) -> list[Outcome | Exception]:
    """What each was told, taken along in one batch where that goes."""
    told: list[Outcome | Exception] = []
    for future in bank._writer.submit_all(submissions):
        try:
            told.append(future.result(timeout=QUICKLY * 2))
        except Exception as error:  # noqa: BLE001  what it was told may be any error
            told.append(error)
    return told


def seqs(told: list[Outcome | Exception]) -> list[int | None]:
    assert not [error for error in told if isinstance(error, Exception)]
    return [outcome.seq for outcome in told if isinstance(outcome, Outcome)]


@pytest.mark.parametrize("fault", [faults.fails, faults.drops])
@pytest.mark.parametrize("when", ["before_read", "before_write", "before_commit"])
def test_a_batch_that_failed_from_outside_is_run_again_one_by_one(
    fault: faults.Fault, when: str, bank_url: str, play: PlayedWorld
) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 5)
        troubled.batches.clear()
        getattr(troubled, when).append(fault)
        assert seqs(asked(bank, submissions)) == [1, 2, 3, 4, 5]
        assert troubled.batches == [5, 1, 1, 1, 1, 1]
        assert town.points("甲") == 5


@pytest.mark.parametrize("fault", [faults.fails, faults.drops])
def test_a_commit_whose_confirmation_was_lost_is_found_again(
    fault: faults.Fault, bank_url: str, play: PlayedWorld
) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 5)
        troubled.after_commit.append(fault)
        assert seqs(asked(bank, submissions)) == [1, 2, 3, 4, 5]
        assert town.points("甲") == 5
        assert seqs(asked(bank, submissions)) == [1, 2, 3, 4, 5]


@pytest.mark.postgresql
@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("when", ["before_read", "before_write", "before_commit", "after_commit"])
def test_a_session_that_the_server_cuts_is_replaced(when: str, bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 5)
        seqs(asked(bank, gifts(town, 1, first=100)))
        getattr(troubled, when).append(faults.is_cut)
        assert seqs(asked(bank, submissions)) == [2, 3, 4, 5, 6]
        assert seqs(asked(bank, gifts(town, 1, first=200))) == [7]


MANY = 2 * WRITTEN_AT_ONCE + 44
"""Commands of a batch that is written in three parts."""


@pytest.mark.parametrize("fault", [faults.fails, faults.drops, faults.vanishes, faults.is_cut])
@pytest.mark.parametrize("when", ["before_write", "before_commit"])
def test_a_fault_between_the_parts_of_a_batch_leaves_nothing_of_any_part(
    fault: faults.Fault, when: str, bank_url: str, play: PlayedWorld
) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        if fault is faults.is_cut and bank.store.dialect == "sqlite":
            pytest.skip("there is no server to cut a session")
        town = Town(bank, rulebook=None)
        submissions = gifts(town, MANY)
        troubled.batches.clear()
        getattr(troubled, when).extend([faults.passes, fault] if when == "before_write" else [fault])
        assert seqs(asked(bank, submissions)) == list(range(1, MANY + 1))
        assert troubled.batches == [MANY, *[1] * MANY]
        assert town.points("甲") == MANY


def test_a_broken_command_late_in_a_long_batch_fails_alone(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    submissions = gifts(town, MANY)
    submissions[-10] = Submission(Broken(id=bank.world.new_id()), "outage", "broken-key-00001", b"")
    told = asked(bank, submissions)
    assert [at for at, one in enumerate(told) if isinstance(one, Exception)] == [MANY - 10]
    assert [one.seq for one in told if isinstance(one, Outcome)] == list(range(1, MANY))


def test_a_fault_that_stays_is_told_to_everybody_and_the_writer_lives_on(bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 200)
        troubled.batches.clear()
        troubled.before_write += [faults.fails] * 300
        told = asked(bank, submissions)
        assert all(isinstance(error, Unavailable) for error in told)
        assert troubled.batches == [200, 1, 1, 1], "nobody waits for two hundred tries"
        troubled.before_write.clear()
        assert seqs(asked(bank, submissions)) == list(range(1, 201))


def test_a_session_that_cannot_be_rolled_back_is_replaced(bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 5)
        troubled.before_write.append(faults.fails)
        troubled.before_rollback.append(faults.fails)
        assert seqs(asked(bank, submissions)) == [1, 2, 3, 4, 5]


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A command with a bug."""

    id: UUID
    actor: UUID = STAFF
    in_needs: bool = False
    plan: Plan | None = None

    def needs(self) -> Needs:
        if self.in_needs:
            raise ZeroDivisionError("a bug")
        return Needs()

    def decide(self, facts: Books) -> Plan | Refusal:  # noqa: ARG002
        if self.plan is not None:
            return self.plan
        raise ZeroDivisionError("a bug")


@pytest.mark.parametrize("kind", ["in needs", "in decide", "past a floor", "not a move", "no such row", "no text"])
def test_one_broken_command_fails_alone_and_loudly(kind: str, bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    submissions = gifts(town, 4)
    assert isinstance(submissions[0].command, Adjust)
    adjust = submissions[0].command
    wallet = Move(*_sides(adjust), 1)
    plans = {
        "past a floor": Plan(kind=Kind.ADJUSTMENT, effective_on=bank.today(), moves=[wallet._replace(amount=99)]),
        "not a move": Plan(kind=Kind.ADJUSTMENT, effective_on=bank.today(), moves=[wallet._replace(amount=0)]),
        "no such row": Plan(
            kind=Kind.ADJUSTMENT, effective_on=bank.today(), reverses=None, moves=[_of_no_unit(wallet)]
        ),
        "no text": Plan(kind=Kind.ADJUSTMENT, effective_on=bank.today(), why={"reason": "\ud800"}),
    }
    broken = Broken(id=bank.world.new_id(), in_needs=kind == "in needs", plan=plans.get(kind))
    told = asked(bank, [*submissions[:2], Submission(broken, "outage", "broken-key-00001", b""), *submissions[2:]])
    assert [isinstance(one, Outcome) for one in told] == [True, True, False, True, True]
    assert not isinstance(told[2], Unavailable), "a bug is not an outage"
    assert town.points("甲") == 4
    assert seqs(asked(bank, gifts(town, 1, first=10))) == [5]


def _sides(adjust: Adjust) -> tuple[Any, Any]:
    plan = adjust.decide(Books(seq=0, account_last=0, now=0, today=adjust.expires_on, past=Tallies()))
    assert isinstance(plan, Plan)
    return plan.moves[0].credit, plan.moves[0].debit


def _of_no_unit(move: Move) -> Move:
    debit, credit = (key._replace(unit=30_000) for key in (move.credit, move.debit))
    return Move(debit, credit, 1)


def test_a_database_that_is_away_is_told_to_everybody_quickly_and_found_again(bank_url: str, play: PlayedWorld) -> None:
    store = AwayStore(bank_url)
    with Bank(store, play.world, founding.charter(store), Settings(batch_max=50), None) as bank:
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 400)
        store.away = True
        started = time.monotonic()
        told = asked(bank, submissions)
        assert all(isinstance(error, Unavailable) for error in told)
        assert time.monotonic() - started < QUICKLY
        store.away = False
        assert seqs(asked(bank, submissions)) == list(range(1, 401))


def test_a_closed_bank_says_so_and_has_committed_what_was_waiting(bank_url: str, play: PlayedWorld) -> None:
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        town = Town(bank, rulebook=None)
        futures = bank._writer.submit_all(gifts(town, 300))
    assert [future.result(timeout=0).seq for future in futures] == list(range(1, 301))
    with pytest.raises(Unavailable):
        bank.submit(gifts(town, 1)[0].command)


def test_nobody_who_stops_waiting_stops_the_writer(bank: Bank) -> None:
    town = Town(bank, rulebook=None)
    futures = bank._writer.submit_all(gifts(town, 50))
    for future in futures[::2]:
        future.cancel()
    assert all(future.result(timeout=QUICKLY) for future in futures[1::2])
    assert seqs(asked(bank, gifts(town, 1, first=100)))


def test_an_observer_that_fails_does_not_stop_the_writer(bank_url: str, play: PlayedWorld) -> None:
    def observe(commands: int, seconds: float) -> None:
        raise ZeroDivisionError("a bug")

    with Bank.open(Settings(database_url=bank_url), world=play.world, observe=observe) as bank:
        town = Town(bank, rulebook=None)
        assert seqs(asked(bank, gifts(town, 1))) == [1]
        assert seqs(asked(bank, gifts(town, 1, first=1))) == [2]


# -- the n-th statement, for every n -----------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_error_at_any_statement_leaves_all_or_nothing(bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, "huangshi")
        town.prize("mug", 1)
        town.receive("mug", 100)
        spoilt = town.award("甲", 60)
        assert spoilt.seq is not None
        session: Any = troubled.inner
        for n in range(1, 100):
            town.award("甲", 120)
            plain = session._connected()
            session._connection = counting = Nth(plain, n)
            told = asked(bank, mixed(town, n))
            session._connection = plain
            assert all(isinstance(one, Outcome) for one in told), f"run again after statement {n} failed"
            assert examine(bank.store) == []
            if not counting.struck:
                break
        else:
            pytest.fail("a batch has more statements than that")
        assert n > 10, "the fault never struck"


def mixed(town: Town, n: int) -> list[Submission]:
    """A batch that touches every table: a gift, a redemption, a reversal of the latest award."""
    bank = town.bank
    with bank.store.reading() as connection:
        latest = connection.execute(text("SELECT max(seq) FROM service_record")).scalar_one()
    redeem = redemptions.command(
        bank, By(actor=STAFF), volunteer=town.volunteer("甲"), desk=town.desk, items=[(town.prize("mug"), 1)]
    )
    reverse = Reverse(id=bank.world.new_id(), actor=STAFF, seq=latest, reason="示例")
    return [
        *gifts(town, 1, first=n),
        Submission(redeem, "outage", f"redeem-{n:010d}", b""),
        Submission(reverse, "outage", f"reverse-{n:09d}", b""),
    ]


# -- a full disk -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_full_disk_loses_nothing_and_the_bank_goes_on_when_there_is_room(bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        session: Any = troubled.inner
        connection = session._connected()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 8}")
        told = [one for n in range(40) for one in asked(bank, gifts(town, 10, first=10 * n))]
        posted = [one for one in told if isinstance(one, Outcome)]
        assert 0 < len(posted) < 400
        assert all(isinstance(one, Unavailable) for one in told if not isinstance(one, Outcome))
        assert town.points("甲") == len(posted), "reading goes on"
        assert examine(bank.store) == []
        session._connected().execute("PRAGMA max_page_count = 1000000")
        again = asked(bank, gifts(town, 400))
        assert sorted(seq or 0 for seq in seqs(again)) == list(range(1, 401))
        for before, after in zip(told, again, strict=True):
            if isinstance(before, Outcome) and isinstance(after, Outcome):
                assert after.seq == before.seq


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_database_that_is_locked_for_long_is_told_as_such(
    bank_url: str, play: PlayedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.engines.BUSY_TIMEOUT_MS", 100)
    with Bank.open(Settings(database_url=bank_url), world=play.world) as bank:
        town = Town(bank, rulebook=None)
        submissions = gifts(town, 20)
        with bank.store.changing() as other:
            other.execute(text("SELECT 1"))
            told = asked(bank, submissions)
        assert all(isinstance(error, Unavailable) for error in told)
        assert seqs(asked(bank, submissions)) == list(range(1, 21))


# -- many at once, with trouble all the time ---------------------------------------------------------------------------


def test_with_trouble_all_the_time_whatever_was_confirmed_is_there_once(bank_url: str, play: PlayedWorld) -> None:
    with troubled_bank(bank_url, play.world) as (bank, troubled):
        town = Town(bank, rulebook=None)
        town.volunteer("甲")
        stop = threading.Event()

        def trouble() -> None:
            turns = (troubled.before_read, troubled.before_write, troubled.after_commit)
            while not stop.is_set():
                for at, turn in enumerate(turns):
                    if not turn:
                        turn.append(faults.drops if at else faults.fails)
                    time.sleep(0.02)

        def give(n: int) -> int | None:
            submission = gifts(town, 1, first=n)[0]
            while True:
                try:
                    request = Request(submission.client, submission.key, submission.request)
                    return bank.submit(submission.command, request).seq
                except Unavailable:
                    time.sleep(0.001)

        troublemaker = threading.Thread(target=trouble)
        troublemaker.start()
        with ThreadPoolExecutor(16) as pool:
            told = list(pool.map(give, range(300)))
        stop.set()
        troublemaker.join()
        assert sorted(seq or 0 for seq in told) == list(range(1, 301))
        assert town.points("甲") == 300
