"""Staff: who may act, in which roles, for which organisations. What they may do is read anew at each request."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import passwords
from ledger.people.organisations import Organisation
from ledger.store import staff as store
from ledger.store.rows import Page

ROLES = ("organiser", "reviewer", "desk", "admin", "auditor")
NOBODY = UUID(int=0)
"""The id of those who did not sign in; it is nobody's."""


class Grant(NamedTuple):
    """A role in an organisation and everything below it."""

    role: str
    organisation_id: UUID
    organisation_path: str


class Duty(StrEnum):
    """What somebody must do before they may do anything else."""

    CHANGE_PASSWORD = "password_change_required"  # noqa: S105 - the code of a problem
    ENROL = "otp_required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person of the staff, as they stand at this moment."""

    id: UUID
    name: str
    grants: tuple[Grant, ...]
    owes: Duty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of the staff, as their superiors see them."""

    id: UUID
    username: str
    name: str
    organisation_id: UUID
    """Where they were hired."""
    organisation_path: str
    grants: tuple[Grant, ...]
    enabled: bool
    has_otp: bool
    has_temporary_password: bool

    @property
    def places(self) -> tuple[str, ...]:
        """The paths of all organisations that this person has to do with."""
        return (self.organisation_path, *(grant.organisation_path for grant in self.grants))


def hire(
    bank: Bank,
    by: By | None,
    *,
    username: str,
    password: str,
    name: str,
    roles: Sequence[tuple[str, Organisation]],
    is_temporary: bool = False,
) -> Person:
    """A new person of the staff with their roles; they belong where the first role holds. The first person is hired by
    nobody else (`by` None). `is_temporary` says that they must choose their own password at once.

    Refuses StaffRefused, and Taken where the username is in use.
    """
    passwords.refuse_unusable(username, password)
    id, home = bank.world.new_id(), roles[0][1]
    kept = passwords.hashed(password)
    with bank.changing(by or By(actor=id)) as change:
        row = {
            "id": id,
            "organisation_id": home.id,
            "username": username,
            "password_hash": kept,
            "password_expires_at": change.now + passwords.TEMPORARY_MICROSECONDS if is_temporary else None,
            "name": name,
            "created_at": change.now,
        }
        change.add("staff", row, unique="username")
        store.add_roles(change.connection, id, [(role, organisation.id) for role, organisation in roles])
        change.audit("hire", "staff", id, after={"roles": [[role, organisation.id] for role, organisation in roles]})
    return Person(
        id=id,
        username=username,
        name=name,
        organisation_id=home.id,
        organisation_path=home.path,
        grants=tuple(Grant(role, organisation.id, organisation.path) for role, organisation in roles),
        enabled=True,
        has_otp=False,
        has_temporary_password=is_temporary,
    )


def actor(bank: Bank, staff_id: UUID, *, sign_in: UUID | None = None, device: UUID | None = None) -> Actor | None:
    """The person as they stand now; None if unknown or disabled, if this sign-in of theirs has ended, or if the device
    at which they act was revoked.
    """
    with bank.store.reading() as connection:
        found = store.actor(connection, staff_id, sign_in_id=sign_in, device_id=device)
    if not found:
        return None
    grants = tuple(
        Grant(row.role, row.organisation_id, row.path)
        for row in found
        if row.role is not None and row.organisation_id is not None and row.path is not None
    )
    return Actor(id=staff_id, name=found[0].name, grants=grants, owes=_owed(found[0], grants))


def _owed(row: store.Role, grants: Collection[Grant]) -> Duty | None:
    if row.password_expires_at is not None:
        return Duty.CHANGE_PASSWORD
    administers = any(grant.role == "admin" for grant in grants)
    return Duty.ENROL if administers and not row.has_otp and row.otp_policy != store.OPTIONAL else None


def find(bank: Bank, id: UUID) -> Person | None:
    with bank.store.reading() as connection:
        return found(connection, id=id)


def person(bank: Bank, id: UUID) -> Person:
    """The person whose id this is known to be: nobody of the staff is ever removed."""
    with bank.store.reading() as connection:
        return known(connection, id)


def known(connection: Any, id: UUID, *, locked: bool = False) -> Person:
    """The same, as this transaction sees them; `locked` against other changes."""
    row = found(connection, locked=locked, id=id)
    if row is None:
        raise LookupError(f"nobody of the staff has the id {id}")
    return row


def find_named(bank: Bank, username: str) -> Person | None:
    with bank.store.reading() as connection:
        return found(connection, username=username)


def page(bank: Bank, *, within: Sequence[str], after: Sequence[Any] | None, limit: int) -> Page[Person]:
    """Persons who belong to these organisations or those below, or hold a role there; the first hired first."""
    with bank.store.reading() as connection:
        rows = store.page(connection, within=within, after=after, limit=limit)
        held = _grants(connection, [row["id"] for row in rows.items])
    return Page([_person(row, held.get(row["id"], ())) for row in rows.items], rows.after)


def found(connection: Any, *, locked: bool = False, **by: Any) -> Person | None:
    """The person with these values, as this transaction sees them; `locked` against other changes."""
    row = store.person(connection, by, locked=locked)
    return _person(row, _grants(connection, [row["id"]]).get(row["id"], ())) if row else None


def _grants(connection: Any, ids: Sequence[UUID]) -> dict[UUID, tuple[Grant, ...]]:
    held: dict[UUID, tuple[Grant, ...]] = {}
    for id, role, of, path in store.grants(connection, ids):
        held[id] = (*held.get(id, ()), Grant(role, of, path))
    return held


def _person(row: dict[str, Any], grants: tuple[Grant, ...]) -> Person:
    return Person(
        id=row["id"],
        username=row["username"],
        name=row["name"],
        organisation_id=row["organisation_id"],
        organisation_path=row["organisation_path"],
        grants=grants,
        enabled=row["disabled_at"] is None,
        has_otp=row["otp_sealed"] is not None,
        has_temporary_password=row["password_expires_at"] is not None,
    )
