"""What a field of a rulebook may hold. Each kind reads itself from the text and describes itself as JSON Schema.

Both come from one declaration, beside the field it belongs to, so the published schema and the loader cannot drift
apart. A kind never raises: what it cannot read it notes and gives back FAULT, and the loader throws everything away.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Final

from ledger.rules.document import Node
from ledger.rules.findings import Finding

FAULT: Final = object()
"""Stands for what could not be read; a finding says why."""
TEXT_CHARACTERS_MAX = 300
LEAP_YEAR = 2000
_NAME = r"[a-z][a-z0-9_]{0,39}"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_RATIO = r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?"
_RATIO_MAX = 9_999_999
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MONTH_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"


class Reading:
    """One pass over a document: what was found wrong, and on which line each field stands."""

    def __init__(self, findings: list[Finding], points_scale: int) -> None:
        self.findings = findings
        self.point_units = 10**points_scale
        self._lines: dict[str, int] = {}

    def stands(self, path: str, node: Node) -> None:
        self._lines[path] = max(node.line, 1)

    def note(self, path: str, zh: str, en: str) -> None:
        """Note a fault of the field at `path`, at its line or that of the nearest field around it."""
        around = path
        while around and around not in self._lines:
            around = re.sub(r"(\.|\[)?[^.\[]*$", "", around)
        self.findings.append(Finding(line=self._lines.get(around, 1), field=path, zh=zh, en=en))


class Kind(ABC):
    """A kind of value."""

    @abstractmethod
    def take(self, node: Node, path: str, reading: Reading) -> Any:
        """The value, or FAULT with a finding."""

    @abstractmethod
    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """The kind in JSON Schema 2020-12; named parts are put into `definitions`."""

    def read(self, node: Node, path: str, reading: Reading) -> Any:
        """The value at `path`; FAULT without a word where the document already has a finding."""
        reading.stands(path, node)
        return FAULT if node.kind == "fault" else self.take(node, path, reading)


class _Pattern(Kind):
    """A word of a fixed form. `zh` and `en` say how to write it."""

    kinds: tuple[str, ...] = ("text",)
    pattern = ""
    zh = ""
    en = ""

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind in self.kinds and re.fullmatch(self.pattern, node.text, re.ASCII):
            return self.value(node.text, path, reading)
        reading.note(path, self.zh, self.en)
        return FAULT

    def value(self, text: str, path: str, reading: Reading) -> Any:  # noqa: ARG002
        return text

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "string", "pattern": f"^({self.pattern})$"}


class Name(_Pattern):
    """A short ascii name."""

    pattern = _NAME
    zh = "请写小写英文短名, 以字母开头, 只含 a-z、0-9 和 _, 最多 40 个字符 (不能是 yes, no, on, off)"
    en = "write a name of a-z, 0-9 and _, a letter first, at most 40 characters (not yes, no, on, off)"


class Day(_Pattern):
    """A calendar day."""

    kinds = ("date", "text")
    pattern = _DAY
    zh = "请写日期, 如 2026-01-01, 用半角数字"
    en = "write a day as 2026-01-01, in plain digits"

    def value(self, text: str, path: str, reading: Reading) -> Any:
        return _real_day(text, path, reading)


class MonthDay(_Pattern):
    """A day of every year as (month, day)."""

    pattern = _MONTH_DAY
    zh = "请写月和日, 如 01-31, 用半角数字"
    en = "write month and day as 01-31, in plain digits"

    def value(self, text: str, path: str, reading: Reading) -> Any:
        day = _real_day(f"{LEAP_YEAR}-{text}", path, reading)
        return (day.month, day.day) if isinstance(day, date) else day


class Clock(_Pattern):
    """A time of day as minutes after local midnight."""

    pattern = _CLOCK
    zh = '请写带引号的时刻, 如 "22:00"'
    en = 'write a time of day in quotes, as "22:00"'

    def value(self, text: str, path: str, reading: Reading) -> Any:  # noqa: ARG002
        return int(text[:2]) * 60 + int(text[3:])


@dataclass(frozen=True, slots=True)
class Words(Kind):
    """One line of words."""

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        most = TEXT_CHARACTERS_MAX
        if node.kind == "text" and node.text.strip() and node.text.isprintable() and len(node.text) <= most:
            return node.text.strip()
        reading.note(path, f"请写一行文字, 最多 {most} 字", f"write one line of text, at most {most} characters")
        return FAULT

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "string", "minLength": 1, "maxLength": TEXT_CHARACTERS_MAX}


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number."""

    least: int
    most: int

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind == "int" and _WHOLE.fullmatch(node.text) and self.least <= int(node.text) <= self.most:
            return int(node.text)
        zh = f"请写 {self.least} 到 {self.most} 的整数, 用半角数字, 不加引号"
        en = f"write a whole number from {self.least} to {self.most}, in plain digits and without quotes"
        reading.note(path, zh, en)
        return FAULT

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Ratio(Kind):
    """An exact number, not negative. Floats are refused: 0.1 of a machine's float is not a tenth."""

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind in ("int", "text") and re.fullmatch(_RATIO, node.text, re.ASCII):
            return self.value(Fraction(node.text), path, reading)
        if node.kind == "float":
            zh = f'小数请加引号 "{node.text}", 或写成分数, 如 1/2'
            en = f'put "{node.text}" in quotes or write a fraction, as 1/2'
        elif node.text.startswith("-"):
            zh = "不写负数; 扣分请写 effect: penalty"
            en = "must not be negative: a deduction is written as effect: penalty"
        else:
            zh = '请用半角数字: 整数 1、带引号的小数 "0.5" 或分数 1/2'
            en = 'write plain digits: a whole number 1, a decimal in quotes "0.5" or a fraction 1/2'
        reading.note(path, zh, en)
        return FAULT

    def value(self, number: Fraction, path: str, reading: Reading) -> Any:  # noqa: ARG002
        return number

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        definitions["ratio"] = {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": _RATIO_MAX},
                {"type": "string", "pattern": f"^{_RATIO}$"},
            ]
        }
        return {"$ref": "#/$defs/ratio"}


class Rate(Ratio):
    """Points for something, exact, in the bank's smallest unit; rounding says what becomes of parts."""

    def value(self, number: Fraction, path: str, reading: Reading) -> Any:  # noqa: ARG002
        return number * reading.point_units


class Points(Ratio):
    """An amount of points, in the bank's smallest unit; nothing finer can be meant."""

    def value(self, number: Fraction, path: str, reading: Reading) -> Any:
        units = number * reading.point_units
        if units.denominator == 1:
            return int(units)
        reading.note(
            path, "分值比本行最小单位还细, 请改分值", "finer than the bank's smallest unit of points: change it"
        )
        return FAULT


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words."""

    words: Sequence[str]

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind == "text" and node.text in self.words:
            return node.text
        there_are = ", ".join(self.words)
        reading.note(path, f"只能写: {there_are}", f"must be one of: {there_are}")
        return FAULT

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Switch(Kind):
    """true or false."""

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind == "bool" and node.text in ("true", "false"):
            return node.text == "true"
        reading.note(path, "请写 true (是) 或 false (否)", "write true or false")
        return FAULT

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        return {"type": "boolean"}


def said(kind: Kind, zh: str, en: str, **default: Any) -> Any:
    """A field of a part of a rulebook: its kind and what it means. Without `default=` it must be written."""
    return field(default=default.get("default", MISSING), metadata={"kind": kind, "zh": zh, "en": en})


def _real_day(text: str, path: str, reading: Reading) -> Any:
    try:
        return date.fromisoformat(text)
    except ValueError:
        reading.note(path, "日历上没有这一天", "there is no such day in the calendar")
        return FAULT
