"""Where a field stands in the text somebody wrote: findings about a whole book are shown at the line to be mended."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ledger.rules.document import Node, outline
from ledger.rules.findings import Finding

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


def placed(findings: Iterable[Finding], document: str, written: str | None = None) -> list[Finding]:
    """The findings about `document` at the lines of `written`, the text that it was made of (itself where nothing else
    is said).

    What a book has from its parent stands in no line of its own: it is shown where the book says that it builds on
    it.
    """
    whole = outline(document, [])
    text = whole if written is None else outline(written, [])
    return [replace(finding, line=_line_of(finding.field, whole, text)) for finding in findings]


def _line_of(field: str, whole: Node, text: Node) -> int:
    """The line of a field, or of the nearest field around it. Entries of a list are known by their id, where they have
    one: in the text they may stand in another place.
    """
    at, line = text, max(text.line, 1)
    for number, name in _STEP.findall(field):
        inner = _entry(whole, text=at, index=int(number)) if number else at.members.get(name)
        known = _at(whole.items, int(number)) if number else whole.members.get(name)
        if inner is None:
            if at is text and "inherits" in text.members:
                return max(text.members["inherits"].line, 1)
            break
        at, line = inner, max(inner.line, 1)
        whole = known if known is not None else inner
    return line


def _entry(whole: Node, *, text: Node, index: int) -> Node | None:
    known = _at(whole.items, index)
    id = known.members["id"].text if known is not None and "id" in known.members else None
    if id is None:
        return _at(text.items, index)
    return next((item for item in text.items if "id" in item.members and item.members["id"].text == id), None)


def _at(items: tuple[Node, ...], index: int) -> Node | None:
    return items[index] if index < len(items) else None
