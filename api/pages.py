"""Pages: the clients as the browser gets them. What lies in `api/clients/<client>/` is served at `/<client>/…`, and its
`index.html` at `/<client>`: no build step, nothing inline, nothing from elsewhere.

The files are read once, when the server starts. The list of them is the only way to one, so that no path leads out.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import request

from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import PUBLIC

CLIENTS = Path(__file__).parent / "clients"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing inline, nothing foreign; and no text can become markup, even by mistake."""
HTML = "text/html; charset=utf-8"
KINDS = {
    ".html": HTML,
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

routes = Routes("docs", prefix="")


@dataclass(frozen=True, slots=True)
class File:
    """One file of a client, as it is and packed."""

    content: bytes
    packed: bytes
    tag: str
    media_type: str

    @classmethod
    def read(cls, path: Path) -> File:
        content = path.read_bytes()
        packed = gzip.compress(content, 9, mtime=0)
        return cls(content, packed, hashlib.sha256(content).hexdigest()[:32], KINDS[path.suffix])


def read(directory: Path) -> dict[str, File]:
    """Every file of the clients, by its path without the leading slash."""
    found = sorted(path for path in directory.glob("*/*") if path.suffix in KINDS)
    return {path.relative_to(directory).as_posix(): File.read(path) for path in found}


FILES: Mapping[str, File] = read(CLIENTS)
NAMES = sorted(path.partition("/")[0] for path in FILES if path.endswith("/index.html"))
"""The clients that have a page of their own."""


@routes.get("/<client:name>", scope=PUBLIC, answer=str, media_type="text/html")
def client(_: Call, name: str) -> Answer:
    """The page of a client: what to open in the browser."""
    return served(f"{name}/index.html")


@routes.get("/<file:path>", scope=PUBLIC, answer=str, media_type="text/plain")
def file(_: Call, path: str) -> Answer:
    """A module or a style sheet of a client."""
    return served(path)


def served(path: str) -> Answer:
    """The file at this path, packed where the browser takes it so; nothing but its headers where it has it already."""
    found = FILES[path]
    packs = request.accept_encodings["gzip"] > 0
    tag = f'"{found.tag}-gzip"' if packs else f'"{found.tag}"'
    headers = page_headers() | {"ETag": tag, "Vary": "Accept-Encoding"}
    if request.if_none_match.contains(tag.strip('"')):
        return Answer(b"", 304, headers, media_type=found.media_type)
    if packs:
        return Answer(found.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=found.media_type)
    return Answer(found.content, headers=headers, media_type=found.media_type)


def page_headers() -> dict[str, str]:
    """What every page says: what it may load, and that a browser asks each time whether it has changed."""
    return {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
