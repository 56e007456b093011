"""Signing keys: Ed25519 private keys in files of the data directory, readable by their owner only, never in the
database.

Every `NNNN.pem` signs. A new key waits as `NNNN.pending` until the log says that it comes; a retired one leaves its
public half, `NNNN.retired`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from ledger.core.notes import ED25519, Note, Signature, VerifierKey
from ledger.people import keyfiles
from ledger.people.keyfiles import KeysUnfit

DIRECTORY = "log-keys"
WITNESS = "witness.pem"
"""The key of this bank as a witness: never one that signs its own log."""


class SigningKey(NamedTuple):
    """One key under the name it signs with."""

    file: Path
    private: Ed25519PrivateKey
    public: VerifierKey

    def sign(self, text: str) -> Signature:
        return Signature(self.public.name, self.public.id, self.private.sign(text.encode()))


def ensure(data_dir: Path, origin: str) -> None:
    """Make a first key where there is none yet."""
    if not _files(data_dir):
        make(data_dir, origin).rename(data_dir / DIRECTORY / "0001.pem")


def make(data_dir: Path, origin: str) -> Path:
    """Write a key that does not sign yet; the one already waiting, if there is one."""
    directory = data_dir / DIRECTORY
    waiting = sorted(directory.glob("[0-9]*.pending"))
    if waiting:
        return waiting[0]
    used = [int(file.stem) for file in directory.glob("[0-9]*.*") if file.stem.isdigit()]
    file = directory / f"{max(used, default=0) + 1:04}.pending"
    keyfiles.write(file, _pem(Ed25519PrivateKey.generate()))
    read(file, origin)
    return file


def load(data_dir: Path, origin: str) -> list[SigningKey]:
    """The keys that sign, the oldest first. Refuses KeysUnfit."""
    files = _files(data_dir)
    if not files:
        raise KeysUnfit(f"there is no signing key in {data_dir / DIRECTORY}: run `pioneer log keys create`")
    return [read(file, origin) for file in files]


def public(data_dir: Path, origin: str) -> list[VerifierKey]:
    """What verifiers need of the keys that sign; none where they are unfit."""
    try:
        return [key.public for key in load(data_dir, origin)]
    except KeysUnfit:
        return []


def read(file: Path, name: str, kind: int = ED25519) -> SigningKey:
    """One key. Refuses KeysUnfit."""
    try:
        private = load_pem_private_key(keyfiles.read(file), password=None)
    except ValueError as error:
        raise KeysUnfit(f"the signing key {file} cannot be read: it is no PEM file of a private key") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeysUnfit(f"the signing key {file} is of another kind: Ed25519 is needed")
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return SigningKey(file, private, VerifierKey(name, kind, public))


def retire(key: SigningKey) -> None:
    """Destroy the private half; the public one stays in the file's place, for the record."""
    kept = key.file.with_suffix(".retired")
    kept.write_text(f"{key.public}\n", encoding="utf-8")
    key.file.unlink()


def witness_key(data_dir: Path, name: str, kind: int) -> SigningKey:
    """The key this bank cosigns others' heads with; made when first needed."""
    file = data_dir / DIRECTORY / WITNESS
    if not file.exists():
        keyfiles.write(file, _pem(Ed25519PrivateKey.generate()))
    return read(file, name, kind)


def is_signed(note: Note, key: VerifierKey, prefix: str = "", *, blob_from: int = 0) -> bool | None:
    """Whether this key signed the note; None where it did not say so. `prefix` stands before the text, and
    `blob_from` is where in the blob the signature begins.
    """
    mine = [line for line in note.signatures if (line.name, line.key_id) == (key.name, key.id)]
    if not mine:
        return None
    return all(verifies(key, line.blob[blob_from:], (prefix + note.text).encode()) for line in mine)


def verifies(key: VerifierKey, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / DIRECTORY).glob("[0-9]*.pem"))


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
