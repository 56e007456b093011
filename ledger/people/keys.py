"""Token keys: Ed25519 private keys in files of the data directory, readable by their owner only, never in the
database. The newest signs; the others verify, until the last token they signed has expired and they are retired.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from ledger.people import keyfiles
from ledger.people.keyfiles import KeysUnfit

DIRECTORY = "token-keys"
SUFFIX = ".pem"
TOKEN_SECONDS = 600
"""A token lives no longer than this; so long after the next key was made, nothing needs the one before."""


class KeyRefused(ValueError):
    """This cannot be done with this key now; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenKey:
    """One key in its file."""

    kid: str
    file: Path
    made_at: float
    """Seconds since 1970 UTC."""
    signs: bool
    needed_until: float | None
    """Until when tokens may be about that it signed; None while it signs."""


def ensure(data_dir: Path) -> None:
    """Make a first key where there is none yet."""
    if not keyfiles.listed(data_dir / DIRECTORY, SUFFIX):
        _make(data_dir / DIRECTORY / f"0001{SUFFIX}")


def load(data_dir: Path) -> list[Ed25519PrivateKey]:
    """The keys, the oldest first. Refuses KeysUnfit."""
    return [_read(file) for file in _files(data_dir)]


def watched(data_dir: Path) -> Callable[[], list[Ed25519PrivateKey]]:
    """The keys as they are at each call, read again where one came or went. The same list where none did. Refuses
    KeysUnfit.
    """
    known: tuple[tuple[Path, ...], list[Ed25519PrivateKey]] = ((), [])

    def current() -> list[Ed25519PrivateKey]:
        nonlocal known
        files = _files(data_dir)
        if files != known[0]:
            known = (files, [_read(file) for file in files])
        return known[1]

    return current


def rotate(data_dir: Path) -> TokenKey:
    """A new key, which signs from now on in all running servers; the others go on verifying. Refuses KeysUnfit."""
    _make(keyfiles.following(_files(data_dir)[-1]))
    return listed(data_dir)[-1]


def listed(data_dir: Path) -> list[TokenKey]:
    """Every key, the oldest first. Refuses KeysUnfit."""
    files = _files(data_dir)
    made = [file.stat().st_mtime for file in files]
    superseded: list[float | None] = [at + TOKEN_SECONDS for at in made[1:]] + [None]
    return [
        TokenKey(kid=kid_of(_read(file).public_key()), file=file, made_at=at, signs=until is None, needed_until=until)
        for file, at, until in zip(files, made, superseded, strict=True)
    ]


def retire(data_dir: Path, kid: str, *, at_once: bool = False, now: Callable[[], float] = time.time) -> TokenKey:
    """Destroy a key that only verifies; what it signed holds no longer. `at_once` does not wait for its tokens: for one
    that somebody else has seen. Refuses KeyRefused.
    """
    found = next((key for key in listed(data_dir) if key.kid == kid), None)
    if found is None:
        raise KeyRefused(f"there is no key {kid}: pioneer keys list")
    if found.needed_until is None:
        raise KeyRefused("this key signs: make another one first, pioneer keys rotate")
    if found.needed_until > now() and not at_once:
        seconds = round(found.needed_until - now())
        raise KeyRefused(f"tokens that it signed hold for {seconds} s more: wait, or say --at-once")
    found.file.unlink()
    return found


def kid_of(key: Ed25519PublicKey) -> str:
    """The key's name: its thumbprint after RFC 7638."""
    return _base64url(hashlib.sha256(json.dumps(jwk_of(key), sort_keys=True, separators=(",", ":")).encode()).digest())


def jwk_of(key: Ed25519PublicKey) -> dict[str, str]:
    """The key as RFC 8037 writes it: what its name is made of."""
    return {"crv": "Ed25519", "kty": "OKP", "x": _base64url(key.public_bytes(Encoding.Raw, PublicFormat.Raw))}


def _files(data_dir: Path) -> tuple[Path, ...]:
    directory = data_dir / DIRECTORY
    files = keyfiles.listed(directory, SUFFIX)
    if not files:
        raise KeysUnfit(f"there is no token key in {directory}: run `pioneer init`, or give PIONEER_DATA_DIR")
    return files


def _make(file: Path) -> None:
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keyfiles.write(file, pem)


def _read(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(keyfiles.read(file), password=None)
    except ValueError as error:
        raise KeysUnfit(f"the token key {file} cannot be read: it is no PEM file of a private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnfit(f"the token key {file} is of another kind: Ed25519 is needed")
    return key


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
