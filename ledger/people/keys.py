"""Token keys: Ed25519 private keys in files of the data directory, readable by their owner only, never in the
database.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

DIRECTORY = "token-keys"


class KeysUnfit(RuntimeError):
    """There is no key, or one that others may read; the message says the mend."""


def ensure(data_dir: Path) -> None:
    """Make a first key where there is none yet."""
    directory = data_dir / DIRECTORY
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(directory.glob("*.pem")):
        _write(directory / "0001.pem", Ed25519PrivateKey.generate())


def load(data_dir: Path) -> list[Ed25519PrivateKey]:
    """The keys, the oldest first. Refuses KeysUnfit."""
    directory = data_dir / DIRECTORY
    files = sorted(directory.glob("*.pem"))
    if not files:
        raise KeysUnfit(f"there is no token key in {directory}: run `pioneer init`, or give PIONEER_DATA_DIR")
    return [_read(file) for file in files]


def _read(file: Path) -> Ed25519PrivateKey:
    if file.stat().st_mode & 0o077:
        raise KeysUnfit(f"others may read the token key {file}: run chmod 600 on it")
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except ValueError as error:
        raise KeysUnfit(f"the token key {file} cannot be read: it is no PEM file of a private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnfit(f"the token key {file} is of another kind: Ed25519 is needed")
    return key


def _write(file: Path, key: Ed25519PrivateKey) -> None:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(pem)
        opened.flush()
        os.fsync(opened.fileno())
