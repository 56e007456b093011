"""Reports as they are read: the same figures line by line, for paper and for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ledger import papers
from ledger.bank import Bank
from ledger.reading.figures import METHODS, Figures, Report
from ledger.reading.passbooks import minutes_text, points_text
from ledger.rules import Rulebook
from ledger.service import rulebooks
from ledger.store.figures import Place

SPANS_A_TABLE = 12
"""How many columns of figures a page laid across has room for."""
METHOD_WORDS = {
    "clocked": ("签到签退", "clocked"),
    "roster": ("名册", "roster"),
    "backfilled": ("补录", "back-filled"),
    "declared": ("申报", "declared"),
    "imported": ("导入", "imported"),
}
MOVE_WORDS = {
    "opening": ("期初积分", "points before"),
    "issued": ("发放积分", "issued"),
    "redeemed": ("兑换积分", "redeemed"),
    "lapsed": ("失效积分", "lapsed"),
    "adjusted": ("人工调整积分", "adjusted"),
    "donated": ("捐赠积分", "donated"),
    "forfeited": ("注销收回积分", "forfeited"),
    "moved": ("转入转出积分", "moved"),
    "outstanding": ("期末未兑积分", "points outstanding"),
}
NOTES = (
    "本表由账本第 {seq} 笔时的记录统计; 每个数字都可按此笔号重新算出。",
    "时长、活动、证明归组织开展的单位; 积分、星级、名单归志愿者所属组织; 奖品归兑换点所属组织; 下级计入上级。",
    "服务计在服务当日, 已撤销的不计; 积分计在记账日期, 冲正计在冲正当日, 故期初加各项等于期末。",
)


class Line(NamedTuple):
    """One figure over all spans, as text."""

    zh: str
    en: str
    cells: tuple[str, ...]


class Wording(NamedTuple):
    """How this bank writes: decimals of a point, and what its rulebook of today calls types, lists and flags."""

    scale: int
    rulebook: Rulebook | None

    def term(self, name: str) -> tuple[str, str]:
        own = self.rulebook.selection.terms.get(name) if self.rulebook else None
        return (own.zh, own.en) if own else (name, name)


def wording(bank: Bank) -> Wording:
    return Wording(bank.charter.points_scale, rulebooks.in_force(bank, bank.today()))


def lines(rows: Sequence[Figures], words: Wording) -> list[Line]:
    """The figures of one organisation, span by span; those that are nothing throughout are left out, but for the main
    ones.
    """
    found = [*_service(rows, words), *_points(rows, words.scale), *_goods(rows), *_needs(rows), *_people(rows, words)]
    return [line for line, is_main in found if is_main or any(cell not in ("0", "0:00", "") for cell in line.cells)]


def _service(rows: Sequence[Figures], words: Wording) -> Iterable[tuple[Line, bool]]:
    yield _count("志愿者人数", "volunteers", rows, "volunteers"), True
    yield _count("新增志愿者", "new volunteers", rows, "volunteers_new"), False
    yield _count("退出志愿者", "volunteers who left", rows, "volunteers_left"), False
    yield _count("参与服务人数", "active", rows, "active"), True
    yield Line("服务时长(时:分)", "hours of service", tuple(minutes_text(one.minutes) for one in rows)), True
    for method in METHODS:
        zh, en = METHOD_WORDS[method]
        cells = tuple(minutes_text(one.minutes_by_method[method]) for one in rows)
        yield Line(f"　{zh}", f"  {en}", cells), False
    yield _count("服务记录", "records", rows, "records"), True
    yield _count("　10 个工作日内记录", "  within ten working days", rows, "records_in_time"), True
    yield _count("　逾期记录", "  recorded late", rows, "records_late"), True
    yield _count("　逾期未记录(场次)", "  overdue sessions", rows, "overdue"), False
    yield _count("　撤销", "  undone", rows, "records_undone"), False
    yield _count("　更正", "  corrected", rows, "records_corrected"), False
    yield _count("活动数", "activities", rows, "activities"), True
    yield from _kinds([one.activities_by_type for one in rows], words.term)
    yield _count("开具证明", "certificates issued", rows, "certificates_issued"), True
    yield _count("撤销证明", "certificates revoked", rows, "certificates_revoked"), False


def _points(rows: Sequence[Figures], scale: int) -> Iterable[tuple[Line, bool]]:
    for move, (zh, en) in MOVE_WORDS.items():
        cells = tuple(points_text(getattr(one.points, move), scale) for one in rows)
        yield Line(zh, en, cells), move in ("opening", "issued", "redeemed", "lapsed", "outstanding")


def _goods(rows: Sequence[Figures]) -> Iterable[tuple[Line, bool]]:
    yield _count("兑换次数", "redemptions", rows, "redemptions"), True
    yield _count("兑换件数", "prizes redeemed", rows, "prizes"), True
    by = [{each.title: each.quantity for each in one.redeemed_prizes} for one in rows]
    yield from _kinds(by)


def _needs(rows: Sequence[Figures]) -> Iterable[tuple[Line, bool]]:
    yield _count("征集心愿", "wishes collected", rows, "wishes"), True
    yield _count("　圆梦", "  fulfilled", rows, "wishes_fulfilled"), True
    yield _count("受理需求", "requests received", rows, "requests"), True
    yield _count("　响应超时", "  accepted late", rows, "requests_accepted_late"), False
    yield _count("　办结", "  closed", rows, "requests_closed"), True
    yield _count("　办结超时", "  closed late", rows, "requests_closed_late"), False
    took = [one.requests_minutes // one.requests_closed if one.requests_closed else None for one in rows]
    cells = tuple("" if minutes is None else minutes_text(minutes) for minutes in took)
    yield Line("　平均办结用时(时:分)", "  hours taken on average", cells), False


def _people(rows: Sequence[Figures], words: Wording) -> Iterable[tuple[Line, bool]]:
    levels = [{str(level): count for level, count in one.stars.items()} for one in rows]
    yield from _kinds(levels, lambda level: (f"{level} 星志愿者", f"{level} stars"))
    yield Line("报到党员", "party members reported", tuple(str(one.party.members) for one in rows)), True
    yield Line("　双报到", "  both reports confirmed", tuple(str(one.party.both) for one in rows)), True
    yield Line("　三个一", "  all three commitments", tuple(str(one.party.all_three) for one in rows)), False
    yield from _kinds([one.listed for one in rows], lambda tag: _after(("名单: ", "list: "), words.term(tag)))
    yield from _kinds([one.flags for one in rows], lambda flag: _after(("标记: ", "flag: "), words.term(flag)))


def _after(what: tuple[str, str], term: tuple[str, str]) -> tuple[str, str]:
    return what[0] + term[0], what[1] + term[1]


def _as_it_is(name: str) -> tuple[str, str]:
    return name, name


def _kinds(
    by: Sequence[Mapping[str, int]], term: Callable[[str], tuple[str, str]] = _as_it_is
) -> Iterable[tuple[Line, bool]]:
    for name in sorted({name for one in by for name in one}):
        zh, en = term(name)
        yield Line(f"　{zh}", f"  {en}", tuple(str(one.get(name, 0)) for one in by)), False


def _count(zh: str, en: str, rows: Sequence[Figures], name: str) -> Line:
    values = [getattr(one, name) for one in rows]
    return Line(zh, en, tuple("" if value is None else str(value) for value in values))


def of_each(report: Report) -> list[tuple[Place, list[Figures]]]:
    """The rows of each organisation in turn."""
    return [(place, list(rows)) for place, rows in groupby(report.rows, key=lambda one: one.organisation)]


def paper(bank: Bank, report: Report, unit: str, *, said: Sequence[str] = (), title: str = "统计报表") -> bytes:
    """The report as PDF on A4 laid across, a table an organisation and twelve spans. Refuses PapersMissing."""
    words = wording(bank)
    parts = []
    for place, rows in of_each(report):
        for at in range(0, len(rows), SPANS_A_TABLE):
            some = rows[at : at + SPANS_A_TABLE]
            parts.append(_part(place.name, some, words))
    values = {
        "paper": "a4",
        "bank": bank.charter.name,
        "unit": unit,
        "title": title,
        "dated": bank.today().isoformat(),
        "seq": report.as_of_seq,
        "facts": [["期间", f"{report.first_day.isoformat()} — {report.last_day.isoformat()}"]],
        "said": list(said),
        "parts": parts,
        "notes": [note.format(seq=report.as_of_seq) for note in NOTES],
    }
    return papers.render("report", values)


def _part(title: str, rows: Sequence[Figures], words: Wording) -> dict[str, Any]:
    columns = [{"title": "项目", "width": 1, "align": "left"}]
    columns += [{"title": one.span.label, "width": "auto", "align": "right"} for one in rows]
    return {"title": title, "columns": columns, "rows": [[line.zh, *line.cells] for line in lines(rows, words)]}
