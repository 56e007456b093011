"""Corrections: a posted record is undone and another stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from api.fields import Count, Day, Form, Id, Name, Reason, TimeOfDay, VolunteerNo
from api.idempotency import answered
from api.problems import unknown
from api.rendering import Answer
from api.routes import Call, Routes, reached
from api.scopes import Scope, reach
from api.service_records import CaptureMethod, ServiceRecordAnswer
from ledger.core.accounts import OwnerKind
from ledger.people import households, volunteers
from ledger.service import attended, corrections, records
from ledger.service.attended import UNKNOWN, Attended
from ledger.service.records import Claim, ServiceRecord

routes = Routes("corrections")


class Correcting(Form):
    """What is otherwise than recorded, and why; what is left out stays as it was."""

    reason: Reason
    volunteer_no: VolunteerNo | None = None
    activity_id: Id | None = None
    minutes: Count | None = None
    served_on: Day | None = None
    from_time: TimeOfDay | None = None
    capture_method: CaptureMethod | None = None
    evaluation: Name | None = None
    group_id: Id | None = None


@routes.post(
    "/service-records/<id:record_id>/correct",
    scope=Scope.SERVICE_RECORDS_CORRECT,
    body=Correcting,
    answer=ServiceRecordAnswer,
    posts=True,
)
def correct(call: Call, record_id: UUID, form: Correcting) -> Answer:
    """Correct a posted record: it is undone, and a new one is posted in its place.

    Both happen once the reviewers agree that the method asks for; one at least, where whoever asks recorded it or
    could not undo it. Each of the two names the other.
    """
    record = reached(call, records.find(call.bank, record_id))
    said = {name: getattr(form, name) for name in form.model_fields_set - {"reason"}}
    before = volunteers.find_by_id(call.bank, record.volunteer_id)
    volunteer_no = said.get("volunteer_no") or (before.volunteer_no if before else "")
    activity_id = said.get("activity_id") or record.activity_id
    served_on = said.get("served_on") or record.served_on
    found = records.subjects(call.bank, volunteer_no=volunteer_no, activity_id=activity_id, served_on=served_on)
    volunteer = found.volunteer or unknown("/volunteer_no")
    activity = reached(call, found.activity, "/activity_id")
    group = said.get("group_id", record.group_id)
    if said.get("group_id"):
        reached(call, households.find(call.bank, OwnerKind.GROUP, said["group_id"]), "/group_id")
    members = records.members(call.bank, [(volunteer, served_on)]) if group else {}
    kept: dict[str, Any] = {
        "minutes": said.get("minutes") or record.minutes,
        "capture_method": said.get("capture_method") or record.capture_method,
        "evaluation": said.get("evaluation", record.evaluation),
    }
    claim = Claim(
        volunteer=volunteer,
        activity=activity,
        served_on=served_on,
        household=found.household,
        group=group,
        is_member=group is None or group in members.get((volunteer.id, served_on), ()),
        attended=_attended(call, record, said, served_on, kept["minutes"]),
        ended=found.ended,
        **kept,
    )
    return answered(
        corrections.correct(
            call.bank,
            call.by,
            call.request,
            record,
            claim,
            found.rulebook,
            reason=form.reason,
            may_undo=record.organisation_path.startswith(reach(call.actor, Scope.SERVICE_RECORDS_REVERSE) or ("-",)),
        )
    )


def _attended(call: Call, record: ServiceRecord, said: Mapping[str, Any], served_on: date, minutes: int) -> Attended:
    """When it was: from the time that is said, or as it was recorded where nothing of it changes. A check-in stays with
    the record that was made of it.
    """
    if "from_time" in said:
        return attended.from_time(served_on, said["from_time"], minutes, call.bank.zone)
    if (served_on, minutes) != (record.served_on, record.minutes):
        return Attended(session_id=record.session_id) if served_on == record.served_on else UNKNOWN
    return Attended(session_id=record.session_id, began_at=record.began_at, ended_at=record.ended_at)
