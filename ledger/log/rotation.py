"""Signing keys over the years: a new one is announced in the log before it signs, and for a time both do; a retired one
is announced before it is destroyed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from ledger.bank import Bank, By, Request
from ledger.core.canonical import digest
from ledger.core.notes import VerifierKey
from ledger.log import keys
from ledger.log.announcements import KeyChange
from ledger.people.keyfiles import KeysUnfit


def create(data_dir: Path, origin: str) -> VerifierKey:
    """The first key. Refuses KeysUnfit where there is one."""
    if (data_dir / keys.DIRECTORY).is_dir() and any((data_dir / keys.DIRECTORY).glob("[0-9]*.pem")):
        raise KeysUnfit("there is a signing key already: run `pioneer log keys rotate` for another one")
    keys.ensure(data_dir, origin)
    return keys.load(data_dir, origin)[0].public


def rotate(bank: Bank, by: By) -> VerifierKey:
    """A new key, announced, then signing beside the older ones. Repeated after a crash it goes on where it stopped."""
    waiting = keys.make(bank.settings.data_dir, bank.log_origin)
    key = keys.read(waiting, bank.log_origin)
    _announce(bank, by, "added", key.public)
    waiting.rename(waiting.with_suffix(".pem"))
    return key.public


def retire(bank: Bank, by: By, key_id: str) -> VerifierKey:
    """Take a key away: announced, signed once more by all, then destroyed. Refuses KeysUnfit for the last one."""
    signing = keys.load(bank.settings.data_dir, bank.log_origin)
    found = [key for key in signing if key.public.id.hex() == key_id]
    if not found:
        raise KeysUnfit(f"no signing key has the id {key_id}: see `pioneer log keys list`")
    if len(signing) == 1:
        raise KeysUnfit(
            "this is the only key: run `pioneer log keys rotate` first, and let verifiers learn the new one"
        )
    _announce(bank, by, "retired", found[0].public)
    keys.retire(found[0])
    return found[0].public


def _announce(bank: Bank, by: By, change: Literal["added", "retired"], key: VerifierKey) -> None:
    """Once for each key and change, however often it is tried."""
    asked = f"{change} {key}"
    once = Request("log", asked.split("+")[0] + key.id.hex() + change, digest(asked.encode()))
    bank.submit(KeyChange(id=bank.world.new_id(), actor=by.actor, change=change, vkey=str(key)), once)
