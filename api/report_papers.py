"""Reports on paper: the figures of organisations, and the annual report (民政部令67 art. 18)."""

from __future__ import annotations

from uuid import UUID

from api.fields import Form, WholeParameter, Year
from api.problems import Fault, Problem
from api.rendering import Answer
from api.reports import AnyFiguresQuery, made_for
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.papers import PapersMissing
from ledger.people import organisations
from ledger.reading import annual_reports, report_papers
from ledger.reading.books import head_seq

routes = Routes("report_papers")

PDF = "application/pdf"


class AnnualQuery(Form):
    """Of which year. At the head of the ledger, or at an earlier seq."""

    year: Year
    as_of_seq: WholeParameter | None = None


@routes.get("/reports/figures.pdf", scope=Scope.REPORTS_READ, query=AnyFiguresQuery, answer=bytes, media_type=PDF)
def show(call: Call, query: AnyFiguresQuery) -> Answer:
    """Print the figures of organisations, month by month."""
    made = made_for(call, query)
    try:
        return _paper(report_papers.paper(call.bank, made, ""), f"report-{made.last_day.isoformat()}")
    except PapersMissing as missing:
        raise no_papers(missing) from missing


@routes.get(
    "/organisations/<id:organisation_id>/annual-report",
    scope=Scope.REPORTS_READ,
    query=AnnualQuery,
    answer=bytes,
    media_type=PDF,
)
def annual(call: Call, organisation_id: UUID, query: AnnualQuery) -> Answer:
    """Print what an organisation recorded and certified in a year."""
    organisation = reached(call, organisations.find(call.bank, organisation_id))
    if query.year > call.bank.today().year:
        raise Problem("invalid_request", faults=[Fault("year", "out_of_range", "parameter")])
    if query.as_of_seq is not None and query.as_of_seq > head_seq(call.bank):
        raise Problem("invalid_request", faults=[Fault("as_of_seq", "out_of_range", "parameter")])
    try:
        content = annual_reports.paper(call.bank, organisation, query.year, as_of_seq=query.as_of_seq)
    except PapersMissing as missing:
        raise no_papers(missing) from missing
    return _paper(content, f"annual-report-{query.year}")


def no_papers(missing: PapersMissing) -> Problem:
    """What a bank answers that cannot print."""
    return Problem("unavailable", detail=("本机未安装打印组件", str(missing)))


def _paper(content: bytes, name: str) -> Answer:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Answer(content, headers=headers, media_type=PDF)
