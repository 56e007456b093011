"""Signed notes, verifier keys and checkpoints, to the byte as C2SP has them (signed-note, tlog-checkpoint).

Form only: whoever signs or verifies brings the key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

NOTE_BYTES_MAX = 1 << 16
SIGNATURES_MAX = 64
"""A verifier must accept 16; a note with more than these is nobody's."""
ED25519 = 0x01
"""Signature type of a log's own Ed25519 signature over the note's text."""
COSIGNATURE = 0x04
"""Signature type of a witness' timestamped Ed25519 cosignature (tlog-cosignature/v1)."""
KEY_ID_BYTES = 4

_DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}")


class NoteMalformed(ValueError):
    """These bytes are no signed note, key or checkpoint; the message says where."""


class Signature(NamedTuple):
    """One signature line: `blob` is what follows the key id."""

    name: str
    key_id: bytes
    blob: bytes

    def line(self) -> str:
        return f"— {self.name} {base64.b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """Text that ends in a newline, and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(signature.line() for signature in self.signatures)}"


class VerifierKey(NamedTuple):
    """A public key under its name, with the type of signature it makes; written as a vkey."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name || 0x0A || type || key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:KEY_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: which log, how many leaves, and the root over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """The text that is signed. No extension lines: nobody could audit them."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_of(text: str) -> VerifierKey:
    """A vkey. Refuses NoteMalformed, also where the key id is not the key's."""
    name, _, rest = text.strip().partition("+")
    given, _, encoded = rest.partition("+")
    raw = exact_base64(encoded)
    refuse_name(name)
    if len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
        raise NoteMalformed("a verifier key is NAME+ID+KEY, and its key an Ed25519 one")
    key = VerifierKey(name, raw[0], raw[1:])
    if given != key.id.hex():
        raise NoteMalformed(f"the key id {given} does not belong to the key of {name}")
    return key


def note_of(content: bytes) -> Note:
    """A signed note. Refuses NoteMalformed."""
    if len(content) > NOTE_BYTES_MAX:
        raise NoteMalformed("a note this long is nobody's")
    try:
        whole = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteMalformed("a note is UTF-8") from error
    if any(character < " " and character != "\n" for character in whole):
        raise NoteMalformed("a note holds no control characters")
    text, gap, lines = whole.rpartition("\n\n")
    if not gap or not text or not lines.endswith("\n"):
        raise NoteMalformed("a note is its text, an empty line, and signature lines")
    return Note(text + "\n", signatures_of(lines))


def signatures_of(lines: str) -> tuple[Signature, ...]:
    """Signature lines, each ended by a newline. Refuses NoteMalformed."""
    split = lines.split("\n")[:-1]
    if len(split) > SIGNATURES_MAX:
        raise NoteMalformed(f"more than {SIGNATURES_MAX} signatures")
    return tuple(map(_signature, split))


def checkpoint_of(note: Note) -> Checkpoint:
    """What a note says as a tree head. Refuses NoteMalformed."""
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise NoteMalformed("a checkpoint is origin, size and root, each a line")
    if not _DECIMAL.fullmatch(lines[1]):
        raise NoteMalformed("the size of a tree is a plain decimal")
    root = exact_base64(lines[2])
    if len(root) != 32:
        raise NoteMalformed("a root is 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root)


def exact_base64(text: str) -> bytes:
    """Standard base64 in its one spelling. Refuses NoteMalformed."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteMalformed("this is no base64") from error
    if base64.b64encode(raw).decode() != text:
        raise NoteMalformed("base64 has one spelling; this is another")
    return raw


def refuse_name(name: str) -> None:
    """NoteMalformed for what no key may be called."""
    if not name or "+" in name or any(character.isspace() or character < " " for character in name):
        raise NoteMalformed("a key's name is not empty and holds no space and no plus")


def distinct(signatures: Iterable[Signature]) -> tuple[Signature, ...]:
    """Each key's first signature."""
    kept: dict[tuple[str, bytes], Signature] = {}
    for signature in signatures:
        kept.setdefault((signature.name, signature.key_id), signature)
    return tuple(kept.values())


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    refuse_name(name)
    raw = exact_base64(encoded)
    if dash != "—" or len(raw) <= KEY_ID_BYTES:
        raise NoteMalformed("a signature line is an em dash, a name, and base64 of key id and signature")
    return Signature(name, raw[:KEY_ID_BYTES], raw[KEY_ID_BYTES:])
