"""One's own records of service: what a volunteer at the kiosk declares, sees and takes back."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from typing_extensions import TypedDict

from api.answers import page_of
from api.fields import Count, Day, Form, Id, Text, TimeOfDay
from api.idempotency import answered
from api.pagination import Keyset, PageQuery
from api.problems import unknown
from api.published_activities import published_activity
from api.rendering import Answer, instant
from api.reviews import RecordAnswer, told
from api.routes import Call, Routes, reached, session_of
from api.scopes import Scope
from api.service_records import ListState, Reversing, ServiceRecordAnswer
from ledger.service import attended, record_lists, records, reviews
from ledger.service.record_lists import Recorded, Sought, Step
from ledger.service.records import Claim

routes = Routes("own_records")
_keyset = Keyset(int)


class OwnQuery(PageQuery):
    """Which of one's own records; all of them, unless it says otherwise."""

    state: ListState | Literal["all"] = "all"


class Declaring(Form):
    """What one did in a published activity, and what there is to say about it."""

    activity_id: Id
    minutes: Count
    served_on: Day
    from_time: TimeOfDay | None = None
    remark: Text = ""


class OwnStepAnswer(TypedDict):
    """One thing that was done with the record: what, when, and why."""

    what: str
    at: str
    reason: str | None
    code: str | None


class OwnRecordAnswer(RecordAnswer):
    """A record of one's own, with everything that was done with it, in order."""

    history: list[OwnStepAnswer]


@routes.get("/me/service-records", scope=Scope.OWN, query=OwnQuery, answer=page_of(OwnRecordAnswer))
def page(call: Call, query: OwnQuery) -> Answer:
    """List one's own records, and why each was rejected, held or taken back."""
    sought = Sought(state=None if query.state == "all" else query.state, volunteer_id=session_of(call).volunteer_id)
    found = record_lists.page(call.bank, sought, after=_keyset.after(query), limit=query.limit)
    steps = record_lists.histories(call.bank, found.items)
    return _keyset.answer(found, lambda record: _told(record, steps[record.id]))


@routes.post("/me/service-records", scope=Scope.OWN, body=Declaring, answer=ServiceRecordAnswer, posts=True)
def declare(call: Call, form: Declaring) -> Answer:
    """Declare hours of one's own; two persons look at them before they are posted."""
    activity = published_activity(call, form.activity_id, "/activity_id")
    number = session_of(call).volunteer_no
    found = records.subjects(call.bank, volunteer_no=number, activity_id=activity.id, served_on=form.served_on)
    claim = Claim(
        volunteer=found.volunteer or unknown(),
        activity=activity,
        minutes=form.minutes,
        served_on=form.served_on,
        capture_method="declared",
        household=found.household,
        attended=attended.from_time(form.served_on, form.from_time, form.minutes, call.bank.zone),
        ended=found.ended,
        remark=form.remark,
    )
    return answered(records.record(call.bank, call.by, call.request, claim, found.rulebook))


@routes.post(
    "/me/service-records/<id:record_id>/withdraw",
    scope=Scope.OWN,
    body=Reversing,
    answer=ServiceRecordAnswer,
    posts=True,
)
def withdraw(call: Call, record_id: UUID, form: Reversing) -> Answer:
    """Take back what one has declared, while it waits."""
    claim = reached(call, reviews.find(call.bank, record_id))
    if claim.capture_method != "declared":
        unknown()
    return answered(reviews.take_step(call.bank, call.by, call.request, claim, reviews.WITHDRAW, form.reason))


def _told(record: Recorded, steps: list[Step]) -> OwnRecordAnswer:
    history: list[OwnStepAnswer] = [
        {"what": step.what, "at": instant(step.at), "reason": step.reason, "code": step.code} for step in steps
    ]
    return {**told(record), "history": history}
