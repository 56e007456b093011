"""Volunteers: register, look up, and what they hold."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api import throttling
from api.answers import ExplanationLine, page_of
from api.fields import Day, Form, Id, Name, Search
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer, instant, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.core.accounts import MINUTES, POINTS, Owner
from ledger.people import volunteers
from ledger.people.throttles import Act
from ledger.people.volunteers import Volunteer
from ledger.reading import balances, statements
from ledger.reading.statements import Entry

routes = Routes("volunteers")
_keyset = Keyset(str, UUID)
_entries = Keyset(int, int, int)


class NewVolunteer(Form):
    """Somebody who wants to help."""

    name: Name
    organisation_id: Id


class VolunteerQuery(PageQuery):
    """`q` is the beginning of a volunteer number, or of a name in characters or pinyin."""

    q: Search | None = None


class StatementQuery(PageQuery):
    """Which entries: of points or minutes, with business dates from and to these days, both included."""

    unit: Literal["points", "minutes"] = "points"
    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


class VolunteerAnswer(TypedDict):
    """A volunteer: the number is what tells people of one name apart."""

    id: str
    volunteer_no: str
    name: str
    organisation_id: str
    registered_at: str


class LapsingAnswer(TypedDict):
    """Points that are valid until this day, and no longer."""

    on: str
    points: int


class PointsAnswer(TypedDict):
    """In the smallest unit. `available` can be spent today; `debt` is owed after a reversal of points already spent."""

    balance: int
    available: int
    held: int
    debt: int
    lapsing: list[LapsingAnswer]


class MinutesAnswer(TypedDict):
    """Service time: clocked (信用时长) and honorary (荣誉时长)."""

    total: int
    clocked: int
    honorary: int


class BalanceAnswer(TypedDict):
    """What a volunteer holds, as of one seq of the ledger."""

    points: PointsAnswer
    minutes: MinutesAnswer
    star_level: int
    as_of_seq: int


class EntryAnswer(TypedDict):
    """One movement. `amount` is signed, `balance_after` is over all of the volunteer's accounts of the unit."""

    seq: int
    leg: int
    on: str
    recorded_at: str
    kind: str
    amount: int
    balance_after: int
    explanation: list[ExplanationLine]


@routes.post("/volunteers", scope=Scope.VOLUNTEERS_WRITE, body=NewVolunteer, answer=VolunteerAnswer)
def register(call: Call, form: NewVolunteer) -> VolunteerAnswer:
    """Register a volunteer."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(volunteers.register(call.bank, call.by, organisation=organisation, name=form.name))


@routes.get("/volunteers", scope=Scope.VOLUNTEERS_READ, query=VolunteerQuery, answer=page_of(VolunteerAnswer))
def page(call: Call, query: VolunteerQuery) -> Answer:
    """Find volunteers by number or name."""
    if query.q is not None:
        throttling.admit(call.bank, Act.SEARCH, account=call.actor.id, device=call.by.device)
    found = volunteers.page(call.bank, within=call.within, q=query.q, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get(
    "/volunteers/<number:volunteer_no>", scope=Scope.VOLUNTEERS_READ, own=True, answer=VolunteerAnswer, etag=True
)
def show(call: Call, volunteer_no: str) -> Answer:
    """Look a volunteer up."""
    return tagged(_told(volunteer_of(call, volunteer_no)))


@routes.get("/volunteers/<number:volunteer_no>/balance", scope=Scope.BALANCES_READ, own=True, answer=BalanceAnswer)
def balance(call: Call, volunteer_no: str) -> BalanceAnswer:
    """Read a volunteer's balance."""
    return balance_of(call, volunteer_of(call, volunteer_no).owner)


def balance_of(call: Call, owner: Owner) -> BalanceAnswer:
    """What an owner of any kind holds."""
    held = balances.balance_of(call.bank, owner)
    return {
        "points": {
            "balance": held.points,
            "available": held.available,
            "held": held.held,
            "debt": held.debt,
            "lapsing": [{"on": on.isoformat(), "points": points} for on, points in held.lapsing],
        },
        "minutes": {
            "total": held.minutes_clocked + held.minutes_honorary,
            "clocked": held.minutes_clocked,
            "honorary": held.minutes_honorary,
        },
        "star_level": held.star_level,
        "as_of_seq": held.as_of_seq,
    }


@routes.get(
    "/volunteers/<number:volunteer_no>/statement",
    scope=Scope.BALANCES_READ,
    own=True,
    query=StatementQuery,
    answer=page_of(EntryAnswer),
)
def statement(call: Call, volunteer_no: str, query: StatementQuery) -> Answer:
    """Read a volunteer's statement, newest entries first."""
    return statement_of(call, volunteer_of(call, volunteer_no).owner, query)


def statement_of(call: Call, owner: Owner, query: StatementQuery) -> Answer:
    """A page of an owner's statement."""
    found = statements.statement(
        call.bank,
        owner,
        POINTS if query.unit == "points" else MINUTES,
        since=query.since,
        until=query.until,
        after=_entries.after(query),
        limit=query.limit,
    )
    return _entries.answer(found, _entry)


def volunteer_of(call: Call, volunteer_no: str, pointer: str | None = None) -> Volunteer:
    """The volunteer with this number, if this person may know them; else 404. A slip of the finger is not looked up."""
    if not volunteers.is_number(volunteer_no):
        unknown(pointer)
    return reached(call, volunteers.find(call.bank, volunteer_no), pointer)


def _told(volunteer: Volunteer) -> VolunteerAnswer:
    return {
        "id": str(volunteer.id),
        "volunteer_no": volunteer.volunteer_no,
        "name": volunteer.name,
        "organisation_id": str(volunteer.organisation_id),
        "registered_at": instant(volunteer.registered_at),
    }


def _entry(entry: Entry) -> EntryAnswer:
    return {
        "seq": entry.seq,
        "leg": entry.leg,
        "on": entry.on.isoformat(),
        "recorded_at": instant(entry.recorded_at),
        "kind": entry.kind,
        "amount": entry.amount,
        "balance_after": entry.balance_after,
        "explanation": entry.explanation,  # type: ignore[typeddict-item]
    }
