"""The passbook on paper: every entry of a volunteer between two balances, with the proofs attached."""

from __future__ import annotations

import json

from flask import request
from pydantic import Field

from api.fields import Day, Form
from api.problems import Fault, Problem
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.log import receipts
from ledger.papers import PapersMissing
from ledger.people import viewings
from ledger.people.viewings import viewed
from ledger.reading import passbooks

routes = Routes("passbooks")

PDF = "application/pdf"


class PassbookQuery(Form):
    """Which days of entry, both included: this year up to today where nothing is said."""

    since: Day | None = Field(None, alias="from")
    until: Day | None = Field(None, alias="to")


@routes.get(
    "/volunteers/<number:volunteer_no>/passbook",
    scope=Scope.BALANCES_READ,
    own=True,
    query=PassbookQuery,
    answer=bytes,
    media_type=PDF,
)
def show(call: Call, volunteer_no: str, query: PassbookQuery) -> Answer:
    """Print a volunteer's passbook."""
    volunteer = volunteer_of(call, volunteer_no)
    until = query.until or call.bank.today()
    since = query.since or until.replace(month=1, day=1)
    if until < since:
        raise Problem("invalid_request", faults=[Fault("to", "ends_before_it_begins", "parameter")])
    viewed(call.bank, call.by, viewings.STATEMENT, volunteer)
    book = passbooks.passbook(call.bank, volunteer.owner, since=since, until=until)
    bundle = receipts.statement(call.bank, volunteer.id)
    try:
        made = passbooks.paper(
            call.bank,
            book,
            name=volunteer.name,
            volunteer_no=volunteer.volunteer_no,
            link=f"{request.url_root}verify",
            statement_bundle=json.dumps(bundle, ensure_ascii=False) if bundle["proofs"] else None,
        )
    except PapersMissing as missing:
        raise Problem("unavailable", detail=("本机未安装打印组件", str(missing))) from missing
    headers = {
        "Content-Disposition": f'attachment; filename="passbook-{volunteer.volunteer_no}.pdf"',
        "Cache-Control": "no-store",
    }
    return Answer(made, headers=headers, media_type=PDF)
