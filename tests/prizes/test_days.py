"""How much work it is to close a day: no more, however many were served on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.engine import Engine

from ledger.bank import Bank, By, Submission
from ledger.prizes import desk_sessions, redemptions, stock_reports
from ledger.prizes.desk_sessions import Sheet
from ledger.prizes.shelves import Counted
from tests.banks import SECOND, STAFF
from tests.towns import Town

PRIZES = 5
EACH = 100


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are read with, outside the writer."""
    statements: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def day(bank: Bank, town: Town, names: list[str], served: int) -> tuple[Sheet, int]:
    """A day on which so many were served: its sheet, and how many statements its close took."""
    by, person = By(actor=STAFF), town.volunteer("甲")
    assert desk_sessions.open_session(bank, by, town.request("open"), desk=town.desk).posted
    wanted = [
        redemptions.command(bank, by, volunteer=person, desk=town.desk, items=[(town.prize(names[at % PRIZES]), 1)])
        for at in range(served)
    ]
    assert all(outcome.posted for outcome in bank.submit_all([Submission.own(one) for one in wanted]))
    counts = [Counted(town.prize(name).id, town.prize(name).unit_id, town.stocked(name)) for name in names]
    latest = desk_sessions.latest_id(bank, town.desk)
    with counted() as statements:
        session = desk_sessions.find(bank, latest) if latest else None
        assert session is not None
        said = desk_sessions.close(bank, by, town.request("close"), session, town.desk, counts)
        report = stock_reports.find(bank, UUID(str(said.answer["id"])))
        assert report is not None
        assert stock_reports.settle(bank, By(actor=SECOND), town.request("sign"), report).posted
        closed = desk_sessions.find(bank, session.id)
        assert closed is not None
        sheet = desk_sessions.sheet(bank, closed)
    return sheet, len(statements)


def test_a_day_on_which_many_were_served_is_closed_as_one_on_which_few_were(bank: Bank) -> None:
    town, names = Town(bank), [f"奖{number}" for number in range(PRIZES)]
    for name in names:
        town.prize(name, 1)
        town.receive(name, EACH)
    town.adjust("甲", 1_000)
    day(bank, town, names, 1)
    few, few_statements = day(bank, town, names, 2 * PRIZES)
    many, many_statements = day(bank, town, names, 10 * PRIZES)
    assert many_statements == few_statements
    assert (many.points.redeemed, many.points.redemptions) == (10 * PRIZES, 10 * PRIZES)
    assert {(line.handed_out, line.expected - (line.counted or 0)) for line in many.lines} == {(-10, 0)}
    assert {line.handed_out for line in few.lines} == {-2}
