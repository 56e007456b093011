"""Callers: who speaks to the API, as they stand at this moment. Staff act for the bank; a paired device only lets
volunteers in; a volunteer sees what is their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from api.problems import Problem
from api.scopes import DEVICE_SCOPES, Scope, reach
from api.tokens import Claims, TokenInvalid
from ledger.bank import Bank, By
from ledger.people import devices, sessions, staff
from ledger.people.devices import Device
from ledger.people.sessions import Session
from ledger.people.staff import Actor


class Kind(StrEnum):
    """The kinds of caller, as `client_id` of a token names them (RFC 9068, 2.2)."""

    STAFF = "staff"
    DEVICE = "device"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """One of the three, or nobody; looked up anew at each request, so that what changes takes effect at once."""

    by: By
    """Who does it and at which device, for the audit."""
    actor: Actor
    """The person of the staff; NOBODY else."""
    within: tuple[str, ...] = ()
    """The organisation paths at and below which this caller may do this. None for a volunteer, who reaches persons
    and things by their being the volunteer's own.
    """
    device: Device | None = None
    """The device that calls."""
    session: Session | None = None
    """The session of the volunteer who calls."""

    @property
    def own(self) -> UUID | None:
        """The volunteer who calls; None where it is no volunteer."""
        return self.session.volunteer_id if self.session else None

    @property
    def sees(self) -> tuple[str, ...]:
        """The organisations whose common offers (prizes, desks) this caller may know: those within reach, and a
        volunteer's own.
        """
        return (self.session.organisation_path,) if self.session else self.within


NOBODY = Caller(by=By(actor=staff.NOBODY), actor=Actor(id=staff.NOBODY, name="", grants=()))
"""Whoever calls a public route."""


def caller_of(bank: Bank, claims: Claims, scope: Scope, *, own: bool) -> Caller:
    """The caller whom this token names, where they may do this. `own` says that a volunteer may, for themselves.

    One statement. Refuses TokenInvalid where they are disabled, revoked, signed out or gone; 403 where this is not
    theirs to do.
    """
    if claims.client == Kind.STAFF:
        caller = _staff(bank, claims, scope)
        allowed = bool(caller.within) and scope in claims.scope
        if caller.actor.owes and scope != Scope.SELF:
            raise Problem(caller.actor.owes)
    elif claims.client == Kind.DEVICE:
        caller = _device(bank, claims)
        allowed = scope in DEVICE_SCOPES and scope in claims.scope
    else:
        caller = _volunteer(bank, claims)
        allowed = own or scope == Scope.OWN
    if not allowed:
        raise Problem("insufficient_scope", detail=(f"需要权限 {scope}", f"the scope {scope} is needed"))
    return caller


def _staff(bank: Bank, claims: Claims, scope: Scope) -> Caller:
    if claims.session_id is None:
        raise TokenInvalid
    actor = staff.actor(bank, claims.subject, sign_in=claims.session_id, device=claims.device_id)
    if actor is None:
        raise TokenInvalid
    return Caller(by=By(actor=actor.id, device=claims.device_id), actor=actor, within=reach(actor, scope))


def _device(bank: Bank, claims: Claims) -> Caller:
    device = devices.standing(bank, claims.subject, sign_in=claims.session_id) if claims.session_id else None
    if device is None:
        raise TokenInvalid
    by = By(actor=device.id, device=device.id, kind="device")
    return Caller(by=by, actor=NOBODY.actor, within=(device.organisation_path,), device=device)


def _volunteer(bank: Bank, claims: Claims) -> Caller:
    session = sessions.find_open(bank, claims.session_id) if claims.session_id else None
    if session is None or session.volunteer_id != claims.subject:
        raise TokenInvalid
    return Caller(by=session.by, actor=NOBODY.actor, session=session)
