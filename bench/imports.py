"""What does a roster cost? A file of 20,000 rows checked against reading its cells only, committed against the same
awards given to the writer without a file; and the memory both hold.
"""

from __future__ import annotations

import base64
import io
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import xlsxwriter  # type: ignore[import-untyped]

from bench.ground import ENGINES, District, Line, database, district, quick, report, told
from bench.peak import peak_mb
from ledger.bank import By
from ledger.people import organisations
from ledger.service import activities, roster_imports, roster_posting
from ledger.service.activities import Activity
from ledger.tables import read

ROWS, PEOPLE = 20_000, 1_000
SECONDS_MAX = 10
MEMORY_MB = 400


def roster(place: District, weeks: Sequence[Activity]) -> bytes:
    """Everybody in each of these activities, once."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("志愿者编号", "活动编号", "日期", "时长(小时)", "记录方式"))
        rows = ((person, week) for week in weeks for person in place.people)
        for at, (person, week) in enumerate(rows, 1):
            cells = (person.volunteer_no, str(week.id), week.held_on.isoformat(), 1, "签到签退")
            sheet.write_row(at, 0, cells)
    return written.getvalue()


def weeks_of(place: District, count: int) -> list[Activity]:
    """Activities that nothing is recorded in yet."""
    root = organisations.root(place.bank)
    by = By(actor=place.actor)
    return [
        activities.create(
            place.bank,
            by,
            organisation=root,
            title="bench",
            activity_type="cleaning",
            held_on=place.bank.today() - timedelta(days=day),
            place="bench",
            content="bench",
            person_in_charge="bench",
        )
        for day in range(count)
    ]


def measure(engine: str, *, sketch: bool) -> list[Line]:
    rounds, rows = (1, ROWS // 10) if sketch else (3, ROWS)
    taken: dict[str, list[float]] = {name: [] for name in ("read", "check", "award", "commit")}

    def timed(name: str, started: float) -> None:
        taken[name].append(time.perf_counter() - started)

    with database(engine) as url, district(url, people=PEOPLE, weeks=1) as place:
        key = base64.b64encode(bytes(32)).decode()
        place.bank.settings = replace(place.bank.settings, sealing_keys=key)
        by, root, dice = By(actor=place.actor), organisations.root(place.bank), random.Random(1)
        before = peak_mb()
        for number in range(rounds):
            told(f"{engine}: round {number + 1} of {rounds}, {rows:,} rows")
            weeks = weeks_of(place, rows // PEOPLE)
            content = roster(place, weeks)
            started = time.perf_counter()
            read(content)
            timed("read", started)
            started = time.perf_counter()
            run = roster_imports.check(place.bank, by, root, content, within=[root.path])
            timed("check", started)
            assert (run.rows, run.report.faults) == (rows, ()), run.report.faults[:1]
            plain = place.awards(dice, rows, weeks)
            started = time.perf_counter()
            place.post(plain)
            timed("award", started)
            weeks = weeks_of(place, rows // PEOPLE)
            run = roster_imports.check(place.bank, by, root, roster(place, weeks), within=[root.path])
            started = time.perf_counter()
            done = roster_posting.commit(place.bank, by, run)
            timed("commit", started)
            assert (done.made, done.refused) == (rows, 0)
        grown = peak_mb() - before
    share = rows / ROWS

    def line(question: str, ours: str, theirs: str, target: float) -> Line:
        against = statistics.median(a / b for a, b in zip(taken[ours], taken[theirs], strict=True))
        cells = [f"{statistics.median(taken[name]):.1f} s" for name in (ours, theirs)]
        return Line(question, cells[0], cells[1], against, ("<=", target))

    def bounded(question: str, name: str) -> Line:
        seconds = statistics.median(taken[name])
        return Line(
            question, f"{seconds:.1f} s", f"{SECONDS_MAX * share:g} s", seconds / SECONDS_MAX / share, ("<=", 1)
        )

    return [
        bounded(f"report on {rows:,} rows", "check"),
        bounded(f"commit of {rows:,} rows", "commit"),
        line("report against reading the cells only", "check", "read", 4),
        line("commit against the same awards without a file", "commit", "award", 1.5),
        Line("memory held beyond the bank's own", f"{grown:.0f} MB", f"{MEMORY_MB} MB", grown / MEMORY_MB, ("<=", 1)),
    ]


if __name__ == "__main__":
    sketch = quick()
    for engine in ENGINES:
        report(f"{engine}: rosters", measure(engine, sketch=sketch))
