"""The yearly return of a party member to the unit, on paper; that of a whole unit as a table is with the unit."""

from __future__ import annotations

from api.letters import PDF, LetterQuery, refuse_future
from api.problems import Fault
from api.rendering import Answer
from api.report_papers import no_papers
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import volunteer_of
from ledger.papers import PapersMissing
from ledger.people import party
from ledger.people.viewings import viewed
from ledger.reading import party_returns

routes = Routes("party_returns")


@routes.get(
    "/volunteers/<number:volunteer_no>/party-return",
    scope=Scope.PARTY_READ,
    own=True,
    query=LetterQuery,
    answer=bytes,
    media_type=PDF,
)
def show(call: Call, volunteer_no: str, query: LetterQuery) -> Answer:
    """Print what the unit of a party member is told of their year."""
    refuse_future(call, query.year, Fault("year", "out_of_range", "parameter"))
    volunteer = volunteer_of(call, volunteer_no)
    viewed(call.bank, call.by, party.VIEW, volunteer, fields=["party_member", "name"], purpose="party_return")
    try:
        content = party_returns.paper(call.bank, party_returns.member_return(call.bank, volunteer, query.year))
    except PapersMissing as missing:
        raise no_papers(missing) from missing
    name = f"party-return-{query.year}-{volunteer.volunteer_no}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return Answer(content, headers=headers, media_type=PDF)
