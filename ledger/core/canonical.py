"""Canonical bytes: RFC 8785 (JCS) narrowed to ASCII keys, strings, integers, lists and objects, so that every
language agrees.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

ENTRY_BYTES_MAX = 2**16 - 1
"""What the length before an entry in a tlog-tiles bundle can say."""
INTEGER_MAX = 2**53 - 1
"""JCS numbers are IEEE doubles; beyond this an integer would not survive another reader."""

_encode = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
).encode


def canonical(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a JSON object. Trusts its caller to hold only what `refuse_uncanonical` lets through."""
    return canonical_text(value).encode("utf-8")


def canonical_text(value: Mapping[str, Any]) -> str:
    """The same, before it becomes bytes."""
    return _encode(value)


def refuse_uncanonical(value: object) -> None:
    """ValueError for whatever RFC 8785 readers could disagree on: floats, null, booleans, non-ASCII keys, integers
    past 2^53.
    """
    if isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate has no UTF-8 spelling
    elif isinstance(value, bool) or value is None or isinstance(value, float):
        raise ValueError(f"{value!r} has no place in canonical bytes")
    elif isinstance(value, int):
        if abs(value) > INTEGER_MAX:
            raise ValueError(f"{value} does not survive an IEEE double")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"{key!r} is not an ASCII key")
            refuse_uncanonical(member)
    elif isinstance(value, list | tuple):
        for member in value:
            refuse_uncanonical(member)
    else:
        raise ValueError(f"{type(value).__name__} has no place in canonical bytes")


def commitment(salt: bytes, opening: bytes) -> bytes:
    """HMAC-SHA-256 of a private opening under its own fresh 32-byte salt: binding for us, silent to everybody else."""
    return hmac.digest(salt, opening, "sha256")


def digest(request: bytes) -> bytes:
    """SHA-256 of a request: tells the same request again from another one under the same key."""
    return hashlib.sha256(request).digest()
