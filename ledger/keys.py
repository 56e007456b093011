"""Key files: Ed25519 private keys in the data directory, readable by their owner alone, never in the database or its backups."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

TOKEN_KEYS = "token-keys"
"""The directory, below the data directory, of the keys that sign access tokens."""

_NUMBERED = re.compile(r"[0-9]{4}\.pem")


class KeysUnusable(RuntimeError):
    """The key files are missing, readable by others, or no Ed25519 keys; the message names the file and the mend."""


def make_key(directory: Path) -> Path:
    """Add a fresh key file, numbered after the last: the newest signs, the others still verify what they signed."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = key_files(directory)
    path = directory / f"{int(files[-1].stem) + 1 if files else 1:04}.pem"
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    return path


def read_keys(directory: Path) -> list[Ed25519PrivateKey]:
    """The keys of this directory, the newest last. Refuses KeysUnusable."""
    files = key_files(directory)
    if not files:
        raise KeysUnusable(f"there is no key in {directory}: run `pioneer init`")
    return [_read(path) for path in files]


def key_files(directory: Path) -> list[Path]:
    """Oldest first."""
    return sorted(path for path in directory.glob("*.pem") if _NUMBERED.fullmatch(path.name))


def _read(path: Path) -> Ed25519PrivateKey:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise KeysUnusable(f"{path} can be read by others (mode {mode:04o}): make it again, and `chmod 600` it")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise KeysUnusable(f"{path} is no private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeysUnusable(f"{path} is no Ed25519 key")
    return key
