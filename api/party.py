"""Dual check-in (双报到) and the three commitments (三个一): reported, confirmed, counted, and returned yearly."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Name, VolunteerNo, Year
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.people import organisations, party
from ledger.people.masking import masked
from ledger.people.organisations import Organisation
from ledger.people.party import COMMITMENTS, REPORTS, Tie
from ledger.people.viewings import viewed
from ledger.tables import writing

routes = Routes("party")
_keyset = Keyset(UUID)

Status = Literal["reported", "confirmed", "ended"]


class NewReport(Form):
    """A party member reports at home or to the linked unit, from a day on (today if left out)."""

    volunteer_no: VolunteerNo
    side: Literal["home", "unit"]
    organisation_id: Id
    from_on: Day | None = None


class NewCommitment(Form):
    """A party member joins a team, links a stairwell or adopts an area, from a day on (today if left out)."""

    volunteer_no: VolunteerNo
    kind: Literal["team", "stairwell", "area"]
    organisation_id: Id
    area: Name | None = None
    from_on: Day | None = None


class Confirming(Form):
    """Nothing more needs to be said."""


class TieEnding(Form):
    """The last day (today if left out)."""

    until_on: Day | None = None


class TiesQuery(PageQuery):
    """Only those in this state."""

    status: Status | None = None


class ReturnQuery(Form):
    """Which year, and as what."""

    year: Year
    format: Literal["xlsx", "csv"] = "xlsx"


class TieAnswer(TypedDict):
    """A report (kind home or unit) or a commitment (team, stairwell, area). Names are masked; the number tells."""

    id: str
    kind: str
    volunteer_no: str
    name: str
    organisation_id: str
    organisation: str
    area: str | None
    status: Status
    from_on: str
    until_on: str | None


class TiesAnswer(TypedDict):
    """Every report and commitment of one person, the earliest first."""

    items: list[TieAnswer]


class CoverageAnswer(TypedDict):
    """How many members report here, and have confirmed: each report, both, each commitment, all three."""

    members: int
    home: int
    unit: int
    both: int
    team: int
    stairwell: int
    area: int
    all_three: int


@routes.post("/party-reports", scope=Scope.PARTY_WRITE, body=NewReport, answer=TieAnswer)
def report(call: Call, form: NewReport) -> TieAnswer:
    """Note that a party member reports at home or to the linked unit."""
    return _tied(call, form, form.side, None)


@routes.post("/commitments", scope=Scope.PARTY_WRITE, body=NewCommitment, answer=TieAnswer)
def commit(call: Call, form: NewCommitment) -> TieAnswer:
    """Note that a party member commits themselves."""
    return _tied(call, form, form.kind, form.area)


@routes.get("/party-reports", scope=Scope.PARTY_READ, query=TiesQuery, answer=page_of(TieAnswer))
def reports(call: Call, query: TiesQuery) -> Answer:
    """List the reports to the organisations within reach."""
    return _page(call, query, REPORTS)


@routes.get("/commitments", scope=Scope.PARTY_READ, query=TiesQuery, answer=page_of(TieAnswer))
def commitments(call: Call, query: TiesQuery) -> Answer:
    """List the commitments to the organisations within reach."""
    return _page(call, query, COMMITMENTS)


@routes.post("/party-reports/<id:tie_id>/confirm", scope=Scope.PARTY_WRITE, body=Confirming, answer=TieAnswer)
def confirm_report(call: Call, tie_id: UUID, form: Confirming) -> TieAnswer:  # noqa: ARG001
    """Confirm for the organisation that somebody reported to it."""
    return _told(party.confirm(call.bank, call.by, _of_the_organisation(call, tie_id, REPORTS)))


@routes.post("/commitments/<id:tie_id>/confirm", scope=Scope.PARTY_WRITE, body=Confirming, answer=TieAnswer)
def confirm_commitment(call: Call, tie_id: UUID, form: Confirming) -> TieAnswer:  # noqa: ARG001
    """Confirm a commitment for the organisation."""
    return _told(party.confirm(call.bank, call.by, _of_the_organisation(call, tie_id, COMMITMENTS)))


@routes.post("/party-reports/<id:tie_id>/end", scope=Scope.PARTY_WRITE, body=TieEnding, answer=TieAnswer)
def end_report(call: Call, tie_id: UUID, form: TieEnding) -> TieAnswer:
    """End a report: somebody moved, or changed their unit."""
    return _ended(call, tie_id, form, REPORTS)


@routes.post("/commitments/<id:tie_id>/end", scope=Scope.PARTY_WRITE, body=TieEnding, answer=TieAnswer)
def end_commitment(call: Call, tie_id: UUID, form: TieEnding) -> TieAnswer:
    """End a commitment."""
    return _ended(call, tie_id, form, COMMITMENTS)


@routes.get("/volunteers/<number:volunteer_no>/party-ties", scope=Scope.PARTY_READ, answer=TiesAnswer)
def of_volunteer(call: Call, volunteer_no: str) -> TiesAnswer:
    """List the reports and commitments of one person."""
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, party.VIEW, volunteer, fields=["party_member"])
    return {"items": [_told(tie) for tie in party.ties_of(call.bank, volunteer)]}


@routes.get("/organisations/<id:organisation_id>/party-summary", scope=Scope.PARTY_READ, answer=CoverageAnswer)
def summary(call: Call, organisation_id: UUID) -> CoverageAnswer:
    """Count who reports to an organisation, and who keeps which commitments."""
    return party.coverage(call.bank, _organisation(call, organisation_id))._asdict()  # type: ignore[return-value]


@routes.get(
    "/organisations/<id:organisation_id>/party-return",
    scope=Scope.PARTY_READ,
    query=ReturnQuery,
    answer=bytes,
    media_type=writing.XLSX,
    also="text/csv",
)
def yearly_return(call: Call, organisation_id: UUID, query: ReturnQuery) -> Answer:
    """Download the yearly return to a unit: its members' reports, commitments, hours and points."""
    made = party.yearly_return(call.bank, call.by, _organisation(call, organisation_id), query.year)
    content, kind = (made.xlsx(), writing.XLSX) if query.format == "xlsx" else (made.csv(), writing.CSV)
    name = f"party-return-{made.year}-{made.as_of_seq}.{query.format}"
    headers = {"Content-Disposition": f"attachment; filename={name}", "Cache-Control": "no-store"}
    return Answer(content, headers=headers, media_type=kind)


def _organisation(call: Call, id: UUID) -> Organisation:
    return reached(call, organisations.find(call.bank, id))


def _tied(call: Call, form: NewReport | NewCommitment, kind: str, area: str | None) -> TieAnswer:
    """Whoever keeps the person may note what they tie themselves to, also beyond their own reach: the organisation has
    to confirm it.
    """
    volunteer = volunteer_of(call, form.volunteer_no, "/volunteer_no")
    organisation = organisations.find(call.bank, form.organisation_id)
    if organisation is None or not (call.reaches(organisation.path) or organisation.level in party.LEVELS[party.UNIT]):
        unknown("/organisation_id")
    return _told(
        party.tie(
            call.bank,
            call.by,
            volunteer,
            kind=kind,
            organisation=organisation,
            from_on=form.from_on or call.bank.today(),
            area=area,
        )
    )


def _of_the_organisation(call: Call, id: UUID, kinds: tuple[str, ...]) -> Tie:
    """A tie that this person's organisation may confirm."""
    found = party.find(call.bank, id)
    if found is None or found.kind not in kinds:
        unknown()
    return reached(call, found)


def _ended(call: Call, id: UUID, form: TieEnding, kinds: tuple[str, ...]) -> TieAnswer:
    """Either side may end it: the organisation, and whoever keeps the person."""
    found = party.find(call.bank, id)
    if found is None or found.kind not in kinds:
        unknown()
    if not (call.reaches(found.organisation_path) or call.reaches(found.volunteer_path)):
        unknown()
    return _told(party.end(call.bank, call.by, found, until_on=form.until_on or call.bank.today()))


def _page(call: Call, query: TiesQuery, kinds: tuple[str, ...]) -> Answer:
    viewed(call.bank, call.by, party.VIEW, fields=["party_member"])
    found = party.page(
        call.bank,
        within=call.within,
        kinds=kinds,
        status=query.status,
        after=_keyset.after(query),
        limit=query.limit,
    )
    return _keyset.answer(found, _told)


def _told(tie: Tie) -> TieAnswer:
    return {
        "id": str(tie.id),
        "kind": tie.kind,
        "volunteer_no": tie.volunteer_no,
        "name": masked(tie.volunteer_name),
        "organisation_id": str(tie.organisation_id),
        "organisation": tie.organisation_name,
        "area": tie.area,
        "status": tie.status,  # type: ignore[typeddict-item]
        "from_on": tie.from_on.isoformat(),
        "until_on": tie.until_on.isoformat() if tie.until_on else None,
    }
