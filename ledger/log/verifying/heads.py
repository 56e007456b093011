"""Signed notes, verifier keys and tree heads (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy), and
whose signatures count.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path

from ledger.log.verifying.curve import signed_by


class Verdict(Exception):
    """Ends the run with this exit code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code


def invalid(said: str) -> Verdict:
    return Verdict(1, said)


def unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid(f"not base64: {text[:60]!r}") from error
    if base64.b64encode(raw).decode() != text:
        raise invalid(f"base64 in a wrong spelling: {text[:60]!r}")
    return raw


class Key:
    """A verifier key, NAME+ID+KEY: type 1 signs heads of the log NAME, type 4 is a witness."""

    def __init__(self, text: str) -> None:
        name, _, rest = text.strip().partition("+")
        given, _, encoded = rest.partition("+")
        raw = unbase64(encoded)
        self.name, self.kind, self.public, self.text = name, raw[:1], raw[1:], text.strip()
        self.id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        if len(raw) != 33 or self.kind not in (b"\1", b"\4") or given != self.id.hex():
            raise Verdict(2, f"this is no verifier key: {text.strip()[:100]!r}")

    def has_signed(self, text: str, blob: bytes) -> bool:
        if self.kind == b"\1":
            return signed_by(self.public, blob, text.encode())
        stamped = f"cosignature/v1\ntime {int.from_bytes(blob[:8], 'big')}\n{text}"
        return len(blob) == 72 and signed_by(self.public, blob[8:], stamped.encode())


class Note:
    """Text, and the lines that sign it."""

    def __init__(self, note: bytes) -> None:
        try:
            self.note = note.decode()
        except UnicodeDecodeError as error:
            raise invalid("a note is UTF-8") from error
        text, gap, lines = self.note.rpartition("\n\n")
        self.text, self.said, self.signatures = text + "\n", text.split("\n"), []
        if not gap or not lines.endswith("\n") or len(self.said) < 3 or not all(self.said) or "\r" in self.note:
            raise invalid("this is no signed note")
        for line in lines.split("\n")[:-1]:
            dash, _, rest = line.partition(" ")
            name, _, encoded = rest.partition(" ")
            raw = unbase64(encoded)
            if dash != "—" or not name or len(raw) < 5:
                raise invalid(f"no signature line: {line[:60]!r}")
            self.signatures.append((name, raw[:4], raw[4:]))


class Head(Note):
    """A checkpoint: which log, how many entries, the root over them."""

    def __init__(self, note: bytes) -> None:
        super().__init__(note)
        self.origin, size, root = self.said[:3]
        if not (size.isascii() and size.isdigit() and len(size) < 17 and str(int(size)) == size):
            raise invalid(f"{size[:40]!r} is no size")
        self.size, self.root = int(size), unbase64(root)
        if len(self.root) != 32:
            raise invalid("a root is 32 bytes")


class Trust:
    """Whose signatures count: the keys of the log, and which witnesses must stand for a head."""

    def __init__(self, keys: list[str], policy: str | None) -> None:
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.places: dict[str, str] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = "none"
        for given in keys:
            text = Path(given).read_text(encoding="utf-8") if Path(given).is_file() else given
            self.logs += [Key(line) for line in text.splitlines() if line.strip()]
        for line in Path(policy).read_text(encoding="utf-8").split("\n") if policy else ():
            try:
                self._read(line.split())
            except ValueError as error:
                raise Verdict(2, f"the policy says {line.strip()[:100]!r}, which nobody understands") from error

    def _read(self, words: list[str]) -> None:
        match words:
            case []:
                return
            case [comment, *_] if comment.startswith("#"):
                return
            case ["log", key] | ["log", key, _]:
                self.logs.append(Key(key))
            case ["witness", name, key]:
                self.witnesses[name] = Key(key)
            case ["witness", name, key, url]:
                self.witnesses[name], self.places[name] = Key(key), url
            case ["group", name, least, *members] if members:
                self.groups[name] = ({"any": 1, "all": len(members)}.get(least) or int(least), members)
            case ["quorum", name]:
                self.quorum = name
            case _:
                raise ValueError

    def check(self, head: Head) -> None:
        """Every known signer must really have signed; one key of the log, and the witnesses asked for, must have."""
        if not self._stands(self.quorum, self.signers(head, head.origin)):
            raise Verdict(2, "the log signed this head, but not enough witnesses stand for it yet")

    def signers(self, note: Note, origin: str) -> set[str]:
        """The keys that signed, one of them the log's. Refuses a signature that is false."""
        if not self.logs:
            raise Verdict(2, "say with --key or --policy whose log it should be; the server's own word does not count")
        signed = set()
        for key in (*self.logs, *self.witnesses.values()):
            for name, id, blob in note.signatures:
                if (name, id) == (key.name, key.id):
                    if not key.has_signed(note.text, blob):
                        raise invalid(f"the signature of {name} is false")
                    signed.add(key.text)
        if not any(key.text in signed and key.name == origin for key in self.logs):
            raise invalid(f"no key you trust signed this for {origin}")
        return signed

    def _stands(self, name: str, signed: set[str]) -> bool:
        if name in self.groups:
            least, members = self.groups[name]
            return sum(self._stands(member, signed) for member in members) >= least
        return name == "none" or (name in self.witnesses and self.witnesses[name].text in signed)
