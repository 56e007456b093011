"""A paper slip is keyed in once, whoever keys it in, at how many desks at once, and whatever is killed on the way."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Barrier
from typing import Any, Literal, NamedTuple
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ledger.bank import Bank, By, Request, World
from ledger.core.refusals.prizes import SlipUsed
from ledger.people import volunteers
from ledger.prizes import catalogue, paper_redemptions, slip_books
from ledger.prizes.paper_redemptions import Keyed
from ledger.settings import Settings
from tests.banks import SEALING_KEY, STAFF, PlayedWorld
from tests.ledger.crowd import processes
from tests.ledger.faults import troubled_bank
from tests.prizes.test_kills import STEPS, Step, die, found
from tests.towns import Town

DESKS = 4
SLIPS = 5
POINTS = 40
Said = Literal["one", "two", "too_many"]
QUANTITIES: dict[Said, int] = {"one": 1, "two": 2, "too_many": POINTS + 1}


@dataclass(frozen=True, slots=True)
class Paper:
    """A slip book of a desk with mugs at a point each, and somebody with points."""

    volunteer_no: str
    prize: UUID
    numbers: Sequence[str]

    def key(self, bank: Bank, slip_no: str, said: Said, key: str) -> Keyed:
        """Somebody keys it in, with that many mugs on it."""
        prize, volunteer = (
            found(catalogue.find_prize(bank, self.prize)),
            found(volunteers.find(bank, self.volunteer_no)),
        )
        return paper_redemptions.key_in(
            *(bank, By(actor=STAFF), Request("desk", key, f"{slip_no} {said}".encode())),
            book=found(slip_books.of_number(bank, slip_no)),
            slip_no=slip_no,
            volunteer=volunteer,
            items=[(prize, QUANTITIES[said])],
            given_on=bank.today(),
        )


def printed(bank: Bank) -> Paper:
    town = Town(bank)
    prize = town.prize("mug", 1)
    town.receive("mug", 2 * POINTS)
    town.adjust("甲", POINTS)
    book = slip_books.prepare(bank, By(actor=STAFF), desk=town.desk, slips=SLIPS)
    return Paper(town.volunteer("甲").volunteer_no, prize.id, book.numbers)


class Told(NamedTuple):
    """What one desk was told: the entry, or None where the slip was keyed in as something else."""

    said: Said
    entry: UUID | None


@pytest.mark.parametrize(
    "said",
    [("one", "one", "one", "one"), ("one", "two", "one", "two"), ("too_many", "too_many", "one", "too_many")],
    ids=["the same", "this or that", "an exception or not"],
)
def test_a_slip_keyed_in_at_several_desks_at_once_counts_once(
    bank_url: str, play: PlayedWorld, said: tuple[Said, ...]
) -> None:
    with ExitStack() as open_banks:
        at_desk = [
            open_banks.enter_context(
                Bank.open(Settings(database_url=bank_url, sealing_keys=SEALING_KEY), world=play.world)
            )
            for _ in range(DESKS)
        ]
        paper, together = printed(at_desk[0]), Barrier(DESKS, timeout=60)

        def key_all(at: int) -> list[Told]:
            told = []
            for slip_no in paper.numbers:
                together.wait()
                keyed = paper.key(at_desk[at], slip_no, said[at], f"desk-{at}-slip-{slip_no}")
                assert keyed.entry is not None or keyed.refusal == SlipUsed(slip_no=slip_no)
                told.append(Told(said[at], keyed.entry.id if keyed.entry else None))
            return told

        with ThreadPoolExecutor(DESKS) as hands:
            by_desk = list(hands.map(key_all, range(DESKS)))
        given = 0
        for place, slip_no in enumerate(paper.numbers):
            entry = found(paper_redemptions.find_by_number(at_desk[0], slip_no))
            [kept] = {one.said for told in by_desk if (one := told[place]).entry is not None}
            for told in by_desk:
                assert told[place].entry == (entry.id if told[place].said == kept else None)
            assert entry.state == ("exception" if kept == "too_many" else "posted")
            assert [one.quantity for one in entry.items] == [QUANTITIES[kept]]
            given += QUANTITIES[kept] if entry.state == "posted" else 0
        assert _out_of_hand(at_desk[0]) == given


def _out_of_hand(bank: Bank) -> int:
    """Mugs handed out, by the redemptions there are."""
    with bank.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT COALESCE(SUM(quantity), 0) FROM redemption_item").scalar_one())


def live(url: str, paper: Paper, said: Said, step: str, now: int) -> None:
    """What runs in the process that dies: while posting, or while the exception is put down."""
    with troubled_bank(url, World(clock=lambda: now)) as (bank, troubles):
        if step in STEPS:
            getattr(troubles, step).append(die)
        else:
            table = "slip_entry_item" if step == "aside_before_lines" else "audit"

            def dies(_c: Any, _k: Any, statement: str, *_: Any) -> None:
                if statement.startswith(f"INSERT INTO {table} "):
                    die(troubles)

            event.listen(Engine, "before_cursor_execute", dies)
        paper.key(bank, paper.numbers[0], said, "the-key-of-a-dead-desk")


@pytest.mark.parametrize(
    ("said", "step"),
    [
        *(("one", step) for step in STEPS),
        *(("too_many", step) for step in (*STEPS, "aside_before_lines", "aside_before_commit")),
    ],
)
def test_a_slip_whose_desk_was_killed_is_there_once_or_not_at_all(
    bank_url: str, play: PlayedWorld, said: Said, step: Step
) -> None:
    settings = Settings(database_url=bank_url, sealing_keys=SEALING_KEY)
    with Bank.open(settings, world=play.world) as bank:
        paper = printed(bank)
    process = processes().Process(target=live, args=(bank_url, paper, said, step, play.clock()))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with Bank.open(settings, world=play.world) as bank:
        again = [paper.key(bank, paper.numbers[0], said, key) for key in ("the-key-of-a-dead-desk", "another-desk-key")]
        entries = {keyed.entry.id: keyed.entry.state for keyed in again if keyed.entry}
        assert Counter(entries.values()) == {"exception" if said == "too_many" else "posted": 1}
        assert _out_of_hand(bank) == (0 if said == "too_many" else 1)
        assert found(slip_books.of_number(bank, paper.numbers[0])).back == 1
