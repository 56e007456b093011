"""The page that verifies: in a real browser, with the browser's cryptography and without it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from api import verify as pages
from ledger.core import merkle
from ledger.core.canonical import canonical_text
from tests.log.conftest import Exhibit
from tests.log.files import entries_of

CLIENT = pages.CLIENT

PROBE = """<!doctype html><meta charset="utf-8"><pre id="told">waiting</pre>
<script>%s</script>
<script type="module">
import * as crypto_ from "/verify/crypto.js";
import * as log from "/verify/log.js";
const given = await (await fetch("/given.json")).json();
const told = {};
const attempt = async (name, question) => {
  try { told[name] = await question(); } catch (error) { told[name] = `${error.constructor.name}: ${error.message}`; }
};
const fetched = (from) => async (path) => {
  const answer = await fetch(`/${from}/${path}`);
  if (!answer.ok) throw new log.Invalid(path);
  return new Uint8Array(await answer.arrayBuffer());
};
told.subtle = !!globalThis.crypto?.subtle;
const keys = [await log.keyOf(given.key)];
for (const [name, words] of Object.entries(given.receipts)) {
  await attempt(name, async () => (await log.receiptOf(words, keys)).index);
}
await attempt("log", async () => (await log.wholeLog(fetched("log"), keys, () => {})).head.size);
await attempt("spoiled", async () => (await log.wholeLog(fetched("spoiled"), keys, () => {})).head.size);
for (const [name, words] of Object.entries(given.hashed)) {
  const bytes = crypto_.bytesOf(words);
  told[name] = [
    crypto_.hex(crypto_.plainSha256(bytes)), crypto_.hex(await crypto_.sha256(bytes)),
    crypto_.hex(crypto_.plainSha512(bytes)), crypto_.hex(await crypto_.hmacSha256(crypto_.bytesOf("key"), bytes)),
  ];
}
for (const [name, [key, signature, message]] of Object.entries(given.signatures)) {
  const bytes = [key, signature, message].map(crypto_.unhex);
  told[name] = [crypto_.plainSigned(...bytes), await crypto_.isSigned(...bytes)];
}
document.getElementById("told").textContent = JSON.stringify(told);
</script>"""

RFC_8032 = {
    "rfc-1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "",
    ),
    "rfc-2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "72",
    ),
}
HASHED = {"empty": "", "short": "abc", "block": "a" * 64, "long": "先锋银行" * 100}


def receipt(exhibit: Exhibit, index: int, **changed: str) -> str:
    """A receipt made by this test: for an entry of the exhibit, with an opening of its own where one is given."""
    entries = entries_of(exhibit.files)
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    extra = {"entry": entries[index].decode()} | changed
    path = [base64.b64encode(step).decode() for step in merkle.inclusion_proof(index, leaves)]
    packed = base64.b64encode(canonical_text(extra).encode()).decode()
    lines = ["c2sp.org/tlog-proof@v1", f"extra {packed}", f"index {index}", *path]
    return "\n".join(lines) + "\n\n" + exhibit.files["checkpoint"].decode()


@pytest.fixture
def served(exhibit: Exhibit) -> Iterator[str]:
    """The page's modules, a log, a spoiled one, and what to ask of them."""
    entry = entries_of(exhibit.files)[7].decode()
    receipts = {
        "good": receipt(exhibit, 7),
        "last": receipt(exhibit, len(entries_of(exhibit.files)) - 1),
        "altered": receipt(exhibit, 7, entry=entry.replace('"seq":8', '"seq":9')),
        "opened": receipt(exhibit, 7, opening="{}", salt="00" * 32),
        "torn": receipt(exhibit, 7)[:300],
        "resized": receipt(exhibit, 7).replace("bank.example\n3", "bank.example\n4"),
    }
    name = next(name for name in exhibit.files if name.startswith("tile/entries/001"))
    bundle = bytearray(exhibit.files[name])
    bundle[20] ^= 1
    given = {"key": exhibit.vkey, "receipts": receipts, "hashed": HASHED, "signatures": RFC_8032}
    files = {f"/log/{path}": content for path, content in exhibit.files.items()}
    files |= {f"/spoiled/{path}": content for path, content in exhibit.files.items()}
    files[f"/spoiled/{name}"] = bytes(bundle)
    files |= {f"/verify/{path.name}": path.read_bytes() for path in CLIENT.iterdir()}
    files["/given.json"] = json.dumps(given).encode()
    files["/with"] = (PROBE % "").encode()
    files["/without"] = (PROBE % "Object.defineProperty(globalThis, 'crypto', {value: undefined})").encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = files.get(self.path)
            kind = "text/javascript" if self.path.endswith(".js") else "text/html"
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("crypto", ["with", "without"])
def test_a_real_browser_verifies_with_its_own_cryptography_and_without(
    chromium: Path, served: str, exhibit: Exhibit, crypto: str, tmp_path: Path
) -> None:
    command = [
        *(str(chromium), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}"),
        *("--timeout=60000", "--virtual-time-budget=60000", "--dump-dom", f"{served}/{crypto}"),
    ]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True).stdout
    found = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert found
    told = json.loads(found[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
    size = len(entries_of(exhibit.files))
    assert told["subtle"] is (crypto == "with")
    assert (told["good"], told["last"], told["log"]) == (7, size - 1, size)
    for name in ("altered", "opened", "torn", "resized", "spoiled"):
        assert str(told[name]).startswith(("Invalid", "SyntaxError")), (name, told[name])
    for name, words in HASHED.items():
        plain = hashlib.sha256(words.encode()).hexdigest()
        keyed = hmac.new(b"key", words.encode(), "sha256").hexdigest()
        assert told[name] == [plain, plain, hashlib.sha512(words.encode()).hexdigest(), keyed]
    assert all(told[name] == [True, True] for name in RFC_8032)


def test_nothing_is_inline_and_nothing_from_elsewhere() -> None:
    page = (CLIENT / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page)
    for file in CLIENT.iterdir():
        assert "//" not in re.sub(r"// .*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE), file.name
        assert "innerHTML" not in file.read_text(encoding="utf-8")


def test_every_label_is_in_both_languages() -> None:
    page = (CLIENT / "index.html").read_text(encoding="utf-8")
    for tag in ("h1", "h2", "label", "button", "li"):
        for inner in re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page, re.DOTALL):
            assert re.search("[\u4e00-\u9fff]", inner), inner
            assert re.search('lang="en"', inner), inner
