"""What superiors do for and to their staff: names, roles, disabling, fresh passwords, lost apps. Nobody does so to
their equals, upwards, or to themselves.

Somebody at the bank's own terminal stands above everybody: where `superior` is None, only what would leave the bank
without an administrator is refused.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from ledger.bank import Bank, By, Changes
from ledger.core.refusals.organisations import LastAdmin, NotSuperior
from ledger.core.refusals.postings import SamePerson
from ledger.core.refusals.refusal import Refused
from ledger.people import otp, passwords, staff, throttles
from ledger.people.organisations import Organisation
from ledger.people.staff import Actor, Grant, Person
from ledger.people.throttles import Act
from ledger.store import sign_ins
from ledger.store import staff as store


def is_above(superior: Actor, person: Person) -> bool:
    """Whether each role of this person lies in the reach of an administrator's role of the superior, and none is that
    same role. Nobody is above themselves: their own highest role is its own equal.
    """
    return all(_outranks(superior, grant) for grant in _held(person))


def change(
    bank: Bank,
    by: By,
    superior: Actor | None,
    person: Person,
    *,
    name: str | None = None,
    enabled: bool | None = None,
    roles: Collection[tuple[str, Organisation]] | None = None,
) -> Person:
    """What changes, at once; what is None stays. `roles` are all that the person is to hold from now on.

    Refuses NotSuperior, SamePerson where somebody adds to their own roles, and LastAdmin.
    """
    with bank.changing(by) as change:
        store.hold_root(change.connection)
        admins = store.root_admins(change.connection)
        current = _locked(change, person.id)
        if name is not None and name != current.name:
            _refuse_below(superior, current, or_self=True)
            change.change("staff", current.id, {"name": name})
            change.audit("rename", "staff", current.id)
        if roles is not None:
            _change_roles(change, superior, current, roles)
        if enabled is not None and enabled != current.enabled:
            _refuse_below(superior, current)
            _enable(change, current, enabled)
        if admins and not store.root_admins(change.connection):
            raise Refused(LastAdmin())
        return _locked(change, person.id)


def reset_password(bank: Bank, by: By, superior: Actor | None, person: Person) -> str:
    """A temporary password to be told once; whoever signs in with it must choose their own. All sign-ins end, and wrong
    tries are forgiven. Refuses NotSuperior.
    """
    fresh = passwords.temporary(bank.world.random_bytes)
    kept = passwords.hashed(fresh)
    with bank.changing(by) as change:
        current = _locked(change, person.id)
        _refuse_below(superior, current)
        expires_at = change.now + passwords.TEMPORARY_MICROSECONDS
        change.change("staff", current.id, {"password_hash": kept, "password_expires_at": expires_at})
        sign_ins.end_all(change.connection, current.id, change.now)
        change.audit("reset_password", "staff", current.id)
    throttles.forgive(bank, Act.LOGIN, current.username)
    return fresh


def reset_otp(bank: Bank, by: By, superior: Actor | None, person: Person) -> Person:
    """For somebody whose app is lost: they sign in without a code, and enrol anew where the bank asks it. All sign-ins
    end. Refuses NotSuperior.
    """
    with bank.changing(by) as change:
        current = _locked(change, person.id)
        _refuse_below(superior, current)
        change.change("staff", current.id, otp.dropped())
        sign_ins.end_all(change.connection, current.id, change.now)
        change.audit("reset_otp", "staff", current.id)
        return _locked(change, person.id)


def _locked(change: Changes, id: UUID) -> Person:
    return staff.known(change.connection, id, locked=True)


def _change_roles(
    change: Changes, superior: Actor | None, person: Person, roles: Collection[tuple[str, Organisation]]
) -> None:
    before = {(grant.role, grant.organisation_id): grant for grant in person.grants}
    after = {(role, organisation.id): Grant(role, organisation.id, organisation.path) for role, organisation in roles}
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    if superior is not None:
        if added and superior.id == person.id:
            raise Refused(SamePerson())
        reaches = all(_administers(superior, after[each]) for each in added)
        outranks = superior.id == person.id or all(_outranks(superior, before[each]) for each in removed)
        if not reaches or not outranks:
            raise Refused(NotSuperior())
    if added or removed:
        store.remove_roles(change.connection, person.id, removed)
        store.add_roles(change.connection, person.id, added)
        change.audit("change_roles", "staff", person.id, before=_told(before), after=_told(after))


def _enable(change: Changes, person: Person, enabled: bool) -> None:
    change.change("staff", person.id, {"disabled_at": None if enabled else change.now})
    if not enabled:
        sign_ins.end_all(change.connection, person.id, change.now)
    change.audit("enable" if enabled else "disable", "staff", person.id)


def _refuse_below(superior: Actor | None, person: Person, *, or_self: bool = False) -> None:
    if superior is None or is_above(superior, person) or (or_self and superior.id == person.id):
        return
    raise Refused(NotSuperior())


def _held(person: Person) -> Collection[Grant]:
    """All roles; of somebody without any, their mere belonging."""
    return person.grants or (Grant("", person.organisation_id, person.organisation_path),)


def _administers(superior: Actor, grant: Grant) -> bool:
    return any(
        own.role == "admin" and grant.organisation_path.startswith(own.organisation_path) for own in superior.grants
    )


def _outranks(superior: Actor, grant: Grant) -> bool:
    """Whether an administrator's role of the superior covers this one and is not its equal."""
    return any(
        own.role == "admin"
        and grant.organisation_path.startswith(own.organisation_path)
        and (grant.role != "admin" or grant.organisation_path != own.organisation_path)
        for own in superior.grants
    )


def _told(roles: dict[tuple[str, UUID], Grant]) -> dict[str, Any]:
    return {"roles": sorted([role, str(of)] for role, of in roles)}
