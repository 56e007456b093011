"""Staff: who may act, in which roles, for which organisations. What they may do is read anew at each request."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ledger.bank import Bank, By
from ledger.people.organisations import Organisation
from ledger.store import rows
from ledger.store import staff as store

ROLES = ("organiser", "reviewer", "desk", "admin", "auditor")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
PASSWORD_CHARACTERS_MIN = 10

_argon2id = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane."""
_hashing = threading.BoundedSemaphore(4)
"""Each check takes 19 MiB: a rush of logins waits instead of filling the memory."""
NOBODY = UUID(int=0)
"""The id of those who did not sign in; it is nobody's."""
_nobody = _argon2id.hash("nobody has this password")
"""Checked for unknown names, so that they take as long as known ones."""


class StaffRefused(ValueError):
    """A username or password that cannot be used; the message says why."""


class Grant(NamedTuple):
    """A role in an organisation and everything below it."""

    role: str
    organisation_id: UUID
    organisation_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person of the staff, as they stand at this moment."""

    id: UUID
    name: str
    grants: tuple[Grant, ...]


def hire(
    bank: Bank,
    by: By | None,
    *,
    username: str,
    password: str,
    name: str,
    roles: Sequence[tuple[str, Organisation]],
) -> Actor:
    """A new person of the staff with their roles. The first one is hired by nobody else (`by` None).

    Refuses StaffRefused, and Taken where the username is in use.
    """
    refuse_unusable(username, password)
    id = bank.world.new_id()
    hashed = _argon2id.hash(_normal(password))
    with bank.changing(by or By(actor=id)) as change:
        row = {"id": id, "username": username, "password_hash": hashed, "name": name, "created_at": change.now}
        change.add("staff", row, unique="username")
        store.add_roles(change.connection, id, [(role, organisation.id) for role, organisation in roles])
        change.audit("hire", "staff", id, after={"roles": [[role, organisation.id] for role, organisation in roles]})
    grants = tuple(Grant(role, organisation.id, organisation.path) for role, organisation in roles)
    return Actor(id=id, name=name, grants=grants)


def refuse_unusable(username: str, password: str) -> None:
    """StaffRefused for a username that cannot be typed everywhere, or a password too short to keep anybody out."""
    if not USERNAME.fullmatch(username):
        raise StaffRefused("a username is 2 to 64 of a-z 0-9 . _ - and begins with a letter or digit")
    if len(_normal(password)) < PASSWORD_CHARACTERS_MIN:
        raise StaffRefused(f"a password has at least {PASSWORD_CHARACTERS_MIN} characters")


def authenticate(bank: Bank, username: str, password: str) -> Actor | None:
    """Who this is; None alike, and after the same work, for unknown names, wrong passwords and disabled persons."""
    with bank.store.reading() as connection:
        row = rows.find(connection, "staff", username=username)
    matches = _matches(row["password_hash"] if row else _nobody, password)
    return actor(bank, row["id"]) if row and matches else None


def actor(bank: Bank, staff_id: UUID, *, device: UUID | None = None) -> Actor | None:
    """The person as they stand now; None if unknown or disabled, or if the device at which they act was revoked."""
    with bank.store.reading() as connection:
        found = store.actor(connection, staff_id, device)
    if not found:
        return None
    grants = tuple(Grant(role, of, path) for _, role, of, path in found if role is not None)
    return Actor(id=staff_id, name=found[0][0], grants=grants)


def disable(bank: Bank, by: By, staff_id: UUID) -> bool:
    """From this moment the person can do nothing; False if there is none with this id."""
    with bank.changing(by) as change:
        if not change.change("staff", staff_id, {"disabled_at": change.now}):
            return False
        change.audit("disable", "staff", staff_id, after={"disabled_at": change.now})
    return True


def _matches(hashed: str, password: str) -> bool:
    with _hashing:
        try:
            return _argon2id.verify(hashed, _normal(password))
        except VerifyMismatchError:
            return False


def _normal(password: str) -> str:
    """One spelling, whichever keyboard typed it (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
