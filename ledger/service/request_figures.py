"""What anybody may know of requests: how many came in and were closed in a year, and how long it took on average, by
estate and by kind. Nobody's request can be told from it: a line about fewer than FEW is left out, and where one could
take it off the sum, so is the next smallest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.bank import Bank
from ledger.people import organisations
from ledger.service import request_reports
from ledger.service.request_reports import Line

FEW = 3
DAYS = 365


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Of what came in on these days, both included. `whole` is None where that is fewer than FEW."""

    first_day: date
    last_day: date
    whole: Line | None
    estates: list[Line]
    kinds: list[Line]


def published(bank: Bank) -> PublicFigures:
    """Of the whole bank, over the year up to today; the most first."""
    today = bank.today()
    since = today - timedelta(days=DAYS - 1)
    within = (organisations.root(bank).path,)
    whole, estates, kinds = (
        request_reports.report(bank, within=within, since=since, until=today, by=by) for by in ("all", "estate", "kind")
    )
    shown = [line for line in whole if line.received >= FEW]
    if not shown:
        return PublicFigures(since, today, None, [], [])
    return PublicFigures(since, today, shown[0], _many(estates), _many(kinds))


def _many(lines: Sequence[Line]) -> list[Line]:
    """The lines about FEW or more, the most first, without what would give away how many the others are."""
    ordered = sorted(lines, key=lambda line: (-line.received, line.of))
    shown = [line for line in ordered if line.received >= FEW]
    hidden = sum(line.received for line in ordered) - sum(line.received for line in shown)
    return shown[:-1] if 0 < hidden < FEW else shown
