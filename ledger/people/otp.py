"""One-time codes (TOTP, RFC 6238) for staff: their secrets are sealed, and each code opens one door once."""

from __future__ import annotations

import base64
import hmac
from typing import Any, NamedTuple
from uuid import UUID

import pyotp

from ledger.bank import Bank, By
from ledger.people import sealing
from ledger.store import staff as store

SECRET_BYTES = 20
"""RFC 4226, section 4: 160 bits."""
STEP_SECONDS = 30
STEPS_AROUND = 1
"""A code of the step before or after holds too: clocks differ, and people type slowly."""
CODE_DIGITS = 6


class Offer(NamedTuple):
    """A secret to be put into somebody's app: typed, or scanned as the URI."""

    secret: str
    uri: str


def is_required(bank: Bank) -> bool:
    """Whether administrators must use one-time codes in this bank: yes, unless it was decided otherwise."""
    with bank.store.reading() as connection:
        return store.otp_policy(connection) != store.OPTIONAL


def require(bank: Bank, by: By, required: bool) -> None:
    """Decide whether administrators must use one-time codes."""
    value = "required" if required else store.OPTIONAL
    with bank.changing(by) as change:
        before = store.otp_policy(change.connection) or "required"
        store.set_otp_policy(change.connection, value)
        change.audit("change", "policy", store.OTP_POLICY, before={"value": before}, after={"value": value})


def offer(bank: Bank, staff_id: UUID, username: str, by: By) -> Offer:
    """A fresh secret for this person; nothing changes until they show by a code that they have it."""
    secret = base64.b32encode(bank.world.random_bytes(SECRET_BYTES)).decode()
    sealed = sealing.of(bank).seal(secret, place=place_of(staff_id))
    with bank.changing(by) as change:
        change.change("staff", staff_id, {"otp_offered": sealed})
        change.audit("offer_otp", "staff", staff_id)
    uri = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=bank.charter.name)
    return Offer(secret, uri)


def confirm(bank: Bank, staff_id: UUID, code: str, by: By) -> bool:
    """Take up the secret offered last: from now on signing in needs a code. False where the code is not of it."""
    with bank.changing(by) as change:
        row = store.person(change.connection, {"id": staff_id}, locked=True)
        if row is None or row["otp_offered"] is None:
            return False
        step = _step_of(bank, staff_id, row["otp_offered"], code)
        if step is None:
            return False
        taken = {"otp_sealed": row["otp_offered"], "otp_offered": None, "otp_step": step}
        change.change("staff", staff_id, taken)
        change.audit("enrol_otp", "staff", staff_id)
    return True


def use(bank: Bank, staff_id: UUID, sealed: bytes, code: str) -> bool:
    """Whether this is a code of theirs for now that was not used before; it is used up by asking."""
    step = _step_of(bank, staff_id, sealed, code)
    if step is None:
        return False
    with bank.store.changing() as connection:
        return store.use_otp_step(connection, staff_id, step)


def dropped() -> dict[str, Any]:
    """The columns of somebody whose app is lost."""
    return {"otp_sealed": None, "otp_offered": None, "otp_step": None}


def _step_of(bank: Bank, staff_id: UUID, sealed: bytes, code: str) -> int | None:
    """The step whose code this is; None where it is none of now."""
    totp = pyotp.TOTP(sealing.of(bank).open(sealed, place=place_of(staff_id)))
    now = bank.world.clock() // (STEP_SECONDS * 1_000_000)
    around = range(now - STEPS_AROUND, now + STEPS_AROUND + 1)
    found = [step for step in around if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())]
    return found[0] if found else None


def place_of(staff_id: UUID) -> str:
    return f"staff/{staff_id}/otp"
