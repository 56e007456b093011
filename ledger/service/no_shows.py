"""No-shows (爽约): who had a place and did not come. Excused it stays a note; else it is a deed, which rulebooks count
and raise their flags by. Both can be taken back, with a reason.
"""

from __future__ import annotations

from uuid import UUID

from ledger.bank import Bank, By, Outcome, Request
from ledger.core.canonical import digest
from ledger.core.refusals.activities import CameAfterAll, NoShowDecided, NotSignedUp, SessionStillOpen
from ledger.core.refusals.refusal import Refused
from ledger.people import households, organisations, volunteers
from ledger.service import activities, activity_sessions, attempts, deeds, reviews, rulebooks, sign_ups
from ledger.service.activities import Activity
from ledger.service.deeds import Doing
from ledger.service.sign_ups import NoShow, SignUp

CLIENT = "no-shows"
"""Whose keys those of their deeds are: no client's."""


def record(bank: Bank, by: By, signed_up: SignUp, kind: NoShow) -> tuple[SignUp, Outcome | None]:
    """They did not come: excused, unexcused or malicious. The outcome is that of the deed; None where there is none.

    To be done once the session is closed, and once. Who cancelled too late may be meant, too.
    Refuses SessionStillOpen, NotSignedUp, CameAfterAll, NoShowDecided; the deed may be refused as any other.
    """
    _refuse_untimely(bank, signed_up)
    if signed_up.no_show not in (None, kind) or signed_up.no_show_lifted_at is not None:
        raise Refused(NoShowDecided())
    outcome = None if kind == "excused" else _deed(bank, by, signed_up, kind)
    if outcome is not None and not outcome.posted:
        return signed_up, outcome
    with bank.changing(by) as change:
        if change.find("sign_up", id=signed_up.id, no_show=None):
            row = {
                "no_show": kind,
                "no_show_at": change.now,
                "no_show_by": by.actor,
                "no_show_deed_id": UUID(str(outcome.answer["id"])) if outcome else None,
            }
            change.change("sign_up", signed_up.id, row)
            change.audit("no_show", "sign_up", signed_up.id, after={"no_show": kind})
    return _again(bank, signed_up), outcome


def lift(bank: Bank, by: By, signed_up: SignUp, reason: str) -> tuple[SignUp, Outcome | None]:
    """It is taken back: what was counted falls, and flags raised by it with it. Refuses NoShowDecided."""
    if signed_up.no_show is None or signed_up.no_show_lifted_at is not None:
        raise Refused(NoShowDecided())
    outcome = _undone(bank, by, signed_up, reason)
    if outcome is not None and not outcome.posted:
        return signed_up, outcome
    with bank.changing(by) as change:
        change.change("sign_up", signed_up.id, {"no_show_lifted_at": change.now, "no_show_lifted_by": by.actor})
        change.audit("lift", "sign_up", signed_up.id, before={"no_show": signed_up.no_show}, after={"no_show": None})
    return _again(bank, signed_up), outcome


def _undone(bank: Bank, by: By, signed_up: SignUp, reason: str) -> Outcome | None:
    """The deed is reversed, or withdrawn where it still waits; None where there is nothing to undo."""
    if signed_up.no_show_deed_id is None:
        return None
    request = _request(bank, f"{signed_up.id}-lift")
    deed = deeds.find(bank, signed_up.no_show_deed_id)
    if deed is not None:
        return deeds.reverse(bank, by, request, deed, reason)
    claim = reviews.find(bank, signed_up.no_show_deed_id)
    if claim is None or claim.state in ("rejected", "withdrawn", "void"):
        return None
    return reviews.take_step(bank, by, request, claim, reviews.WITHDRAW, reason)


def _refuse_untimely(bank: Bank, signed_up: SignUp) -> None:
    session = activity_sessions.find(bank, signed_up.session_id)
    if session is None or session.closed_at is None:
        raise Refused(SessionStillOpen())
    if signed_up.state == "waiting" or (signed_up.state == "cancelled" and not signed_up.is_late):
        raise Refused(NotSignedUp())
    if signed_up.came:
        raise Refused(CameAfterAll())


def _deed(bank: Bank, by: By, signed_up: SignUp, kind: NoShow) -> Outcome | None:
    activity = activities.find(bank, signed_up.activity_id)
    volunteer = volunteers.find(bank, signed_up.volunteer_no)
    if activity is None or volunteer is None:
        return None
    on = activity_sessions.day_of(bank, signed_up.starts_at)
    home = households.household_of(bank, volunteer.id, on)
    doing = Doing(
        volunteer=volunteer,
        organisation=_organiser(bank, activity),
        kind="no_show",
        deed_type=activity.activity_type,
        done_on=on,
        activity=activity,
        tags=frozenset({kind}),
        household=home.id if home else None,
    )
    book = rulebooks.in_force(bank, on, organisation_path=activity.organisation_path)
    return deeds.post(bank, by, _request(bank, f"{signed_up.id}-{kind}"), doing, book)


def _request(bank: Bank, subject: str) -> Request:
    return Request(CLIENT, attempts.keys_of(bank, CLIENT, [subject])[subject], digest(subject.encode()))


def _organiser(bank: Bank, activity: Activity) -> organisations.Organisation:
    return organisations.find_all(bank, [activity.organisation_id])[activity.organisation_id]


def _again(bank: Bank, signed_up: SignUp) -> SignUp:
    found = sign_ups.find(bank, signed_up.id)
    if found is None:
        raise LookupError(f"the sign-up {signed_up.id} was there a moment ago, and none is ever deleted")
    return found
