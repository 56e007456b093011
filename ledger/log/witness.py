"""Witnesses (C2SP tlog-witness, tlog-cosignature): this bank stands for its sisters' heads, and they for its own.

Who they are is said in the file `policy` beside the anchor, in the form of C2SP tlog-policy.
"""

from __future__ import annotations

import base64
import re
import threading
import time
import urllib.error
import urllib.request
from typing import NamedTuple

import structlog

from ledger.bank import Bank
from ledger.core.consistency import is_consistent
from ledger.core.notes import COSIGNATURE, NoteMalformed, Signature, exact_base64, signatures_of
from ledger.core.tiles import Tiles
from ledger.log import keys
from ledger.log.keys import SigningKey
from ledger.log.verifying.heads import Head, Key, Trust, Verdict
from ledger.store import log as rows

POLICY = "policy"
PROOF_LINES_MAX = 63
BODY_BYTES_MAX = 64 * 1024
TIMEOUT_SECONDS = 10
GATHER_SECONDS = 10
"""Between two rounds of asking at the least."""
SIZE_TYPE = "text/x.tlog.size"

_OLD = re.compile(r"old (0|[1-9][0-9]{0,15})")
log = structlog.get_logger(__name__)


class Declined(Exception):
    """A head is not cosigned: the status that the standard asks for, and the size last cosigned where it is that."""

    def __init__(self, status: int, said: str, size: int | None = None) -> None:
        super().__init__(said)
        self.status, self.size = status, size


class Gathered(NamedTuple):
    """What a witness answered: its cosignature was kept, or why not."""

    witness: str
    said: str


def policy(bank: Bank) -> Trust:
    """Whom this bank knows; nobody where there is no such file. Refuses Verdict where it cannot be read."""
    file = bank.settings.log_directory / POLICY
    return Trust([], str(file) if file.is_file() else None)


def own_key(bank: Bank) -> SigningKey:
    """The key this bank cosigns with, under a name of its own."""
    return keys.witness_key(bank.settings.data_dir, f"{bank.charter.origin}/witness", COSIGNATURE)


# -- standing for others ----------------------------------------------------------------------------------------------


def cosign(bank: Bank, request: bytes) -> str:
    """The cosignature line for the head in an add-checkpoint request; remembered first. Refuses Declined."""
    old, proof, head = _asked(request)
    trusted = [key for key in policy(bank).logs if key.name == head.origin]
    if not trusted:
        raise Declined(404, "this log is not known here")
    _refuse_unsigned(head, trusted)
    if old > head.size:
        raise Declined(400, "the old size is larger than the new one")
    with bank.store.reading() as connection:
        last = rows.witnessed(connection, head.origin)
    size, root = last or (0, b"")
    if old != size:
        raise Declined(409, "the old size is not the one last cosigned", size)
    if old == head.size and old and root != head.root:
        log.error("split_view_seen", origin=head.origin, size=old, note=head.note)
        raise Declined(409, "another root was cosigned for this size", size)
    if not is_consistent(old, root, head.size, head.root, proof):
        log.error("fork_seen", origin=head.origin, size=head.size, note=head.note)
        raise Declined(422, "the proof does not hold")
    now = bank.world.clock()
    seen = {"size": head.size, "root": head.root, "note": head.note, "seen_at": now}
    if not rows.witness(bank.store, head.origin, None if last is None else size, seen):
        raise Declined(409, "another head was cosigned meanwhile", size)
    return cosignature(own_key(bank), head.text, now // 1_000_000).line()


def cosignature(key: SigningKey, text: str, seconds: int) -> Signature:
    """A statement that at this time this was the newest consistent head seen (cosignature/v1)."""
    message = f"cosignature/v1\ntime {seconds}\n{text}"
    return Signature(key.public.name, key.public.id, seconds.to_bytes(8, "big") + key.private.sign(message.encode()))


def _asked(request: bytes) -> tuple[int, list[bytes], Head]:
    try:
        top, gap, note = request.decode().partition("\n\n")
        first, *lines = top.split("\n")
        old = _OLD.fullmatch(first)
        if not gap or old is None or len(lines) > PROOF_LINES_MAX:
            raise NoteMalformed("an old size, a proof, an empty line, a head")
        proof = [exact_base64(line) for line in lines]
        if any(len(step) != 32 for step in proof):
            raise NoteMalformed("a step of a proof is 32 bytes")
        return int(old[1]), proof, Head(note.encode())
    except (UnicodeDecodeError, NoteMalformed, Verdict) as error:
        raise Declined(400, f"malformed: {error}") from error


def _refuse_unsigned(head: Head, trusted: list[Key]) -> None:
    trust = Trust([], None)
    trust.logs = trusted
    try:
        trust.check(head)
    except Verdict as error:
        raise Declined(403, str(error)) from error


# -- asking others ----------------------------------------------------------------------------------------------------


def gather(bank: Bank) -> list[Gathered]:
    """Ask every witness of the policy that has an address to stand for the newest head; keep what they say."""
    known = policy(bank)
    with bank.store.reading() as connection:
        newest = rows.newest(connection, bank.log_origin)
    if newest is None:
        return []
    head = Head(newest.note.encode())
    return [Gathered(name, _ask(bank, head, known.witnesses[name], url)) for name, url in known.places.items()]


def _ask(bank: Bank, head: Head, key: Key, url: str) -> str:
    old = 0
    for _ in range(2):
        with bank.store.snapshot() as connection:
            proof = Tiles(rows.fetch(connection), head.size).consistency(old)
        lines = "".join(f"{base64.b64encode(step).decode()}\n" for step in proof)
        status, kind, answer = _post(f"{url.rstrip('/')}/add-checkpoint", f"old {old}\n{lines}\n{head.note}".encode())
        if status == 200:
            return _keep(bank, head, key, answer)
        told = answer.decode("ascii", "replace").strip()
        if status != 409 or kind != SIZE_TYPE or not told.isdigit() or not old < int(told) <= head.size:
            return f"declined: {status} {told[:200]}"
        old = int(told)
    return "declined: it changed its mind about the size"


def _keep(bank: Bank, head: Head, key: Key, answer: bytes) -> str:
    try:
        lines = signatures_of(answer.decode())
    except (UnicodeDecodeError, NoteMalformed):
        return "answered something that is no signature"
    for line in lines:
        if (line.name, line.key_id) == (key.name, key.id) and key.has_signed(head.text, line.blob):
            rows.add_cosignature(bank.store, origin=head.origin, size=head.size, witness=key.name, line=line.line())
            return f"stands for {head.size} entries"
    return "answered without its own signature"


def _post(url: str, body: bytes) -> tuple[int, str, bytes]:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "text/plain"}, method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - the policy's addresses
            return answer.status, answer.headers.get("Content-Type", ""), answer.read(BODY_BYTES_MAX)
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Content-Type", ""), error.read(BODY_BYTES_MAX)
    except (OSError, ValueError) as error:
        return 0, "", f"{type(error).__name__}".encode()


class Gathering:
    """A thread that asks the witnesses when there is a new head, and does not hold up the signing."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._asked = threading.Event()
        threading.Thread(target=self._run, name="witnesses", daemon=True).start()

    def soon(self) -> None:
        """There is a new head."""
        self._asked.set()

    def _run(self) -> None:
        while self._asked.wait():
            self._asked.clear()
            try:
                for one in gather(self._bank):
                    log.info("witness_asked", witness=one.witness, said=one.said)
            except Exception:  # the thread must live on, whatever the policy or the network
                log.exception("witnesses_not_asked")
            time.sleep(GATHER_SECONDS)
