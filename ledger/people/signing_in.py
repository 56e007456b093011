"""Signing in: who shows a password, and a one-time code where one is due, is let in; who guesses is held up."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from ledger.bank import Bank, By
from ledger.people import otp, passwords, staff, throttles
from ledger.people.passwords import StaffRefused
from ledger.people.staff import Actor
from ledger.people.throttles import Act, Source
from ledger.store import sign_ins
from ledger.store import staff as store


class NotLetIn(StrEnum):
    """Why somebody is not let in. For a wrong password, an unknown name and a disabled person it is the same, after the
    same work.
    """

    CREDENTIALS_WRONG = "credentials_wrong"
    OTP_MISSING = "otp_missing"
    OTP_WRONG = "otp_wrong"


def sign_in(bank: Bank, source: Source, username: str, password: str, code: str | None) -> Actor | NotLetIn:
    """Who this is. Refuses Throttled."""
    attempt = throttles.attempt(bank, Act.LOGIN, source, username)
    with bank.store.reading() as connection:
        row = store.person(connection, {"username": username})
    usable = row is not None and row["disabled_at"] is None and not _has_passed(bank, row["password_expires_at"])
    if not passwords.matches(row["password_hash"] if row and usable else None, password) or row is None:
        return NotLetIn.CREDENTIALS_WRONG
    if row["otp_sealed"] is not None:
        if code is None:
            return NotLetIn.OTP_MISSING
        if not otp.use(bank, row["id"], row["otp_sealed"], code):
            return NotLetIn.OTP_WRONG
    actor = staff.actor(bank, row["id"])
    if actor is None:
        return NotLetIn.CREDENTIALS_WRONG
    attempt.succeeded()
    return actor


def prove(bank: Bank, source: Source, staff_id: UUID, password: str, code: str | None) -> Actor | NotLetIn:
    """Whether whoever is signed in is still who they say, before they change what they sign in with. Refuses
    Throttled.
    """
    return sign_in(bank, source, staff.person(bank, staff_id).username, password, code)


def change_password(bank: Bank, by: By, staff_id: UUID, new: str) -> None:
    """A password of their own choice, from now on; everything signed in with the old one ends. Refuses StaffRefused."""
    passwords.refuse_unusable(staff.person(bank, staff_id).username, new)
    with bank.store.reading() as connection:
        row = store.person(connection, {"id": staff_id})
    if row is None or passwords.matches(row["password_hash"], new):
        raise StaffRefused("the new password is another one than the old")
    kept = passwords.hashed(new)
    with bank.changing(by) as change:
        change.change("staff", staff_id, {"password_hash": kept, "password_expires_at": None})
        sign_ins.end_all(change.connection, staff_id, change.now)
        change.audit("change_password", "staff", staff_id)


def _has_passed(bank: Bank, moment: int | None) -> bool:
    return moment is not None and moment <= bank.world.clock()
