"""What a code in a stairwell leads to: whoever scans it asks for something without a name, and sees what came of it."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from flask import request
from typing_extensions import TypedDict

from api import throttling
from api.askers import AskerForm, asked_by
from api.fields import Form, Name, Reason, Word
from api.organisations import refuse_closed
from api.problems import Problem, unknown
from api.rendering import Answer, instant
from api.requests import Priority, State
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.people.throttles import Act
from ledger.service import requests, stairwell_papers
from ledger.service.requests import NewRequest, ResidentRequest

routes = Routes("stairwells")


class ScannedRequest(Form):
    """What is needed where the code hangs (`place`); who asks says who they are only if they like."""

    kind: Word
    words: Reason
    place: Name
    priority: Priority = "normal"
    asker: AskerForm | None = None


class SheetQuery(Form):
    """On which paper."""

    paper: Literal["a4", "a5"] = "a4"


class ScannedAnswer(TypedDict):
    """A request, for whoever made it: its id is what they ask by, and nobody can guess it."""

    id: str
    state: State
    accept_due_at: str
    close_due_at: str
    answer: str | None
    channel: Literal["qr"]


@routes.post("/organisations/<id:organisation_id>/requests", scope=PUBLIC, body=ScannedRequest, answer=ScannedAnswer)
def scan(call: Call, organisation_id: UUID, form: ScannedRequest) -> ScannedAnswer:
    """Ask for something by the code in a stairwell."""
    throttling.admit(call.bank, Act.REQUEST)
    home = organisations.find(call.bank, organisation_id) or unknown()
    refuse_closed(home, "/organisation_id")
    new = NewRequest(
        organisation=home,
        kind=form.kind,
        channel="qr",
        words=form.words,
        place=form.place,
        priority=form.priority,
        asker=asked_by(call, None, form.asker)[1] if form.asker else None,
    )
    return _told(requests.receive(call.bank, call.by, new))


@routes.get("/scanned-requests/<id:request_id>", scope=PUBLIC, answer=ScannedAnswer)
def show(call: Call, request_id: UUID) -> ScannedAnswer:
    """Ask how a request stands that was made by a code in a stairwell."""
    throttling.admit(call.bank, Act.RECEIPT)
    found = requests.find(call.bank, request_id)
    if found is None or found.channel != "qr":
        unknown()
    return _told(found)


@routes.get(
    "/organisations/<id:organisation_id>/stairwell.pdf",
    scope=Scope.REQUESTS_READ,
    query=SheetQuery,
    answer=bytes,
    media_type="application/pdf",
)
def sheet(call: Call, organisation_id: UUID, query: SheetQuery) -> Answer:
    """Have the sheet that hangs in the stairwells: its code opens the form for requests here."""
    home = reached(call, organisations.find(call.bank, organisation_id))
    link = f"{request.url_root}ask#{home.id}"
    try:
        made = stairwell_papers.paper(call.bank, home, size=query.paper, link=link)
    except PapersMissing as missing:
        raise Problem("papers_missing", detail=("请先安装: pip install pioneer-bank[pdf]", str(missing))) from None
    headers = {"Content-Disposition": f'inline; filename="stairwell-{query.paper}.pdf"'}
    return Answer(made, headers=headers, media_type="application/pdf")


def _told(made: ResidentRequest) -> ScannedAnswer:
    return {
        "id": str(made.id),
        "state": made.state,
        "accept_due_at": instant(made.accept_due_at),
        "close_due_at": instant(made.close_due_at),
        "answer": made.answer,
        "channel": "qr",
    }
