"""What people read: the OpenAPI document, how to pair a device, and a page for each sort of problem."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any, cast

from flask import current_app, request
from typing_extensions import TypedDict

from api import openapi, pages, parts
from api.problems import unknown
from api.rendering import Answer, encoded
from api.routes import App, Call, Route, Routes
from api.scopes import PUBLIC
from api.sorts import MEANINGS, SORTS

routes = Routes("docs", prefix="")


class SortAnswer(TypedDict):
    """One sort of problem."""

    type: str
    code: str
    status: int
    title: dict[str, str]
    meaning: str


@lru_cache(maxsize=2)
def _document(declared: tuple[Route, ...]) -> bytes:
    return encoded(openapi.document([route for route in declared if route.tag != "docs"], parts.SCHEMAS))


@routes.get("/openapi.json", scope=PUBLIC, answer=dict[str, Any])
def contract(_: Call) -> Answer:
    """The OpenAPI 3.1 document."""
    return Answer(_document(tuple(cast(App, current_app).declared)), headers={"Cache-Control": "no-cache"})


@routes.get("/", scope=PUBLIC, answer=str, media_type="text/html")
def entrance(_: Call) -> Answer:
    """The way from the bare address to something to read."""
    return Answer(b"", 303, {"Location": "/docs"}, media_type=pages.HTML)


@routes.get("/pair", scope=PUBLIC, answer=str, media_type="text/html")
def pair(_: Call) -> Answer:
    """How to pair a device: where a device's screen sends people (the verification_uri of RFC 8628)."""
    return pages.served("docs/pair.html")


@routes.get("/problems/<code:code>", scope=PUBLIC, answer=SortAnswer)
def problem(_: Call, code: str) -> Answer:
    """What a problem means: a page for people, JSON for those who ask for it."""
    if code not in SORTS:
        unknown()
    sort = SORTS[code]
    meaning = " ".join(MEANINGS.get(code, "").split())
    if request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html") == "application/json":
        told = {
            "type": f"/problems/{code}",
            "code": code,
            "status": sort.status,
            "title": {"zh": sort.zh, "en": sort.en},
            "meaning": meaning,
        }
        return Answer(told, headers={"Vary": "Accept"})
    text = _PROBLEM.format(code=code, status=sort.status, zh=sort.zh, en=sort.en, meaning=html.escape(meaning))
    return Answer(text.encode(), headers=pages.page_headers() | {"Vary": "Accept"}, media_type=pages.HTML)


_PROBLEM = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{code}</title>
<link rel="stylesheet" href="/docs/docs.css">
<main>
<h1>{zh}</h1>
<p lang="en">{en}</p>
<p><code>{code}</code> · HTTP {status}</p>
<p lang="en">{meaning}</p>
</main>
</html>
"""
