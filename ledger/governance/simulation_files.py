"""A simulation as a file to take along: a workbook of four sheets, or the persons as CSV. No cell can run anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter  # type: ignore[import-untyped]

from ledger.core.cells import neutralised
from ledger.governance.simulating import Simulated

Cell = str | int
PERSON_COLUMNS = ("志愿者编号 volunteer_no", "姓名 name", "记录 deeds", "已得 given", "草案 would be", "变化 change")


def as_csv(simulated: Simulated, *, names: bool) -> bytes:
    """The persons, in UTF-8 with the mark that spreadsheets look for."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in _persons(simulated, names=names):
        writer.writerow([neutralised(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(simulated: Simulated, *, names: bool) -> bytes:
    """The workbook."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        sheets: list[tuple[str, Iterable[Sequence[Cell]]]] = [
            ("汇总 summary", _summary(simulated)),
            ("人员 persons", _persons(simulated, names=names)),
            ("规则 rules", (("规则 rule", "分值 points"), *simulated.by_rule)),
            ("封顶 caps", _caps(simulated)),
        ]
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    style = bold if at == 0 else None
                    safe = neutralised(cell)
                    if isinstance(safe, int):
                        sheet.write_number(at, column, safe, style)
                    else:
                        sheet.write_string(at, column, str(safe), style)
            sheet.set_column(0, 8, 18)
            sheet.freeze_panes(1, 0)
    return file.getvalue()


def _summary(simulated: Simulated) -> Iterator[Sequence[Cell]]:
    owed = simulated.liability
    yield "项目 what", "数值 figure"
    yield "规则 rulebook", f"{simulated.code} {simulated.version}"
    yield "自 since", simulated.since.isoformat()
    yield "至 until", simulated.until.isoformat()
    yield "记录 deeds", simulated.deeds
    yield "人员 persons", len(simulated.persons)
    yield "已得 given", simulated.given
    yield "草案 would be", simulated.would_be
    yield "变化 change", simulated.change
    yield "未兑付 outstanding", owed.outstanding
    yield "草案未兑付 outstanding then", owed.would_be
    yield "库存 stock", owed.stock
    yield "预算 budget", owed.budget
    yield "缺口 uncovered", owed.uncovered


def _persons(simulated: Simulated, *, names: bool) -> Iterator[Sequence[Cell]]:
    yield PERSON_COLUMNS if names else (PERSON_COLUMNS[0], *PERSON_COLUMNS[2:])
    for one in simulated.persons:
        figures = (one.deeds, one.given, one.would_be, one.change)
        yield (one.volunteer_no, one.masked_name, *figures) if names else (one.volunteer_no, *figures)


def _caps(simulated: Simulated) -> Iterator[Sequence[Cell]]:
    yield "类别 of", "名称 name", "期间 per", "单位 unit", "次数 times"
    for one in simulated.capped:
        yield one.of, one.name, one.per, one.unit, one.times
