"""What people read: the front page, the OpenAPI document, and a page for each sort of problem."""

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
    """The front page: what this is, and a door for each who comes."""
    return pages.served("entrance/index.html")


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
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/kit/tokens.css">
<link rel="stylesheet" href="/kit/kit.css">
<link rel="stylesheet" href="/kit/page.css">
<main class="page">
<div>
<h1>{zh}</h1>
<p lang="en" class="lead">{en}</p>
<p><code>{code}</code> · HTTP {status}</p>
<p lang="en" class="read">{meaning}</p>
<p><a class="button" href="/docs">接口文档 <span lang="en">API</span></a></p>
</div>
</main>
</html>
"""
