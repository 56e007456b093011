"""What can be wrong with a table: a closed set, each with a stable code and a sentence that says the mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Fact = str | int

SENTENCES: dict[str, tuple[str, str]] = {
    # the file
    "file_empty": ("文件是空的", "the file is empty"),
    "file_too_large": ("文件超过 {most} MB, 请分成几个文件", "the file is larger than {most} MB: split it"),
    "file_unknown": (
        "不是 xlsx、xls、ods 或 csv 文件; 请在 Excel 或 WPS 中另存为 xlsx",
        "neither xlsx, xls, ods nor csv: save it as xlsx in Excel or WPS",
    ),
    "file_damaged": ("文件已损坏, 无法打开; 请重新保存", "the file is damaged and cannot be opened: save it again"),
    "file_locked": ("文件有密码保护, 请去掉密码后再上传", "the file has a password: take it off first"),
    "file_expands": (
        "文件解压后过大, 不予打开",
        "the file grows too large when it is unpacked, and was not opened",
    ),
    "file_declares": (
        "文件含有不允许的外部声明(DTD), 请在 Excel 或 WPS 中另存为新的 xlsx",
        "the file holds declarations (a DTD) that are not allowed: save it as a new xlsx in Excel or WPS",
    ),
    "text_unreadable": (
        "文字编码无法识别; 请另存为 UTF-8 或 GB18030 编码的 csv",
        "its text is neither UTF-8 nor GB18030: save it as one of these",
    ),
    "text_malformed": ("csv 第 {line} 行的引号不成对", "line {line} of the csv has a quotation mark without its pair"),
    # the sheet
    "sheet_missing": (
        "没有找到表头; 第一行应有列名, 至少要有“{column}”",
        "no header was found: the first row names the columns, “{column}” among them",
    ),
    "sheet_twice": (
        "有几张工作表都像是名册({sheets}), 请只保留一张",
        "more than one sheet looks like the table ({sheets}): keep only one",
    ),
    "too_many_rows": ("超过 {most} 行, 请分成几个文件", "more than {most} rows: split the file"),
    "too_many_columns": ("超过 {most} 列", "more than {most} columns"),
    "no_rows": ("表头下面没有内容", "there is nothing below the header"),
    "column_missing": ("缺少“{column}”列", "the column “{column}” is missing"),
    "column_twice": ("“{column}”列出现了两次", "the column “{column}” is there twice"),
    "merged_cells": ("合并单元格: 请取消合并, 逐格填写", "merged cells: unmerge them and fill each"),
    "hidden_row": ("该行被隐藏: 请取消隐藏, 或删除该行", "the row is hidden: show it, or delete it"),
    # what was read, and should be known
    "aside": ("合计、备注或示例行, 未读取", "a total, a remark or the example: not read"),
    "merged_read": (
        "合并单元格, 到第 {last} 行每行都按其显示的内容读取",
        "merged cells: each row down to {last} was read as what they show",
    ),
    "formula_read": ("公式, 按其计算结果读取", "a formula: what it came to was read"),
    # a cell
    "missing": ("必填", "must be filled"),
    "formula": (
        "单元格是公式: 请复制后“选择性粘贴”为数值",
        "the cell is a formula: copy it and paste it as a value",
    ),
    "error_cell": ("单元格是错误值, 请改正", "the cell shows an error: mend it"),
    "digits_lost": (
        "表格已丢失末尾几位数字, 请将该列设为文本后重新录入",
        "the spreadsheet has lost its last digits: format the column as text and type it again",
    ),
    "not_text": ("应为文字", "must be text"),
    "not_a_day": ("不是日期, 请写成 2026-11-03", "not a date: write it as 2026-11-03"),
    "not_whole": ("应为整数", "must be a whole number"),
    "not_minutes": (
        "时长应为整分钟, 如 90分钟、1.5小时、1:30",
        "must come to whole minutes, such as 90分钟, 1.5小时 or 1:30",
    ),
    "unit_missing": (
        "请写明单位, 如 2小时、90分钟, 或将表头改为“时长(小时)”“时长(分钟)”",
        "say the unit: 2小时 or 90分钟, or call the column 时长(小时) or 时长(分钟)",
    ),
    "not_a_time": ("不是时刻, 请写成 09:30", "not a time of day: write it as 09:30"),
    "not_one_of": ("只能填写: {choices}", "must be one of: {choices}"),
    "too_long": ("超过 {most} 个字", "longer than {most} characters"),
    "characters": ("含有不能显示的字符, 请重新录入", "holds characters that cannot be seen: type it again"),
}


class TableRefused(ValueError):
    """The file as a whole cannot be read; nothing of it was."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    @property
    def zh(self) -> str:
        return SENTENCES[self.code][0].format_map(self.facts)

    @property
    def en(self) -> str:
        return SENTENCES[self.code][1].format_map(self.facts)


class CellInvalid(ValueError):
    """One value cannot be meant. It never quotes what was typed."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong and where: `row` as the spreadsheet counts it, `column` by its letters and its header."""

    row: int | None = None
    column: str | None = None
    header: str | None = None
    code: str
    zh: str
    en: str

    @classmethod
    def of(
        cls,
        code: str,
        facts: Mapping[str, Fact] | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
        header: str | None = None,
    ) -> Fault:
        """A fault of this closed set."""
        zh, en = SENTENCES[code]
        given = facts or {}
        return cls(row=row, column=column, header=header, code=code, zh=zh.format_map(given), en=en.format_map(given))


@dataclass(slots=True)
class Faults:
    """Where faults are collected while a table is read."""

    found: list[Fault] = field(default_factory=list)

    def note(self, code: str, *, row: int | None = None, column: str | None = None, **facts: Fact) -> None:
        self.found.append(Fault.of(code, facts, row=row, column=column))


def letters(column: int) -> str:
    """How a spreadsheet calls a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def place_of(name: str) -> int:
    """The column that a spreadsheet calls so: A is 0, AA is 26."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
