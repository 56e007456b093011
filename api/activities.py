"""Activities: what volunteers were asked to do."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Day, Form, Id, Name, Text, Word
from api.organisations import open_home
from api.pagination import Keyset, PageQuery
from api.rendering import Answer, tagged
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.service import activities
from ledger.service.activities import Activity

routes = Routes("activities")
_keyset = Keyset(date, UUID)


class NewActivity(Form):
    """What the law wants to know of an activity (民政部令67 art. 7); what is not volunteer service earns no hours."""

    organisation_id: Id
    title: Name
    activity_type: Word
    held_on: Day
    place: Name
    content: Text = ""
    person_in_charge: Name
    is_volunteer_service: bool = True


class ActivityAnswer(TypedDict):
    """One activity."""

    id: str
    organisation_id: str
    title: str
    activity_type: str
    held_on: str
    place: str
    content: str
    person_in_charge: str
    is_volunteer_service: bool


@routes.post("/activities", scope=Scope.ACTIVITIES_WRITE, body=NewActivity, answer=ActivityAnswer)
def create(call: Call, form: NewActivity) -> ActivityAnswer:
    """Add an activity."""
    organisation = open_home(call, form.organisation_id, "/organisation_id")
    return _told(
        activities.create(
            call.bank,
            call.by,
            organisation=organisation,
            title=form.title,
            activity_type=form.activity_type,
            held_on=form.held_on,
            place=form.place,
            content=form.content,
            person_in_charge=form.person_in_charge,
            is_volunteer_service=form.is_volunteer_service,
        )
    )


@routes.get("/activities", scope=Scope.ACTIVITIES_READ, query=PageQuery, answer=page_of(ActivityAnswer))
def page(call: Call, query: PageQuery) -> Answer:
    """List activities, the newest first."""
    found = activities.page(call.bank, within=call.within, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


@routes.get("/activities/<id:activity_id>", scope=Scope.ACTIVITIES_READ, answer=ActivityAnswer, etag=True)
def show(call: Call, activity_id: UUID) -> Answer:
    """Look an activity up."""
    return tagged(_told(reached(call, activities.find(call.bank, activity_id))))


def _told(activity: Activity) -> ActivityAnswer:
    return {
        "id": str(activity.id),
        "organisation_id": str(activity.organisation_id),
        "title": activity.title,
        "activity_type": activity.activity_type,
        "held_on": activity.held_on.isoformat(),
        "place": activity.place,
        "content": activity.content,
        "person_in_charge": activity.person_in_charge,
        "is_volunteer_service": activity.is_volunteer_service,
    }
