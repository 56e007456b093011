"""The history of a batch: read in a constant number of statements, and always what the marks of earlier deeds say."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from ledger.bank import Bank, By
from ledger.rules import HistoryKey, Kept, Mark, Tally, speaks_of
from ledger.service import records, rulebooks
from ledger.service.records import Claim
from ledger.store import marks
from ledger.store.batches import BatchNeeds
from ledger.store.pipeline import Pipeline
from ledger.store.schema import service
from ledger.store.sqlite import SqliteBatches
from ledger.store.writer import Outcome
from tests.banks import STAFF
from tests.towns import Town

ASKS_MUCH = """
code: asks_much
version: 1
title: {zh: 什么都问(示例), en: It asks for everything (example)}
effective_from: 2020-01-01
posting: {policy: at_once}
lapse: {policy: end_of_year}
themes:
  - {id: green, title: {zh: 绿色, en: green},
     caps: [{per: week, points: 40}, {per: quarter, by: household, points: 200}]}
caps: [{per: half_year, points: 300}, {per: month, by: organisation, points: 9000}]
rules:
  - id: service
    title: {zh: 服务, en: service}
    points: 1
    per: half_hour
    step_minutes: 30
    rounding: floor
    accumulate: month
    theme: green
    caps: [{per: day, points: 10}, {per: activity, points: 12}, {per: year, by: everybody, points: 20000}]
"""


class Counted:
    """How many statements reached the database in a session of the writer's."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[str] = []
        ask, send = SqliteBatches._ask, Pipeline.send

        def asked(batches: SqliteBatches, statement: str, keys: Any) -> list[Any]:
            keys = list(keys)
            if keys:
                self.statements.append(statement)
            return ask(batches, statement, keys)

        def sent(pipeline: Pipeline, statement: str, parameters: Sequence[bytes] = ()) -> None:
            self.statements.append(statement)
            send(pipeline, statement, parameters)

        monkeypatch.setattr(SqliteBatches, "_ask", asked)
        monkeypatch.setattr(Pipeline, "send", sent)

    def reading(self) -> int:
        """The SELECTs since the last time."""
        said, self.statements = self.statements, []
        return sum(1 for statement in said if statement.startswith("SELECT") or " JOIN " in statement)


def roster(town: Town, count: int) -> list[Outcome]:
    """So many deeds of twenty people in ten activities, handed in together."""
    rulebook = rulebooks.in_force(town.bank, town.bank.today())
    claims = [
        Claim(
            volunteer=town.volunteer(f"{number % 20}"),
            activity=town.activity(f"cleaning-{number % 7 + 1}"),
            minutes=30 + number % 5 * 20,
            served_on=town.bank.today() - timedelta(days=number % 30),
            capture_method="clocked",
            household=None,
        )
        for number in range(count)
    ]
    return records.record_all(
        town.bank,
        By(actor=STAFF),
        [(town.request(f"roster {count} {at}"), claim, rulebook) for at, claim in enumerate(claims)],
    )


def test_a_thousand_records_are_assessed_with_as_few_statements_as_ten(
    bank: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = Town(bank, ASKS_MUCH)
    roster(town, 20)  # everybody and every activity is there
    counted = Counted(monkeypatch)
    assert all(outcome.posted for outcome in roster(town, 10))
    few = counted.reading()
    assert all(outcome.posted for outcome in roster(town, 1_000))
    assert counted.reading() == few
    assert few <= 4 + len(marks.SEEKS)


def test_a_roster_gives_what_its_records_give_one_by_one(bank: Bank) -> None:
    town = Town(bank, ASKS_MUCH)
    together = [outcome.answer["points"] for outcome in roster(town, 120)]
    alone = Town(bank, rulebook=None, district=town.district)
    in_force = rulebooks.in_force(bank, bank.today())
    singly = []
    for number in range(120):
        claim = Claim(
            volunteer=alone.volunteer(f"{number % 20}"),
            activity=alone.activity(f"cleaning-{number % 7 + 1}"),
            minutes=30 + number % 5 * 20,
            served_on=bank.today() - timedelta(days=number % 30),
            capture_method="clocked",
            household=None,
        )
        request = alone.request(f"alone {number}", key=f"alone-key-{number:08d}")
        singly.append(records.record(bank, By(actor=STAFF), request, claim, in_force).answer["points"])
    assert singly == together


@pytest.mark.tampers
def test_the_database_adds_up_marks_as_the_rules_would(bank: Bank) -> None:
    """Random marks and random questions: the statements and `speaks_of` agree on each."""
    dice = random.Random(7)
    town = Town(bank, rulebook=None)
    ids = [town.volunteer(name).id for name in "甲乙丙"]
    homes, activity = [None, bank.world.new_id()], [None, bank.world.new_id(), bank.world.new_id()]
    seq = town.adjust("甲", 1).seq
    assert seq is not None
    day = date(2026, 3, 1)

    def some() -> Kept:
        mark = Mark(
            day + timedelta(days=dice.randrange(5)),
            Tally(*(dice.randrange(1, 9) for _ in Tally._fields)),
            *dice.choice([("r", "", "", None), ("r", "t", "", "k"), ("s", "t", "", "k"), ("", "", "c", None)]),
        )
        return Kept(mark, dice.choice(ids), dice.choice(homes), town.district.id, dice.choice(activity))

    left = [some() for _ in range(300)]
    _leave(bank, seq, left)
    keys = []
    for of, name, one in (("rule", "r", None), ("theme", "t", None), ("book", "", None), ("counter", "c", None),
                          ("unique", "r", "k")):  # fmt: skip
        for by, subject in (("person", ids[0]), ("household", ids[1]), ("household", homes[1]),
                            ("organisation", town.district.id), ("everybody", "")):  # fmt: skip
            for per, first, last, where in (("lifetime", date.min, date.max, None), ("day", day, day, None),
                                            ("activity", date.min, date.max, activity[1])):  # fmt: skip
                keys.append(HistoryKey(of, name, one, by, per, first, last, subject, where))
    expected = {key: _sum(one.mark.tally for one in left if speaks_of(key, one, one.mark)) for key in keys}
    assert _answers(bank, keys) == expected
    assert sum(tally.deeds for tally in expected.values()) > 1_000


def _sum(tallies: Any) -> Tally:
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


def _leave(bank: Bank, seq: int, left: list[Kept]) -> None:
    with bank.store.changing() as connection:
        connection.execute(
            insert(service.mark), [marks.row_of(seq, at, one)._asdict() for at, one in enumerate(left, 1)]
        )


def _answers(bank: Bank, keys: Sequence[HistoryKey]) -> dict[HistoryKey, Tally]:
    """As the writer would be told."""
    session = bank.store.batches()
    try:
        read = session.read(BatchNeeds(history=dict.fromkeys(keys)))
        return dict(read.facts().tallies)
    finally:
        session.rollback()
        session.close()
