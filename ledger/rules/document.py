"""A YAML text as a tree of nodes that remember their lines: the only file that knows YAML.

A rulebook is published and read aloud, so only the plain part of YAML is taken: no anchors, aliases, tags, merges or
second documents. That also leaves nothing that could grow in memory or build an object.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from ledger.rules.findings import Finding, RulebookInvalid

CHARACTERS_MAX = 256 * 1024
DEPTH_MAX = 12
_KINDS = {"str": "text", "int": "int", "float": "float", "bool": "bool", "null": "null", "timestamp": "date"}


@dataclass(frozen=True, slots=True)
class Node:
    """One value. `kind`: text, int, float, bool, null, date, mapping, list; `fault` where a finding is noted."""

    line: int
    kind: str
    text: str = ""
    members: dict[str, "Node"] = field(default_factory=dict)
    items: tuple["Node", ...] = ()


def outline(document: str, findings: list[Finding]) -> Node:
    """The root node. Notes what is not plain YAML in `findings`; raises RulebookInvalid where reading cannot go on."""
    if len(document) > CHARACTERS_MAX:
        zh, en = f"规则文件太长, 最多 {CHARACTERS_MAX} 个字符", f"too long: at most {CHARACTERS_MAX} characters"
        raise RulebookInvalid([Finding(line=1, field="", zh=zh, en=en)])
    try:
        events = list(_shallow_events(document))
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        # PyYAML lets ValueError and OverflowError out for impossible escapes and version numbers.
        reason = getattr(problem, "problem", None) or getattr(problem, "reason", None) or "unreadable text"
        zh = f"这一行不是正确的 YAML, 请检查缩进、冒号后的空格和引号 ({reason})"
        en = f"not YAML; check the indent, the space after colons and the quotes ({reason})"
        raise RulebookInvalid([Finding(line=_line_of(problem, document), field="", zh=zh, en=en)]) from problem
    return _Outline(events, findings).root()


def _line_of(problem: Exception, document: str) -> int:
    mark = getattr(problem, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    return document.count("\n", 0, int(getattr(problem, "position", 0))) + 1


def _shallow_events(document: str) -> Iterator[yaml.Event]:
    """The parser's events, stopped at the depth limit: PyYAML's time grows with the square of the depth."""
    depth = 0
    for event in yaml.parse(document, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH_MAX:
            zh, en = f"嵌套太深, 最多 {DEPTH_MAX} 层", f"nested too deeply: at most {DEPTH_MAX} levels"
            raise RulebookInvalid([Finding(line=_line(event), field="", zh=zh, en=en)])
        yield event


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _Outline:
    """One pass over the parser's events."""

    def __init__(self, events: Sequence[yaml.Event], findings: list[Finding]) -> None:
        self._events = iter(events)
        self._resolver = yaml.resolver.Resolver()
        self._findings = findings

    def root(self) -> Node:
        _stream, start = next(self._events), next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return Node(line=1, kind="null")
        node = self._node(next(self._events), path="")
        _end, after = next(self._events), next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            zh, en = "一个文件只能写一部规则, 请删去 --- 之后的内容", "one rulebook per file: remove what follows ---"
            self._note(_line(after), "", zh, en)
        return node

    def _note(self, line: int, path: str, zh: str, en: str) -> None:
        self._findings.append(Finding(line=line, field=path, zh=zh, en=en))

    def _node(self, event: yaml.Event, *, path: str, line: int = 0) -> Node:
        line = line or _line(event)
        if getattr(event, "anchor", None) is not None:  # an alias carries the anchor's name too
            self._note(line, path, "不能使用 & 和 * 引用, 请把内容写全", "no anchors (&) or aliases (*): write it out")
        if getattr(event, "tag", None) is not None:
            self._note(line, path, "不能使用 ! 类型标记, 请删去", "no tags (!): remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return Node(line, "mapping", members=self._members(path))
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(line, "list", items=self._items(path))
        if isinstance(event, yaml.ScalarEvent) and event.tag is None and event.anchor is None:
            return Node(line, self._kind(event), text=event.value)
        return Node(line, "fault")

    def _kind(self, event: yaml.ScalarEvent) -> str:
        tag = self._resolver.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        return _KINDS.get(str(tag).rpartition(":")[2], "text")

    def _members(self, path: str) -> dict[str, Node]:
        members: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, path=path)
            name = key.text if key.kind != "fault" else "?"
            inner = f"{path}.{name}" if path else name
            node = self._node(next(self._events), path=inner, line=key.line)
            if key.kind in ("mapping", "list"):
                self._note(key.line, path, "字段名必须是一个词", "a field's name must be one word")
            elif name in members:
                self._note(key.line, inner, "字段写了两次, 请删去一个", "written twice: remove one")
            elif key.kind != "fault":
                members[name] = node
        return members

    def _items(self, path: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, path=f"{path}[{len(items)}]"))
        return tuple(items)
