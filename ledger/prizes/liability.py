"""Liability: which points are outstanding, when they lapse, and what stands against them: goods on the shelves, goods
that are ordered, and the budget of the year. A reference value is for budgeting only: nobody is ever paid it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from ledger import papers
from ledger.bank import Bank
from ledger.core.accounts import NEVER, Purpose
from ledger.prizes.purchases import Purchase, purchase_of
from ledger.store import liability as store
from ledger.store import purchases, shelves

Owed = Literal["points", "overdue", "held", "donate_only", "debt"]
Against = Literal["stock", "committed", "ordered", "budget", "spent", "left"]
Kind = Owed | Against
_OF_PURPOSE: dict[str, Kind] = {
    Purpose.HELD.value: "held",
    Purpose.DONATE_ONLY.value: "donate_only",
    Purpose.DEBT.value: "debt",
}
WORDS: dict[Kind, str] = {
    "points": "可用积分",
    "overdue": "已过期待清零",
    "held": "预订占用积分",
    "donate_only": "仅可捐赠积分",
    "debt": "欠分",
    "stock": "库存奖品",
    "committed": "已预订奖品",
    "ordered": "已采购未到货",
    "budget": "本年专项经费",
    "spent": "本年采购已到货",
    "left": "本年经费结余",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure of the report. Points in the smallest unit; None where a line has none of it, or it is not known."""

    kind: Kind
    lapse_month: str | None = None
    """YYYY-MM; None where they never lapse, or it is no points."""
    prize_id: UUID | None = None
    title: str | None = None
    """Of the prize; of a budget, the organisation's name."""
    quantity: int | None = None
    points: int | None = None
    value_fen: int | None = None
    """Reference value, halves rounded up; None where the bank has set none for a point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Liability:
    """What is outstanding after the transaction `seq`, the last one of the day `on`."""

    on: date
    seq: int
    reference_fen_per_point: int
    lines: tuple[Line, ...]


def report(bank: Bank, *, on: date | None = None, within: Sequence[str]) -> Liability:
    """Everything outstanding at the end of a day, or now, in these organisations and below.

    What lapses in the month in which `on` lies, and before it, is apart: `overdue` waits for the run.
    """
    day = on or bank.today()
    midnight = datetime.combine(day + timedelta(days=1), time(), bank.zone)
    with bank.store.snapshot() as connection:
        seq = shelves.head_seq(connection)
        if day < bank.today():
            seq = store.seq_before(connection, int(midnight.timestamp()) * 1_000_000)
        lots = store.lots(connection, seq, within=within)
        goods = store.goods(connection, seq, within=within)
        bought = [purchase_of(row) for row in purchases.ordered(connection, seq=seq, on=day, within=within)]
        budgets = purchases.budgets(connection, year=day.year, on=day, within=within)
    rate, scale = bank.settings.reference_fen_per_point, bank.charter.points_scale
    sums: dict[tuple[Kind, str | None], int] = {}
    for lot in lots:
        kind = _OF_PURPOSE.get(lot.purpose) or ("overdue" if lot.expires_on < day else "points")
        month = None if lot.expires_on == NEVER else f"{lot.expires_on:%Y-%m}"
        sums[kind, month] = sums.get((kind, month), 0) + lot.points
    order = list(WORDS)
    ranked = sorted(sums.items(), key=lambda one: (order.index(one[0][0]), one[0][1] or "9999-12"))
    lines = [
        Line(kind=kind, lapse_month=month, points=points, value_fen=_value(points, rate, scale))
        for (kind, month), points in ranked
    ]
    for one in goods:
        worth = one.quantity * one.cost_points
        lines.append(
            Line(
                kind="stock" if one.purpose == Purpose.STOCK.value else "committed",
                prize_id=one.prize_id,
                title=one.title,
                quantity=one.quantity,
                points=worth,
                value_fen=_value(worth, rate, scale) if one.reference_fen is None else one.quantity * one.reference_fen,
            )
        )
    lines += [_still_to_come(one, day) for one in bought if one.to_come(day)]
    for budget in budgets:
        lines += _budgeted(budget["organisation"], budget["budget_fen"], _of_year(bought, budget["path"], day), day)
    return Liability(on=day, seq=seq, reference_fen_per_point=rate, lines=tuple(lines))


def _still_to_come(one: Purchase, day: date) -> Line:
    many = one.to_come(day)
    return Line(
        kind="ordered",
        prize_id=one.prize_id,
        title=one.title,
        quantity=many,
        points=many * one.cost_points,
        value_fen=one.fen_of(many),
    )


def _of_year(bought: Sequence[Purchase], path: str, day: date) -> list[Purchase]:
    """What an organisation itself ordered in the year of that day: those below it have budgets of their own."""
    return [one for one in bought if one.organisation_path == path and one.ordered_on.year == day.year]


def _budgeted(organisation: str, budget_fen: int, bought: Sequence[Purchase], day: date) -> list[Line]:
    """What was set apart, what of it has come, and what is left when all that is ordered comes; below zero where more
    was ordered. An order of unknown cost binds nothing.
    """
    spent = sum(one.fen_of(one.received) or 0 for one in bought)
    bound = sum(one.fen_of(one.to_come(day)) or 0 for one in bought)
    said: tuple[tuple[Kind, int], ...] = (
        ("budget", budget_fen),
        ("spent", spent),
        ("left", budget_fen - spent - bound),
    )
    return [Line(kind=kind, title=organisation, value_fen=fen) for kind, fen in said]


def paper(bank: Bank, made: Liability, unit: str) -> bytes:
    """The report as PDF on A4. Refuses PapersMissing."""
    rate = made.reference_fen_per_point
    said = f"每分参考值 {rate} 分 (人民币), 仅供预算。" if rate else "未设每分参考值, 不计参考金额。"
    values = {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": unit,
        "title": "积分负债表",
        "dated": made.on.isoformat(),
        "seq": made.seq,
        "facts": [["截至", made.on.isoformat()], ["账本", f"第 {made.seq} 笔"]],
        "columns": [
            {"title": "项目", "width": 1, "align": "left"},
            *(
                {"title": title, "width": "auto", "align": "right"}
                for title in ("到期月", "数量", "积分", "参考值(元)")
            ),
        ],
        "rows": [
            [
                f"{WORDS[line.kind]}: {line.title}" if line.title else WORDS[line.kind],
                line.lapse_month or "",
                "" if line.quantity is None else str(line.quantity),
                "" if line.points is None else _points(line.points, bank.charter.points_scale),
                "" if line.value_fen is None else _points(line.value_fen, 2),
            ]
            for line in made.lines
        ],
        "notes": [said],
        "codes": [],
    }
    return papers.render("list", values)


def _value(points: int, rate: int, scale: int) -> int | None:
    unit = 10**scale
    return (2 * points * rate + unit) // (2 * unit) if rate else None


def _points(amount: int, scale: int) -> str:
    whole, rest = divmod(abs(amount), 10**scale)
    sign = "-" if amount < 0 else ""
    return f"{sign}{whole}.{rest:0{scale}d}" if scale else f"{sign}{whole}"
