"""The page that verifies: in a real browser, with the browser's cryptography and without it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from api import pages
from ledger.core import merkle
from ledger.core.canonical import canonical_text
from ledger.log.verifying.meaning import Meaning
from tests.log import cases
from tests.log.conftest import Exhibit
from tests.log.files import entries_of

CLIENT = pages.CLIENTS / "verify"

PROBE = """<!doctype html><meta charset="utf-8"><pre id="told">waiting</pre>
<script>%s</script>
<script type="module">
import * as crypto_ from "/verify/crypto.js";
import * as log from "/verify/log.js";
import { Meaning } from "/verify/meaning.js";
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
for (const [name, stated] of Object.entries(given.logs)) {
  const from = name === "spoiled" ? "spoiled" : "log";
  await attempt(name, async () => (await log.wholeLog(fetched(from), keys, stated, () => {})).head.size);
}
for (const [name, entries] of Object.entries(given.meanings)) {
  await attempt(name, () => {
    const meaning = new Meaning();
    for (const entry of entries) meaning.read(entry);
    return meaning.totals();
  });
}
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


MEANINGS = {
    f"{name} {at}": [entry.decode() for entry in cases.written(*entries)]
    for name, logs in (("believed", cases.BELIEVED), ("found", [entries for entries, _ in cases.FOUND]))
    for at, entries in enumerate(logs)
} | {"found spelled": [cases.written(cases.AWARD)[0].decode().replace(",", ", ")]}


def totals(entries: Iterable[bytes]) -> dict[str, dict[str, int]]:
    """What these entries add up to."""
    meaning = Meaning()
    for entry in entries:
        meaning.read(entry)
    return meaning.totals()


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
    entries = entries_of(exhibit.files)
    stated: dict[str, Any] = {"size": len(entries), "totals": totals(entries)}
    given = {
        "key": exhibit.vkey,
        "receipts": receipts,
        "hashed": HASHED,
        "signatures": cases.RFC_8032,
        "meanings": MEANINGS,
    }
    given["logs"] = {
        "log": stated,
        "spoiled": stated,
        "overstated": stated | {"totals": stated["totals"] | {"stock": {"points": 1}}},
        "newer": stated | {"size": stated["size"] + 1, "totals": {}},
    }
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
    answer = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert answer
    told = json.loads(answer[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
    size = len(entries_of(exhibit.files))
    assert told["subtle"] is (crypto == "with")
    assert (told["good"], told["last"], told["log"], told["newer"]) == (7, size - 1, size, size)
    for at, entries in enumerate(cases.BELIEVED):
        assert told[f"believed {at}"] == totals(cases.written(*entries))
    found = [name for name in MEANINGS if name.startswith("found")]
    for name in ("altered", "opened", "torn", "resized", "spoiled", "overstated", *found):
        assert str(told[name]).startswith(("Invalid", "SyntaxError")), (name, told[name])
    for name, words in HASHED.items():
        plain = hashlib.sha256(words.encode()).hexdigest()
        keyed = hmac.new(b"key", words.encode(), "sha256").hexdigest()
        assert told[name] == [plain, plain, hashlib.sha512(words.encode()).hexdigest(), keyed]
    assert all(told[name] == [True, True] for name in cases.RFC_8032)
