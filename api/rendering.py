"""Rendering: answers as bytes, instants and days as the contract writes them, and strong entity tags."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, request

from api.problems import Problem

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers. `body` is the JSON object, or bytes of another media type."""

    body: Mapping[str, Any] | bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media_type: str = "application/json"


def response(answer: Answer) -> Response:
    content = answer.body if isinstance(answer.body, bytes) else encoded(answer.body)
    made = Response(content, status=answer.status, content_type=answer.media_type)
    for name, value in answer.headers.items():
        made.headers[name] = value
    return made


def encoded(body: Mapping[str, Any]) -> bytes:
    return _encode(body).encode()


def instant(microseconds: int) -> str:
    """RFC 3339 in UTC, to the microsecond."""
    return (_EPOCH + timedelta(microseconds=microseconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def etag(body: Mapping[str, Any]) -> str:
    """A strong entity tag: the same for the same representation, another for any other."""
    return f'"{hashlib.sha256(encoded(body)).hexdigest()[:32]}"'


def tagged(body: Mapping[str, Any]) -> Answer:
    """A changeable resource: with its tag, or 304 where the client has it already."""
    tag = etag(body)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.method == "GET" and request.if_none_match.contains(tag.strip('"')):
        return Answer(b"", 304, headers)
    return Answer(body, headers=headers)


def refuse_stale(current: Mapping[str, Any]) -> None:
    """428 without If-Match, 412 where it names another state than the current one."""
    if not request.headers.get("If-Match"):
        raise Problem("precondition_required")
    if not request.if_match.contains(etag(current).strip('"')):
        raise Problem("precondition_failed")
