"""Correlation: one id for each request, in its answer, its problem and its log line. Log lines hold no personal data:
the route, not the path.
"""

from __future__ import annotations

import logging
import re
import sys
import time
import traceback

import structlog
import uuid_utils.compat
from flask import Flask, Response, g, request

from api import metrics

UNMATCHED = "(none)"
_TRACEPARENT = re.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")

log = structlog.get_logger("api")


def install(app: Flask) -> None:
    """Begin and end every request with its id, its log line, its measure and the headers that all answers carry."""
    app.before_request(_begin)
    app.after_request(_end)


def configure_logs() -> None:
    """One JSON object a line on standard error. Called by whoever owns the process, never by the app."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def broke(error: BaseException) -> None:
    """Log a failure of our own: its type and where, never its message, which may quote somebody's data."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "broken",
        error=type(error).__name__,
        request_id=g.request_id,
        frames=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    )


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = str(uuid_utils.compat.uuid7())


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.began
    route = request.url_rule.rule if request.url_rule is not None else UNMATCHED
    headers = response.headers
    headers["X-Request-Id"] = g.request_id
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    headers.setdefault("Cache-Control", "no-store")
    metrics.count(request.method, route, response.status_code, seconds)
    traced = _TRACEPARENT.fullmatch(request.headers.get("traceparent", ""))
    log.info(
        "request",
        method=request.method if request.method in metrics.METHODS else "other",
        route=route,
        status=response.status_code,
        ms=round(seconds * 1_000, 2),
        request_id=g.request_id,
        **({"trace_id": traced[1]} if traced else {}),
    )
    return response
