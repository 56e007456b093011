"""Published activities: what everybody may come to, for kiosks and for volunteers, wherever it is organised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from api.activities import ActivityQuery
from api.activity_sessions import SessionAnswer, session_told
from api.answers import page_of
from api.pagination import Keyset
from api.problems import Fault, Problem, unknown
from api.rendering import Answer
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import activities, activity_sessions, sign_ups
from ledger.service.activities import Activity, Asked
from ledger.service.activity_sessions import ActivitySession

routes = Routes("published_activities")
_keyset = Keyset(date, UUID)


class OpenSessionAnswer(SessionAnswer):
    """A session with how many have a place, how many wait for one, and how many places there are."""

    confirmed: int
    waiting: int
    places: int | None


class PublishedActivityAnswer(TypedDict):
    """An activity as everybody may see it."""

    id: str
    organisation: str
    title: str
    activity_type: str
    held_on: str
    place: str
    content: str
    person_in_charge: str
    is_volunteer_service: bool
    tags: list[str]
    minimum_age: int | None
    is_dangerous: bool
    risk_note: str
    cancel_before_minutes: int
    sessions: list[OpenSessionAnswer]


@routes.get(
    "/published-activities",
    scope=Scope.ANNOUNCEMENTS_READ,
    own=True,
    query=ActivityQuery,
    answer=page_of(PublishedActivityAnswer),
)
def list_published(call: Call, query: ActivityQuery) -> Answer:
    """List what is published, of all organisations, by their first day; what is not over, unless asked for days."""
    home = organisations.find(call.bank, query.organisation_id) if query.organisation_id else None
    if query.organisation_id is not None and home is None:
        raise Problem("not_found", faults=[Fault("organisation_id", "unknown", "parameter")])
    asked = Asked(
        q=query.q,
        activity_type=query.type,
        tag=query.tag,
        since=query.since,
        until=query.until,
        not_over_at=None if query.since or query.until else call.bank.world.clock(),
        state="published",
        organisation_path=home.path if home else None,
    )
    found = activities.published(call.bank, after=_keyset.after(query), limit=query.limit, asked=asked)
    sessions = activity_sessions.of(call.bank, [each.id for each in found.items])
    counted = sign_ups.counted(call.bank, [its.id for each in sessions.values() for its in each])
    names = organisations.find_all(call.bank, [each.organisation_id for each in found.items])
    return _keyset.answer(
        found,
        lambda each: _announced(each, names[each.organisation_id].name, sessions[each.id], counted),
    )


@routes.get(
    "/published-activities/<id:activity_id>", scope=Scope.ANNOUNCEMENTS_READ, own=True, answer=PublishedActivityAnswer
)
def show(call: Call, activity_id: UUID) -> PublishedActivityAnswer:
    """Look a published activity up."""
    activity = published_activity(call, activity_id, None)
    sessions = activity_sessions.of(call.bank, [activity.id])[activity.id]
    name = organisations.find_all(call.bank, [activity.organisation_id])[activity.organisation_id].name
    return _announced(activity, name, sessions, sign_ups.counted(call.bank, [its.id for its in sessions]))


def published_activity(call: Call, activity_id: UUID, pointer: str | None) -> Activity:
    """An activity that everybody may see; whoever does not organise it knows of no other."""
    activity = activities.find(call.bank, activity_id)
    if activity is None or activity.published_at is None:
        unknown(pointer)
    return activity


def _announced(
    activity: Activity,
    organisation: str,
    sessions: Sequence[ActivitySession],
    counted: Mapping[UUID, Mapping[str, int]],
) -> PublishedActivityAnswer:
    return {
        "id": str(activity.id),
        "organisation": organisation,
        "title": activity.title,
        "activity_type": activity.activity_type,
        "held_on": activity.held_on.isoformat(),
        "place": activity.place,
        "content": activity.content,
        "person_in_charge": activity.person_in_charge,
        "is_volunteer_service": activity.is_volunteer_service,
        "tags": list(activity.tags),
        "minimum_age": activity.minimum_age,
        "is_dangerous": activity.is_dangerous,
        "risk_note": activity.risk_note,
        "cancel_before_minutes": activity.cancel_before_minutes,
        "sessions": [
            {
                **session_told(each),
                "confirmed": counted[each.id]["confirmed"],
                "waiting": counted[each.id]["waiting"],
                "places": each.places(activity),
            }
            for each in sessions
        ],
    }
