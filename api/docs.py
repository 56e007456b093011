"""What people read: the OpenAPI document, a page made from it, and a page for each sort of problem. Nothing from
elsewhere, nothing inline.
"""

from __future__ import annotations

import html
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from flask import current_app, request
from typing_extensions import TypedDict

from api import openapi, parts
from api.problems import unknown
from api.rendering import Answer, encoded
from api.routes import App, Call, Route, Routes
from api.scopes import PUBLIC
from api.sorts import MEANINGS, SORTS

CLIENT = Path(__file__).parent / "clients" / "docs"
ASSETS = {"docs.js": "text/javascript; charset=utf-8", "docs.css": "text/css; charset=utf-8"}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HTML = "text/html; charset=utf-8"

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
    return Answer(b"", 303, {"Location": "/docs"}, media_type=HTML)


@routes.get("/docs", scope=PUBLIC, answer=str, media_type="text/html")
def page(_: Call) -> Answer:
    """The documentation, for people."""
    return _page((CLIENT / "index.html").read_bytes(), HTML)


@routes.get("/docs/<asset:name>", scope=PUBLIC, answer=str, media_type="text/plain")
def asset(_: Call, name: str) -> Answer:
    """A script or a style sheet of the documentation."""
    return _page((CLIENT / name).read_bytes(), ASSETS[name])


@routes.get("/pair", scope=PUBLIC, answer=str, media_type="text/html")
def pair(_: Call) -> Answer:
    """How to pair a device: where a device's screen sends people (the verification_uri of RFC 8628)."""
    return _page((CLIENT / "pair.html").read_bytes(), HTML)


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
    return _page(text.encode(), HTML)


def _page(content: bytes, media_type: str) -> Answer:
    headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache", "Vary": "Accept"}
    return Answer(content, headers=headers, media_type=media_type)


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
