"""What a notice would show, drawn up before anybody publishes it: its lines, and the days that it would hang."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ledger.bank import Bank
from ledger.people.organisations import Organisation
from ledger.rules import notice_ends
from ledger.rules.reviews import Route
from ledger.service import notice_lines
from ledger.service.notice_lines import LINES_MAX, Line
from ledger.service.working_days import working_days
from ledger.store import notice_dues
from ledger.store import notices as store

AFTER_DAYS = 5
"""Working days of a notice that no rulebook sets days for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Lines that may go on a notice, and for how many days."""

    lines: tuple[Line, ...]
    days: int = AFTER_DAYS
    in_working_days: bool = True


def due(bank: Bank, organisation: Organisation) -> Drawn:
    """Approved records of this organisation and those below, with the days that their rulebook asks for: as many as one
    notice holds, all with the same days.
    """
    with bank.store.reading() as connection:
        rows = notice_dues.due(connection, [organisation.path], limit=LINES_MAX)
    lines = tuple(notice_lines.before_posting(rows, bank.world.new_id, bank.world.random_bytes))
    if not rows:
        return Drawn(lines=lines)
    return Drawn(lines=lines, days=rows[0]["days"], in_working_days=bool(rows[0]["in_working_days"]))


def posted(
    bank: Bank,
    organisation: Organisation,
    *,
    from_on: date,
    until_on: date,
    days: int = AFTER_DAYS,
    in_working_days: bool = True,
) -> Drawn:
    """What was posted in these days and still stands, and no such notice has shown yet: as much as one holds."""
    since, until = _midnight(bank, from_on), _midnight(bank, until_on + timedelta(days=1))
    with bank.store.reading() as connection:
        rows = store.posted(connection, [organisation.path], since=since, until=until, limit=LINES_MAX)
    lines = notice_lines.after_posting(rows, bank.world.new_id, bank.world.random_bytes)
    return Drawn(lines=tuple(lines), days=days, in_working_days=in_working_days)


def corrections(bank: Bank, organisation: Organisation) -> Drawn:
    """Lines that were wrong, since objections to them were upheld."""
    with bank.store.reading() as connection:
        rows = store.uncorrected(connection, [organisation.path], limit=LINES_MAX)
    before = [json.loads(row["shown"]) if row["shown"] else None for row in rows]
    return Drawn(lines=tuple(notice_lines.correcting(rows, before, bank.world.new_id, bank.world.random_bytes)))


def hanging(bank: Bank, drawn: Drawn) -> tuple[date, date]:
    """The first and the last day, if it were published today."""
    today = bank.today()
    route = Route(policy="notice", notice_days=drawn.days, working_days=drawn.in_working_days)
    return today + timedelta(days=1), notice_ends(route, today, working_days(bank).is_working)


def _midnight(bank: Bank, day: date) -> int:
    return int(datetime.combine(day, time(), bank.zone).timestamp()) * 1_000_000
