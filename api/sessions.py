"""Volunteers' short sessions: opened at a paired device or with the help of staff, renewed while in use, ended by a
touch.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from api import throttling
from api.callers import Kind
from api.fields import Form, Nothing, VolunteerNo
from api.problems import Fault, Problem, unknown
from api.rendering import instant
from api.routes import Call, Routes, device_of, session_of
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.bank import Note
from ledger.people import cards, masking, pins, printing, screens, sessions, volunteers
from ledger.people.codes import ungrouped
from ledger.people.sessions import Session
from ledger.people.throttles import Act
from ledger.people.volunteers import Volunteer
from ledger.reading import balances

routes = Routes("sessions")


CardNo = Annotated[
    str,
    StringConstraints(min_length=16, max_length=19, pattern="^[0-9]{4}([- ]?[0-9]{4}){3}$"),
    AfterValidator(ungrouped),
]
"""As it is printed, 1234 5678 1234 5678, or without what stands between."""
ScreenNo = Annotated[str, StringConstraints(min_length=40, max_length=40, pattern="^[0-9]{40}$")]
Pin = Annotated[str, StringConstraints(min_length=6, max_length=6, pattern="^[0-9]{6}$")]


class Identification(Form):
    """Who is here: a volunteer number or a card, and the PIN."""

    volunteer_no: VolunteerNo | None = None
    card: CardNo | None = None
    pin: Pin

    @model_validator(mode="after")
    def names_one(self) -> Self:
        if (self.volunteer_no is None) == (self.card is None):
            raise PydanticCustomError("number_or_card", "give volunteer_no or card")
        return self


class CardShown(Form):
    """A card, without its PIN."""

    card: CardNo


class CodeShown(Form):
    """What a screen showed."""

    code: ScreenNo


class PinChange(Form):
    """The PIN there is, and the one to be."""

    old_pin: Pin
    pin: Pin


class Assistance(Form):
    """Whom to act for, and what for."""

    volunteer_no: VolunteerNo
    purpose: Literal["card_missing", "pin_missing", "needs_help", "by_agent"]


class VolunteerTokenAnswer(TypedDict):
    """A volunteer's token. It cannot be refreshed: POST /auth/volunteer/renew while it holds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str
    volunteer_no: str


class SessionAnswer(TypedDict):
    """Who is here, and until when."""

    volunteer_no: str
    assisted: bool
    closes_at: str


class GlanceAnswer(TypedDict):
    """All that a card without its PIN tells. `points` in the smallest unit."""

    name: str
    points: int


class ScreenCodeAnswer(TypedDict):
    """What to show, as digits and as a QR code of them; the next one is due before `expires_at`."""

    code: str
    svg: str
    expires_at: str


class PinAnswer(TypedDict):
    """Whose PIN was set."""

    volunteer_no: str


@routes.post("/auth/volunteer", scope=Scope.SESSIONS_OPEN, body=Identification, answer=VolunteerTokenAnswer, status=200)
def identify(call: Call, form: Identification) -> VolunteerTokenAnswer:
    """Sign in at a kiosk or desk by volunteer number or card, and PIN."""
    device = device_of(call)
    number = form.card or form.volunteer_no or ""
    volunteer = pins.identified(call.bank, throttling.source(call.bank, device.id), number, form.pin)
    if volunteer is None:
        raise Problem("identification_failed")
    how = "card" if form.card else "number"
    return token_of(call, sessions.identify(call.bank, device, volunteer, how))


@routes.post("/auth/volunteer/glance", scope=Scope.SESSIONS_OPEN, body=CardShown, answer=GlanceAnswer, status=200)
def glance(call: Call, form: CardShown) -> GlanceAnswer:
    """See what a card alone tells: a masked name and the balance."""
    throttling.admit(call.bank, Act.SEARCH, device=call.by.device)
    volunteer = cards.holder(call.bank, form.card) or unknown("/card")
    seen = Note(action="glance", kind="volunteer", subject=volunteer.id, change={"fields": ["masked_name", "points"]})
    call.bank.noted(call.by, seen)
    points = balances.balance_of(call.bank, volunteer.owner).points
    return {"name": masking.masked(volunteer.name), "points": points}


@routes.post(
    "/auth/volunteer/screen", scope=Scope.SESSIONS_OPEN, body=CodeShown, answer=VolunteerTokenAnswer, status=200
)
def scan(call: Call, form: CodeShown) -> VolunteerTokenAnswer:
    """Sign in at a desk or kiosk by the code on a screen where one has signed in before."""
    throttling.admit(call.bank, Act.SEARCH, device=call.by.device)
    shown = screens.spend(call.bank, form.code)
    volunteer = cards.standing(call.bank, shown.volunteer_no) if shown else None
    if volunteer is None:
        raise Problem("identification_failed")
    return token_of(call, sessions.identify(call.bank, device_of(call), volunteer, "screen"))


@routes.post("/auth/volunteer/screen-code", scope=Scope.OWN, body=Nothing, answer=ScreenCodeAnswer, status=200)
def screen_code(call: Call, form: Nothing) -> ScreenCodeAnswer:  # noqa: ARG001 - that it is empty was checked
    """Get the next code to show on this screen."""
    if not screens.may_show(session_of(call)):
        raise Problem("pin_needed")
    shown = screens.show(call.bank, session_of(call))
    return {"code": shown.code, "svg": printing.svg(shown.code).decode(), "expires_at": instant(shown.expires_at)}


@routes.post("/auth/volunteer/pin", scope=Scope.OWN, body=PinChange, answer=PinAnswer, status=200)
def change_pin(call: Call, form: PinChange) -> PinAnswer:
    """Change one's PIN, knowing the old one."""
    number = session_of(call).volunteer_no
    volunteer = pins.identified(call.bank, throttling.source(call.bank, call.by.device), number, form.old_pin)
    if volunteer is None:
        raise Problem("invalid_request", faults=[Fault("/old_pin", "wrong_pin")])
    if not pins.set_pin(call.bank, call.by, volunteer, form.pin):
        raise Problem("invalid_request", faults=[Fault("/pin", "easily_guessed")])
    return {"volunteer_no": number}


@routes.post(
    "/auth/volunteer/assist", scope=Scope.VOLUNTEERS_ASSIST, body=Assistance, answer=VolunteerTokenAnswer, status=200
)
def assist(call: Call, form: Assistance) -> VolunteerTokenAnswer:
    """Open a session for a volunteer who needs help; what is done in it is done by whoever asks for it."""
    volunteer = volunteer_of(call, form.volunteer_no, "/volunteer_no")
    return token_of(call, sessions.assist(call.bank, call.by, volunteer, form.purpose))


@routes.post("/auth/volunteer/renew", scope=Scope.OWN, body=Nothing, answer=VolunteerTokenAnswer, status=200)
def renew(call: Call, form: Nothing) -> VolunteerTokenAnswer:  # noqa: ARG001 - that it is empty was checked
    """Stay signed in while the screen is in use."""
    return token_of(call, sessions.renew(call.bank, session_of(call)))


@routes.post("/auth/volunteer/sign-out", scope=Scope.OWN, body=Nothing, answer=SessionAnswer, status=200)
def sign_out(call: Call, form: Nothing) -> SessionAnswer:  # noqa: ARG001 - that it is empty was checked
    """Sign out, at once."""
    return _told(sessions.end(call.bank, session_of(call)))


@routes.get("/auth/volunteer", scope=Scope.OWN, answer=SessionAnswer)
def show(call: Call) -> SessionAnswer:
    """Ask who is signed in."""
    return _told(session_of(call))


def volunteer_here(call: Call, volunteer_no: str, pointer: str) -> Volunteer:
    """The volunteer with this number: one within reach, or a guest who has just shown who they are at the very desk
    where this is done. Else 404.
    """
    guest = volunteers.find(call.bank, volunteer_no) if call.by.device and volunteers.is_number(volunteer_no) else None
    if guest is not None and call.by.device and sessions.is_here(call.bank, guest, call.by.device):
        return guest
    return volunteer_of(call, volunteer_no, pointer)


def token_of(call: Call, session: Session) -> VolunteerTokenAnswer:
    """A token that lasts as long as the session does."""
    seconds = (session.closes_at - call.bank.world.clock()) // 1_000_000
    token = call.keys.mint(
        session.volunteer_id,
        [Scope.OWN],
        call.bank.world.new_id(),
        client=Kind.VOLUNTEER,
        session_id=session.id,
        seconds=max(1, seconds),
    )
    return {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": max(1, seconds),
        "scope": Scope.OWN.value,
        "volunteer_no": session.volunteer_no,
    }


def _told(session: Session) -> SessionAnswer:
    return {
        "volunteer_no": session.volunteer_no,
        "assisted": session.staff_id is not None,
        "closes_at": instant(session.closes_at),
    }
