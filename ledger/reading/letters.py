"""Yearly letters: what a year came to for each volunteer, on one page, to thank them by; single or two hundred at once.

The days are business days, as in reports: what a letter says is what the bank's report of the year adds up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger import papers
from ledger.bank import Bank, Page
from ledger.people.codes import grouped
from ledger.people.volunteers import Volunteer
from ledger.reading.figures import MOVES, SINKS
from ledger.reading.passbooks import minutes_text, points_text
from ledger.reading.report_papers import METHOD_WORDS, MOVE_WORDS
from ledger.reading.spans import Span, spans
from ledger.store import letters as store
from ledger.store import shelves
from ledger.store.letters import Active
from ledger.store.point_figures import BEFORE

__all__ = ["Active", "Letter", "Month", "active", "letters", "paper"]

NUMBER_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month of somebody: minutes of service, and points that came and went (below zero)."""

    label: str
    minutes: int
    came: int
    went: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One volunteer's year as of a seq. Points in the smallest unit; opening and all moves make closing."""

    volunteer: Volunteer
    year: int
    as_of_seq: int
    records: int
    activities: int
    minutes: dict[str, int]
    opening: int
    moves: dict[str, int]
    closing: int
    months: tuple[Month, ...]


def year_of(bank: Bank, year: int) -> list[Span]:
    """The months of a year, up to today."""
    return spans(date(year, 1, 1), min(date(year, 12, 31), bank.today()), "month")


def letters(bank: Bank, people: Sequence[Volunteer], year: int) -> list[Letter]:
    """The year of each of these people, in their order; all at one seq."""
    cut = year_of(bank, year)
    with bank.store.snapshot() as connection:
        seq = shelves.head_seq(connection)
        leads = store.merged(connection, [one.id for one in people])
        served = store.served(connection, seq, cut, list(leads))
        activities = store.activities(connection, seq, cut, list(leads))
        flows = store.flows(connection, seq, cut, list(leads))
    of: defaultdict[UUID, _Sums] = defaultdict(lambda: _Sums(len(cut)))
    for one in served:
        of[leads[one.volunteer_id]].serve(one)
    for id, activity in activities:
        of[leads[id]].activities.add(activity)
    for flow in flows:
        of[leads[flow.volunteer_id]].flow(flow)
    return [of[one.id].letter(one, year, seq, cut) for one in people]


def active(bank: Bank, year: int, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Active]:
    """Whom there is something to write to."""
    [span] = spans(date(year, 1, 1), min(date(year, 12, 31), bank.today()), "whole")
    with bank.store.snapshot() as connection:
        seq = shelves.head_seq(connection)
        return store.active(connection, seq, span, within=within, after=after, limit=limit)


class _Sums:
    """One year while it is added up."""

    def __init__(self, months: int) -> None:
        self.activities: set[UUID] = set()
        self._minutes: Counter[str] = Counter()
        self._moves: Counter[str] = Counter()
        self._opening = self._records = 0
        self._months = [[0, 0, 0] for _ in range(months)]

    def serve(self, one: store.Served) -> None:
        self._records += one.records
        self._minutes[one.capture_method] += one.minutes
        self._months[one.span][0] += one.minutes

    def flow(self, one: store.Flow) -> None:
        if one.span == BEFORE:
            self._opening += one.points
            return
        self._moves[SINKS.get(one.purpose, "moved")] += one.points
        self._months[one.span][1 if one.points > 0 else 2] += one.points

    def letter(self, volunteer: Volunteer, year: int, seq: int, cut: Sequence[Span]) -> Letter:
        return Letter(
            volunteer=volunteer,
            year=year,
            as_of_seq=seq,
            records=self._records,
            activities=len(self.activities),
            minutes=dict(self._minutes),
            opening=self._opening,
            moves={move: self._moves[move] for move in (*MOVES, "moved") if self._moves[move]},
            closing=self._opening + self._moves.total(),
            months=tuple(
                Month(label=span.label, minutes=minutes, came=came, went=went)
                for span, (minutes, came, went) in zip(cut, self._months, strict=True)
            ),
        )


def paper(bank: Bank, written: Sequence[Letter], *, link: str) -> bytes:
    """These letters as one PDF, each on a page of its own. Refuses PapersMissing."""
    return papers.render("letter", values(bank, written, link=link))


def values(bank: Bank, written: Sequence[Letter], *, link: str) -> dict[str, Any]:
    year = written[0].year
    columns = [("月份", "left"), ("服务时长(时:分)", "right"), ("得分", "right"), ("用去", "right")]
    return {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": f"{year} 年度",
        "title": f"致志愿者的一封信 · {year}",
        "dated": bank.today().isoformat(),
        "seq": written[0].as_of_seq,
        "columns": [{"title": title, "width": 1, "align": align} for title, align in columns],
        "letters": [_told(one, bank.charter.points_scale) for one in written],
        "notes": ["时长按服务日期, 积分按记账日期统计。逐笔明细见积分存折, 可凭公开账本核对。"],
        "codes": [{"svg": papers.qr(link), "says": f"自己核对: {link}"}],
    }


def _told(one: Letter, scale: int) -> dict[str, Any]:
    def shown(points: int) -> str:
        return points_text(points, scale)

    hours = sum(one.minutes.values())
    moved = "; ".join(f"{MOVE_WORDS[move][0]} {shown(points)}" for move, points in one.moves.items())
    methods = "; ".join(f"{METHOD_WORDS[method][0]} {minutes_text(part)}" for method, part in one.minutes.items())
    served = f"您参加志愿服务 {one.records} 次, 涉及活动 {one.activities} 项, 累计 {minutes_text(hours)} (时:分)。"
    thanks = f"{one.year} 年, {served}" if one.records else f"{one.year} 年, 您还没有志愿服务记录, 期待与您相见。"
    return {
        "greeting": f"尊敬的 {one.volunteer.name}:",
        "said": [thanks, "感谢您为邻里所做的一切。"],
        "facts": [
            ["志愿者编号", grouped(one.volunteer.volunteer_no, NUMBER_GROUP)],
            ["服务时长", methods or "0:00"],
            ["年初积分", shown(one.opening)],
            ["全年变动", moved or "0"],
            ["期末积分", shown(one.closing)],
        ],
        "rows": [[m.label, minutes_text(m.minutes), shown(m.came), shown(m.went)] for m in one.months],
    }
