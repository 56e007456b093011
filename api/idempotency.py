"""Idempotency keys (draft-ietf-httpapi-idempotency-key-header-07): a request that posts can be sent again without
posting twice.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from flask import request

from api.problems import Problem, refused
from api.rendering import Answer
from ledger.bank import By, Outcome, Request

HEADER = "Idempotency-Key"
PATTERN = '^("[A-Za-z0-9_-]{16,128}"|[A-Za-z0-9_-]{16,128})$'
_KEY = re.compile(PATTERN.strip("^$"))


def keyed(by: By, body: Any) -> Request:
    """This request under its key. Refuses 400 without a proper one. The key is the client's own: of whoever acts."""
    given = request.headers.getlist(HEADER)
    if not given:
        raise Problem("idempotency_key_missing", detail=_HOW)
    if len(given) != 1 or not _KEY.fullmatch(given[0]):
        raise Problem("idempotency_key_malformed", detail=_HOW)
    return Request(str(by.actor), given[0].strip('"'), digest(request.method, request.path, body))


def is_keyed() -> bool:
    """Whether this request came with a key, proper or not."""
    return HEADER in request.headers


def item(whole: Request, at: int) -> Request:
    """One item of a batch: under a key that no client can send, with the digest of the whole batch."""
    return Request(whole.client, f"{whole.key}#{at:04}", whole.digest)


def digest(method: str, path: str, body: Any) -> bytes:
    """What tells the same request again from another one: the order of members and the white space between them
    do not. It is kept for ever, so a PIN is not in it: six digits could be tried out against it.
    """
    if isinstance(body, dict) and "pin" in body:
        body = body | {"pin": ""}
    spelled = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{method}\n{path}\n{spelled}".encode()).digest()


def answered(outcome: Outcome) -> Answer:
    """What became of a posting: its answer as it was given the first time, or the refusal as a problem."""
    if outcome.refusal is not None:
        refused(outcome.refusal, replayed=outcome.replayed)
    return Answer(outcome.answer, 201, {"Idempotent-Replayed": "true"} if outcome.replayed else {})


_HOW = ("请带上 Idempotency-Key:16 至 128 个 A-Z a-z 0-9 _ -", "Send Idempotency-Key: 16 to 128 of A-Z a-z 0-9 _ -")
