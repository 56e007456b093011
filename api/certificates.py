"""Certificates of service (民政部令67 art. 14): issued to whoever asks for their own, and by staff; printed, looked up
by whoever is shown one, and revoked.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from flask import request
from pydantic import Field
from typing_extensions import TypedDict

from api import idempotency, problems, throttling
from api.answers import page_of
from api.fields import Day, Form, Id, VolunteerNo
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import Fault, Problem, ProblemAnswer, unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import PUBLIC, Scope
from api.volunteers import volunteer_of
from ledger.bank import Note, Outcome
from ledger.log import receipts
from ledger.papers import PapersMissing
from ledger.people import masking, volunteers
from ledger.people.throttles import Act
from ledger.service import certificate_papers, certificates, seals
from ledger.service.certificate_papers import Shown
from ledger.service.certificates import Certificate

routes = Routes("certificates")
_keyset = Keyset(int)

PDF = "application/pdf"
ITEMS_MAX = 200
TAIL = 4
"""How much of a volunteer number somebody who holds the paper needs to compare."""


class Period(Form):
    """Which days to certify, both included; everything up to today where nothing is said."""

    from_on: Day | None = None
    until_on: Day | None = None


class Many(Period):
    """Certificates for many volunteers over the same days."""

    volunteer_nos: Annotated[list[VolunteerNo], Field(min_length=1, max_length=ITEMS_MAX)]


class Printing(Form):
    """Which certificates to print, and whether English stands beside the Chinese."""

    ids: Annotated[list[Id], Field(min_length=1, max_length=ITEMS_MAX)]
    english: bool = False


class Ending(Form):
    """Why the paper is not to be believed: it was a mistake, somebody deceived us, or its holder wishes it."""

    reason: Literal["mistake", "fraud", "wish"]


class CertificateAnswer(TypedDict):
    """A certificate. `superseded`: a record it rests on was corrected since, ask for another one."""

    id: str
    certificate_no: str
    state: Literal["valid", "superseded", "revoked", "erased"]
    organisation_id: str
    from_on: str
    until_on: str
    minutes: int
    records: int
    issued_on: str
    ended_for: str | None
    transaction_seq: int


class IssuedAnswer(TypedDict):
    """A new certificate over so many minutes in so many records."""

    id: str
    certificate_no: str
    state: Literal["valid"]
    minutes: int
    records: int
    transaction_seq: int


class IssuedItemAnswer(TypedDict):
    """What became of one volunteer's certificate."""

    outcome: Literal["posted", "refused"]
    replayed: bool
    certificate: NotRequired[IssuedAnswer]
    problem: NotRequired[ProblemAnswer]


class IssuedAllAnswer(TypedDict):
    """An outcome for each volunteer, in the order given."""

    items: list[IssuedItemAnswer]


class EndedAnswer(TypedDict):
    """A revoked certificate."""

    id: str
    state: Literal["revoked"]
    transaction_seq: int


class VerdictAnswer(TypedDict):
    """What whoever is shown a certificate needs in order to compare it with the paper; of an erased person nothing."""

    state: Literal["valid", "superseded", "revoked", "erased"]
    certificate_no: str
    masked_name: str | None
    volunteer_no_tail: str | None
    organisation: str
    from_on: str
    until_on: str
    minutes: int
    records: int
    issued_on: str
    transaction_seq: int


@routes.post(
    "/volunteers/<number:volunteer_no>/certificates",
    scope=Scope.CERTIFICATES_ISSUE,
    own=True,
    body=Period,
    answer=IssuedAnswer,
    posts=True,
)
def issue(call: Call, volunteer_no: str, form: Period) -> Answer:
    """Certify a volunteer's service."""
    _refuse_backwards(form)
    volunteer = volunteer_of(call, volunteer_no)
    return answered(
        certificates.issue(call.bank, call.by, call.request, volunteer, since=form.from_on, until=form.until_on)
    )


@routes.post(
    "/certificates/batch",
    scope=Scope.CERTIFICATES_ISSUE,
    body=Many,
    answer=IssuedAllAnswer,
    status=200,
    posts=True,
)
def issue_all(call: Call, form: Many) -> Answer:
    """Certify the service of many volunteers, each by itself."""
    _refuse_backwards(form)
    found = volunteers.find_all(call.bank, form.volunteer_nos)
    known = {number: one for number, one in found.items() if call.reaches(one.organisation_path)}
    asked = [
        (at, (idempotency.item(call.request, at), known[number]))
        for at, number in enumerate(form.volunteer_nos)
        if number in known
    ]
    outcomes = certificates.issue_all(
        call.bank, call.by, [each for _, each in asked], since=form.from_on, until=form.until_on
    )
    told = {at: _item(outcome) for (at, _), outcome in zip(asked, outcomes, strict=True)}
    items = [told.get(at) or _unknown(at) for at in range(len(form.volunteer_nos))]
    replayed = bool(outcomes) and all(outcome.replayed for outcome in outcomes)
    return Answer({"items": items}, 200, {"Idempotent-Replayed": "true"} if replayed else {})


@routes.get(
    "/volunteers/<number:volunteer_no>/certificates",
    scope=Scope.CERTIFICATES_READ,
    own=True,
    query=PageQuery,
    answer=page_of(CertificateAnswer),
)
def page(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """List a volunteer's certificates, the newest first."""
    volunteer = volunteer_of(call, volunteer_no)
    found = certificates.page(call.bank, volunteer, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/certificates/<id:certificate_id>", scope=Scope.CERTIFICATES_READ, own=True, answer=CertificateAnswer)
def show(call: Call, certificate_id: UUID) -> CertificateAnswer:
    """Look a certificate up."""
    return _told(reached(call, certificates.find(call.bank, certificate_id)))


@routes.post(
    "/certificates/papers",
    scope=Scope.CERTIFICATES_READ,
    own=True,
    body=Printing,
    answer=bytes,
    status=200,
    media_type=PDF,
)
def print_them(call: Call, form: Printing) -> Answer:
    """Print certificates as one PDF, each from a page of its own, with the proof of its entry attached."""
    found = [
        reached(call, certificates.find(call.bank, id), f"/ids/{at}") for at, id in enumerate(dict.fromkeys(form.ids))
    ]
    for at, one in enumerate(found):
        if one.content is None:
            unknown(f"/ids/{at}")
    stamped = seals.find_all(call.bank, [one.organisation_id for one in found])
    svg = {id: seal.svg() for id, seal in stamped.items()}
    shown = [
        Shown(one, _link(one), receipts.proof_of(call.bank, one.seq), svg.get(one.organisation_id)) for one in found
    ]
    try:
        made = certificate_papers.paper(call.bank.charter.name, shown, english=form.english)
    except PapersMissing as missing:
        raise Problem("unavailable", detail=("本机未安装打印组件", str(missing))) from missing
    call.bank.noted(call.by, *(Note(action="print", kind="certificate", subject=one.id) for one in found))
    name = f"certificate-{found[0].certificate_no}" if len(found) == 1 else f"certificates-{len(found)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Answer(made, headers=headers, media_type=PDF)


@routes.post(
    "/certificates/<id:certificate_id>/revoke",
    scope=Scope.CERTIFICATES_REVOKE,
    body=Ending,
    answer=EndedAnswer,
    posts=True,
)
def revoke(call: Call, certificate_id: UUID, form: Ending) -> Answer:
    """Revoke a certificate: whoever looks it up is told."""
    found = reached(call, certificates.find(call.bank, certificate_id))
    return answered(certificates.revoke(call.bank, call.by, call.request, found, form.reason))


@routes.get("/certificates/<number:certificate_no>", scope=PUBLIC, answer=VerdictAnswer)
def verify(call: Call, certificate_no: str) -> VerdictAnswer:
    """Ask whether a certificate that one is shown holds."""
    throttling.admit(call.bank, Act.RECEIPT)
    found = certificates.by_number(call.bank, certificate_no) or unknown()
    content = found.content
    return {
        "state": found.state,
        "certificate_no": found.certificate_no,
        "masked_name": masking.masked(content["name"]) if content else None,
        "volunteer_no_tail": content["volunteer_no"][-TAIL:] if content else None,
        "organisation": found.organisation,
        "from_on": found.first_day.isoformat(),
        "until_on": found.last_day.isoformat(),
        "minutes": found.minutes,
        "records": found.records,
        "issued_on": found.issued_on.isoformat(),
        "transaction_seq": found.seq,
    }


def _refuse_backwards(form: Period) -> None:
    if form.from_on and form.until_on and form.until_on < form.from_on:
        raise Problem("invalid_request", faults=[Fault("/until_on", "ends_before_it_begins")])


def _link(certificate: Certificate) -> str:
    """The page that says whether it holds. What follows # is never sent to a server."""
    return f"{request.url_root}certificate#{certificate.certificate_no}"


def _item(outcome: Outcome) -> IssuedItemAnswer:
    if outcome.refusal is None:
        issued: Any = outcome.answer
        return {"outcome": "posted", "replayed": outcome.replayed, "certificate": issued}
    problem = problems.content(Problem(outcome.refusal.code, refusal=outcome.refusal), problems.language())
    return {"outcome": "refused", "replayed": outcome.replayed, "problem": problem}


def _unknown(at: int) -> IssuedItemAnswer:
    problem = Problem("not_found", faults=[Fault(f"/volunteer_nos/{at}", "unknown")])
    return {"outcome": "refused", "replayed": False, "problem": problems.content(problem, problems.language())}


def _told(certificate: Certificate) -> CertificateAnswer:
    return {
        "id": str(certificate.id),
        "certificate_no": certificate.certificate_no,
        "state": certificate.state,
        "organisation_id": str(certificate.organisation_id),
        "from_on": certificate.first_day.isoformat(),
        "until_on": certificate.last_day.isoformat(),
        "minutes": certificate.minutes,
        "records": certificate.records,
        "issued_on": certificate.issued_on.isoformat(),
        "ended_for": certificate.ended_for,
        "transaction_seq": certificate.seq,
    }
