"""Pages of a collection: keyset only, so that page a million costs what page one does, and nothing is shown twice or
skipped.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from flask import request

from api.exports import FormatQuery
from api.fields import CursorParameter, Limit
from api.problems import Fault, Problem
from api.rendering import Answer
from ledger.bank import Page

LIMIT = 50
BIGINT_MAX = 2**63 - 1

Item = TypeVar("Item")


class PageQuery(FormatQuery):
    """Which page of a collection; of a file, all from the cursor on."""

    limit: Limit = LIMIT
    cursor: CursorParameter | None = None


class Keyset:
    """The key a collection is ordered by, and its spelling in a cursor: opaque to clients, and no secret."""

    def __init__(self, *kinds: type[int] | type[str] | type[date] | type[UUID]) -> None:
        self._kinds = kinds

    def after(self, query: PageQuery) -> tuple[Any, ...] | None:
        """The key behind the query's cursor, None for the first page. Refuses 422 what is no cursor of this
        collection.
        """
        if query.cursor is None:
            return None
        try:
            text = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
            key = json.loads(text.decode())
            if not isinstance(key, list):
                raise TypeError
            return tuple(_read(kind, value) for kind, value in zip(self._kinds, key, strict=True))
        except (ValueError, TypeError, RecursionError):
            raise Problem("invalid_request", faults=[Fault("cursor", "not_a_cursor", "parameter")]) from None

    def answer(self, page: Page[Item], render: Callable[[Item], Mapping[str, Any]]) -> Answer:
        """The page as the contract has it, with a link to the next one."""
        cursor = None if page.after is None else _spelled(page.after)
        body = {"items": [render(item) for item in page.items], "next_cursor": cursor}
        if cursor is None:
            return Answer(body)
        query = urlencode({**request.args.to_dict(), "cursor": cursor})
        return Answer(body, headers={"Link": f'<{request.path}?{query}>; rel="next"'})


def _spelled(key: tuple[Any, ...]) -> str:
    text = json.dumps([part if isinstance(part, int) else str(part) for part in key], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


_ORDERED = re.compile("[^\x00\ud800-\udfff]*")


def _read(kind: Any, value: Any) -> Any:
    if kind is int:
        if type(value) is not int or abs(value) > BIGINT_MAX:
            raise ValueError
        return value
    if not isinstance(value, str) or not _ORDERED.fullmatch(value):
        raise ValueError
    if kind is date:
        return date.fromisoformat(value)
    return kind(value)
