"""The settings of wishes and requests: clocks by priority, working hours, and what a wish may be."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from api.commons import ABOVE
from api.fields import Form, TimeOfDay
from api.problems import Fault, Problem
from api.rendering import Answer, refuse_stale, tagged
from api.routes import Call, Routes
from api.scopes import Scope
from ledger.people import organisations
from ledger.service import need_settings
from ledger.service.need_settings import NeedSettings

routes = Routes("need_settings")

Counted = Literal["minutes", "working_minutes", "working_days"]
Some = Annotated[int, Field(ge=1, le=100_000)]
Fen = Annotated[int, Field(ge=0, le=10_000_000)]


class AllowanceForm(Form):
    """How long something may take: minutes round the clock, minutes of working hours, or working days."""

    amount: Some
    counted: Counted


class ClocksForm(Form):
    """How soon it is accepted and closed, both from when it was received."""

    accept: AllowanceForm
    close: AllowanceForm


class PrioritiesForm(Form):
    """The priorities whose clocks change."""

    danger: ClocksForm | None = None
    utilities: ClocksForm | None = None
    normal: ClocksForm | None = None
    complex: ClocksForm | None = None


class NeedSettingsChange(Form):
    """What is to hold from now on, for what comes in from now on."""

    day_begins: TimeOfDay | None = None
    day_ends: TimeOfDay | None = None
    clocks: PrioritiesForm | None = None
    wish_cost_fen_max: Fen | None = None
    wish_points_max: Fen | None = None
    wishes_a_year: Some | None = None
    claim_days: Some | None = None
    contact_days: Some | None = None


class AllowanceAnswer(TypedDict):
    """How long something may take."""

    amount: int
    counted: Counted


class ClocksAnswer(TypedDict):
    """How soon it is accepted and closed."""

    accept: AllowanceAnswer
    close: AllowanceAnswer


class PrioritiesAnswer(TypedDict):
    """The clocks of each priority."""

    danger: ClocksAnswer
    utilities: ClocksAnswer
    normal: ClocksAnswer
    complex: ClocksAnswer


class NeedSettingsAnswer(TypedDict):
    """Working hours (HH:MM), clocks, and what a wish may be: its cost in hundredths of a yuan, its points in the
    smallest unit, how many one person makes in a year, and how many days a claim lasts. How to reach who asked is
    forgotten `contact_days` after a request was closed, if they never say how it was.
    """

    day_begins: str
    day_ends: str
    clocks: PrioritiesAnswer
    wish_cost_fen_max: int
    wish_points_max: int
    wishes_a_year: int
    claim_days: int
    contact_days: int


@routes.get("/need-settings", scope=Scope.WORKING_DAYS_READ, answer=NeedSettingsAnswer, etag=True)
def show(call: Call) -> Answer:
    """Read the settings of wishes and requests."""
    return tagged(_told(need_settings.settings(call.bank)))


@routes.patch("/need-settings", scope=Scope.WORKING_DAYS_WRITE, body=NeedSettingsChange, answer=NeedSettingsAnswer)
def change(call: Call, form: NeedSettingsChange) -> Answer:
    """Change the settings of wishes and requests.

    They are the whole bank's, so it takes an administrator at the root.
    """
    if not call.reaches(organisations.root(call.bank).path):
        raise Problem("insufficient_scope", detail=ABOVE)
    now = need_settings.settings(call.bank)
    refuse_stale(_told(now))
    names = {"day_begins": "day_begins_minute", "day_ends": "day_ends_minute"}
    said = form.model_dump(exclude_none=True)
    changed = {names.get(name, name): value for name, value in said.items()}
    begins = changed.get("day_begins_minute", now.day_begins_minute)
    if begins >= changed.get("day_ends_minute", now.day_ends_minute):
        raise Problem("invalid_request", faults=[Fault("/day_ends", "ends_before_it_begins")])
    return tagged(_told(need_settings.change_settings(call.bank, call.by, changed)))


def _told(found: NeedSettings) -> NeedSettingsAnswer:
    plain = need_settings.plain(found)
    begins, ends = plain.pop("day_begins_minute"), plain.pop("day_ends_minute")
    told: NeedSettingsAnswer = {"day_begins": _spelled(begins), "day_ends": _spelled(ends), **plain}  # type: ignore[typeddict-item]
    return told


def _spelled(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
