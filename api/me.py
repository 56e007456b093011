"""Oneself: who I am to the bank, my password, and my one-time codes."""

from __future__ import annotations

from typing_extensions import TypedDict

from api import throttling
from api.auth import Otp, TokenAnswer, let_in, tokens
from api.fields import Form, Secret
from api.problems import Fault, Problem
from api.routes import Call, Routes
from api.scopes import Scope, scopes_of
from api.staff import Password, StaffAnswer, told
from ledger.people import otp, passwords, sign_ins, signing_in, staff
from ledger.people.sign_ins import Holder
from ledger.people.staff import Actor

routes = Routes("me")


class PasswordChange(Form):
    """A new password, and the proof that it is oneself who asks."""

    password: Secret
    otp: Otp | None = None
    new_password: Password


class OtpWish(Form):
    """The proof that it is oneself who asks; `otp` of the app used until now, where there is one."""

    password: Secret
    otp: Otp | None = None


class OtpConfirmation(Form):
    """A code of the app that took up the secret."""

    otp: Otp


class OtpOffer(TypedDict):
    """A secret for an authenticator app, as text and as the URI of its QR code. Told once."""

    secret: str
    otpauth_uri: str


@routes.get("/auth/me", scope=Scope.SELF, answer=StaffAnswer)
def show(call: Call) -> StaffAnswer:
    """Ask who one is to the bank."""
    return told(staff.person(call.bank, call.actor.id))


@routes.post("/auth/me/password", scope=Scope.SELF, body=PasswordChange, answer=TokenAnswer, status=200)
def change_password(call: Call, form: PasswordChange) -> TokenAnswer:
    """Choose a new password; everything signed in with the old one is signed out, and here are new tokens."""
    actor = _proven(call, form.password, form.otp)
    try:
        signing_in.change_password(call.bank, call.by, actor.id, form.new_password)
    except passwords.StaffRefused:
        raise Problem("invalid_request", faults=[Fault("/new_password", "unusable_password")]) from None
    return tokens(call, sign_ins.begin(call.bank, Holder(actor.id, call.by.device)), scopes_of(actor))


@routes.post("/auth/me/otp", scope=Scope.SELF, body=OtpWish, answer=OtpOffer)
def offer_otp(call: Call, form: OtpWish) -> OtpOffer:
    """Ask for a secret for an authenticator app; nothing changes before a code of it is shown."""
    _proven(call, form.password, form.otp)
    offered = otp.offer(call.bank, call.actor.id, staff.person(call.bank, call.actor.id).username, call.by)
    return {"secret": offered.secret, "otpauth_uri": offered.uri}


@routes.post("/auth/me/otp/confirm", scope=Scope.SELF, body=OtpConfirmation, answer=StaffAnswer, status=200)
def confirm_otp(call: Call, form: OtpConfirmation) -> StaffAnswer:
    """Show a code of the app; from now on signing in needs one."""
    if not otp.confirm(call.bank, call.actor.id, form.otp, call.by):
        raise Problem("invalid_request", faults=[Fault("/otp", "otp_wrong")])
    return told(staff.person(call.bank, call.actor.id))


def _proven(call: Call, password: str, code: str | None) -> Actor:
    where = throttling.source(call.bank, call.by.device)
    return let_in(signing_in.prove(call.bank, where, call.actor.id, password, code))
