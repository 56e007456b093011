"""What became of each row of an imported roster, as the writer remembers it under the row's key."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ledger.bank import Bank, Page
from ledger.core.refusals.precedence import remembered
from ledger.core.refusals.refusal import Refusal
from ledger.people import import_reports
from ledger.people.imports import Run
from ledger.service.roster_columns import COLUMNS, MANNERS
from ledger.service.roster_posting import CLIENT, key_of
from ledger.store import imports as store
from ledger.tables.marking import Mark
from ledger.tables.reading import AROUND_ROWS_MAX, ROWS_MAX

ROW_LAST = ROWS_MAX + AROUND_ROWS_MAX
AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """One row: `state` is that of its record (posted, or waiting for reviewers), or refused with why."""

    row: int
    state: str
    record_id: str | None
    transaction_seq: int | None
    minutes: int | None
    points: int | None
    refusal: Refusal | None


def page(bank: Bank, run: Run, *, after: int | None, limit: int) -> Page[RowOutcome]:
    """The rows that have an outcome, in the order of the file."""
    found: list[RowOutcome] = []
    for outcome in outcomes(bank, run, after=after or 0):
        if len(found) == limit:
            return Page(found, (found[-1].row,))
        found.append(outcome)
    return Page(found, None)


def outcomes(bank: Bank, run: Run, *, after: int = 0) -> Iterator[RowOutcome]:
    """Of the rows after this one."""
    for first in range(max(after, 0) + 1, ROW_LAST + 1, AT_ONCE):
        keys = {key_of(run, row): row for row in range(first, first + AT_ONCE)}
        with bank.store.reading() as connection:
            known = store.outcomes(connection, CLIENT, list(keys))
        yield from (_from(keys[one["key"]], one) for one in known)


def workbook(bank: Bank, run: Run) -> bytes:
    """The roster as it was brought, with what is wrong, or what became of each row. Refuses ImportExpired."""
    return import_reports.workbook(
        bank, run, COLUMNS, MANNERS, outcomes=[_mark(bank, one) for one in outcomes(bank, run)]
    )


def _mark(bank: Bank, one: RowOutcome) -> Mark:
    if one.refusal is not None:
        said = f"{one.refusal.sentence('zh')} / {one.refusal.sentence('en')}"
        return Mark(row=one.row, column=None, tone="fault", said=said)
    if one.state != "posted":
        return Mark(row=one.row, column=None, tone="note", said="已提交, 等待审核 / handed in, waits for reviewers")
    points = f"{(one.points or 0) / 10**bank.charter.points_scale:g}"
    return Mark(row=one.row, column=None, tone="done", said=f"已入账, {points} 积分 / posted, {points} points")


def _from(row: int, known: dict[str, Any]) -> RowOutcome:
    answer = json.loads(known["answer"])
    is_refused = known["outcome"] == "refused"
    return RowOutcome(
        row=row,
        state="refused" if is_refused else answer["state"],
        record_id=None if is_refused else answer["id"],
        transaction_seq=known["seq"],
        minutes=None if is_refused else answer["minutes"],
        points=None if is_refused else answer["points"],
        refusal=remembered(answer["code"], answer["facts"]) if is_refused else None,
    )
