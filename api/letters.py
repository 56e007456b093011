"""Yearly letters to volunteers: whom there is something to write to, and the letters on paper, single or many."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from flask import request
from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form, VolunteerNo, Year
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.report_papers import no_papers
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.bank import Note
from ledger.papers import PapersMissing
from ledger.people import organisations, viewings, volunteers
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer
from ledger.reading import letters
from ledger.reading.letters import Active

routes = Routes("letters")
_keyset = Keyset(UUID)

PDF = "application/pdf"
ITEMS_MAX = 200


class LetterQuery(Form):
    """Which year."""

    year: Year


class LettersQuery(PageQuery):
    """Which year."""

    year: Year


class Writing(Form):
    """To whom, and of which year."""

    year: Annotated[int, Field(ge=2000, le=2099)]
    volunteer_nos: Annotated[list[VolunteerNo], Field(min_length=1, max_length=ITEMS_MAX)]


class ActiveAnswer(TypedDict):
    """Somebody who served in the year."""

    volunteer_no: str
    records: int
    minutes: int


@routes.get(
    "/volunteers/<number:volunteer_no>/yearly-letter",
    scope=Scope.BALANCES_READ,
    own=True,
    query=LetterQuery,
    answer=bytes,
    media_type=PDF,
)
def show(call: Call, volunteer_no: str, query: LetterQuery) -> Answer:
    """Print the yearly letter to a volunteer."""
    refuse_future(call, query.year, Fault("year", "out_of_range", "parameter"))
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, viewings.STATEMENT, volunteer)
    return _paper(call, [volunteer], query.year)


@routes.get(
    "/organisations/<id:organisation_id>/yearly-letters",
    scope=Scope.BALANCES_READ,
    query=LettersQuery,
    answer=page_of(ActiveAnswer),
)
def page(call: Call, organisation_id: UUID, query: LettersQuery) -> Answer:
    """List whom of an organisation there is something to write to: who served in the year."""
    refuse_future(call, query.year, Fault("year", "out_of_range", "parameter"))
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    found = letters.active(
        call.bank, query.year, within=[organisation.path], after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


@routes.post(
    "/yearly-letters/papers", scope=Scope.BALANCES_READ, body=Writing, answer=bytes, status=200, media_type=PDF
)
def print_them(call: Call, form: Writing) -> Answer:
    """Print the yearly letters to many volunteers as one PDF, each on a page of its own."""
    refuse_future(call, form.year, Fault("/year", "out_of_range"))
    numbers = list(dict.fromkeys(form.volunteer_nos))
    found = volunteers.find_all(call.bank, numbers)
    for at, number in enumerate(form.volunteer_nos):
        if number not in found or not call.reaches(found[number].organisation_path):
            unknown(f"/volunteer_nos/{at}")
    people = list({found[number].id: found[number] for number in numbers}.values())
    call.bank.noted(call.by, *(Note(action="print", kind="yearly_letter", subject=one.id) for one in people))
    return _paper(call, people, form.year)


def _paper(call: Call, people: list[Volunteer], year: int) -> Answer:
    try:
        content = letters.paper(call.bank, letters.letters(call.bank, people, year), link=f"{request.url_root}verify")
    except PapersMissing as missing:
        raise no_papers(missing) from missing
    name = f"letter-{year}-{people[0].volunteer_no}" if len(people) == 1 else f"letters-{year}-{len(people)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Answer(content, headers=headers, media_type=PDF)


def refuse_future(call: Call, year: int, fault: Fault) -> None:
    """Nothing is said of a year that has not begun."""
    if year > call.bank.today().year:
        raise Problem("invalid_request", faults=[fault])


def _told(one: Active) -> ActiveAnswer:
    return {"volunteer_no": one.volunteer_no, "records": one.records, "minutes": one.minutes}
