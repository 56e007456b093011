"""Views of personal data: who looked at whom, when, where and what for. For the auditor."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes
from api.scopes import Scope
from api.volunteers import registered_as
from ledger.people import viewings
from ledger.people.viewings import Viewing

routes = Routes("viewings")
_keyset = Keyset(UUID)


class ViewingAnswer(TypedDict):
    """One view of one person's data; what was searched for is not kept."""

    id: str
    recorded_at: str
    actor_id: str
    device_id: str | None
    what: str
    fields: list[str]
    purpose: str | None


@routes.get(
    "/volunteers/<number:volunteer_no>/viewings",
    scope=Scope.VIEWINGS_READ,
    query=PageQuery,
    answer=page_of(ViewingAnswer),
)
def page(call: Call, volunteer_no: str, query: PageQuery) -> Answer:
    """Read who looked at somebody's data, the newest first."""
    found = viewings.page(
        call.bank, volunteer=registered_as(call, volunteer_no), after=_keyset.after(query), limit=query.limit
    )
    return _keyset.answer(found, _told)


def _told(seen: Viewing) -> ViewingAnswer:
    return {
        "id": str(seen.id),
        "recorded_at": instant(seen.recorded_at),
        "actor_id": str(seen.actor_id),
        "device_id": None if seen.device_id is None else str(seen.device_id),
        "what": seen.what,
        "fields": seen.fields.split(),
        "purpose": seen.purpose,
    }
