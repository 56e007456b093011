"""Token keys: Ed25519 private keys in files of the data directory, readable by their owner only, never in the
database.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ledger.people import keyfiles
from ledger.people.keyfiles import KeysUnfit

DIRECTORY = "token-keys"
SUFFIX = ".pem"


def ensure(data_dir: Path) -> None:
    """Make a first key where there is none yet."""
    if not keyfiles.listed(data_dir / DIRECTORY, SUFFIX):
        keyfiles.write(data_dir / DIRECTORY / f"0001{SUFFIX}", _pem(Ed25519PrivateKey.generate()))


def load(data_dir: Path) -> list[Ed25519PrivateKey]:
    """The keys, the oldest first. Refuses KeysUnfit."""
    directory = data_dir / DIRECTORY
    files = keyfiles.listed(directory, SUFFIX)
    if not files:
        raise KeysUnfit(f"there is no token key in {directory}: run `pioneer init`, or give PIONEER_DATA_DIR")
    return [_read(file) for file in files]


def _read(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(keyfiles.read(file), password=None)
    except ValueError as error:
        raise KeysUnfit(f"the token key {file} cannot be read: it is no PEM file of a private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnfit(f"the token key {file} is of another kind: Ed25519 is needed")
    return key


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
