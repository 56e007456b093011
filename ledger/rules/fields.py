"""Reading one mapping of a rulebook field by field: every answer is usable, every fault is noted, nothing is raised.

What cannot be read gives a harmless stand-in; the loader throws all of it away when anything was noted.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from ledger.rules.document import Node
from ledger.rules.findings import Finding
from ledger.rules.rulebook import Text

TEXT_CHARACTERS_MAX = 200
LIST_ITEMS_MAX = 200
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,39}")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6}|/[1-9][0-9]{0,5})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ABSENT = Node(0, "absent")


class Fields:
    """The members of one node, read against the fields `known`; others are noted as unknown."""

    def __init__(self, node: Node, path: str, known: Sequence[str] | None, findings: list[Finding]) -> None:
        self.node = node
        self._path = path
        self._findings = findings
        if node.kind not in ("mapping", "fault", "absent"):
            fields = f": {', '.join(known)}" if known else ""
            self.note("", f"这里要写成“字段: 值”的形式{fields}", f"must be written as fields and values{fields}")
        for name in node.members:
            if known is not None and name not in known:
                there_are = ", ".join(known)
                self.note(name, f"没有这个字段, 可用的有: {there_are}", f"unknown; there are: {there_are}")

    def note(self, field: str, zh: str, en: str) -> None:
        """Note a fault of `field`, at its line, or of the whole mapping for ""."""
        node = self.node.members.get(field, self.node)
        self._findings.append(Finding(line=max(node.line, 1), field=self.path(field), zh=zh, en=en))

    def path(self, field: str) -> str:
        """The field's path from the root of the document."""
        return ".".join(part for part in (self._path, field) if part)

    def has(self, field: str) -> bool:
        """Whether the field is written at all."""
        return field in self.node.members

    def inner(self, field: str, known: Sequence[str] | None, *, required: bool = True) -> "Fields":
        """The fields of a nested mapping; any names if `known` is None."""
        return Fields(self._find(field, required=required), self.path(field), known, self._findings)

    def text(self, field: str) -> str:
        """One line of words."""
        node = self._find(field)
        wanted = node.kind == "text" and node.text.strip() and node.text.isprintable()
        if not self._is_fault(node) and not (wanted and len(node.text) <= TEXT_CHARACTERS_MAX):
            most = TEXT_CHARACTERS_MAX
            self.note(field, f"请写一行文字, 最多 {most} 字", f"write one line of text, at most {most} characters")
        return node.text.strip()

    def title(self, field: str) -> Text:
        """Words in both languages."""
        inner = self.inner(field, ("zh", "en"))
        if inner.node.kind != "mapping":  # one finding for a missing or misshapen title is enough
            return Text(zh="", en="")
        return Text(zh=inner.text("zh"), en=inner.text("en"))

    def identifier(self, field: str) -> str:
        """A short ascii name."""
        node = self._find(field)
        self._check_identifier(node, field)
        return node.text

    def whole(self, field: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number from `least` to `most`; `default` where the field is not written, required if that is None."""
        node = self._find(field, required=default is None)
        if self._is_fault(node):
            return least if default is None else default
        if node.kind == "int" and _WHOLE.fullmatch(node.text) and least <= int(node.text) <= most:
            return int(node.text)
        zh = f"请写 {least} 到 {most} 的整数, 用半角数字, 不加引号"
        self.note(field, zh, f"write a whole number from {least} to {most}, in plain digits and without quotes")
        return least

    def amount(self, field: str) -> Fraction:
        """An exact amount of points, not negative. Floats are refused: 0.1 of a machine's float is not a tenth."""
        node = self._find(field)
        if node.kind in ("int", "text") and _AMOUNT.fullmatch(node.text):
            return Fraction(node.text)
        if node.kind == "float":
            zh = f'小数请加引号 "{node.text}", 或写成分数, 如 1/2'
            en = f'put "{node.text}" in quotes or write a fraction, as 1/2'
        elif node.text.startswith("-"):
            zh, en = "不能是负数; 扣分规则以后的版本才有", "must not be negative: penalties come in a later version"
        else:
            zh = '请用半角数字写分值: 整数 1、带引号的小数 "0.5" 或分数 1/2'
            en = 'write points in plain digits: a whole number 1, a decimal in quotes "0.5" or a fraction 1/2'
        if not self._is_fault(node):
            self.note(field, zh, en)
        return Fraction(0)

    def day(self, field: str) -> date:
        """A calendar day."""
        node = self._find(field)
        if node.kind in ("date", "text") and _DAY.fullmatch(node.text):
            try:
                return date.fromisoformat(node.text)
            except ValueError:
                self.note(field, "日历上没有这一天", "there is no such day in the calendar")
        elif not self._is_fault(node):
            self.note(field, "请写日期, 如 2026-01-01, 用半角数字", "write a day as 2026-01-01, in plain digits")
        return date.min

    def choice(self, field: str, words: Sequence[str], zh: str = "", en: str = "", *, required: bool = True) -> str:
        """One of `words`; the first where the field is not written and not required. `zh`, `en`: what else to say."""
        node = self._find(field, required=required)
        if not self._is_fault(node) and (node.kind != "text" or node.text not in words):
            self.note(field, f"只能写: {', '.join(words)}{zh}", f"must be one of: {', '.join(words)}{en}")
        return node.text if node.text in words else words[0]

    def identifiers(self, field: str, words: Sequence[str] | None = None) -> tuple[str, ...]:
        """A list of different names, all in `words` if given; empty where the field is not written."""
        node = self._find(field, required=False)
        if self._is_fault(node):
            return ()
        items = self.listed(field)
        for item in items:
            if item.kind == "text" and words is not None and item.text not in words:
                there_are = ", ".join(words)
                zh, en = f"没有“{item.text}”, 可用的有: {there_are}", f"no {item.text!r}; there are: {there_are}"
                self._findings.append(Finding(line=item.line, field=self.path(field), zh=zh, en=en))
            else:
                self._check_identifier(item, field)
        if len({item.text for item in items}) < len(items):
            self.note(field, "同一个词写了两次", "the same word is written twice")
        return tuple(item.text for item in items)

    def listed(self, field: str) -> tuple[Node, ...]:
        """The items of a list that is written and not empty."""
        node = self._find(field)
        most = LIST_ITEMS_MAX
        if not self._is_fault(node) and (node.kind != "list" or not 1 <= len(node.items) <= most):
            self.note(field, f"请写成列表, 1 到 {most} 项", f"write a list of 1 to {most} items")
        return node.items

    def titles(self, field: str) -> tuple[tuple[str, Text], ...]:
        """Names, each with its words in both languages; empty where the field is not written."""
        inner = self.inner(field, None, required=False)
        if inner.node.kind == "mapping" and not inner.node.members:
            self.note(field, "不能为空, 不需要时请删去", "must not be empty: leave it out if not needed")
        for name, node in inner.node.members.items():
            inner._check_identifier(Node(node.line, "text", text=name), name)
        return tuple((name, inner.title(name)) for name in inner.node.members)

    def _check_identifier(self, node: Node, field: str) -> None:
        if not self._is_fault(node) and not (node.kind == "text" and _IDENTIFIER.fullmatch(node.text)):
            zh = "请写小写英文短名, 以字母开头, 只含 a-z、0-9 和 _, 最多 40 个字符 (不能是 yes, no, on, off)"
            en = "write a name of a-z, 0-9 and _, a letter first, at most 40 characters (not yes, no, on, off)"
            self._findings.append(Finding(line=node.line, field=self.path(field), zh=zh, en=en))

    def _find(self, field: str, *, required: bool = True) -> Node:
        members: Mapping[str, Node] = self.node.members
        if required and field not in members and self.node.kind == "mapping":
            self.note(field, "缺少这个字段, 请补上", "missing: add it")
        return members.get(field, _ABSENT)

    @staticmethod
    def _is_fault(node: Node) -> bool:
        """Whether there is nothing more to say about a node: it is not there, or a finding was noted already."""
        return node.kind in ("fault", "absent")
