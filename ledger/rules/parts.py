"""Lists and named parts of a rulebook: a part is a frozen dataclass whose fields were declared with `said`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Any

from ledger.rules.document import Node
from ledger.rules.forms import FAULT, Kind, Name, Reading, Words, said

ITEMS_MAX = 200

Note = Callable[[str, str, str], None]
"""note(field, zh, en): what is wrong with a field of the part that is being checked; "" is the part itself."""


@dataclass(frozen=True, slots=True)
class Many(Kind):
    """A list, in the order that counts."""

    item: Kind
    least: int = 1
    unique: bool = False

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind != "list" or not self.least <= len(node.items) <= ITEMS_MAX:
            zh, en = f"请写成列表, {self.least} 到 {ITEMS_MAX} 项", f"write a list of {self.least} to {ITEMS_MAX} items"
            reading.note(path, zh, en)
            return FAULT
        items = tuple(self.item.read(item, f"{path}[{index}]", reading) for index, item in enumerate(node.items))
        if FAULT in items:
            return FAULT
        if self.unique and len(set(items)) < len(items):
            reading.note(path, "同一个词写了两次", "the same word is written twice")
            return FAULT
        return items

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        listed: dict[str, Any] = {"type": "array", "items": self.item.schema(definitions), "maxItems": ITEMS_MAX}
        if self.least:
            listed["minItems"] = self.least
        if self.unique:
            listed["uniqueItems"] = True
        return listed


@dataclass(frozen=True, slots=True)
class Named(Kind):
    """Values under names of one's own choice."""

    item: Kind

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        if node.kind != "mapping" or not 1 <= len(node.members) <= ITEMS_MAX:
            reading.note(path, "请写成“名称: 值”的形式, 至少一项", "write names and values, at least one")
            return FAULT
        named = []
        for name, inner in node.members.items():
            known = Name().read(Node(inner.line, "text", text=name), f"{path}.{name}", reading)
            named.append((known, self.item.read(inner, f"{path}.{name}", reading)))
        return FAULT if any(FAULT in pair for pair in named) else tuple(named)

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "propertyNames": Name().schema(definitions),
            "additionalProperties": self.item.schema(definitions),
            "minProperties": 1,
            "maxProperties": ITEMS_MAX,
        }


class Part(Kind):
    """The fields of one dataclass: these and no others. Its `check(note)`, if it has one, then looks at the whole."""

    def __init__(self, made: type[Any]) -> None:
        self.made = made
        self.fields = {f.name: f for f in fields(made) if "kind" in f.metadata}

    def take(self, node: Node, path: str, reading: Reading) -> Any:
        there_are = ", ".join(self.fields)
        if node.kind != "mapping":
            zh, en = f"这里要写成“字段: 值”的形式: {there_are}", f"must be written as fields and values: {there_are}"
            reading.note(path, zh, en)
            return FAULT
        values: dict[str, Any] = {}
        for name, inner in node.members.items():
            at = f"{path}.{name}" if path else name
            if name in self.fields:
                values[name] = self.fields[name].metadata["kind"].read(inner, at, reading)
            else:
                reading.stands(at, inner)
                zh, en = f"没有这个字段, 可用的有: {there_are}", f"unknown; there are: {there_are}"
                if inner.kind == "null":
                    zh, en = f"{zh}; 文字里有逗号时请加引号", f"{en}; words with a comma in them need quotes"
                reading.note(at, zh, en)
                values[name] = FAULT
        for name, declared in self.fields.items():
            if name not in node.members and declared.default is MISSING:
                at = f"{path}.{name}" if path else name
                reading.note(at, "缺少这个字段, 请补上", "missing: add it")
                values[name] = FAULT
        return FAULT if FAULT in values.values() else self._whole(values, path, reading)

    def _whole(self, values: dict[str, Any], path: str, reading: Reading) -> Any:
        whole = self.made(**values)
        if not hasattr(whole, "check"):
            return whole
        before = len(reading.findings)

        def note(field: str, zh: str, en: str) -> None:
            reading.note(".".join(part for part in (path, field) if part), zh, en)

        whole.check(note)
        return whole if len(reading.findings) == before else FAULT

    def schema(self, definitions: dict[str, Any]) -> dict[str, Any]:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", self.made.__name__).lower()
        if name not in definitions:
            definitions[name] = {}
            definitions[name] |= self.outline(definitions)
        return {"$ref": f"#/$defs/{name}"}

    def outline(self, definitions: dict[str, Any]) -> dict[str, Any]:
        """The part itself in JSON Schema, not a reference to it."""
        required = [name for name, declared in self.fields.items() if declared.default is MISSING]
        outline: dict[str, Any] = {"type": "object"}
        if self.made.__doc__:
            outline["description"] = " ".join(self.made.__doc__.split())
        outline["properties"] = {
            name: declared.metadata["kind"].schema(definitions)
            | {"title": declared.metadata["zh"], "description": declared.metadata["en"]}
            for name, declared in self.fields.items()
        }
        if required:
            outline["required"] = required
        return outline | {"additionalProperties": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in Chinese and English."""

    zh: str = said(Words(), "中文", "in Chinese")
    en: str = said(Words(), "英文", "in English")

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en
