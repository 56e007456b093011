"""Signing: the committed head, after the commit, at most once a second, and never against the anchor.

The signed head is first written to the anchor, outside the database, then published. Killed between the two, the next
signer publishes what the anchor holds; killed before, nobody saw anything.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import NamedTuple

import structlog

from ledger.bank import Bank, is_outage
from ledger.core.notes import Checkpoint, Note
from ledger.core.tiles import Tiles, TilesMissing
from ledger.log import keys
from ledger.people.keyfiles import KeysUnfit
from ledger.store import log as rows
from ledger.store.anchors import AnchorFile, AnchorUnfit, Contradiction, contradiction
from ledger.store.log import Published

INTERVAL_MICROSECONDS = 1_000_000
"""Between two heads at the least."""

log = structlog.get_logger(__name__)


class MayNotSign(RuntimeError):
    """No head may be signed now; `code` is stable, the message says the mend."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code


class Standing(NamedTuple):
    """How far the log is signed and published. `refused` is why it is not signed any further."""

    origin: str
    entries: int
    published: int
    refused: Contradiction | None


def sign(bank: Bank, *, wait: bool = False) -> Published | None:
    """Sign and publish the committed head; None where there is nothing new, or another process signs.

    Refuses MayNotSign.
    """
    origin = bank.log_origin
    anchor_file = AnchorFile(bank.settings.log_directory, origin)
    try:
        with anchor_file.locked(wait=wait) as is_signer:
            return _sign(bank, origin, anchor_file) if is_signer else None
    except AnchorUnfit as error:
        raise MayNotSign("anchor_unfit", str(error)) from error
    except KeysUnfit as error:
        raise MayNotSign("key_unfit", str(error)) from error


def standing(bank: Bank) -> Standing:
    """What anybody may know about the signing of this log."""
    origin = bank.log_origin
    with bank.store.reading() as connection:
        entries = rows.head(connection).size
        newest = rows.newest(connection, origin)
    return Standing(origin, entries, newest.size if newest else 0, refused(bank))


def refused(bank: Bank) -> Contradiction | None:
    """Why the log cannot be signed; None where it can. Looks at the files and the database anew."""
    origin = bank.log_origin
    try:
        keys.load(bank.settings.data_dir, origin)
        anchor = AnchorFile(bank.settings.log_directory, origin).last()
    except AnchorUnfit as error:
        return Contradiction("anchor_unfit", str(error))
    except KeysUnfit as error:
        return Contradiction("key_unfit", str(error))
    return contradiction(bank.store, origin, anchor)


def _sign(bank: Bank, origin: str, anchor_file: AnchorFile) -> Published | None:
    anchor = anchor_file.last()
    with bank.store.reading() as connection:
        size = rows.head(connection).size
        newest = rows.newest(connection, origin)
    signed = anchor.head.size if anchor else 0
    is_published = anchor is None or (newest is not None and newest.size >= signed)
    if is_published and size == signed:
        return None
    against = contradiction(bank.store, origin, anchor)
    bank.halted = against if against is not None and against.halts else None
    if against is not None:
        raise MayNotSign(*against)
    if anchor is not None and not is_published:  # somebody was killed between writing it down and publishing it
        rows.publish(bank.store, origin, Published(signed, anchor.note, anchor.at))
    now = bank.world.clock()
    if size == signed or (anchor is not None and 0 <= now - anchor.at < INTERVAL_MICROSECONDS):
        return None
    head = _committed(bank, origin)
    text = head.body()
    note = Note(text, tuple(key.sign(text) for key in keys.load(bank.settings.data_dir, origin)))
    anchor_file.append(now, str(note))
    made = Published(head.size, str(note), now)
    rows.publish(bank.store, origin, made)
    return made


def _committed(bank: Bank, origin: str) -> Checkpoint:
    """The head that is committed; its root is made again from the tiles that will be served under it."""
    with bank.store.snapshot() as connection:
        frontier = rows.head(connection)
        try:
            served = Tiles(rows.fetch(connection), frontier.size).frontier()
        except TilesMissing as error:
            raise MayNotSign("tree_broken", f"{error}: run `pioneer check`") from error
    if served.tops != frontier.tops:
        raise MayNotSign("tree_broken", "the tiles do not add up to the head: run `pioneer check`")
    return Checkpoint(origin, frontier.size, frontier.root())


class Signing:
    """A thread that signs while the bank is served. Every server process has one; whoever gets the lock signs."""

    def __init__(
        self,
        bank: Bank,
        *,
        observe: Callable[[int, int, bool], None] | None = None,
        signed: Callable[[], None] | None = None,
    ) -> None:
        """`observe(entries, published, refused)` is told how the log stands after every round, `signed()` of a head."""
        self._bank = bank
        self._observe, self._signed = observe, signed
        self._stopping = threading.Event()
        self._said = ""
        self._thread = threading.Thread(target=self._run, name="signer", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(INTERVAL_MICROSECONDS / 1e6):
            try:
                self._round()
            except Exception as error:  # the thread must live on, whatever happens to the database
                if is_outage(error):
                    self._say("database_away")
                else:
                    log.exception("signing_failed")

    def _round(self) -> None:
        if self._bank.halted is not None:
            self._bank.look_again()
        with contextlib.suppress(MayNotSign):  # standing says it
            if sign(self._bank) is not None and self._signed:
                self._signed()
        now = standing(self._bank)
        self._say(now.refused.code if now.refused else "")
        if self._observe:
            self._observe(now.entries, now.published, now.refused is not None)

    def _say(self, code: str) -> None:
        """Each change once: the log of a server is read by people."""
        if code != self._said:
            self._said = code
            log.warning("not_signing", code=code) if code else log.info("signing")
