"""Possible duplicates: pairs of registrations that look like one person, for somebody to decide."""

from __future__ import annotations

from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Form
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, instant
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import duplicates, masking, viewings
from ledger.people.duplicates import REASONS, Pair
from ledger.people.viewings import viewed
from ledger.people.volunteers import Volunteer

routes = Routes("possible_duplicates")
_keyset = Keyset(UUID)


class LikenessAnswer(TypedDict):
    """Why two registrations look like one person."""

    code: str
    zh: str
    en: str


class TwinAnswer(TypedDict):
    """One of the two, enough to recognise."""

    volunteer_no: str | None
    masked_name: str
    registered_at: str


class PairAnswer(TypedDict):
    """Two registrations: merge one into the other, or keep them apart."""

    id: str
    volunteer: TwinAnswer
    other: TwinAnswer
    reasons: list[LikenessAnswer]
    found_at: str


class KeptApart(Form):
    """They are two people."""


@routes.get("/possible-duplicates", scope=Scope.VOLUNTEERS_READ, query=PageQuery, answer=page_of(PairAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List undecided pairs, the oldest first."""
    after = _keyset.after(query)
    found = duplicates.page(call.bank, within=call.within, after=after[0] if after else None, limit=query.limit)
    viewed(call.bank, call.by, viewings.SEARCH, fields=["possible_duplicates"])
    return _keyset.answer(found, lambda pair: _told(call, pair))


@routes.post(
    "/possible-duplicates/<id:pair_id>/keep-apart",
    scope=Scope.VOLUNTEERS_WRITE,
    body=KeptApart,
    answer=PairAnswer,
    status=200,
)
def keep_apart(call: Call, pair_id: UUID, form: KeptApart) -> PairAnswer:  # noqa: ARG001 - an empty object is read
    """Decide that they are two people."""
    pair = reached(call, duplicates.find(call.bank, pair_id))
    duplicates.keep_apart(call.bank, call.by, pair)
    return _told(call, pair)


def _told(call: Call, pair: Pair) -> PairAnswer:
    return {
        "id": str(pair.id),
        "volunteer": _twin(call, pair.volunteer),
        "other": _twin(call, pair.other),
        "reasons": [{"code": code, "zh": REASONS[code][0], "en": REASONS[code][1]} for code in pair.reasons],
        "found_at": instant(pair.found_at),
    }


def _twin(call: Call, volunteer: Volunteer) -> TwinAnswer:
    """One of the two; of a volunteer beyond reach not the number, which their owner tells (docs/decisions/0008)."""
    return {
        "volunteer_no": volunteer.volunteer_no if call.reaches(volunteer.organisation_path) else None,
        "masked_name": masking.masked(volunteer.name),
        "registered_at": instant(volunteer.registered_at),
    }
