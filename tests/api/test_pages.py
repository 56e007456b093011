"""The clients are served as they lie in their directory: nothing else, nothing foreign, nothing inline."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

import pytest

from api import pages
from tests.api.conftest import Client

FOREIGN = re.compile(r"(?:[a-z]+:)?//[a-z0-9-]+\.", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/2000/svg"
"""A name, not an address: nothing is ever loaded from it."""
INLINE = re.compile(r"<script(?![^>]*\ssrc=)|<style|\son\w+\s*=|\sstyle\s*=|javascript:", re.IGNORECASE)
MARKUP_FROM_TEXT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|"
    r"createContextualFragment"
)
NOT_ON_PLAIN_HTTP = re.compile(r"crypto\.randomUUID|serviceWorker|navigator\.locks|navigator\.clipboard")
REFERENCE = re.compile(r"""(?:\bfrom|\bimport\(?|href=|src=)\s*["']([^"']+)["']""")
BY_PATH = pytest.mark.parametrize("path", sorted(pages.FILES))


def text_of(path: str) -> str:
    return pages.FILES[path].content.decode()


def test_every_client_with_a_page_is_served_and_every_file_of_them(nobody: Client) -> None:
    assert {"board", "docs", "entrance", "kiosk", "notice", "verify"} <= set(pages.NAMES)
    for name in pages.NAMES:
        assert nobody.get(f"/{name}").data == pages.FILES[f"{name}/index.html"].content
    for path, file in pages.FILES.items():
        told = nobody.get(f"/{path}")
        assert (told.status, told.data) == (200, file.content)
        assert told.headers["Content-Type"] == file.media_type
        assert told.headers["Cache-Control"] == "no-cache"
        assert told.headers["Content-Security-Policy"] == pages.PAGE_POLICY
        assert "unsafe" not in pages.PAGE_POLICY


def test_what_a_browser_has_is_not_sent_again_and_what_it_lacks_is_packed(nobody: Client) -> None:
    plain = nobody.get("/docs/docs.js")
    packed = nobody.get("/docs/docs.js", Accept_Encoding="gzip, br")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data)
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for told, encoding in ((plain, "identity"), (packed, "gzip")):
        again = nobody.get("/docs/docs.js", If_None_Match=told.headers["ETag"], Accept_Encoding=encoding)
        assert (again.status, again.data) == (304, b"")
        assert told.headers["Vary"] == "Accept-Encoding"
    assert nobody.get("/docs/docs.js", If_None_Match='"another"').status == 200
    assert "Content-Encoding" not in nobody.get("/docs/docs.js", Accept_Encoding="gzip;q=0").headers


@pytest.mark.parametrize(
    "path",
    [
        "/docs/../pages.py",
        "/docs/..%2f..%2froutes.py",
        "/docs/%2e%2e/docs.js",
        "/docs//docs.js",
        "/docs/",
        "/kit",
        "/kit/README.md",
        "/README.md",
        "/docs/docs.js%00",
        "/docs/docs.js%0a",
        "/clients/docs/docs.js",
        "/docs/nothing.js",
    ],
)
def test_what_is_not_in_the_list_is_not_there(nobody: Client, path: str) -> None:
    assert nobody.get(path).status == 404


def test_only_the_clients_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    for name in ("index.html", "one.js", "notes.md", "secret.pem"):
        (tmp_path / "one" / name).write_text("示例", encoding="utf-8")
    (tmp_path / "loose.js").write_text("", encoding="utf-8")
    assert set(pages.read(tmp_path)) == {"one/index.html", "one/one.js"}


@BY_PATH
def test_nothing_is_foreign_nothing_inline_and_no_text_becomes_markup(path: str) -> None:
    text = text_of(path).replace(NAMESPACE, "")
    assert not FOREIGN.search(text)
    assert not re.search(r"@import|@font-face|url\(", text)
    if path.endswith(".html"):
        assert not INLINE.search(text)
        assert '<html lang="zh-CN">' in text
    if path.endswith(".js"):
        assert not MARKUP_FROM_TEXT.search(text)
        assert not NOT_ON_PLAIN_HTTP.search(text)


@BY_PATH
def test_whatever_a_page_or_a_module_asks_for_is_served(path: str) -> None:
    for wanted in REFERENCE.findall(text_of(path)):
        if not wanted.endswith((".js", ".css", ".svg", ".html")):
            continue
        meant = posixpath.normpath(posixpath.join(f"/{posixpath.dirname(path)}", wanted))
        assert meant.removeprefix("/") in pages.FILES, f"{path} asks for {wanted}"


def test_the_bare_address_is_the_front_page(nobody: Client) -> None:
    told = nobody.get("/")
    assert (told.status, told.data) == (200, pages.FILES["entrance/index.html"].content)
    assert told.headers["Content-Security-Policy"] == pages.PAGE_POLICY
