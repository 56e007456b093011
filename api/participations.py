"""What somebody's part in an activity was: role, measures, whom it was for. Rulebooks ask for it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Count, Day, Form, VolunteerNo, Word
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope
from ledger.people import volunteers
from ledger.service import activities, participations
from ledger.service.participations import Part, Participation

routes = Routes("participations")
_keyset = Keyset(UUID)

LISTED_MAX = 20
AGE_MAX = 130
Words = Annotated[list[Word], Field(max_length=LISTED_MAX)]


class NewParticipation(Form):
    """Somebody's part on a day, in the words of the rulebook; said again, it replaces what was said. `value` is the
    points it carries, in the smallest unit. Nothing here may tell who was helped.
    """

    volunteer_no: VolunteerNo
    on_day: Day
    role: Word | None = None
    tags: Words = Field(default_factory=list)
    measures: Annotated[dict[Word, Count], Field(max_length=LISTED_MAX)] = Field(default_factory=dict)
    value: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    beneficiary: Word | None = None
    beneficiary_age: Annotated[int | None, Field(ge=0, le=AGE_MAX)] = None
    beneficiary_tags: Words = Field(default_factory=list)


class ParticipationAnswer(TypedDict):
    """Somebody's part in an activity on a day."""

    id: str
    activity_id: str
    volunteer_no: str
    on_day: str
    role: str | None
    tags: list[str]
    measures: dict[str, int]
    value: int
    beneficiary: str | None
    beneficiary_age: int | None
    beneficiary_tags: list[str]


@routes.post(
    "/activities/<id:activity_id>/participations",
    scope=Scope.SERVICE_RECORDS_WRITE,
    body=NewParticipation,
    answer=ParticipationAnswer,
)
def say(call: Call, activity_id: UUID, form: NewParticipation) -> ParticipationAnswer:
    """Say what somebody's part was, before their record is posted."""
    activity = reached(call, activities.find(call.bank, activity_id))
    volunteer = volunteers.find(call.bank, form.volunteer_no) or unknown("/volunteer_no")
    said = form.model_dump(exclude={"volunteer_no", "on_day", "tags", "beneficiary_tags"})
    part = Part(**said, tags=tuple(form.tags), beneficiary_tags=tuple(form.beneficiary_tags))
    return _told(participations.say(call.bank, call.by, activity, volunteer, form.on_day, part))


@routes.get(
    "/activities/<id:activity_id>/participations",
    scope=Scope.VOLUNTEERS_READ,
    query=PageQuery,
    answer=page_of(ParticipationAnswer),
)
def page(call: Call, activity_id: UUID, query: PageQuery) -> Answer:
    """List what was said of everybody's part in an activity."""
    activity = reached(call, activities.find(call.bank, activity_id))
    found = participations.page(call.bank, activity, after=_keyset.after(query), limit=query.limit)
    return _keyset.answer(found, _told)


def _told(one: Participation) -> ParticipationAnswer:
    part = one.part
    return {
        "id": str(one.id),
        "activity_id": str(one.activity_id),
        "volunteer_no": one.volunteer_no,
        "on_day": one.on_day.isoformat(),
        "role": part.role,
        "tags": list(part.tags),
        "measures": dict(part.measures),
        "value": part.value,
        "beneficiary": part.beneficiary,
        "beneficiary_age": part.beneficiary_age,
        "beneficiary_tags": list(part.beneficiary_tags),
    }
