"""What can only be seen by looking at the whole book: names that lead nowhere, contradictions, rules never reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.rules.contradictions import check_contradictions
from ledger.rules.desk_checks import check_desk
from ledger.rules.parts import Note
from ledger.rules.periods import CALENDAR
from ledger.rules.rule import Cap
from ledger.rules.rulebook import Rulebook
from ledger.rules.selection import ReadyRule


def check_whole(book: Rulebook, note: Note) -> None:
    """Note everything that is wrong with the book as a whole."""
    for name in ("rules", "themes", "coefficients", "counters", "ladders", "targets"):
        _check_ids(getattr(book, name), name, note)
    _check_references(book, note)
    _check_caps(book, note)
    _check_amounts(book, note)
    _check_once_each(book, note)
    check_contradictions(book, note)
    check_desk(book, note)


def _check_ids(parts: Sequence[Any], where: str, note: Note) -> None:
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.id in seen:
            note(f"{where}[{index}].id", "编号与前面的重复, 请换一个", "an earlier one has this id: choose another")
        seen.add(part.id)


def _check_references(book: Rulebook, note: Note) -> None:
    themes = {theme.id for theme in book.themes}
    tables = {table.id for table in book.coefficients}
    counters = {counter.id for counter in book.counters}
    for index, rule in enumerate(book.rules):
        at = f"rules[{index}]"
        if rule.theme is not None and rule.theme not in themes:
            _unknown(f"{at}.theme", rule.theme, themes, note)
        for name in rule.coefficients:
            if name not in tables:
                _unknown(f"{at}.coefficients", name, tables, note)
        if rule.occurrence is not None and rule.occurrence.counter not in counters:
            _unknown(f"{at}.occurrence.counter", rule.occurrence.counter, counters, note)
    used = {name for rule in book.rules for name in rule.coefficients} | {rule.theme for rule in book.rules}
    for where in ("themes", "coefficients"):
        for index, part in enumerate(getattr(book, where)):
            if part.id not in used:
                note(
                    f"{where}[{index}]",
                    "没有规则用到它, 请删去或在规则里写上",
                    "no rule uses it: remove it or name it in a rule",
                )
    counted = {rule.occurrence.counter for rule in book.rules if rule.occurrence}
    for index, counter in enumerate(book.counters):
        if not counter.raises and counter.id not in counted:
            note(f"counters[{index}]", "没有规则用到它, 也没有写 raises", "no rule uses it and it raises nothing")
    known = {field for field in type(book).__dataclass_fields__ if not field.startswith("_")}
    for index, path in enumerate(book.locked):
        head, _, rest = path.partition(".")
        parts = getattr(book, head, ()) if head in known else None
        ids = {part.id for part in parts if hasattr(part, "id")} if isinstance(parts, tuple) else set()
        if parts is None or (rest and ids and rest not in ids):
            note(f"locked[{index}]", "没有这个字段或编号", "there is no such field or id")


def _unknown(path: str, name: str, known: set[str], note: Note) -> None:
    there_are = ", ".join(sorted(known)) or "-"
    note(path, f"没有“{name}”, 可用的有: {there_are}", f"no {name!r}; there are: {there_are}")


def _check_caps(book: Rulebook, note: Note) -> None:
    _check_shadowed(book.caps, "caps", note)
    for index, rule in enumerate(book.rules):
        _check_shadowed(rule.caps, f"rules[{index}].caps", note)
        threshold = rule.threshold
        for number, cap in enumerate(rule.caps):
            same = threshold and cap.per == threshold.per and cap.unit in ("minutes", "count") and cap.by == "person"
            if same and threshold and threshold.counts == "all" and cap.most < threshold.least:
                zh = "封顶低于起算线, 达到起算线也得不到全部"
                note(f"rules[{index}].caps[{number}]", zh, "lower than the threshold: what reaches it is cut again")
    for index, theme in enumerate(book.themes):
        _check_shadowed(theme.caps, f"themes[{index}].caps", note)
    for path, caps in (("caps", book.caps), *((f"themes[{i}].caps", t.caps) for i, t in enumerate(book.themes))):
        for number, cap in enumerate(caps):
            if cap.unit == "count":
                zh = "合计封顶只能写 minutes, points 或 deeds"
                note(f"{path}[{number}].count", zh, "caps on several rules are in minutes, points or deeds")


def _check_shadowed(caps: Sequence[Cap], path: str, note: Note) -> None:
    """A cap that can never bind, because one on a longer period is not higher."""
    for index, cap in enumerate(caps):
        for other in caps:
            comparable = cap is not other and (cap.unit, cap.by) == (other.unit, other.by)
            if comparable and cap.per in CALENDAR and other.per in CALENDAR:
                longer = CALENDAR.index(other.per) > CALENDAR.index(cap.per) and (cap.per, other.per) != (
                    "week",
                    "month",
                )
                if (longer and other.most <= cap.most) or (other.per == cap.per and other.most < cap.most):
                    zh = "同样或更长期间的封顶不比它高, 它永远不起作用"
                    note(
                        f"{path}[{index}]",
                        zh,
                        "a cap on the same or a longer period is not higher: this one never binds",
                    )
                    break


def _check_amounts(book: Rulebook, note: Note) -> None:
    for index, (rule, ready) in enumerate(zip(book.rules, _ready(book), strict=True)):
        if rule.rounding is not None:
            continue
        at = f"rules[{index}]"
        if rule.coefficients or rule.points_step is not None or rule.step > 1:
            zh, en = "请写明 rounding (舍入)", "state the rounding"
            note(f"{at}.rounding", zh, en)
        elif ready.denominator != 1:
            zh = "分值比本行最小单位还细, 请改分值或写明 rounding"
            note(f"{at}.points", zh, "finer than the bank's smallest unit: change it or state the rounding")


def _ready(book: Rulebook) -> list[Any]:
    return [ReadyRule(rule, book, ()).rate for rule in book.rules]


def _check_once_each(book: Rulebook, note: Note) -> None:
    for name in ("ceilings", "accounts"):
        seen: set[str] = set()
        for index, part in enumerate(getattr(book, name)):
            if part.account in seen:
                note(f"{name}[{index}].account", "这个账户已经写过", "this account is spoken of already")
            seen.add(part.account)
