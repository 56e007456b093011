"""The kinds of path parameter: what cannot be one is 404, before anything is looked up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.routing import BaseConverter

from api.fields import UUID7


class IdPart(BaseConverter):
    """A UUIDv7."""

    regex = UUID7.strip("^$")

    def to_python(self, value: str) -> UUID:
        return UUID(value)


class NumberPart(BaseConverter):
    """Digits with a check digit, as people type them."""

    regex = "[0-9]{1,20}"


class SeqPart(BaseConverter):
    """A positive integer that JSON can carry."""

    regex = "[1-9][0-9]{0,14}"

    def to_python(self, value: str) -> int:
        return int(value)


class CodePart(BaseConverter):
    """A code of ours."""

    regex = "[a-z][a-z0-9_]{0,63}"


class DigestPart(BaseConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


class AssetPart(BaseConverter):
    """A file of the documentation."""

    regex = "docs\\.js|docs\\.css"


KINDS: dict[str, type[BaseConverter]] = {
    "id": IdPart,
    "number": NumberPart,
    "seq": SeqPart,
    "code": CodePart,
    "digest": DigestPart,
    "asset": AssetPart,
}

SCHEMAS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "format": "uuid", "pattern": UUID7},
    "number": {"type": "string", "pattern": "^[0-9]{1,20}$"},
    "seq": {"type": "integer", "minimum": 1, "maximum": 10**15 - 1},
    "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"},
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
