"""Sealing: what nobody may read in the database or its backups (identity numbers, telephone numbers, secrets of
one-time codes) is encrypted under keys that are only in files or in the environment.

AES-256-GCM (NIST SP 800-38D). A sealed value names its key, so that keys can change, and is bound to the place where it
stands, so that it opens nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.bank import Bank
from ledger.people import keyfiles
from ledger.people.keyfiles import KeysUnfit

DIRECTORY = "sealing-keys"
SUFFIX = ".key"
KEY_BYTES = 32
NAME_BYTES = 4
NONCE_BYTES = 12


class SealBroken(ValueError):
    """This was not sealed for this place, was changed since, or its key is not here any more."""


class Seals:
    """Seals with the newest key; opens with each. Keyed hashes are the oldest key's, so that a new key leaves them
    valid.
    """

    def __init__(self, keys: Sequence[bytes], *, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        """`keys` of 32 bytes each, oldest first."""
        self._keys = {_name(key): AESGCM(_derived(key, "seal")) for key in keys}
        self._newest = _name(keys[-1])
        self._hashing = _derived(keys[0], "digest")
        self._random_bytes = random_bytes

    def seal(self, plain: str, *, place: str) -> bytes:
        """The sealed text: name of the key, nonce, ciphertext. `place` is where it will stand, e.g. "staff/ID/totp"."""
        nonce = self._random_bytes(NONCE_BYTES)
        sealed = self._keys[self._newest].encrypt(nonce, plain.encode(), _bound(self._newest, place))
        return self._newest + nonce + sealed

    def open(self, sealed: bytes, *, place: str) -> str:
        """The text again. Refuses SealBroken."""
        name, nonce, rest = sealed[:NAME_BYTES], sealed[NAME_BYTES:][:NONCE_BYTES], sealed[NAME_BYTES + NONCE_BYTES :]
        try:
            return self._keys[name].decrypt(nonce, rest, _bound(name, place)).decode()
        except (KeyError, InvalidTag, ValueError):
            raise SealBroken("this was sealed elsewhere, by a key that is not here, or was changed since") from None

    @property
    def newest(self) -> bytes:
        """The name of the key that seals: whatever it sealed begins with it."""
        return self._newest

    def is_stale(self, sealed: bytes) -> bool:
        """Whether a newer key should seal this anew."""
        return sealed[:NAME_BYTES] != self._newest

    def digest(self, text: str, *, purpose: str) -> bytes:
        """A keyed hash of 32 bytes, to find or compare by; the same text has others for other purposes."""
        return hmac.digest(_derived(self._hashing, purpose), text.encode(), "sha256")


def of(bank: Bank) -> Seals:
    """The seals of this bank's keys; a key added while the bank is open is found at once. Refuses KeysUnfit."""
    if bank.settings.sealing_keys:
        return _from_words(bank.settings.sealing_keys)
    directory = bank.settings.data_dir / DIRECTORY
    files = keyfiles.listed(directory, SUFFIX)
    if not files:
        raise KeysUnfit(f"there is no sealing key in {directory}: run `pioneer migrate`, or put yours there")
    return _from_files(files)


def ensure(data_dir: Path) -> None:
    """Make a first key where there is none yet."""
    if not keyfiles.listed(data_dir / DIRECTORY, SUFFIX):
        keyfiles.write(data_dir / DIRECTORY / f"0001{SUFFIX}", base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")


def rotate(data_dir: Path) -> Path:
    """A new key, which seals from now on in all running servers; the others go on opening. Refuses KeysUnfit."""
    files = keyfiles.listed(data_dir / DIRECTORY, SUFFIX)
    if not files:
        raise KeysUnfit(f"there is no sealing key in {data_dir / DIRECTORY}: run `pioneer migrate`, or put yours there")
    file = keyfiles.following(files[-1])
    keyfiles.write(file, base64.b64encode(os.urandom(KEY_BYTES)) + b"\n")
    return file


@lru_cache(maxsize=16)
def _from_files(files: tuple[Path, ...]) -> Seals:
    return Seals([_decoded(keyfiles.read(file).decode("ascii", "replace"), str(file)) for file in files])


@lru_cache(maxsize=16)
def _from_words(words: str) -> Seals:
    return Seals([_decoded(word, "PIONEER_SEALING_KEYS") for word in words.split(",")])


def _decoded(word: str, where: str) -> bytes:
    try:
        key = base64.b64decode(word.strip(), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeysUnfit(f"{where} holds no sealing key: each is {KEY_BYTES} random bytes in base64")
    return key


def _derived(key: bytes, purpose: str) -> bytes:
    """A key for one use, so that no key serves two algorithms."""
    return hmac.digest(key, f"pioneer-bank {purpose}".encode(), "sha256")


def _name(key: bytes) -> bytes:
    return _derived(key, "name")[:NAME_BYTES]


def _bound(name: bytes, place: str) -> bytes:
    return name + place.encode()
