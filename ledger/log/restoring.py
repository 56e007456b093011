"""When a backup was too old, or the anchor is gone: going on in the open, never in silence.

Entries that were signed and are lost cannot be brought back into the books: whom they concern was never public. So a
new epoch begins under a new name, its first entry says what was lost, and the lost entries are kept from a mirror where
there is one.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ledger.bank import Bank, By
from ledger.core.notes import Checkpoint, VerifierKey, checkpoint_of, note_of
from ledger.log import keys, publication, signer
from ledger.log.announcements import EpochChange
from ledger.log.verifying.heads import Trust
from ledger.log.verifying.questions import verify_log
from ledger.log.verifying.sources import WIDTH, Source
from ledger.store import log as rows
from ledger.store.anchors import AnchorFile


class NothingToMend(RuntimeError):
    """The log is in order, or cannot be mended this way; the message says which way."""


class NewEpoch(NamedTuple):
    """From here on: the new name, its key, and how many entries were lost."""

    origin: str
    key: VerifierKey
    kept: int
    lost: int
    lost_file: Path | None


def resume(bank: Bank) -> Checkpoint:
    """Take the newest published head of the database as the anchor, where the anchor is gone. Whoever does this says
    that no newer database was ever served. Refuses NothingToMend.
    """
    against = signer.refused(bank)
    if against is None or against.code != "anchor_missing":
        raise NothingToMend("the anchor is there: see `pioneer log status`")
    with bank.store.reading() as connection:
        newest = rows.newest(connection, bank.log_origin)
    if newest is None:
        raise NothingToMend("no head was ever published: `pioneer log sign` signs the first")
    head = checkpoint_of(note_of(newest.note.encode()))
    if publication.root_at(bank.store, head.size) != head.root:
        raise NothingToMend("the newest published head is not over these entries: run `pioneer check`")
    anchor = AnchorFile(bank.settings.log_directory, bank.log_origin)
    with anchor.locked(wait=True):
        anchor.append(newest.signed_at, newest.note)
    return head


def begin_epoch(bank: Bank, by: By, public: str | None = None) -> NewEpoch:
    """Begin anew under a new name, and say in the log what was lost. `public` is a mirror or export of the lost log.
    Refuses NothingToMend, and Verdict where the mirror is not what was signed.
    """
    against = signer.refused(bank)
    if against is None or against.code not in ("rolled_back", "forked"):
        raise NothingToMend("nothing that was signed is missing: no new epoch is needed")
    lost = AnchorFile(bank.settings.log_directory, bank.log_origin).last()
    if lost is None:
        raise NothingToMend("there is no anchor: see `pioneer log resume`")
    with bank.store.reading() as connection:
        kept = rows.head(connection).size
        number = len(rows.epochs(connection)) + bank.charter.epoch + 1
    kept_file = _kept(bank, public, number, kept, lost.head) if public else None
    change = EpochChange(
        id=bank.world.new_id(),
        actor=by.actor,
        number=number,
        origin=f"{bank.charter.origin}/{number}",
        lost_origin=lost.head.origin,
        lost_size=lost.head.size,
        lost_root=lost.head.root,
    )
    bank.halted = None
    bank.submit(change)
    bank.log_origin = change.origin
    signer.sign(bank, wait=True)
    key = keys.load(bank.settings.data_dir, bank.log_origin)[-1].public
    return NewEpoch(change.origin, key, kept, max(0, lost.head.size - kept), kept_file)


def _kept(bank: Bank, public: str, number: int, kept: int, lost: Checkpoint) -> Path:
    """The entries that were lost, from a mirror that is verified first; one a line."""
    trust = Trust([str(key) for key in keys.public(bank.settings.data_dir, lost.origin)], None)
    source = Source(public)
    verify_log(source, trust, None)
    size = source.head().size
    file = bank.settings.log_directory / f"lost-before-epoch-{number}.jsonl"
    with file.open("wb") as opened:
        for n in range(kept // WIDTH, -(-size // WIDTH)):
            for at, entry in enumerate(source.entries(n, size), n * WIDTH):
                if at >= kept:
                    opened.write(entry + b"\n")
    return file
