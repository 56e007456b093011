"""The kinds of path parameter: what cannot be one is 404, before anything is looked up."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from werkzeug.routing import BaseConverter, ValidationError

from api.fields import UUID7
from api.pages import FILES, NAMES
from ledger.core.tiles import TILE_WIDTH, path_of


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


class LevelPart(BaseConverter):
    """The level of a tile."""

    regex = "[0-9]|[1-5][0-9]|6[0-3]"

    def to_python(self, value: str) -> int:
        return int(value)


class TilePart(BaseConverter):
    """The index of a tile and, of a partial one, its width (C2SP tlog-tiles)."""

    regex = "(?:x[0-9]{3}/){0,4}[0-9]{3}(?:\\.p/[1-9][0-9]{0,2})?"

    def to_python(self, value: str) -> tuple[int, int]:
        """(index, width)."""
        index, _, width = value.partition(".p/")
        n = int(index.replace("x", "").replace("/", ""))
        if path_of(n) != index or int(width or 1) >= TILE_WIDTH:
            raise ValidationError
        return n, int(width or TILE_WIDTH)


class TokenPart(BaseConverter):
    """An unguessable word of ours."""

    regex = "[a-z2-7]{20,64}"


class ClientPart(BaseConverter):
    """A client that has a page."""

    regex = "|".join(NAMES)


class FilePart(BaseConverter):
    """A file of a client."""

    regex = "|".join(map(re.escape, FILES))
    part_isolating = False


KINDS: dict[str, type[BaseConverter]] = {
    "id": IdPart,
    "number": NumberPart,
    "seq": SeqPart,
    "code": CodePart,
    "digest": DigestPart,
    "level": LevelPart,
    "tile": TilePart,
    "token": TokenPart,
    "client": ClientPart,
    "file": FilePart,
}

SCHEMAS: dict[str, dict[str, Any]] = {
    "id": {"type": "string", "format": "uuid", "pattern": UUID7},
    "number": {"type": "string", "pattern": "^[0-9]{1,20}$"},
    "seq": {"type": "integer", "minimum": 1, "maximum": 10**15 - 1},
    "code": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"},
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "level": {"type": "integer", "minimum": 0, "maximum": 63},
    "tile": {"type": "string", "pattern": "^(x[0-9]{3}/){0,4}[0-9]{3}(\\.p/[1-9][0-9]{0,2})?$"},
    "token": {"type": "string", "pattern": "^[a-z2-7]{20,64}$"},
}
