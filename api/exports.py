"""Exports: whatever collection a screen shows can be taken away as a table that Excel and WPS open, all of it.

A collection answers `?format=csv` and `?format=xlsx`, or an Accept that asks for these. The same handler is asked page
by page, under the same rights and with the same notes, so that a file holds nothing that the JSON does not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from types import new_class
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from flask import request

from api import problems
from api.fields import Form
from api.flattening import Leaf, leaves_of
from api.rendering import Answer
from api.titles import title_of, word_of
from ledger.bank import Bank, Note
from ledger.tables import exporting
from ledger.tables.exporting import CSV, XLSX, Cell, Kind

if TYPE_CHECKING:
    from api.routes import Call, Route

Format = Literal["json", "csv", "xlsx"]
MEDIA_TYPES: Mapping[str, str] = {"csv": CSV, "xlsx": XLSX}
_OFFERED = {"application/json": "json", "text/csv": "csv", XLSX: "xlsx"}
ROWS_MAX = 20_000
"""How many rows one file holds; the Link of the answer leads to the next, and its last line says so."""
PAGE_ROWS = 200


class FormatQuery(Form):
    """As what a collection is answered; left out, the Accept header says it."""

    format: Format | None = None


@cache
def asking(query: type[Form] | None) -> type[Form]:
    """The form of a collection's query, with the format in it."""
    if query is None or issubclass(query, FormatQuery):
        return query or FormatQuery
    return new_class(query.__name__, (query, FormatQuery), exec_body=lambda body: body.update(__doc__=query.__doc__))


def wanted(query: Any) -> str | None:
    """The format of the file that is asked for; None for JSON."""
    asked = getattr(query, "format", None)
    if asked is None:
        best = request.accept_mimetypes.best_match(list(_OFFERED), default="application/json")
        asked = _OFFERED[best]
    return None if asked == "json" else str(asked)


def exported(route: Route, call: Call, ask: Callable[[Call, Any], Any], query: Any, kind: str) -> Answer:
    """The collection as a file. `ask` is the route's handler with the parts of its path."""
    leaves = leaves_of(route.collects)
    language = problems.language()
    pages = _Pages(call, ask, query)
    table = exporting.Table(
        name=route.tag,
        titles=[title_of(route.tag, leaf.path, language) for leaf in leaves],
        kinds=[_kind(leaf, query) for leaf in leaves],
        points_scale=call.bank.charter.points_scale,
    )
    made = table.writer(kind)
    for item in pages:
        made.add([_cell(leaf, item, call.bank, language, route.tag) for leaf in leaves])
    if pages.next_cursor is not None:
        made.remark(_CUT[language].format(rows=ROWS_MAX))
    if route.scope.value != "public":
        _note(call, route, {"rows": pages.count, "format": kind})
    headers = {
        "Content-Disposition": f'attachment; filename="{route.tag}-{call.bank.today().isoformat()}.{kind}"',
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
    }
    if pages.next_cursor is not None:
        left = urlencode({**request.args.to_dict(), "format": kind, "cursor": pages.next_cursor})
        headers["Link"] = f'<{request.path}?{left}>; rel="next"'
    return Answer(made.content(), headers=headers, media_type=MEDIA_TYPES[kind])


def _note(call: Call, route: Route, change: Mapping[str, Any]) -> None:
    """A line in the audit: whose rights reach one part of the tree only took it out of that part."""
    (path,) = call.within if len(call.within) == 1 else ("",)
    organisation = UUID(path.strip("/").rpartition("/")[2]) if path else None
    note = Note(action="export", kind=route.tag, subject=route.name, organisation=organisation, change=change)
    call.bank.noted(call.by, note)


_CUT = {
    "zh": "注：一个文件只含 {rows} 行，其余请缩小范围后另行导出",
    "en": "注: a file holds {rows} rows only; narrow the search for the rest",
}
"""It begins as remarks below a table do, so that an import does not read it."""


class _Pages:
    """The items of a collection, page after page, up to ROWS_MAX."""

    def __init__(self, call: Call, ask: Callable[[Call, Any], Any], query: Any) -> None:
        self._call, self._ask, self._query = call, ask, query
        self.count = 0
        self.next_cursor: str | None = None

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        query = self._query
        is_paged = hasattr(query, "cursor")
        if is_paged:
            query = query.model_copy(update={"limit": PAGE_ROWS})
        call = self._call
        while True:
            answer = self._ask(call, query)
            body: Any = answer.body if isinstance(answer, Answer) else answer
            for item in body["items"]:
                self.count += 1
                yield item
            self.next_cursor = body.get("next_cursor")
            if self.next_cursor is None or not is_paged or self.count >= ROWS_MAX:
                return
            query = query.model_copy(update={"cursor": self.next_cursor})
            call = self._call.following()


def _kind(leaf: Leaf, query: Any) -> Kind:
    if leaf.kind == "amount":  # of a statement, which is of points or of minutes
        return "number" if getattr(query, "unit", "points") == "minutes" else "points"
    return leaf.kind


def _cell(leaf: Leaf, item: Mapping[str, Any], bank: Bank, language: str, tag: str) -> Cell:
    value: Any = item
    for step in leaf.path:
        value = value.get(step) if isinstance(value, Mapping) else None
    if value is None:
        return None
    if isinstance(value, bool):
        return word_of(leaf.path[-1], value, language, tag)
    if leaf.kind == "instant":
        at = datetime.fromisoformat(value).astimezone(bank.zone)
        return at.replace(tzinfo=None, microsecond=0)
    if leaf.kind == "day":
        return datetime.fromisoformat(value).date()
    if isinstance(value, int):
        return value
    return word_of(leaf.path[-1], value, language, tag) if isinstance(value, str) else _said(value, language)


def _said(value: Any, language: str) -> str:
    """What has parts of its own, in one line: of a text in both languages the one that is read."""
    if isinstance(value, Mapping):
        if language in value:
            return str(value[language])
        if f"title_{language}" in value:
            return str(value[f"title_{language}"])
        return " ".join(f"{key}={_said(part, language)}" for key, part in value.items() if part not in (None, [], {}))
    if isinstance(value, list):
        return "; ".join(_said(part, language) for part in value)
    return str(value)
